"""Facilities, their offers and demand points of a recipe."""

from __future__ import annotations

import json
import re

import geopandas as gpd
import pandas as pd

from data.importing.collection import Collection
from data.importing.facility_remarks import kept_places, note_unnamed
from data.importing.keys import text_of
from data.importing.layers import features
from data.importing.metric import GEOGRAPHIC
from data.importing.numbers import plain_number
from data.importing.readers import TableSpec
from data.importing.readers.model import Table
from data.importing.recipe_frame import LayerRecipe
from data.importing.recipe_model import Recipe
from data.importing.recipe_places import DemandPointsRecipe, FacilityRecipe, OffersRecipe
from data.importing.town import DEMAND_COLUMNS, FACILITY_COLUMNS, OFFER_COLUMNS
from domain.findings import Place

_FIELD = re.compile(r"\{([^{}]+)\}")
_GEOMETRY = "geometry"
_PLACES = ("u3", "ue3", "total")


def read_facilities(
    recipe: Recipe, outline: gpd.GeoSeries | None, collection: Collection
) -> pd.DataFrame:
    """Return all facilities (columns of ``town.FACILITY_COLUMNS``; longitude, latitude).

    ``outline`` is that of the town; points outside it are noted, and left out where the recipe
    says so.
    """
    rows: list[dict[str, object]] = []
    for facility in recipe.facility:
        rows += _facility_rows(facility, outline, collection)
    first: set[str] = set()
    for row in rows:
        name = str(row["facility_id"])
        if name in first:
            collection.error("facility_id_twice", Place(file=str(row.pop("file"))), id=name)
        first.add(name)
    return pd.DataFrame(rows, columns=list(FACILITY_COLUMNS))


def _facility_rows(
    recipe: FacilityRecipe, outline: gpd.GeoSeries | None, collection: Collection
) -> list[dict[str, object]]:
    layer = LayerRecipe(
        file=recipe.file,
        format=recipe.format,
        layer=recipe.layer,
        encoding=recipe.encoding,
        separator=recipe.separator,
        crs=recipe.crs,
        id=recipe.id or recipe.name,
        name=recipe.name,
        x=recipe.x,
        y=recipe.y,
        drop=recipe.drop,
    )
    frame = features(layer, collection)
    if frame is None or not _has_columns(recipe, frame, collection):
        return []
    located = frame.geometry.representative_point()
    kept = kept_places(recipe, located, outline, collection)
    frame, points = frame[kept], located[kept].to_crs(GEOGRAPHIC)
    records = frame.drop(columns=_GEOMETRY).to_dict("records")
    texts = [{str(k): text_of(v) for k, v in record.items()} for record in records]
    names = (record[recipe.name] for record in texts)
    note_unnamed(recipe, dict(zip(map(int, frame.index), names, strict=True)), collection)
    return [
        _row(recipe, record, int(line), (point.x, point.y), collection)
        for line, record, point in zip(frame.index, texts, points, strict=True)
    ]


def _has_columns(recipe: FacilityRecipe, frame: gpd.GeoDataFrame, collection: Collection) -> bool:
    wanted = [
        recipe.id,
        recipe.name,
        recipe.operator,
        recipe.hours,
        recipe.opened,
        recipe.valid_from,
        recipe.valid_to,
        *recipe.places.values(),
        *_address_columns(recipe),
        *(when.column for when in recipe.kind_when),
    ]
    missing = [name for name in dict.fromkeys(wanted) if name and name not in frame.columns]
    for name in missing:
        listing = ", ".join(str(column) for column in frame.columns if column != _GEOMETRY)
        place = Place(file=recipe.file, column=name)
        collection.error("column_missing", place, column=name, suggestion="–", columns=listing)
    return not missing


def _row(
    recipe: FacilityRecipe,
    record: dict[str, str],
    line: int,
    position: tuple[float, float],
    collection: Collection,
) -> dict[str, object]:
    named = {recipe.name, recipe.operator, recipe.hours, recipe.opened, recipe.id}
    used = {*named, *_address_columns(recipe), *recipe.places.values(), recipe.x, recipe.y}
    rest = {key: value for key, value in record.items() if key not in used and value}
    own = record.get(recipe.id)
    row: dict[str, object] = {
        "facility_id": f"{recipe.id_prefix}{own}" if own else f"{recipe.kind}-{line}",
        "kind": _kind(recipe, record),
        "name": record[recipe.name].strip() or recipe.unnamed,
        "operator": record.get(recipe.operator, ""),
        "address": _address(recipe, record),
        "x": position[0],
        "y": position[1],
        "hours": record.get(recipe.hours, ""),
        "opened": record.get(recipe.opened, ""),
        "valid_from": record.get(recipe.valid_from, ""),
        "valid_to": record.get(recipe.valid_to, ""),
        "attributes": json.dumps(rest, ensure_ascii=False, sort_keys=True),
        "source": recipe.source,
        "file": recipe.file,
    }
    for group in _PLACES:
        column = recipe.places.get(group, "")  # type: ignore[call-overload]
        place = Place(file=recipe.file, row=line, column=column)
        row[f"places_{group}"] = _number(record.get(column, ""), place, collection)
    return row


def _kind(recipe: FacilityRecipe, record: dict[str, str]) -> str:
    for when in recipe.kind_when:
        if record.get(when.column, "").strip() == when.equals:
            return when.kind
    return recipe.kind


