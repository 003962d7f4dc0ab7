"""Maps beside each other: what an address asks for, and what they show.

A pair of maps holds two indicators, or two years of one. The third map holds what lies between
them: the change of one indicator, or the difference of the second map to the town.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from domain.model import SHOWN_STATES, TOTAL
from domain.selection import Hint
from domain.view import AtlasContent

CHANGE, CITY = "change", "city"
THIRDS = (CHANGE, CITY)
"""What the third map may show: the change from the first to the second, or the town."""
_AT = "@"
_SHOWN = 60
APART = 5
"""Two maps of one indicator open this many periods apart, where there are so many."""


@dataclass(frozen=True)
class MapChoice:
    """One indicator in one period."""

    indicator: str
    period: str

    @property
    def text(self) -> str:
        """The choice as it stands in an address: ``indicator@period``."""
        return f"{self.indicator}{_AT}{self.period}"


@dataclass(frozen=True)
class MapsQuery:
    """What the maps show; ``third`` is one of :data:`THIRDS`."""

    left: MapChoice
    right: MapChoice
    third: str = CHANGE

    @property
    def is_one_indicator(self) -> bool:
        """Whether both maps show the same indicator."""
        return self.left.indicator == self.right.indicator


@dataclass(frozen=True)
class SideMaps:
    """The maps of a query, each as the content of an Atlas view.

    ``third`` is None where it cannot be shown; ``reason`` says why: ``two_indicators``, ``recut``
    (other boundaries), or a reason of the layers and of
    :func:`domain.change_classes.why_not_comparable`.
    """

    query: MapsQuery
    left: AtlasContent
    right: AtlasContent
    third: AtlasContent | None
    reason: str = ""


def third_numbers(maps: SideMaps) -> dict[str, float]:
    """Return area → number of the third map in display units, of areas whose number is shown.

    A change is told as the layer tells it; against the town it is the area's value less the town's.
    """
    if maps.third is None:
        return {}
    view, layer = maps.third.view, maps.third.layer
    shown = view.by_period[maps.third.period]
    if maps.query.third == CITY:
        city = shown.city.value
        numbers = tuple(None if v is None or city is None else v - city for v in shown.values)
    else:
        columns = layer.by_period[maps.third.period].numbers if layer else ()
        numbers = columns[0] if columns else ()
    told = zip(view.area_ids, numbers, shown.states, strict=False)
    return {a: n for a, n, state in told if n is not None and state in SHOWN_STATES}


def read_maps(
    asked: Mapping[str, str],
    periods: Mapping[str, tuple[str, ...]],
    wanted: tuple[str, ...],
    opening: Callable[[str], str],
) -> tuple[MapsQuery | None, tuple[Hint, ...]]:
    """Read ``left``, ``right`` and ``map`` of an address; None where nothing can be shown.

    Parameters
    ----------
    periods
        Indicator → periods on the level in time order, for those that have any.
    wanted
        Indicators the page compares; the maps open with two periods of the first, or with the
        first two where that has one period only.
    opening
        Indicator → the period of the left map that can be compared with the newest one.
    """
    hints: list[Hint] = []
    first = next((i for i in (*wanted, *periods) if periods.get(i)), "")
    if not first:
        return None, ()
    newest = periods[first][-1]
    right = _choice(asked.get("right", ""), periods, MapChoice(first, newest), hints)
    default = MapChoice(right.indicator, opening(right.indicator))
    others = [i for i in (*wanted, *periods) if periods.get(i) and i != right.indicator]
    if default == right and others:
        # one period alone is no pair: another indicator stands beside it
        default = MapChoice(others[0], periods[others[0]][-1])
    left = _choice(asked.get("left", ""), periods, default, hints)
    third = asked.get("map", "") or (CHANGE if left.indicator == right.indicator else CITY)
    if third not in THIRDS:
        hints.append(("hint.side_map", {"wanted": third[:_SHOWN]}))
        third = CHANGE
    return MapsQuery(left, right, third), tuple(hints)


def _choice(
    text: str, periods: Mapping[str, tuple[str, ...]], default: MapChoice, hints: list[Hint]
) -> MapChoice:
    """Return the choice asked for; of an unknown period the newest, of no indicator the default."""
    if not text:
        return default
    indicator, _, period = text.rpartition(_AT) if _AT in text else (text, "", "")
    held = periods.get(indicator)
    if not held:
        hints.append(("hint.side_map_indicator", {"wanted": text[:_SHOWN]}))
        return default
    if period and period not in held:
        hints.append(("hint.side_map_period", {"wanted": period[:_SHOWN]}))
    return MapChoice(indicator, period if period in held else held[-1])


def period_before(periods: Sequence[str]) -> str:
    """Return the period to compare the newest with, the newest itself where it is the only one.

    Examples
    --------
    >>> period_before(["2021", "2022", "2023"])
    '2021'
    """
    return periods[max(0, len(periods) - 1 - APART)]


def category_of(held: Mapping[str, tuple[str, ...]], period: str) -> str:
    """Return the category a map shows: the whole where there is one, else the first."""
    return next(iter(held.get(period, ())), TOTAL)
