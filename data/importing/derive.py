"""Figures derived from other figures of the release: sums, shares, rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.importing.collection import Collection
from data.importing.figures_of_cells import Figure, Figures, Key, from_parts, is_close, is_withheld
from data.importing.recipe_indicators import IndicatorRecipe
from domain.model import TOTAL, State
from domain.rates import combine


def with_derived(
    figures: Figures, indicators: Sequence[IndicatorRecipe], collection: Collection
) -> Figures:
    """Add the figures of all indicators that name ``numerator_from``.

    A figure is derived where every part has a row for the same category, period and area; a
    part without a row gives no figure, a hidden part gives a hidden one. A part that names its
    category (``einwohner:total``) is the same for all categories; where all parts do, the
    figure is a total. A whole as a share of itself is not derived. A figure that is also
    delivered is compared and keeps its delivered state when that has no number.
    """
    found = dict(figures)
    by_indicator = _by_indicator(found)
    for indicator in _in_order(indicators):
        above, below = _parts(indicator.numerator_from), _parts(indicator.denominator_from)
        for rest in _common_keys([*above, *below], by_indicator):
            if not _has(indicator, rest[0]) or _same_figures(above, below, rest):
                continue
            figure = _derived(indicator.scale, above, below, rest, found)
            key: Key = (indicator.id, *rest)
            found[key] = _checked(key, figure, found.get(key), collection)
            by_indicator.setdefault(indicator.id, {})[rest] = key
    return found


Rest = tuple[str, str, str, str, str]
"""Category, period, level, vintage, area."""


@dataclass(frozen=True)
class _Part:
    """An indicator as a part of another one; ``category`` is empty where it follows that one's."""

    indicator: str
    category: str

    def rest(self, rest: Rest) -> Rest:
        return (self.category or rest[0], *rest[1:])

    def key(self, rest: Rest) -> Key:
        return (self.indicator, *self.rest(rest))


def _parts(written: Sequence[str]) -> list[_Part]:
    split = (part.partition(":") for part in written)
    return [_Part(indicator, category) for indicator, _, category in split]


def _has(indicator: IndicatorRecipe, category: str) -> bool:
    return category == TOTAL or category in indicator.category_ids


def _same_figures(above: list[_Part], below: list[_Part], rest: Rest) -> bool:
    return {part.key(rest) for part in above} == {part.key(rest) for part in below}


def _by_indicator(figures: Figures) -> dict[str, dict[Rest, Key]]:
    found: dict[str, dict[Rest, Key]] = {}
    for key in figures:
        found.setdefault(key[0], {})[key[1:]] = key
    return found


def _in_order(indicators: Sequence[IndicatorRecipe]) -> list[IndicatorRecipe]:
    """Return the derived indicators, each after those it is derived from (there is no circle)."""
    waiting = {i.id: i for i in indicators if i.numerator_from}
    ordered: list[IndicatorRecipe] = []
    while waiting:
        ready = [one for one in waiting.values() if not waiting.keys() & set(one.derived_from)]
        ordered += ready
        waiting = {name: one for name, one in waiting.items() if one not in ready}
    return ordered


def _common_keys(parts: list[_Part], by_indicator: dict[str, dict[Rest, Key]]) -> list[Rest]:
    rows = [by_indicator.get(part.indicator, {}) for part in parts]
    moving = next((i for i, part in enumerate(parts) if not part.category), None)
    if moving is None:
        first = [rest for rest in rows[0] if rest[0] == parts[0].category]
        found: list[Rest] = [(TOTAL, *rest[1:]) for rest in first]
    else:
        found = list(rows[moving])
    pairs = list(zip(parts, rows, strict=True))
    return [rest for rest in found if all(part.rest(rest) in known for part, known in pairs)]


def _derived(
    scale: float, above: list[_Part], below: list[_Part], rest: Rest, figures: Figures
) -> Figure:
    numerator = _sum(above, rest, figures)
    place = figures[above[0].key(rest)].place
    if not below:
        value = None if numerator[1] is None else scale * numerator[1]
        return Figure(numerator[0], value, place=place)
    denominator = _sum(below, rest, figures)
    return replace(from_parts(numerator, denominator, scale), place=place)


def _sum(parts: list[_Part], rest: Rest, figures: Figures) -> tuple[State, float | None]:
    found = [figures[part.key(rest)] for part in parts]
    return combine([f.state for f in found], [f.value for f in found])


def _checked(key: Key, derived: Figure, delivered: Figure | None, collection: Collection) -> Figure:
    if delivered is None or is_withheld(derived.state, derived.value):
        return derived
    if is_withheld(delivered.state, delivered.value) or derived.value is None:
        return delivered
    if delivered.value is None:
        return derived
    if not is_close(delivered.value, derived.value, delivered.step):
        collection.warning(
            "value_not_from_parts",
            delivered.place,
            indicator=key[0],
            category=key[1],
            period=key[2],
            area=key[5],
            delivered=delivered.value,
            computed=round(derived.value, 4),
        )
    return derived
