"""The list of streets of a town: where each street, or each part of one, lies."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from data.geometry import has_outlines
from data.importing.collection import Collection
from data.importing.facilities import column_positions, place_table
from data.importing.layers import features
from data.importing.metric import GEOGRAPHIC
from data.importing.names import squeezed
from data.importing.readers.attributes import text_of
from data.importing.recipe_frame import LayerRecipe, LevelRecipe
from data.importing.recipe_front import GazetteerRecipe
from data.importing.recipe_model import Recipe
from data.importing.town import STREET_COLUMNS
from domain.findings import Place
from domain.streets import read_house_numbers

_SHOWN = 20

Areas = Mapping[str, gpd.GeoDataFrame]
Row = tuple[int, str, str, str]
"""Line, street, house numbers and area as the file writes them."""


def read_gazetteer(recipe: Recipe, areas: Areas, collection: Collection) -> pd.DataFrame:
    """Return all streets (columns of ``town.STREET_COLUMNS``), sorted, each row once.

    Every row has an area of a level: the one the file names, or the finest one in which its
    point lies. Points outside every area are left out with a warning; a blank street, numbers
    that are none and an area that the level does not have are errors.
    """
    rows: set[tuple[str, str, str, str]] = set()
    for streets in recipe.gazetteer:
        by_point = bool(streets.crs)
        level = _finest(recipe, areas) if by_point else _newest(recipe, streets.level)
        if level is None:
            collection.error("gazetteer_no_level", Place(file=streets.file))
            continue
        frame = areas.get(level.key)
        if frame is None:
            continue
        read = _by_point if by_point else _by_area
        rows |= {
            (street, numbers, level.id, area)
            for street, numbers, area in _checked(
                streets, read(streets, frame, collection), collection
            )
        }
    return pd.DataFrame(sorted(rows), columns=list(STREET_COLUMNS), dtype="str")


def _newest(recipe: Recipe, level: str) -> LevelRecipe | None:
    held = [x for x in recipe.level if x.id == level and x.kind != "city"]
    return max(held, key=lambda x: x.vintage, default=None)


def _finest(recipe: Recipe, areas: Areas) -> LevelRecipe | None:
    """Return the level of areas with outlines that has the most of them, newest boundaries."""
    drawn = [
        level
        for level in recipe.level
        if level.kind == "areas" and level.key in areas and has_outlines(areas[level.key])
    ]
    return max(drawn, key=lambda x: (len(areas[x.key]), x.vintage), default=None)


def _checked(
    recipe: GazetteerRecipe, rows: list[Row], collection: Collection
) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    for line, street, written, area in rows:
        numbers = read_house_numbers(written) if written else None
        if not street:
            collection.error("gazetteer_blank", Place(recipe.file, row=line, column=recipe.street))
        elif written and numbers is None:
            place = Place(recipe.file, row=line, column=recipe.numbers)
            collection.error("gazetteer_numbers", place, cell=written[:60])
        else:
            found.append((street, str(numbers or ""), area))
    return found


def _by_area(recipe: GazetteerRecipe, frame: gpd.GeoDataFrame, collection: Collection) -> list[Row]:
    table = place_table(recipe.file, recipe.encoding, recipe.separator, collection)
    if table is None:
        return []
    positions = column_positions(table, [recipe.street, recipe.numbers, recipe.area], collection)
    if positions is None:
        return []
    known = set(frame["area_id"].astype(str))
    rows: list[Row] = []
    for line, cells in zip(table.row_numbers, table.rows, strict=True):
        texts = {name: squeezed(cells[at]) for name, at in positions.items()}
        area = texts[recipe.area].zfill(recipe.pad) if texts[recipe.area] else ""
        if area not in known:
            place = Place(recipe.file, row=line, column=recipe.area)
            collection.error("gazetteer_area_unknown", place, area=area[:60], level=recipe.level)
        else:
            rows.append((line, texts[recipe.street], texts.get(recipe.numbers, ""), area))
    return rows


def _by_point(
    recipe: GazetteerRecipe, frame: gpd.GeoDataFrame, collection: Collection
) -> list[Row]:
    layer = LayerRecipe(
        file=recipe.file, format="csv", encoding=recipe.encoding, separator=recipe.separator,
        crs=recipe.crs, id=recipe.street, name=recipe.street, x=recipe.x, y=recipe.y,
    )  # fmt: skip
    points = features(layer, collection)
    if points is None:
        return []
    missing = [n for n in (recipe.street, recipe.numbers) if n and n not in points.columns]
    for name in missing:
        listing = ", ".join(str(c) for c in points.columns if c != "geometry")
        place = Place(recipe.file, column=name)
        collection.error("column_missing", place, column=name, suggestion="–", columns=listing)
    if missing or not len(points):
        return []
    at = _areas_at(points.geometry, frame)
    outside = [int(line) for line in points.index if int(line) not in at]
    if outside:
        shown = ", ".join(map(str, outside[:_SHOWN])) + (" …" if len(outside) > _SHOWN else "")
        place = Place(recipe.file, row=outside[0])
        collection.warning("gazetteer_outside", place, n=len(outside), all=len(points), rows=shown)
    numbers = points[recipe.numbers] if recipe.numbers else pd.Series("", index=points.index)
    return [
        (int(line), squeezed(text_of(street)), squeezed(text_of(number)), at[int(line)])
        for line, street, number in zip(points.index, points[recipe.street], numbers, strict=True)
        if int(line) in at
    ]


def _areas_at(points: gpd.GeoSeries, frame: gpd.GeoDataFrame) -> dict[int, str]:
    """Return the line of each point that lies in an area, with the first such area."""
    drawn = frame.to_crs(GEOGRAPHIC)
    which, where = drawn.sindex.query(points.to_crs(GEOGRAPHIC), predicate="intersects")
    ids = drawn["area_id"].astype(str).to_numpy()
    lines = points.index.to_numpy()
    found: dict[int, str] = {}
    for point, area in sorted(zip(which.tolist(), where.tolist(), strict=True)):
        found.setdefault(int(lines[point]), str(ids[area]))
    return found
