"""Read one feature table of a GeoPackage by SQLite itself; GDAL is not involved."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS

from data.importing.readers.attributes import attribute_frame
from data.importing.readers.geometry import layer_frame
from data.importing.readers.gpkg_database import Database, open_database, quoted
from data.importing.readers.limits import MAX_AREAS, MAX_CELLS
from data.importing.readers.model import Layer, LayerSpec
from data.importing.readers.reference_system import crs_of_name, crs_of_wkt, settle_crs
from data.importing.readers.report import Report
from data.importing.readers.wkb import WkbError, check_wkb

_MAGIC: Final = b"GP"
_HEADER_BYTES: Final = 8
_ENVELOPE_BYTES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_LITTLE: Final = 0x01
_EXTENDED: Final = 0x20
_UNDEFINED: Final = {-1, 0}
_PLAIN_NAME: Final = frozenset("_- .()")


def read_geopackage(path: Path, spec: LayerSpec, report: Report) -> Layer:
    """Read one table of features.

    Raises
    ------
    RefusedFileError
        See the findings: file, views, several layers, system, geometry.
    """
    with open_database(path, report) as database:
        table = _chosen(database, spec, report)
        report.sheet = table
        column, srs_id = _geometry_column(database, table, report)
        found, is_stated = _stated_crs(database, srs_id)
        names, rows = _rows(database, table, report)
    if column not in names:
        report.refuse("gpkg_damaged")
    place = names.index(column)
    # without any system the shapes only serve to guess one, whatever they say of themselves
    expected = srs_id if spec.crs or is_stated else None
    geometries = _geometries([row[place] for row in rows], expected, report)
    crs = settle_crs(spec.crs, found, geometries, report, is_stated=is_stated)
    columns: dict[str, list[object]] = {
        name: [_plain(row[index]) for row in rows]
        for index, name in enumerate(names)
        if index != place
    }
    _refuse_endless_numbers(columns, report)
    attributes = attribute_frame(columns, spec.drop, report)
    frame = layer_frame(attributes, geometries, crs, report)
    return Layer(frame, report.file, report.findings)


def _chosen(database: Database, spec: LayerSpec, report: Report) -> str:
    found = [
        str(name)
        for (name,) in database.rows(
            "SELECT table_name FROM gpkg_contents WHERE data_type = 'features'"
        )
    ]
    tables = [name for name in found if database.kinds.get(name) == "table"]
    listed = ", ".join(tables) or "–"
    if spec.layer and spec.layer not in found:
        report.refuse("layer_unknown", layer=spec.layer, found=listed)
    if len(tables) > 1 and not spec.layer:
        report.refuse("layer_needed", found=listed)
    name = spec.layer or (tables or found or [""])[0]
    if not name:
        report.refuse("layer_without_features")
    if database.kinds.get(name) != "table":
        report.refuse("gpkg_view", table=name)
    if not all(sign.isalnum() or sign in _PLAIN_NAME for sign in name):
        report.warning("gpkg_odd_name", table=name)
    return name


def _geometry_column(database: Database, table: str, report: Report) -> tuple[str, int]:
    found = database.rows(
        "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?", table
    )
    if len(found) != 1 or not isinstance(found[0][1], int):
        report.refuse("gpkg_damaged")
    return str(found[0][0]), found[0][1]


def _stated_crs(database: Database, srs_id: int) -> tuple[CRS | None, bool]:
    """Return the system the file states, and whether it states any, readable or not."""
    if srs_id in _UNDEFINED:
        return None, False
    rows = database.rows(
        "SELECT organization, organization_coordsys_id, definition"
        " FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
        srs_id,
    )
    if not rows:
        return None, False
    organization, code, definition = rows[0]
    return crs_of_name(f"{organization}:{code}") or crs_of_wkt(str(definition)), True


def _rows(
    database: Database, table: str, report: Report
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return names and rows of all stored columns; computed ones could do anything."""
    described = database.rows(f"PRAGMA table_xinfo({quoted(table)})")
    if any(row[6] for row in described):
        report.refuse("gpkg_computed_column", table=table)
    names = [str(row[1]) for row in described]
    listed = ", ".join(quoted(name) for name in names)
    _check_cells(database, table, len(names), report)
    statement = f"SELECT {listed} FROM {quoted(table)} LIMIT {MAX_AREAS + 1}"  # noqa: S608 - quoted
    return names, database.rows(statement)


def _check_cells(database: Database, table: str, n_columns: int, report: Report) -> None:
    """Count rows before they are read: columns added later cost only those who read them."""
    most = MAX_CELLS // max(n_columns, 1)
    if most >= MAX_AREAS:
        return
    counted = database.rows(f"SELECT 1 FROM {quoted(table)} LIMIT {most + 1}")  # noqa: S608 - quoted
    if len(counted) > most:
        report.refuse("table_too_many_cells", limit=MAX_CELLS)


def _geometries(blobs: list[Any], srs_id: int | None, report: Report) -> npt.NDArray[Any]:
    found = np.empty(len(blobs), dtype=object)
    for index, blob in enumerate(blobs):
        if blob is None:
            continue
        try:
            found[index] = _geometry(blob, srs_id)
        except WkbError as flaw:
            report.error(flaw.code, row=index + 1, **flaw.params)
        except shapely.errors.GEOSException:
            report.error("wkb_damaged", row=index + 1)
    report.stop_on_errors()
    return found


def _geometry(blob: Any, srs_id: int | None) -> shapely.Geometry | None:
    """Return the geometry of a GeoPackage blob, ``None`` for an empty one."""
    if not isinstance(blob, bytes) or len(blob) < _HEADER_BYTES or not blob.startswith(_MAGIC):
        raise WkbError("wkb_damaged")
    flags = blob[3]
    envelope = _ENVELOPE_BYTES.get((flags >> 1) & 7)
    if envelope is None or flags & _EXTENDED:
        raise WkbError("wkb_damaged")
    order = "little" if flags & _LITTLE else "big"
    own_srs_id = int.from_bytes(blob[4:8], "little" if order == "little" else "big", signed=True)
    if srs_id is not None and own_srs_id != srs_id:
        raise WkbError("gpkg_mixed_crs", found=own_srs_id, expected=srs_id)
    wkb = blob[_HEADER_BYTES + envelope :]
    return None if check_wkb(wkb) else shapely.from_wkb(wkb)


def _refuse_endless_numbers(columns: dict[str, list[object]], report: Report) -> None:
    for name, values in columns.items():
        for index, value in enumerate(values):
            if isinstance(value, float) and not math.isfinite(value):
                report.error("gpkg_number_not_finite", row=index + 1, column=name)
    report.stop_on_errors()


def _plain(value: object) -> object:
    """Return an attribute as text or number; bytes are told by their length only."""
    return f"<{len(value)} B>" if isinstance(value, bytes) else value
