"""What an import hands on: one town, complete and checked, not yet published."""

from __future__ import annotations

from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from domain.findings import Finding
from domain.model import Catalogue

VALUE_COLUMNS = (
    "indicator",
    "category",
    "period",
    "level",
    "vintage",
    "area",
    "value",
    "state",
    "flags",
    "numerator",
    "denominator",
)
PARENT_COLUMNS = (
    "hierarchy",
    "child_level",
    "child_vintage",
    "child",
    "parent_level",
    "parent_vintage",
    "parent",
)
FACILITY_COLUMNS = (
    "facility_id",
    "kind",
    "name",
    "operator",
    "address",
    "x",
    "y",
    "places_u3",
    "places_ue3",
    "places_total",
    "hours",
    "opened",
    "valid_from",
    "valid_to",
    "attributes",
    "source",
)
OFFER_COLUMNS = (
    "facility_id",
    "offer",
    "target_group",
    "period",
    "hours",
    "places",
    "taken",
    "waiting",
)
DEMAND_COLUMNS = ("point_id", "x", "y", "weights")
STREET_COLUMNS = ("street", "numbers", "level", "area")
WAY_COLUMNS = ("level", "origin", "facility_id", "metres")
CONVERSION_COLUMNS = ("level", "from_vintage", "to_vintage", "old", "new", "weight", "basis")


def no_ways() -> pd.DataFrame:
    """Return the ways of a town that has delivered none."""
    return pd.DataFrame(columns=list(WAY_COLUMNS))


def no_streets() -> pd.DataFrame:
    """Return the list of streets of a town that has delivered none."""
    return pd.DataFrame(columns=list(STREET_COLUMNS), dtype="str")


@dataclass(frozen=True)
class ImportedTown:
    """A town as assembled from its recipe.

    Attributes
    ----------
    catalogue
        Town, sources, themes, indicators, levels, kinds of facilities.
    areas
        By ``level@vintage``: columns ``area_id`` (text), ``name``, ``geometry``; one metric
        reference system for all levels; institutions are points; the geometry of a level
        without outlines is none throughout.
    parents
        :data:`PARENT_COLUMNS`, direct parents only.
    values
        :data:`VALUE_COLUMNS`; ``value`` in display units; numbers are float, NaN where there
        is none. ``numerator`` and ``denominator`` are NaN for counts and for figures that
        were delivered without parts.
    facilities, offers, demand_points
        Places; coordinates are longitude and latitude (EPSG:4326); ``attributes`` and
        ``weights`` are JSON texts.
    conversions
        Weights between boundary vintages.
    arms
        The arms of the town as PNG, written anew; empty when there are none.
    streets
        Which street lies in which area, house numbers in one spelling or empty for all.
    ways
        How far it is to facilities, in metres: from areas of a level, or, where the level is
        empty, from points of demand.
    findings
        Everything the checks found; no errors, else there would be no town.
    """

    catalogue: Catalogue
    areas: dict[str, gpd.GeoDataFrame]
    parents: pd.DataFrame
    values: pd.DataFrame
    facilities: pd.DataFrame
    offers: pd.DataFrame
    demand_points: pd.DataFrame
    conversions: pd.DataFrame
    findings: tuple[Finding, ...]
    arms: bytes = b""
    streets: pd.DataFrame = field(default_factory=no_streets)
    ways: pd.DataFrame = field(default_factory=no_ways)
