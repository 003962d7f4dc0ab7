"""What GeoJSON, its line-wise form and TopoJSON share: attributes, ids, reference system."""

from __future__ import annotations

import json
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS

from data.importing.readers.attributes import attribute_frame
from data.importing.readers.geojson_text import flaw_of_property
from data.importing.readers.geometry import layer_frame
from data.importing.readers.limits import MAX_CELLS, MAX_COLUMNS, MAX_DEPTH
from data.importing.readers.model import Layer, LayerSpec
from data.importing.readers.reference_system import crs_of_name, refuse_missing, settle_crs
from data.importing.readers.report import Report

_DEGREES: Final = 180.0
_ID: Final = "id"

Features = list[dict[str, Any]]


def layer_of(
    features: Features,
    geometries: npt.NDArray[Any],
    crs_member: Any,
    spec: LayerSpec,
    report: Report,
    *,
    lines: tuple[int, ...] = (),
) -> Layer:
    """Return the layer of features and their shapes.

    Parameters
    ----------
    features
        Objects with ``properties`` and perhaps ``id``; the id becomes a column of that name
        unless a property has it.
    geometries
        Shape ``(n_features,)``; ``None`` where a feature has no shape.
    crs_member
        The member ``crs`` of the document, ``None`` where there is none: degrees (RFC 7946).
    spec
        What the recipe says.
    report
        Collects the findings.
    lines
        Line of each feature where the file has lines.

    Raises
    ------
    RefusedFileError
        See the findings.
    """
    columns = _columns(features, report)
    report.stop_on_errors()
    crs = _crs(crs_member, spec, geometries, report)
    attributes = attribute_frame(columns, spec.drop, report)
    frame = layer_frame(attributes, geometries, crs, report)
    return Layer(frame, report.file, report.findings, lines)


def _crs(member: Any, spec: LayerSpec, geometries: npt.NDArray[Any], report: Report) -> CRS:
    """Return the system of the recipe, else of the ``crs`` member, else degrees (RFC 7946)."""
    if member is None:
        if not spec.crs and not _could_be_degrees(geometries):
            refuse_missing(geometries, report)
        return settle_crs(spec.crs or "EPSG:4326", None, geometries, report, is_stated=False)
    if not isinstance(member, dict) or member.get("type") != "name":
        report.refuse("geojson_crs_link")
    properties = member.get("properties")
    name = properties.get("name") if isinstance(properties, dict) else None
    found = crs_of_name(name) if isinstance(name, str) else None
    return settle_crs(spec.crs, found, geometries, report, is_stated=True)


def _could_be_degrees(geometries: npt.NDArray[Any]) -> bool:
    """Tell whether at least one position lies within degrees; a mixture is refused later."""
    bounds = shapely.bounds(geometries[~shapely.is_missing(geometries)])
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    return len(bounds) == 0 or bool((np.abs(bounds).max(axis=1) <= _DEGREES * 2).any())


def _columns(features: Features, report: Report) -> dict[str, list[object]]:
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
    if len(names) * len(features) > MAX_CELLS:
        report.refuse("table_too_many_cells", limit=MAX_CELLS)
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


def _feature_ids(features: Features, report: Report) -> list[object]:
    seen: dict[str, int] = {}
    ids: list[object] = []
    for index, feature in enumerate(features):
        written = feature.get(_ID)
        ids.append(written)
        if written is None:
            report.error("geojson_id_missing", row=index + 1)
            continue
        flaw = flaw_of_property(written)
        if flaw:
            report.error(flaw, row=index + 1, column=_ID, limit=MAX_DEPTH)
            continue
        first = seen.setdefault(json.dumps(written), index)
        if first != index:
            first_row = report.row_of(first + 1)
            report.error("geojson_id_doubled", row=index + 1, id=str(written)[:80], first=first_row)
    return ids
