"""Map layers of a recipe as frames of areas, in one metric reference system."""

from __future__ import annotations

import unicodedata
from collections import Counter

import geopandas as gpd
import numpy as np
import pandas as pd
from geopandas.array import GeometryArray
from pyproj import CRS

from data.importing.area_lists import listed_areas
from data.importing.collection import Collection
from data.importing.corrections import corrected, meant
from data.importing.coverage_check import check_areas_fit
from data.importing.keys import extracted, is_like_path
from data.importing.metric import metric_system
from data.importing.names import squeezed
from data.importing.numbers import plain_number
from data.importing.readers import LayerSpec, TableSpec
from data.importing.readers.attributes import text_of
from data.importing.readers.geometry import check_range
from data.importing.readers.report import Report
from data.importing.recipe_frame import LayerRecipe, LevelRecipe
from data.importing.recipe_model import Recipe
from domain.findings import Place, RefusedFileError
from domain.progress import Progress, silent


def read_areas(
    recipe: Recipe, collection: Collection, progress: Progress | None = None
) -> dict[str, gpd.GeoDataFrame]:
    """Read the layers of all levels, and the areas of those without one.

    Returns
    -------
    dict of GeoDataFrame
        By ``level@vintage``: ``area_id``, ``name``, ``geometry`` and the attributes of the
        layer under their own names with the prefix ``layer:``; all in one metric system.
        Without a map the geometry of a level is none throughout. Levels that
        cannot be read are missing; their findings are collected.
    """
    frames: dict[str, gpd.GeoDataFrame] = {}
    told, done, of = progress or silent(), 0, sum(x.layer is not None for x in recipe.level)
    for level in recipe.level:
        if level.layer is None:
            continue
        told.at(done / of, "import.step.layer", file=level.layer.file, done=done + 1, of=of)
        done += 1
        frame = level_areas(level, collection)
        if frame is not None:
            check_areas_fit(level, frame, collection)
            frames[level.key] = frame
    system = metric_system([frames[level.key] for level in recipe.level if level.key in frames])
    drawn = {key: one.reset_index(drop=True).to_crs(system) for key, one in frames.items()}
    return drawn | listed_areas(recipe, collection, system)


def level_areas(level: LevelRecipe, collection: Collection) -> gpd.GeoDataFrame | None:
    """Return the areas of a level in the system of its file, indexed as :func:`features`.

    None when the file is refused or lacks a column; the findings are then collected.
    """
    raw = None if level.layer is None else features(level.layer, collection)
    return None if raw is None else areas_of(level, raw, collection)


def areas_of(
    level: LevelRecipe, raw: gpd.GeoDataFrame, collection: Collection
) -> gpd.GeoDataFrame | None:
    """Return the areas of a level from the features of its layer, as :func:`level_areas`."""
    layer = level.layer
    if layer is None:
        return None
    columns = tuple(str(c) for c in raw.columns if c != "geometry")
    conditions = (name for one in layer.correction for name in one.where)
    named = dict.fromkeys((*layer.where, *conditions))
    own = (layer.id, layer.name, layer.name_apart)
    wanted = tuple(name for name in (*own, *named) if name)
    if not _has_columns(layer, columns, wanted, collection):
        return None
    kept = meant(raw, layer, collection)
    return _areas(level, layer, corrected(kept, layer, collection), collection)


def features(layer: LayerRecipe, collection: Collection) -> gpd.GeoDataFrame | None:
    """Return the features of a layer, indexed by line (where it has lines) or number from 1.

    None when the file is refused; its findings are then collected.
    """
    if layer.format == "csv":
        return _points(layer, collection)
    spec = LayerSpec(layer.format, layer.layer, layer.encoding, layer.crs, layer.drop)
    found = collection.layer(layer.file, spec)
    if found is None:
        return None
    return found.frame.set_axis(found.lines or range(1, len(found.frame) + 1), axis=0)


def _points(layer: LayerRecipe, collection: Collection) -> gpd.GeoDataFrame | None:
    """Read institutions from a table with coordinates."""
    spec = TableSpec(
        "csv", encoding=layer.encoding, separator=layer.separator, drop=tuple(layer.drop)
    )
    table = collection.table(layer.file, spec)
    if table is None or not _has_columns(layer, table.columns, (layer.x, layer.y), collection):
        return None
    frame = pd.DataFrame(list(table.rows), columns=list(table.columns), dtype="str")
    frame.index = pd.Index(table.row_numbers)
    x = [plain_number(text.replace(",", ".")) for text in frame[layer.x]]
    y = [plain_number(text.replace(",", ".")) for text in frame[layer.y]]
    for row, column, text in _without_number(table.row_numbers, layer, frame, x, y):
        collection.error(
            "coordinate_unreadable", Place(file=layer.file, row=row, column=column), cell=text
        )
    kept = [i for i, (a, b) in enumerate(zip(x, y, strict=True)) if a is not None and b is not None]
    points = gpd.points_from_xy([x[i] for i in kept], [y[i] for i in kept])
    if not _are_on_earth(points, [table.row_numbers[i] for i in kept], layer, collection):
        return None
    return gpd.GeoDataFrame(frame.iloc[kept].copy(), geometry=points, crs=layer.crs)


