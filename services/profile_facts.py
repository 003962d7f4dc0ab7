"""What all profiles of a release share, read once: periods, the town, who lies in whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.reader import ReleaseReader
from domain.periods import in_time
from domain.view import CityValue
from services.profile_kin import Kinship, build_kinship
from services.profile_sheet import PeriodsHeld, periods_held, town_values


@dataclass(frozen=True)
class ReleaseFacts:
    """Periods of level and indicator, values of the town, and the kinship of all areas.

    ``categories`` is (level@vintage, indicator) → category → its periods, in time order.
    """

    held: PeriodsHeld
    categories: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]
    town: Mapping[str, Mapping[str, CityValue]]
    kinship: Kinship


def release_facts(reader: ReleaseReader) -> ReleaseFacts:
    """Read the facts of a release."""
    return ReleaseFacts(
        held=periods_held(reader),
        categories=_categories_held(reader),
        town=town_values(reader),
        kinship=build_kinship(reader),
    )


def _categories_held(
    reader: ReleaseReader,
) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    """Return (level@vintage, indicator) → category → its periods, in time order."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in reader.availability().itertuples(index=False):
        held = found.setdefault((f"{row.level}@{row.vintage}", str(row.indicator)), {})
        held.setdefault(str(row.category), []).append(str(row.period))
    return {
        place: {c: tuple(sorted(periods, key=in_time)) for c, periods in held.items()}
        for place, held in found.items()
    }
