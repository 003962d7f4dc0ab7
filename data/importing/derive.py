"""Figures derived from other figures of the release: sums, shares, rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.importing.collection import Collection
from data.importing.figures_of_cells import Figure, Figures, Key, from_parts, is_close, is_withheld
from data.importing.recipe_indicators import IndicatorRecipe
from domain.model import State
from domain.rates import combine


def with_derived(
    figures: Figures, indicators: Sequence[IndicatorRecipe], collection: Collection
) -> Figures:
    """Add the figures of all indicators that name ``numerator_from``.

    A figure is derived where every part has a row for the same category, period and area; a
    part without a row gives no figure, a hidden part gives a hidden one. A figure that is also
    delivered is compared and keeps its delivered state when that has no number.
    """
    found = dict(figures)
    by_indicator = _by_indicator(found)
    for indicator in _in_order(indicators):
        parts = [*indicator.numerator_from, *indicator.denominator_from]
        keys = _common_keys(parts, by_indicator)
        for rest in keys:
            figure = _derived(indicator, rest, found)
            key: Key = (indicator.id, *rest)
            found[key] = _checked(key, figure, found.get(key), collection)
            by_indicator.setdefault(indicator.id, {})[rest] = key
    return found


Rest = tuple[str, str, str, str, str]
"""Category, period, level, vintage, area."""


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
        ready = [
            one
            for one in waiting.values()
            if not waiting.keys() & {*one.numerator_from, *one.denominator_from}
        ]
        ordered += ready
        waiting = {name: one for name, one in waiting.items() if one not in ready}
    return ordered


def _common_keys(parts: list[str], by_indicator: dict[str, dict[Rest, Key]]) -> list[Rest]:
    rows = [by_indicator.get(part, {}) for part in parts]
    return [rest for rest in rows[0] if all(rest in other for other in rows[1:])]


def _derived(indicator: IndicatorRecipe, rest: Rest, figures: Figures) -> Figure:
    numerator = _sum(indicator.numerator_from, rest, figures)
    place = figures[(indicator.numerator_from[0], *rest)].place
    if not indicator.denominator_from:
        value = None if numerator[1] is None else indicator.scale * numerator[1]
        return Figure(numerator[0], value, place=place)
    denominator = _sum(indicator.denominator_from, rest, figures)
    return replace(from_parts(numerator, denominator, indicator.scale), place=place)


def _sum(parts: Sequence[str], rest: Rest, figures: Figures) -> tuple[State, float | None]:
    found = [figures[(part, *rest)] for part in parts]
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
