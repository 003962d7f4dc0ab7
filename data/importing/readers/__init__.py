"""Strict readers of delivered files: they refuse rather than guess, and say where and why.

Tables keep every cell as text; layers come with valid geometry in a known reference system.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from data.importing.readers.content import read_bytes
from data.importing.readers.csv_table import read_csv
from data.importing.readers.geojson_layer import read_geojson
from data.importing.readers.geojson_text import parse_json
from data.importing.readers.geojsonseq_layer import read_geojsonseq
from data.importing.readers.geopackage_layer import read_geopackage
from data.importing.readers.layer_table import table_of_layer
from data.importing.readers.model import Layer, LayerSpec, Table, TableSpec
from data.importing.readers.picture import read_picture
from data.importing.readers.report import Report
from data.importing.readers.shapefile_layer import read_shapefile
from data.importing.readers.topojson_layer import read_topojson
from data.importing.readers.xlsx_table import read_xlsx
from domain.progress import Counted, uncounted

__all__ = [
    "Layer",
    "LayerSpec",
    "Table",
    "TableSpec",
    "read_document",
    "read_layer",
    "read_picture",
    "read_table",
]

_TABLES: Final[dict[str, Callable[[Path, TableSpec, Report], Table]]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
}
_LAYERS: Final[dict[str, Callable[[Path, LayerSpec, Report], Layer]]] = {
    "shapefile": read_shapefile,
    "geopackage": read_geopackage,
    "geojson": read_geojson,
    "geojsonseq": read_geojsonseq,
    "topojson": read_topojson,
}


def read_table(
    path: Path, spec: TableSpec, counted: Counted = uncounted, *, report: Report | None = None
) -> Table:
    """Read a table; every cell stays the text it is. ``counted`` is told of the rows read.

    The table of a map file is its attributes, a row for each feature.

    ``report`` collects the findings where somebody wants to hear of more than them.

    Raises
    ------
    RefusedFileError
        The file cannot be taken over; carries all findings of the file.
    """
    report = report or Report(path.name, sheet=spec.sheet, counted=counted)
    if spec.format in _LAYERS:
        wanted = LayerSpec(spec.format, spec.sheet, spec.encoding, spec.crs, spec.drop)
        return table_of_layer(_LAYERS[spec.format](path, wanted, report), spec)
    reader = _TABLES.get(spec.format)
    if reader is None:
        known = ", ".join((*_TABLES, *_LAYERS))
        report.refuse("file_format_unknown", format=spec.format, known=known)
    return reader(path, spec, report)


def read_document(path: Path) -> dict[str, Any]:
    """Read a file that holds one JSON object.

    Raises
    ------
    RefusedFileError
        Damage, another encoding than UTF-8, doubled keys, or no object.
    """
    report = Report(path.name)
    return parse_json(read_bytes(path, report), report)


def read_layer(path: Path, spec: LayerSpec) -> Layer:
    """Read a map layer with valid geometry in a known reference system.

    Raises
    ------
    RefusedFileError
        The file cannot be taken over; carries all findings of the file.
    """
    report = Report(path.name, sheet=spec.layer)
    reader = _LAYERS.get(spec.format)
    if reader is None:
        report.refuse("file_format_unknown", format=spec.format, known=", ".join(_LAYERS))
    return reader(path, spec, report)
