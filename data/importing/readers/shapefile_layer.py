"""Read a zipped shapefile: its parts are checked here, GDAL sees only bare geometry.

The private folder holds nothing but ``layer.shp`` and ``layer.shx``, both checked record by
record, so no other driver can answer and no other file can be reached.
"""

from __future__ import annotations

import struct
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
import shapely

from data.importing.readers.archive import Archive, Member, open_archive
from data.importing.readers.attributes import attribute_frame
from data.importing.readers.content import check_size, kind_of, refuse_other_type
from data.importing.readers.dbf import open_dbf, read_columns
from data.importing.readers.geometry import layer_frame
from data.importing.readers.limits import MAX_AREAS, MIB
from data.importing.readers.model import Layer, LayerSpec
from data.importing.readers.reference_system import crs_of_wkt, settle_crs
from data.importing.readers.report import Report

_MAGIC: Final = b"\x00\x00\x27\x0a"
_HEADER_BYTES: Final = 100
_INDEX_BYTES: Final = 8
_DRIVER: Final = "ESRI Shapefile"
_ARCHIVES: Final = {".zip", ".7z", ".rar", ".gz", ".tar", ".kmz"}
_NULL: Final = 0
_POINT_TYPES: Final = {1, 11, 21}
_MULTIPOINT_TYPES: Final = {8, 18, 28}
_PART_TYPES: Final = {3, 5, 13, 15, 23, 25}
_POINT_BYTES: Final = 16
_MAX_RECORDS: Final = 10 * MAX_AREAS  # deleted ones count here and are left out later
_WORD_BYTES: Final = 4
_COUNTS: Final = 36
_MULTIPOINT_HEAD: Final = 40
_PARTS_HEAD: Final = 44


@dataclass(frozen=True)
class _Parts:
    shp: bytes
    shx: bytes
    dbf: bytes
    prj: str | None
    cpg: str


def read_shapefile(path: Path, spec: LayerSpec, report: Report) -> Layer:
    """Read one shapefile of a ZIP archive, in a subfolder too.

    Raises
    ------
    RefusedFileError
        See the findings: archive, missing or damaged parts, encoding, system, geometry.
    """
    check_size(path, report)
    with path.open("rb") as stream:
        _refuse_foreign_content(stream.read(4096), report)
        parts = _read_parts(open_archive(stream, report), spec, report)
    n_records = check_geometry_parts(parts.shp, parts.shx, report)
    table = open_dbf(parts.dbf, report)
    if table.n_records != n_records:
        report.refuse("shp_counts_differ", shapes=n_records, records=table.n_records)
    columns = read_columns(table, declared=spec.encoding, cpg=parts.cpg, report=report)
    found = crs_of_wkt(parts.prj) if parts.prj is not None else None
    geometries = _geometries(parts, report)[~np.array(table.deleted(), dtype=bool)]
    crs = settle_crs(spec.crs, found, geometries, report, is_stated=parts.prj is not None)
    attributes = attribute_frame(columns, spec.drop, report)
    frame = layer_frame(attributes, geometries, crs, report)
    return Layer(frame, report.file, report.findings)


def _refuse_foreign_content(head: bytes, report: Report) -> None:
    kind = kind_of(head)
    if kind == "shp":
        report.refuse("shp_not_zipped")
    if kind != "zip":
        kind = "xls" if kind == "ole" else kind
        refuse_other_type(kind, report, expected="Shapefile (ZIP)")
        report.refuse("zip_damaged", member="")


def _read_parts(archive: Archive, spec: LayerSpec, report: Report) -> _Parts:
    nested = next((m for m in archive.members if m.suffix in _ARCHIVES), None)
    if nested is not None:
        report.refuse("zip_nested", member=nested.name)
    chosen = _chosen(archive, spec.layer, report)
    siblings = _siblings(archive, chosen)
    missing = [part for part in (".dbf", ".shx") if part not in siblings]
    for part in missing:
        report.error("shp_part_missing", part=part, layer=chosen.name)
    report.stop_on_errors()
    return _Parts(
        shp=archive.read(chosen),
        shx=archive.read(siblings[".shx"]),
        dbf=archive.read(siblings[".dbf"]),
        prj=_small_text(archive, siblings.get(".prj")),
        cpg=_small_text(archive, siblings.get(".cpg")) or "",
    )


def _small_text(archive: Archive, member: Member | None) -> str | None:
    if member is None:
        return None
    return archive.read(member, limit=MIB).decode("utf-8-sig", "replace")


