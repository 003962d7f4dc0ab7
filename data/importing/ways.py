"""Prepared ways: how far it is from an area, or a point where children live, to a facility."""

from __future__ import annotations

from collections.abc import Collection as Group
from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from data.importing.collection import Collection
from data.importing.facilities import column_positions, place_table
from data.importing.numbers import plain_number
from data.importing.recipe_model import Recipe
from data.importing.recipe_places import WaysRecipe
from data.importing.town import WAY_COLUMNS
from domain.findings import Place

Row = tuple[str, str, str, float]
"""Level (empty for points of residence), origin, facility, metres."""


def read_ways(
    recipe: Recipe,
    areas: Mapping[str, gpd.GeoDataFrame],
    places: tuple[pd.DataFrame, pd.DataFrame],
    collection: Collection,
) -> pd.DataFrame:
    """Return all ways (columns of ``town.WAY_COLUMNS``), sorted; of two the last one counts.

    ``places`` are the facilities and the points of residence. An origin or a facility that
    nobody knows, and a length that is none, are errors.
    """
    facilities, points = places
    houses = {str(x) for x in facilities["facility_id"]}
    found: dict[tuple[str, str, str], float] = {}
    for ways in recipe.ways:
        origins = _origins(ways, areas, points)
        for level, origin, facility, metres in _rows(ways, origins, houses, collection):
            found[level, origin, facility] = metres
    rows = [(*key, metres) for key, metres in sorted(found.items())]
    return pd.DataFrame(rows, columns=list(WAY_COLUMNS))


def _origins(
    ways: WaysRecipe, areas: Mapping[str, gpd.GeoDataFrame], points: pd.DataFrame
) -> set[str]:
    if not ways.level:
        return {str(x) for x in points["point_id"]}
    held = [key for key in areas if key.partition("@")[0] == ways.level]
    return {str(area) for key in held for area in areas[key]["area_id"]}


def _rows(
    ways: WaysRecipe, origins: Group[str], houses: Group[str], collection: Collection
) -> list[Row]:
    table = place_table(ways.file, ways.encoding, ways.separator, collection)
    names = [ways.origin, ways.facility, ways.metres]
    positions = column_positions(table, names, collection) if table else None
    if table is None or positions is None:
        return []
    rows: list[Row] = []
    for line, cells in zip(table.row_numbers, table.rows, strict=True):
        origin, facility, written = (cells[positions[name]].strip() for name in names)
        metres = plain_number(written)
        if origin not in origins:
            place = Place(file=table.file, row=line, column=ways.origin)
            collection.error("way_origin_unknown", place, id=origin[:60])
        elif facility not in houses:
            place = Place(file=table.file, row=line, column=ways.facility)
            collection.error("facility_unknown", place, id=facility[:60])
        elif metres is None or metres < 0:
            place = Place(file=table.file, row=line, column=ways.metres)
            collection.error("way_length", place, cell=written[:60])
        else:
            rows.append((ways.level, origin, facility, metres))
    return rows
