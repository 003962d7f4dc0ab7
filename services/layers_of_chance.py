"""Layers that part chance from difference: conspicuous areas, change, smoothed values.

Everything is computed from what the view shows: hidden areas have no numbers in it, so they can
neither enter a layer nor be told from one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from domain.change_classes import (
    DIP,
    FALL,
    RISE,
    SAME,
    SMALLEST_BASE,
    SURGE,
    change_keys,
    step_between,
    why_not_comparable,
)
from domain.classification import positions_of
from domain.comparison import NOT_COMPARED, Compared, badges_of_change
from domain.conspicuous import Conspicuous, conspicuous
from domain.layers import FIRST, UNKNOWN, LayerPeriod, PaintedLayer
from domain.model import Flag, Kind, Polarity
from domain.smoothing import eb_global, eb_share
from domain.view import IndicatorView, PeriodView
from domain.wording import Message

HIGHER, LOWER, ALIKE = "hls"
_TESTED = (Kind.SHARE, Kind.RATE)
_DIRECTIONS = {"higher": 1.0, "lower": -1.0, "similar": 0.0, NOT_COMPARED: np.nan}


def _array(values: tuple[float | None, ...]) -> np.ndarray:
    return np.array(values, dtype=float)


def _keys(found: list[str], values: tuple[float | None, ...]) -> tuple[str, ...]:
    """Return the key of each area: nothing where it has no number, ``UNKNOWN`` where no class."""
    return tuple("" if v is None else key or UNKNOWN for key, v in zip(found, values, strict=True))


def _parts(view: IndicatorView, shown: PeriodView) -> tuple[np.ndarray, np.ndarray]:
    """Return numerators and denominators; those of a sample at their effective size."""
    effect = view.indicator.design_effect or 1.0
    return _array(shown.numerators) / effect, _array(shown.denominators) / effect


def conspicuous_layer(view: IndicatorView) -> PaintedLayer:
    """Return which areas stand out from the rest of the town, false discoveries kept rare."""
    by_period = {p: _conspicuous_period(view, shown) for p, shown in view.by_period.items()}
    return PaintedLayer("conspicuous", (HIGHER, ALIKE, LOWER, UNKNOWN), by_period)


def _conspicuous_period(view: IndicatorView, shown: PeriodView) -> LayerPeriod:
    effect = view.indicator.design_effect or 1.0
    town = ((shown.city.numerator or 0.0) / effect, (shown.city.denominator or 0.0) / effect)
    found = conspicuous(view.indicator.kind, *_parts(view, shown), town)
    words = np.select(
        [found.directions > 0, found.directions < 0, found.directions == 0],
        [HIGHER, LOWER, ALIKE],
        default="",
    )
    keys = _keys(words.tolist(), shown.values)
    if not found.tested:
        return LayerPeriod(keys, Message("layer.conspicuous.untested"))
    higher, lower = keys.count(HIGHER), keys.count(LOWER)
    side = _side(higher, lower)
    notes = (
        Message("layer.conspicuous.rule"),
        _by_chance(found),
    )
    params = {"higher": higher, "lower": lower, "n": found.tested}
    return LayerPeriod(keys, Message(f"layer.conspicuous.{side}", {**params}), notes)


def _side(above: int, below: int) -> str:
    """Return on which side areas differ: ``both``, ``up``, ``down`` or ``none``."""
    if above and below:
        return "both"
    return "up" if above else "down" if below else "none"


def _by_chance(found: Conspicuous) -> Message:
    """Say how many areas would stand out by chance if nothing were adjusted."""
    expected = round(found.expected)
    if expected <= 1:
        return Message("layer.conspicuous.chance_one", {"n": found.tested})
    return Message("layer.conspicuous.chance", {"expected": expected, "n": found.tested})


def starts_of(view: IndicatorView, period: str) -> tuple[str, ...]:
    """Return the periods from which a change up to a period can be told, the earliest first."""
    breaks = view.indicator.series_breaks
    return tuple(p for p in view.periods if not why_not_comparable(p, period, view.periods, breaks))


def change_layer(view: IndicatorView, open_view: IndicatorView, since: str) -> PaintedLayer:
    """Return the change of every area up to each period, from ``since`` or the first comparable.

    The class limits come from ``open_view``, which holds public numbers only.
    """
    reach = {p: starts_of(view, p) for p in view.periods}
    bases = {
        p: starts[0] if since == FIRST else since
        for p, starts in reach.items()
        if starts and (since == FIRST or since in starts)
    }
    step = step_between(_told_changes(open_view, bases), view.indicator.decimals)
    return PaintedLayer(
        "change",
        (FALL, DIP, SAME, RISE, SURGE, UNKNOWN),
        {p: _change_period(view, p, bases.get(p, ""), since, step) for p in view.periods},
        limits=(step,),
        numbers=("points", "percent"),
        since=since,
        is_tested=view.indicator.kind in _TESTED and bool(_has_parts(view)),
        starts=view.periods,
        reach=reach,
    )


def _has_parts(view: IndicatorView) -> bool:
    return any(a is not None for p in view.by_period.values() for a in p.numerators)


def _told_changes(view: IndicatorView, bases: Mapping[str, str]) -> np.ndarray:
    """Return the changes of all periods that are more than chance, where that can be tested."""
    found = [np.array([np.nan])]
    for period, base in bases.items():
        if not {period, base} <= set(view.by_period):
            continue
        changes = _change(view, period, base)
        directions = _directions(view, view.by_period[period], view.by_period[base])
        found.append(changes if directions is None else changes[np.abs(directions) > 0])
    return np.concatenate(found)


def _change(view: IndicatorView, period: str, base: str) -> np.ndarray:
    """Return later minus earlier value; shape ``(n_areas,)``."""
    later, earlier = (_array(view.by_period[p].values) for p in (period, base))
    changes: np.ndarray = later - earlier
    return changes


def _change_period(
    view: IndicatorView, period: str, base: str, since: str, step: float
) -> LayerPeriod:
    shown = view.by_period[period]
    if not base:
        if since == FIRST:
            message = Message("layer.change.no_start")
        else:
            breaks = view.indicator.series_breaks
            why = why_not_comparable(since, period, view.periods, breaks)
            if since not in view.periods:
                why = "recut"
            message = Message(f"layer.change.{why}", {"since": since})
        return LayerPeriod(_keys([""] * len(shown.values), shown.values), message)
    earlier = view.by_period[base]
    changes = _change(view, period, base)
    estimated = [
        Flag.BOUNDARY_ESTIMATED in f"{a} {b}".split()
        for a, b in zip(shown.flags, earlier.flags, strict=True)
    ]
    changes[estimated] = np.nan
    directions = _directions(view, shown, earlier)
    found = change_keys(changes, directions, step=step, decimals=view.indicator.decimals)
    keys = _keys(found, shown.values)
    rule = Message(f"layer.change.{'untested' if directions is None else 'rule'}")
    return LayerPeriod(
        keys,
        _change_message(Counter(keys), base, is_tested=directions is not None),
        (*_town_change(shown, earlier, view.indicator.decimals), rule),
        (_optional(changes), _optional(_relative(changes, earlier))),
    )


def _directions(view: IndicatorView, shown: PeriodView, earlier: PeriodView) -> np.ndarray | None:
    """Return which areas changed by more than chance; None where the kind allows no test."""
    kind = view.indicator.kind
    if kind not in _TESTED or not np.isfinite(_array(shown.numerators)).any():
        return None
    numerators, denominators = _parts(view, shown)
    nothing = np.full(len(numerators), np.nan)
    cells = Compared(nothing, nothing, nothing, numerators, denominators, nothing)
    words = badges_of_change(kind, Polarity.NONE, cells, earlier=_parts(view, earlier))
    return np.array([_DIRECTIONS[w] for w in words])


def _change_message(found: Counter[str], base: str, *, is_tested: bool) -> Message:
    up, down = found[RISE] + found[SURGE], found[FALL] + found[DIP]
    n = up + down + found[SAME]
    side = _side(up, down)
    if not n:
        return Message("layer.change.no_pairs", {"since": base})
    kind = "tested" if is_tested else "plain"
    return Message(f"layer.change.{kind}_{side}", {"up": up, "down": down, "n": n, "since": base})


def _town_change(shown: PeriodView, earlier: PeriodView, decimals: int) -> tuple[Message, ...]:
    """Say how the town as a whole changed, against which that of an area is read."""
    if shown.city.value is None or earlier.city.value is None:
        return ()
    change = round(shown.city.value - earlier.city.value, decimals)
    word = "up" if change > 0 else "down" if change < 0 else "same"
    return (Message(f"layer.change.town_{word}", {"by": float(abs(change))}),)


def _relative(changes: np.ndarray, earlier: PeriodView) -> np.ndarray:
    """Return the change in percent, NaN where the earlier value stands on fewer than 10 cases."""
    before = _array(earlier.values)
    with np.errstate(invalid="ignore", divide="ignore"):
        is_firm = (_array(earlier.numerators) >= SMALLEST_BASE) & (before > 0)
        return np.where(is_firm, 100 * changes / before, np.nan)


def _optional(numbers: np.ndarray) -> tuple[float | None, ...]:
    return tuple(None if v != v else v for v in np.round(numbers, 6).tolist())  # noqa: PLR0124


def smoothed_layer(view: IndicatorView) -> PaintedLayer:
    """Return values that lean on all areas as far as their own base is small.

    They are classed by the breaks of the view itself, so that both maps compare.
    """
    by_period = {p: _smoothed_period(view, shown) for p, shown in view.by_period.items()}
    keys = tuple(str(i) for i in range(len(view.breaks)))
    return PaintedLayer("smoothed", (*keys, UNKNOWN), by_period, numbers=("smoothed",))


def _smoothed_period(view: IndicatorView, shown: PeriodView) -> LayerPeriod:
    kind, factor = view.indicator.kind, view.indicator.multiplier
    a, n = _parts(view, shown)
    with np.errstate(invalid="ignore"):
        usable = (n > 0) & (a >= 0) & ((a <= n) | (kind is not Kind.SHARE))
    a, n = np.where(usable, a, np.nan), np.where(usable, n, np.nan)
    result = (eb_share if kind is Kind.SHARE else eb_global)(a, n)
    smoothed = factor * np.array(result["smoothed"], dtype=float)
    places = positions_of(_optional(smoothed), view.breaks)
    keys = _keys(["" if p < 0 else str(p) for p in places.tolist()], shown.values)
    message = "all_alike" if result.get("reason") == "no_variance" else "some"
    if result.get("reason") == "na":
        message = "nothing"
    return LayerPeriod(
        keys,
        Message(f"layer.smoothed.{message}", {"n": int(usable.sum())}),
        (Message("layer.smoothed.rule"),),
        (_optional(smoothed),),
    )