def _siblings(archive: Archive, chosen: Member) -> dict[str, Member]:
    stem = _stem(chosen).casefold()
    return {member.suffix: member for member in archive.members if _stem(member).casefold() == stem}


def _stem(member: Member) -> str:
    return str(PurePosixPath(member.name).with_suffix(""))


def _chosen(archive: Archive, layer: str, report: Report) -> Member:
    shapes = [member for member in archive.members if member.suffix == ".shp"]
    if not shapes:
        report.refuse("shp_missing", found=", ".join(m.name for m in archive.members[:10]) or "–")
    names = ", ".join(PurePosixPath(member.name).stem for member in shapes)
    if layer:
        wanted = [m for m in shapes if layer in {m.name, _stem(m), PurePosixPath(m.name).stem}]
        if len(wanted) != 1:
            report.refuse("layer_unknown", layer=layer, found=names)
        return wanted[0]
    if len(shapes) > 1:
        report.refuse("layer_needed", found=names)
    return shapes[0]


def check_geometry_parts(shp: bytes, shx: bytes, report: Report) -> int:
    """Check every record of a .shp against its index and its own counts; return their number.

    Raises
    ------
    RefusedFileError
        Foreign content, a truncated file, or a record that promises more than it holds.
    """
    for part, content in ((".shp", shp), (".shx", shx)):
        if not content.startswith(_MAGIC):
            report.refuse("shp_part_foreign", part=part)
        stated = 2 * int.from_bytes(content[24:28], "big")
        if len(content) < _HEADER_BYTES or len(content) < stated:
            report.refuse("shp_part_damaged", part=part)
    n_records = (len(shx) - _HEADER_BYTES) // _INDEX_BYTES
    if n_records > _MAX_RECORDS:
        report.refuse("layer_too_many_features", limit=MAX_AREAS)
    for index in range(n_records):
        offset, words = struct.unpack_from(">2L", shx, _HEADER_BYTES + index * _INDEX_BYTES)
        begin, size = 2 * offset, 2 * words
        content = shp[begin + 8 : begin + 8 + size]
        is_same = shp[begin + 4 : begin + 8] == words.to_bytes(4, "big")
        if len(content) < size or not is_same or not _keeps_its_word(content):
            report.error("shp_record_damaged", row=index + 1)
    report.stop_on_errors()
    return n_records


def _keeps_its_word(content: bytes) -> bool:
    """Tell whether a record is as long as its own counts of parts and points say."""
    kind = int.from_bytes(content[:4], "little") if len(content) >= _WORD_BYTES else None
    if kind in _POINT_TYPES:
        return len(content) >= _WORD_BYTES + _POINT_BYTES
    if kind in _MULTIPOINT_TYPES and len(content) >= _MULTIPOINT_HEAD:
        (n_points,) = struct.unpack_from("<L", content, _COUNTS)
        return len(content) >= _MULTIPOINT_HEAD + _POINT_BYTES * int(n_points)
    if kind in _PART_TYPES and len(content) >= _PARTS_HEAD:
        return _parts_are_true(content)
    return kind == _NULL


def _parts_are_true(content: bytes) -> bool:
    n_parts, n_points = struct.unpack_from("<2L", content, _COUNTS)
    if len(content) < _PARTS_HEAD + _WORD_BYTES * n_parts + _POINT_BYTES * n_points:
        return False
    starts = struct.unpack_from(f"<{n_parts}L", content, _PARTS_HEAD)
    return n_parts > 0 and list(starts) == sorted(set(starts)) and bool(starts[-1] < n_points)


def _geometries(parts: _Parts, report: Report) -> npt.NDArray[Any]:
    import pyogrio

    with tempfile.TemporaryDirectory(prefix="layer-") as folder:
        path = Path(folder) / "layer.shp"
        path.write_bytes(parts.shp)
        path.with_suffix(".shx").write_bytes(parts.shx)
        try:
            if pyogrio.read_info(path, force_feature_count=False)["driver"] != _DRIVER:
                report.refuse("shp_part_foreign", part=".shp")
            with warnings.catch_warnings():
                # GDAL's remarks on a damaged shape; the checks of geometry judge it
                warnings.simplefilter("ignore", RuntimeWarning)
                _, _, geometries, _ = pyogrio.raw.read(path, columns=[], force_2d=False)
            # what is no number is refused with its place, as are rings that do not close
            with np.errstate(invalid="ignore"):
                return cast("npt.NDArray[Any]", shapely.from_wkb(geometries))
        except (pyogrio.errors.DataSourceError, shapely.errors.GEOSException):
            report.refuse("shp_part_damaged", part=".shp")
