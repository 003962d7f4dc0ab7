"""Children by age of one area: the counts of an indicator that is split by age groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.reader import ReleaseReader
from domain.ages import OLDEST, AgeGroup, age_groups
from domain.model import Catalogue, Indicator, Kind, Text
from domain.profile import UNKNOWN, AgeBar, AgeTable, AreaRef
from domain.view import CityValue
from services.group_views import shown_value
from services.profile_sheet import period_for

OLDEST_DRAWN = 20
"""Children and young people: older groups are left out."""

Held = Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]
"""(level@vintage, indicator) → category → periods in time order."""


def age_indicator(
    catalogue: Catalogue, held: Held, level_key: str
) -> tuple[Indicator, tuple[AgeGroup, ...]] | None:
    """Return the count by the finest age groups on a level, None where no one has it."""
    found = []
    for indicator in catalogue.indicators:
        categories = held.get((level_key, indicator.id), {})
        if indicator.kind is Kind.COUNT and categories:
            groups = age_groups([c for c in indicator.categories if c[0] in categories])
            drawn = tuple(g for g in groups if g.low <= OLDEST_DRAWN and g.high < OLDEST)
            if drawn:
                found.append((indicator, drawn))
    return max(found, key=lambda pair: len(pair[1]), default=None)


def age_table(
    reader: ReleaseReader,
    area: AreaRef,
    chosen: tuple[Indicator, tuple[AgeGroup, ...]],
    periods: Sequence[str],
    wanted: str,
) -> AgeTable:
    """Return the children of an area by age in the newest period, or in the one asked for."""
    indicator, groups = chosen
    period = period_for(periods, wanted)
    own = _cells(reader, [(area.level.id, area.level.vintage, area.id)], chosen, period)
    town = _cells(reader, _town(reader), chosen, period)
    sexes = tuple(dict.fromkeys(g.sex for g in groups if g.sex is not None))
    spans = dict.fromkeys((g.low, g.high) for g in groups)
    bars = []
    for low, high in spans:
        parts = [g for g in groups if (g.low, g.high) == (low, high)]
        parts.sort(key=lambda g: sexes.index(g.sex) if g.sex in sexes else 0)
        bars.append(
            AgeBar(
                low,
                high,
                parts[0].name,
                tuple(own.get(g.category, UNKNOWN) for g in parts),
                tuple(town.get(g.category, UNKNOWN) for g in parts),
            )
        )
    return AgeTable(indicator, period, _named(sexes), tuple(bars))


def _named(sexes: Sequence[Text | None]) -> tuple[Text, ...]:
    return tuple(s for s in sexes if s is not None)


def _town(reader: ReleaseReader) -> list[tuple[str, str, str]]:
    return [
        (level.id, level.vintage, area)
        for level in reader.catalogue().levels
        if level.kind == "city"
        for area in reader.area_ids(level.id, level.vintage)
    ]


def _cells(
    reader: ReleaseReader,
    places: Sequence[tuple[str, str, str]],
    chosen: tuple[Indicator, tuple[AgeGroup, ...]],
    period: str,
) -> dict[str, CityValue]:
    indicator, groups = chosen
    found: dict[str, CityValue] = {}
    for level, vintage, area in places:
        for group in groups:
            rows = reader.values_of_areas(
                level, vintage, [area], category=group.category, indicators=[indicator.id]
            )
            for row in rows:
                if row["period"] == period:
                    found[group.category] = shown_value(row)
    return found
