"""Read GeoJSON by itself: no GDAL, so neither a link nor a foreign format is ever followed."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS

from data.importing.readers.attributes import attribute_frame
from data.importing.readers.content import read_bytes
from data.importing.readers.geojson_text import flaw_of_property, parse_json
from data.importing.readers.geometry import layer_frame
from data.importing.readers.limits import MAX_AREAS, MAX_COLUMNS, MAX_DEPTH
from data.importing.readers.model import Layer, LayerSpec
from data.importing.readers.reference_system import SUGGESTED, crs_of_name, settle_crs
from data.importing.readers.report import Report

_RING_POSITIONS: Final = 4
_PLANE: Final = 2
_SPACE: Final = 3
_DEGREES: Final = 180.0
_ID: Final = "id"


class _FlawedGeometryError(Exception):
    def __init__(self, code: str, **params: str | float) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, Any] = params


def read_geojson(path: Path, spec: LayerSpec, report: Report) -> Layer:
    """Read one feature collection.

    The member ``id`` of the features becomes a column of that name unless a property has it.

    Raises
    ------
    RefusedFileError
        See the findings: no GeoJSON, damage with its byte, features with their number.
    """
    document = parse_json(read_bytes(path, report), report)
    features = _features(document, report)
    geometries = _geometries(features, report)
    columns = _columns(features, report)
    report.stop_on_errors()
    crs = _crs(document, spec, geometries, report)
    attributes = attribute_frame(columns, spec.drop, report)
    frame = layer_frame(attributes, geometries, crs, report)
    return Layer(frame, report.file, report.findings)


def _features(document: dict[str, Any], report: Report) -> list[dict[str, Any]]:
    kind = document.get("type")
    if kind == "Topology":
        report.refuse("geojson_topojson")
    if "geometryType" in document or ("features" in document and "spatialReference" in document):
        report.refuse("geojson_esri")
    features = document.get("features")
    if kind != "FeatureCollection" or not isinstance(features, list):
        report.refuse("geojson_not_geojson", found=str(kind)[:40])
    if document.get("exceededTransferLimit") is True:
        report.warning("geojson_incomplete", n=len(features))
    if len(features) > MAX_AREAS:
        report.refuse("layer_too_many_features", limit=MAX_AREAS)
    for index, feature in enumerate(features):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            report.error("geojson_not_a_feature", row=index + 1)
    report.stop_on_errors()
    return features


def _crs(
    document: dict[str, Any], spec: LayerSpec, geometries: npt.NDArray[Any], report: Report
) -> CRS:
    """Return the system of the recipe, else of the ``crs`` member, else degrees (RFC 7946)."""
    member = document.get("crs")
    if member is None:
        if not spec.crs and not _could_be_degrees(geometries):
            report.refuse("crs_missing", suggested=SUGGESTED)
        return settle_crs(spec.crs or "EPSG:4326", None, report, is_stated=False)
    if not isinstance(member, dict) or member.get("type") != "name":
        report.refuse("geojson_crs_link")
    properties = member.get("properties")
    name = properties.get("name") if isinstance(properties, dict) else None
    found = crs_of_name(name) if isinstance(name, str) else None
    return settle_crs(spec.crs, found, report, is_stated=True)


def _could_be_degrees(geometries: npt.NDArray[Any]) -> bool:
    """Tell whether at least one position lies within degrees; a mixture is refused later."""
    bounds = shapely.bounds(geometries[~shapely.is_missing(geometries)])
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    return len(bounds) == 0 or bool((np.abs(bounds).max(axis=1) <= _DEGREES * 2).any())


def _columns(features: list[dict[str, Any]], report: Report) -> dict[str, list[object]]:
    names: dict[str, None] = {}
    for index, feature in enumerate(features):
        properties = feature.get("properties") or {}
        if not isinstance(properties, dict):
            report.error("geojson_not_a_feature", row=index + 1)
            feature["properties"] = {}
            continue
        _check_properties(properties, row=index + 1, report=report)
        names.update(dict.fromkeys(properties))
        if len(names) > MAX_COLUMNS:
            report.refuse("table_too_many_columns", n=len(names), limit=MAX_COLUMNS)
    columns: dict[str, list[object]] = {
        name: [(feature.get("properties") or {}).get(name) for feature in features]
        for name in names
    }
    if _ID not in names and any(_ID in feature for feature in features):
        columns[_ID] = _feature_ids(features, report)
    return columns


def _check_properties(properties: dict[str, Any], *, row: int, report: Report) -> None:
    for name, value in properties.items():
        code = flaw_of_property(value) or flaw_of_property(name)
        if code:
            shown_name = name.encode("ascii", "backslashreplace").decode("ascii")
            report.error(code, row=row, column=shown_name, limit=MAX_DEPTH)


def _feature_ids(features: list[dict[str, Any]], report: Report) -> list[object]:
    seen: dict[str, int] = {}
    ids: list[object] = []
    for index, feature in enumerate(features):
        written = feature.get(_ID)
        ids.append(written)
        if written is None:
            report.error("geojson_id_missing", row=index + 1)
            continue
        first = seen.setdefault(json.dumps(written), index)
        if first != index:
            report.error("geojson_id_doubled", row=index + 1, id=str(written)[:80], first=first + 1)
    return ids


def _geometries(features: list[dict[str, Any]], report: Report) -> npt.NDArray[Any]:
    found = np.empty(len(features), dtype=object)
    for index, feature in enumerate(features):
        try:
            found[index] = _geometry(feature.get("geometry"))
        except _FlawedGeometryError as flaw:
            report.error(flaw.code, row=index + 1, **flaw.params)
    report.stop_on_errors()
    return found


def _geometry(written: Any) -> shapely.Geometry | None:
    if written is None:
        return None
    kind = written.get("type") if isinstance(written, dict) else None
    coordinates = written.get("coordinates") if isinstance(written, dict) else None
    if kind not in {"Point", "MultiPoint", "Polygon", "MultiPolygon"}:
        raise _FlawedGeometryError("geometry_wrong_type", found=str(kind)[:40])
    if not isinstance(coordinates, list):
        raise _FlawedGeometryError("geojson_coordinates", value=_short(coordinates))
    if not coordinates:
        return None
    if kind == "Point":
        return shapely.Point(_position(coordinates))
    if kind == "MultiPoint":
        return shapely.MultiPoint([_position(position) for position in coordinates])
    if kind == "Polygon":
        return _polygon(coordinates)
    return shapely.MultiPolygon([_polygon(rings) for rings in coordinates])


def _polygon(rings: Any) -> shapely.Polygon:
    shell, *holes = [_ring(ring) for ring in _listed(rings)]
    return shapely.Polygon(shell, holes)


def _ring(written: Any) -> list[tuple[float, float]]:
    ring = [_position(position) for position in _listed(written)]
    if len(ring) < _RING_POSITIONS or ring[0] != ring[-1]:
        x, y = ring[0]
        raise _FlawedGeometryError("geojson_ring_open", x=x, y=y)
    return ring


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise _FlawedGeometryError("geojson_coordinates", value=_short(value))
    return value


def _position(written: Any) -> tuple[float, float]:
    """Return x and y; a height is left out, a fourth number is refused."""
    if not isinstance(written, list) or not _PLANE <= len(written) <= _SPACE:
        raise _FlawedGeometryError("geojson_coordinates", value=_short(written))
    if not _are_numbers(written):
        raise _FlawedGeometryError("geojson_coordinates", value=_short(written))
    return float(written[0]), float(written[1])


def _are_numbers(position: Iterable[object]) -> bool:
    return all(
        isinstance(number, (int, float)) and not isinstance(number, bool) and math.isfinite(number)
        for number in position
    )


def _short(value: object) -> str:
    """Return the beginning of a value; only the first few entries of a list are looked at."""
    if isinstance(value, list):
        inner = ", ".join(
            "[…]" if isinstance(item, (list, dict)) else ascii(item)[:20] for item in value[:4]
        )
        return f"[{inner}]"
    return "{…}" if isinstance(value, dict) else ascii(value)[:40]