def _address_columns(recipe: FacilityRecipe) -> tuple[str, ...]:
    if isinstance(recipe.address, str):
        return tuple(_FIELD.findall(recipe.address))
    return recipe.address


def _address(recipe: FacilityRecipe, record: dict[str, str]) -> str:
    if isinstance(recipe.address, str):
        filled = _FIELD.sub(lambda field: record.get(field[1], ""), recipe.address)
        return re.sub(r"\s+", " ", filled).strip(" ,")
    return ", ".join(record[name] for name in recipe.address if record.get(name))


def _number(text: str, place: Place, collection: Collection) -> float:
    """Return a number of places, NaN where the cell is empty."""
    if not text.strip():
        return float("nan")
    number = plain_number(text)
    if number is None or number < 0:
        collection.error("number_unreadable", place, cell=text[:60])
        return float("nan")
    return number


def read_offers(recipe: Recipe, facilities: pd.DataFrame, collection: Collection) -> pd.DataFrame:
    """Return the offers of facilities (columns of ``town.OFFER_COLUMNS``)."""
    known = set(facilities["facility_id"])
    rows: list[dict[str, object]] = []
    for offers in recipe.offers:
        table = place_table(offers.file, offers.encoding, offers.separator, collection)
        if table is not None:
            rows += _offer_rows(offers, table, known, collection)
    return pd.DataFrame(rows, columns=list(OFFER_COLUMNS))


def _offer_rows(
    recipe: OffersRecipe, table: Table, known: set[str], collection: Collection
) -> list[dict[str, object]]:
    columns = {
        "facility_id": recipe.facility,
        "offer": recipe.name,
        "target_group": recipe.target_group,
        "period": recipe.period,
        "hours": recipe.hours,
        "places": recipe.places,
        "taken": recipe.taken,
        "waiting": recipe.waiting,
    }
    positions = column_positions(table, list(columns.values()), collection)
    if positions is None:
        return []
    rows: list[dict[str, object]] = []
    for number, cells in zip(table.row_numbers, table.rows, strict=True):
        row: dict[str, object] = {
            key: cells[positions[name]].strip() if name else "" for key, name in columns.items()
        }
        for key in ("places", "taken", "waiting"):
            place = Place(file=table.file, row=number, column=columns[key])
            row[key] = _number(str(row[key]), place, collection)
        if row["facility_id"] not in known:
            place = Place(file=table.file, row=number, column=recipe.facility)
            collection.error("facility_unknown", place, id=str(row["facility_id"]))
        rows.append(row)
    return rows


def read_demand_points(recipe: Recipe, collection: Collection) -> pd.DataFrame:
    """Return weighted points (columns of ``town.DEMAND_COLUMNS``; longitude, latitude)."""
    frames = [
        frame
        for points in recipe.demand_points
        if (frame := _demand_frame(points, collection)) is not None
    ]
    if not frames:
        return pd.DataFrame(columns=list(DEMAND_COLUMNS))
    return pd.concat(frames, ignore_index=True)


def _demand_frame(recipe: DemandPointsRecipe, collection: Collection) -> pd.DataFrame | None:
    table = place_table(recipe.file, recipe.encoding, recipe.separator, collection)
    if table is None:
        return None
    names = [recipe.id, recipe.x, recipe.y, *recipe.weights.values()]
    positions = column_positions(table, names, collection)
    if positions is None:
        return None

    def numbers(column: str) -> list[float]:
        return [
            _number_signed(row[positions[column]], Place(table.file, "", line, column), collection)
            for line, row in zip(table.row_numbers, table.rows, strict=True)
        ]

    points = gpd.GeoSeries(
        gpd.points_from_xy(numbers(recipe.x), numbers(recipe.y)), crs=recipe.crs
    ).to_crs(GEOGRAPHIC)
    weights = {group: numbers(column) for group, column in recipe.weights.items()}
    ids = [
        row[positions[recipe.id]].strip() if recipe.id else str(line)
        for line, row in zip(table.row_numbers, table.rows, strict=True)
    ]
    texts = [json.dumps({g: w[i] for g, w in weights.items()}) for i in range(len(ids))]
    return pd.DataFrame(
        {"point_id": ids, "x": points.x.array, "y": points.y.array, "weights": texts}
    )


def _number_signed(text: str, place: Place, collection: Collection) -> float:
    number = plain_number(text)
    if number is None:
        collection.error("number_unreadable", place, cell=text[:60])
        return 0.0
    return number


def place_table(file: str, encoding: str, separator: str, collection: Collection) -> Table | None:
    """Read a CSV table of places."""
    return collection.table(file, TableSpec("csv", encoding=encoding, separator=separator))


def column_positions(
    table: Table, names: list[str], collection: Collection
) -> dict[str, int] | None:
    """Return the position of each named column, None (with findings) when one is missing."""
    wanted = [name for name in names if name]
    missing = [name for name in wanted if name not in table.columns]
    listing = ", ".join(table.columns[:20])
    for name in missing:
        place = Place(file=table.file, column=name)
        collection.error("column_missing", place, column=name, suggestion="–", columns=listing)
    if missing:
        return None
    return {name: table.columns.index(name) for name in wanted}
