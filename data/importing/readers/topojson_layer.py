"""Read TopoJSON: areas put together from shared arcs, by own code and without GDAL.

The format has no reference system of its own; by convention the numbers are degrees.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from data.importing.readers.content import read_bytes
from data.importing.readers.geojson_features import Features, layer_of
from data.importing.readers.geojson_geometry import FlawedGeometryError
from data.importing.readers.geojson_text import parse_json
from data.importing.readers.limits import MAX_AREAS
from data.importing.readers.model import Layer, LayerSpec
from data.importing.readers.report import Report
from data.importing.readers.topojson_arcs import read_arcs
from data.importing.readers.topojson_shapes import TooManyPositionsError, Topology


def read_topojson(path: Path, spec: LayerSpec, report: Report) -> Layer:
    """Read one object of a topology; ``layer`` of the recipe chooses where there are several.

    Raises
    ------
    RefusedFileError
        See the findings: no TopoJSON, damage with its byte, arcs and features by number.
    """
    document = parse_json(read_bytes(path, report), report)
    if document.get("type") != "Topology":
        report.refuse("topojson_not_topojson", found=str(document.get("type"))[:40])
    geometries = _chosen(document, spec, report)
    topology = Topology(*read_arcs(document, report))
    return layer_of(
        _features(geometries),
        _shapes(geometries, topology, report),
        document.get("crs"),
        spec,
        report,
    )


def _chosen(document: dict[str, Any], spec: LayerSpec, report: Report) -> list[dict[str, Any]]:
    """Return the geometry objects of the object that is meant, one for each feature."""
    objects = document.get("objects")
    if not isinstance(objects, dict) or not objects:
        report.refuse("layer_without_features")
    listed = ", ".join(list(objects)[:20])
    if spec.layer and spec.layer not in objects:
        report.refuse("layer_unknown", layer=spec.layer, found=listed)
    if not spec.layer and len(objects) > 1:
        report.refuse("layer_needed", found=listed)
    chosen = objects[spec.layer or next(iter(objects))]
    is_many = isinstance(chosen, dict) and chosen.get("type") == "GeometryCollection"
    geometries = chosen.get("geometries") if is_many else [chosen]
    if not isinstance(geometries, list) or not geometries:
        report.refuse("layer_without_features")
    if len(geometries) > MAX_AREAS:
        report.refuse("layer_too_many_features", limit=MAX_AREAS)
    for index, geometry in enumerate(geometries):
        if not isinstance(geometry, dict):
            report.error("topojson_not_a_geometry", row=index + 1)
    report.stop_on_errors()
    return geometries


def _features(geometries: list[dict[str, Any]]) -> Features:
    known = ("id", "properties")
    return [{name: one[name] for name in known if name in one} for one in geometries]


def _shapes(
    geometries: list[dict[str, Any]], topology: Topology, report: Report
) -> npt.NDArray[Any]:
    found = np.empty(len(geometries), dtype=object)
    for index, geometry in enumerate(geometries):
        try:
            found[index], remarks = topology.shape(geometry)
        except FlawedGeometryError as flaw:
            report.error(flaw.code, row=index + 1, **flaw.params)
            continue
        except TooManyPositionsError as problem:
            report.refuse("geometry_too_many_vertices", row=index + 1, **problem.params)
        if remarks.n_collapsed:
            report.warning("topojson_ring_collapsed", row=index + 1, n=remarks.n_collapsed)
        if remarks.n_joined:
            report.warning("topojson_arcs_joined", row=index + 1, n=remarks.n_joined)
    report.stop_on_errors()
    return found
