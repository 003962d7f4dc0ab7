"""Read GeoJSON by itself: no GDAL, so neither a link nor a foreign format is ever followed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from data.importing.readers.content import read_bytes
from data.importing.readers.geojson_features import Features, layer_of
from data.importing.readers.geojson_geometry import FlawedGeometryError, geometry_of
from data.importing.readers.geojson_text import parse_json
from data.importing.readers.limits import MAX_AREAS
from data.importing.readers.model import Layer, LayerSpec
from data.importing.readers.report import Report


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
    return layer_of(features, shapes_of(features, report), document.get("crs"), spec, report)


def _features(document: dict[str, Any], report: Report) -> Features:
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


def shapes_of(features: Features, report: Report) -> npt.NDArray[Any]:
    """Return the shape of each feature; flawed ones are collected, then refused together."""
    found = np.empty(len(features), dtype=object)
    for index, feature in enumerate(features):
        try:
            found[index] = geometry_of(feature.get("geometry"))
        except FlawedGeometryError as flaw:
            report.error(flaw.code, row=index + 1, **flaw.params)
    report.stop_on_errors()
    return found