def _are_on_earth(
    points: GeometryArray, rows: list[int], layer: LayerRecipe, collection: Collection
) -> bool:
    """Whether the coordinates can be of their system; findings are collected either way."""
    report = Report(layer.file)
    report.stands_on(rows)
    try:
        if rows:
            check_range(np.asarray(points), CRS.from_user_input(layer.crs), report)
    except RefusedFileError as refusal:
        collection.add(refusal.findings)
        return False
    collection.add(report.findings)
    return True


def _without_number(
    rows: tuple[int, ...],
    layer: LayerRecipe,
    frame: pd.DataFrame,
    x: list[float | None],
    y: list[float | None],
) -> list[tuple[int, str, str]]:
    return [
        (rows[i], column, str(frame[column].iloc[i])[:60])
        for column, numbers in ((layer.x, x), (layer.y, y))
        for i, number in enumerate(numbers)
        if number is None
    ]


def _has_columns(
    layer: LayerRecipe,
    columns: tuple[str, ...],
    wanted: tuple[str, ...],
    collection: Collection,
) -> bool:
    missing = [name for name in wanted if name not in columns]
    for name in missing:
        place = Place(file=layer.file, column=name)
        listing = ", ".join(columns[:20])
        collection.error("column_missing", place, column=name, suggestion="–", columns=listing)
    return not missing


def _areas(
    level: LevelRecipe, layer: LayerRecipe, raw: gpd.GeoDataFrame, collection: Collection
) -> gpd.GeoDataFrame:
    """Return the areas of a level with ids and names as the recipe forms them."""
    attributes = raw.drop(columns="geometry").add_prefix("layer:")
    frame = gpd.GeoDataFrame(attributes, geometry=raw.geometry, crs=raw.crs)
    frame = frame.assign(area_id="", name="")
    ids = [extracted(text_of(v), layer.id_pattern, layer.id_pad) for v in raw[layer.id]]
    names = [extracted(text_of(v), layer.name_pattern) for v in raw[layer.name]]
    for row, area, name in zip(raw.index, ids, names, strict=True):
        if not area or not name:
            column = layer.id if not area else layer.name
            cell = text_of(raw.at[row, column])[:60]  # noqa: PD008 - one cell by its label
            collection.error(
                "area_key_unreadable", Place(file=layer.file, row=row, column=column), cell=cell
            )
    if layer.name_apart:
        names = _told_apart(names, [squeezed(text_of(v)) for v in raw[layer.name_apart]])
    _check_unique([int(row) for row in raw.index], ids, layer, collection)
    _check_shape(level, frame, collection)
    return frame.assign(area_id=[a or "" for a in ids], name=[n or "" for n in names])


def _told_apart(names: list[str | None], additions: list[str]) -> list[str | None]:
    """Return the names with an addition in brackets where several areas have the same name."""
    often = Counter(names)
    return [
        f"{name} ({addition})" if name and addition and often[name] > 1 else name
        for name, addition in zip(names, additions, strict=True)
    ]


def _check_unique(
    rows: list[int], ids: list[str | None], layer: LayerRecipe, collection: Collection
) -> None:
    first: dict[str, int] = {}
    for row, area in zip(rows, ids, strict=True):
        place = Place(file=layer.file, row=row, column=layer.id)
        composed = unicodedata.normalize("NFC", area or "")
        if is_like_path(composed):
            collection.error("area_id_like_path", place, area=composed[:60])
        if composed and composed in first:
            collection.error("area_id_twice", place, area=area or "", first=first[composed])
        elif composed:
            first[composed] = row


def _check_shape(level: LevelRecipe, frame: gpd.GeoDataFrame, collection: Collection) -> None:
    kinds = {str(kind) for kind in frame.geom_type}
    wanted = {"Point"} if level.kind == "institutions" else {"Polygon", "MultiPolygon"}
    if not kinds <= wanted and level.layer is not None:
        place = Place(file=level.layer.file)
        found = ", ".join(sorted(kinds - wanted))
        collection.error("level_wrong_shape", place, level=level.id, found=found)
