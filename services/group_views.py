"""Figures of several areas together, laid beside those of the single areas of a view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from domain.classification import positions_of
from domain.model import SHOWN_STATES, Level, State
from domain.view import CityValue, GroupValue

NUMBERS = ("value", "numerator", "denominator", "lower", "upper")


def shown_value(row: Mapping[Any, Any]) -> CityValue:
    """Return state, numbers and flags of a stored row; a state that shows no number has none."""
    state = State(str(row["state"]))
    numbers = {k: _or_none(row[k]) if state in SHOWN_STATES else None for k in NUMBERS}
    flags = "" if pd.isna(row["flags"]) else str(row["flags"])
    return CityValue(state=state, flags=flags, **numbers)


def _or_none(value: object) -> float | None:
    number = float(str(value)) if value is not None else float("nan")
    return None if number != number else number  # noqa: PLR0124 - NaN differs from itself


def group_values(
    level: Level, areas: gpd.GeoDataFrame, values: pd.DataFrame
) -> dict[str, tuple[GroupValue, ...]]:
    """Return the groups with a figure by period, in the order of the catalogue."""
    if not level.groups:
        return {}
    positions = {str(area): i for i, area in enumerate(areas.index)}
    groups = {group.id: group for group in level.groups}
    rows = values[values["area"].isin(list(groups))]
    found: dict[tuple[str, str], GroupValue] = {}
    for row in rows.to_dict("records"):
        group = groups[str(row["area"])]
        members = tuple(positions[m] for m in group.members if m in positions)
        found[str(row["period"]), group.id] = GroupValue(group, members, shown_value(row))
    return {
        period: tuple(found[period, name] for name in groups if (period, name) in found)
        for period in {period for period, _ in found}
    }


def classed(groups: Sequence[GroupValue], breaks: Sequence[float]) -> tuple[GroupValue, ...]:
    """Return the groups with the classes of upper bounds."""
    if not groups:
        return ()
    places = positions_of([g.found.value for g in groups], breaks).tolist()
    return tuple(
        GroupValue(g.group, g.members, g.found, None if p < 0 else p)
        for g, p in zip(groups, places, strict=True)
    )
