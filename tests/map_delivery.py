"""The small delivery with another map: any format, any shapes, imported as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from data.importing.town import ImportedTown
from tests.badfiles import zip_cases
from tests.small_delivery import HEAD, write_delivery

LAYER = """file = "viertel.geojson"
format = "geojson"
crs = "EPSG:4326"
id = "key"
name = "name"
"""
WEST, SOUTH = 526_000.0, 6_061_000.0
"""A corner near Flensburg in ETRS89 / UTM zone 32N (EPSG:25832)."""


def place(x: float, y: float, width: float = 1000.0, height: float = 1000.0) -> shapely.Polygon:
    """Return a box in metres from the corner of the town."""
    return shapely.box(WEST + x, SOUTH + y, WEST + x + width, SOUTH + y + height)


ROW = (place(0, 0), place(1000, 0), place(2000, 0))
"""Three quarters in a row, one square kilometre each."""


def quarters(shapes: Iterable[shapely.Geometry], crs: int = 25832) -> gpd.GeoDataFrame:
    """Return quarters 01, 02 … with the names of the small delivery and these shapes (25832)."""
    drawn = list(shapes)
    keys = [f"{n:02d}" for n in range(1, len(drawn) + 1)]
    names = [f"Gebiet {key}" for key in keys]
    frame = gpd.GeoDataFrame({"key": keys, "name": names}, geometry=drawn, crs=25832)
    return frame.to_crs(crs)


def geojson_of(frame: gpd.GeoDataFrame, *, crs: int | None = None) -> dict[str, Any]:
    """Return a feature collection with the coordinates of the frame and, if asked, its system."""
    features = [
        {
            "type": "Feature",
            "properties": {"key": key, "name": name},
            "geometry": shapely.geometry.mapping(shape),
        }
        for key, name, shape in zip(frame["key"], frame["name"], frame.geometry, strict=True)
    ]
    name = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{crs}"}}
    member = {"crs": name} if crs else {}
    return {"type": "FeatureCollection", **member, "features": features}


def shapefile_of(
    frame: gpd.GeoDataFrame,
    folder: Path,
    *,
    stem: str = "gebiete",
    encoding: str = "utf-8",
    changes: Mapping[str, bytes | None] | None = None,
) -> bytes:
    """Return a zipped shapefile; ``changes`` replaces parts by suffix, ``None`` leaves one out."""
    folder.mkdir(exist_ok=True)
    frame.to_file(folder / "a.shp", encoding=encoding)
    parts: dict[str, bytes | None] = {p.suffix: p.read_bytes() for p in folder.glob("a.*")}
    parts |= changes or {}
    members = {f"{stem}{suffix}": data for suffix, data in parts.items() if data is not None}
    return zip_cases.zipped(members)


def write_text(folder: Path, name: str, document: Any) -> str:
    """Write text, or a document as JSON; return the name."""
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    (folder / name).write_text(text, encoding="utf-8")
    return name


def lines_of(document: dict[str, Any], *, before: str = "") -> str:
    """Return the features of a collection, one a line."""
    return "".join(f"{before}{json.dumps(one)}\n" for one in document["features"])


def topology(frame: gpd.GeoDataFrame, *, grid: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a topology with one arc for each ring; ``type`` stands last, as GDAL does not like."""
    corners = [list(map(list, shapely.get_coordinates(shape))) for shape in frame.geometry]
    geometries = [
        {"type": "Polygon", "arcs": [[n]], "properties": {"key": key, "name": name}}
        for n, (key, name) in enumerate(zip(frame["key"], frame["name"], strict=True))
    ]
    objects = {"viertel": {"type": "GeometryCollection", "geometries": geometries}}
    if grid is None:
        return {"arcs": corners, "objects": objects, "type": "Topology"}
    steps = [np.rint((np.array(ring) - grid["translate"]) / grid["scale"]) for ring in corners]
    arcs = [[ring[0].tolist(), *np.diff(ring, axis=0).tolist()] for ring in steps]
    return {"arcs": arcs, "transform": grid, "objects": objects, "type": "Topology"}


def as_file(folder: Path, frame: gpd.GeoDataFrame, form: str) -> str:
    """Write quarters in a format that names its system; return the file's name."""
    if form == "geojson":
        return write_text(folder, "a.geojson", geojson_of(frame, crs=25832))
    if form == "geopackage":
        frame.to_file(folder / "a.gpkg", driver="GPKG")
        return "a.gpkg"
    (folder / "a.zip").write_bytes(shapefile_of(frame, folder / "shp"))
    return "a.zip"


def map_recipe(folder: Path, file: str, form: str, **layer: str) -> Path:
    """Write recipe and table beside a map file that is there already; return the recipe."""
    named = {"file": file, "format": form, "id": "key", "name": "name", **layer}
    block = "".join(f"{key} = {json.dumps(value)}\n" for key, value in named.items())
    head = HEAD.replace(LAYER, block)
    return write_delivery(folder, ["id;jahr;kinder", "01;2021;12", "02;2021;5"], head=head)


def import_map(folder: Path, file: str, form: str, **layer: str) -> ImportedTown:
    """Import a map file of the folder with its recipe and table."""
    recipe = map_recipe(folder, file, form, **layer)
    return assemble(load_recipe(recipe), folder, lambda *_: None)


def import_shapes(folder: Path, shapes: Iterable[shapely.Geometry]) -> ImportedTown:
    """Import quarters of these shapes in metres."""
    text = json.dumps(geojson_of(quarters(shapes), crs=25832))
    (folder / "karte.geojson").write_text(text, encoding="utf-8")
    return import_map(folder, "karte.geojson", "geojson")
