"""What a release offers: which indicator on which level in which period."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import pandas as pd

from domain.model import TOTAL, Catalogue, Indicator, Kind, Level, Polarity, Text
from domain.periods import in_time
from domain.selection import Choices
from domain.view import Offer

_MOST_PARTNERS = 20


class AreaSource(Protocol):
    """Where the area ids of a level come from."""

    def area_ids(self, level: str, vintage: str) -> tuple[str, ...]:
        """Return the area ids of one level@vintage."""


def build_offer(catalogue: Catalogue, availability: pd.DataFrame) -> Offer:
    """Return the offer; the level of the town itself is not a map and is left out."""
    newest: dict[str, Level] = {}
    for level in sorted(catalogue.levels, key=lambda x: (x.order, x.vintage)):
        if level.kind != "city":
            newest[level.id] = level
    on_map = availability["level"].isin(list(newest))
    periods = _periods(availability[on_map])
    of_city = _periods(availability[~on_map])
    return Offer(
        catalogue=catalogue,
        levels=tuple(newest.values()),
        periods=periods,
        themes_by_indicator={i.id: i.theme for i in catalogue.indicators},
        partners=_partners([i for i in catalogue.indicators if i.id in periods]),
        categories=_categories(catalogue, availability[on_map]),
        categories_at=_categories_at(catalogue, availability[on_map]),
        of_town=frozenset(of_city),
        city_periods={i: levels for i, levels in of_city.items() if i not in periods},
    )


def _categories(catalogue: Catalogue, table: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the categories with values on a map, all first, then in the order of the catalogue."""
    return {
        str(indicator): _in_order(catalogue, str(indicator), rows)
        for indicator, rows in table.groupby("indicator", sort=False)
    }


def _categories_at(
    catalogue: Catalogue, table: pd.DataFrame
) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    """Return (indicator, level) → period → categories of the vintage in which it is drawn."""
    held = {
        tuple(map(str, key)): _in_order(catalogue, str(key[0]), rows)
        for key, rows in table.groupby(["indicator", "level", "vintage"], sort=False)
    }
    return {
        place: {period: held[(*place, vintage)] for period, vintage in vintages.items()}
        for place, vintages in vintages_of(table).items()
    }


def _in_order(catalogue: Catalogue, indicator: str, rows: pd.DataFrame) -> tuple[str, ...]:
    held = {str(c) for c in rows["category"]}
    declared = catalogue.indicator(indicator)
    names = [c for c, _ in declared.categories] if declared else []
    return tuple(c for c in (TOTAL, *names) if c in held)


def _periods(table: pd.DataFrame) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return indicator → level → periods in time order."""
    periods: dict[str, dict[str, tuple[str, ...]]] = {}
    for (indicator, level_id), rows in table.groupby(["indicator", "level"], sort=True):
        found = sorted({str(p) for p in rows["period"]}, key=in_time)
        periods.setdefault(str(indicator), {})[str(level_id)] = tuple(found)
    return periods


def _partners(indicators: list[Indicator]) -> dict[str, tuple[str, ...]]:
    """Propose second indicators: burdens of another group first, then any other burden."""
    burdens = [
        i
        for i in indicators
        if i.polarity is not Polarity.NONE and i.kind in (Kind.SHARE, Kind.RATE)
    ]
    partners = {}
    for indicator in indicators:
        others = [i for i in burdens if i.id != indicator.id]
        # a share of the same group is correlated by construction
        ordered = [i for i in others if not _same_group(i, indicator)]
        ordered += [i for i in others if _same_group(i, indicator)]
        partners[indicator.id] = tuple(i.id for i in ordered)[:_MOST_PARTNERS]
    return partners


def _same_group(first: Indicator, second: Indicator) -> bool:
    return bool(first.group) and first.group == second.group


def _opening(offer: Offer) -> str:
    """Return the indicator a page opens with: the first that tells of burden."""
    usable = [i for i in offer.catalogue.indicators if i.id in offer.periods]
    telling = [i for i in usable if i.polarity is Polarity.HIGH_BURDEN and i.kind is Kind.SHARE]
    return next((i.id for i in (*telling, *usable)), "")


def build_choices(offer: Offer, source: AreaSource) -> Choices:
    """Return what a selection may hold, with the area ids of every level and vintage."""
    catalogue = offer.catalogue
    areas: dict[str, frozenset[str]] = {}
    for level in catalogue.levels:
        found = frozenset(source.area_ids(level.id, level.vintage))
        areas[level.id] = areas.get(level.id, frozenset()) | found
    return Choices(
        indicators=tuple(i.id for i in catalogue.indicators if i.id in offer.periods),
        periods=offer.periods,
        areas=areas,
        level_order=tuple(x.id for x in offer.levels),
        categories=offer.categories,
        categories_at=offer.categories_at,
        partners=offer.partners,
        default=_opening(offer),
        targets=frozenset(i.id for i in catalogue.indicators if i.target is not None),
        facility_kinds=frozenset(k.id for k in catalogue.facility_kinds),
        city_only=frozenset(i.id for i in catalogue.indicators if i.id not in offer.periods),
    )


def of_category(indicator: Indicator, category: str) -> Indicator:
    """Return the indicator under the name of one of its categories; the total has its own name."""
    name = dict(indicator.categories).get(category)
    if name is None or category == TOTAL:
        return indicator

    def named(text: Text) -> Text:
        return Text(
            *(f"{text.in_language(lang)}: {name.in_language(lang)}" for lang in ("de", "en"))
        )

    return replace(indicator, name=named(indicator.name), short_name=named(indicator.short_name))


def vintages_of(availability: pd.DataFrame) -> dict[tuple[str, str], dict[str, str]]:
    """Return (indicator, level) → period → vintage; where two hold a period, the newer one."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    ordered = availability.sort_values(["period", "vintage"])
    columns = (ordered[c].astype(str) for c in ("indicator", "level", "period", "vintage"))
    for indicator, level, period, vintage in zip(*columns, strict=True):
        found.setdefault((indicator, level), {})[period] = vintage
    return found
