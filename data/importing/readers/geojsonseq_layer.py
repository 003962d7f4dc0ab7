"""Read newline-delimited GeoJSON and GeoJSON text sequences (RFC 8142): one feature a record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from data.importing.readers.content import read_bytes
from data.importing.readers.geojson_features import Features, layer_of
from data.importing.readers.geojson_layer import shapes_of
from data.importing.readers.geojson_text import (
    RECORD_SEPARATOR,
    parse_object,
    refuse_foreign_content,
    text_of_json,
)
from data.importing.readers.limits import MAX_AREAS
from data.importing.readers.model import Layer, LayerSpec
from data.importing.readers.report import Report

_SEPARATOR: Final = RECORD_SEPARATOR.decode()
_BLANKS: Final = " \t\r\n"
"""Blanks of JSON only: Python would also strip the separator."""
_WHOLE: Final = {"FeatureCollection", "Topology"}


def read_geojsonseq(path: Path, spec: LayerSpec, report: Report) -> Layer:
    """Read a file of features, one on each line or one after each record separator.

    Findings name the line on which a feature begins.

    Raises
    ------
    RefusedFileError
        See the findings: a record that is no feature or damaged, with its line.
    """
    data = read_bytes(path, report)
    refuse_foreign_content(data, report, is_sequence=True)
    features, lines = _features(text_of_json(data, report), report)
    member = _crs_member(features, report)
    report.stands_on(lines)
    return layer_of(features, shapes_of(features, report), member, spec, report, lines=lines)


def _features(text: str, report: Report) -> tuple[Features, tuple[int, ...]]:
    features: Features = []
    lines: list[int] = []
    for line, record in _records(text):
        if len(features) == MAX_AREAS:
            report.refuse("layer_too_many_features", row=line, limit=MAX_AREAS)
        found = _feature(record, line, report)
        if found is not None:
            features.append(found)
            lines.append(line)
    report.stop_on_errors()
    if not features:
        report.refuse("layer_without_features")
    return features, tuple(lines)


def _feature(record: str, line: int, report: Report) -> dict[str, Any] | None:
    """Return the feature of a record; None where the report says why there is none."""
    if record.rstrip(_BLANKS) in {"{", "["}:
        report.refuse("geojsonseq_whole_document", row=line, found="JSON")
    document = parse_object(record, report, row=line)
    kind = document.get("type")
    if kind == "Feature":
        return document
    if isinstance(kind, str) and kind in _WHOLE:
        report.refuse("geojsonseq_whole_document", row=line, found=kind)
    report.error("geojson_not_a_feature", row=line)
    return None


def _records(text: str) -> Iterator[tuple[int, str]]:
    """Yield each record with its line (1-based); blank ones are passed over."""
    is_separated = text.lstrip(_BLANKS).startswith(_SEPARATOR)
    line = 1
    for record in text.split(_SEPARATOR if is_separated else "\n"):
        if record.strip(_BLANKS):
            blank = len(record) - len(record.lstrip(_BLANKS))
            yield line + record.count("\n", 0, blank), record.lstrip(_BLANKS)
        line += record.count("\n") if is_separated else 1


def _crs_member(features: Features, report: Report) -> Any:
    """Return the one ``crs`` member of the features; None where they have none."""
    members = {json.dumps(one["crs"]): one["crs"] for one in features if one.get("crs") is not None}
    if len(members) > 1:
        report.refuse("geojsonseq_crs_several", n=len(members))
    return next(iter(members.values()), None)
