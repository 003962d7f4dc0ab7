"""Sound files damaged at random: read or refused, never any other error."""

from __future__ import annotations

import random

import pytest

from data.importing.readers import LayerSpec, TableSpec, read_layer, read_table
from domain.findings import RefusedFileError
from tests.badfiles import csv_cases, geojson_cases, gpkg_cases, shp_cases, xlsx_cases, zip_cases

PARTS = [f"gebiete.{part}" for part in ("shp", "shx", "dbf", "prj", "cpg")]
SHEET = "xl/worksheets/sheet1.xml"

pytestmark = pytest.mark.long


def _damaged(data: bytes, source: random.Random) -> bytes:
    """Flip, cut out, double or extend a few bytes."""
    changed = bytearray(data)
    for _ in range(source.randint(1, 4)):
        at = source.randrange(len(changed))
        way = source.randrange(4)
        if way == 0:
            changed[at] = source.randrange(256)
        elif way == 1:
            del changed[at : at + source.randint(1, 8)]
        elif way == 2:
            changed[at:at] = changed[at : at + source.randint(1, 40)]
        else:
            changed[at : at + 4] = source.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff"])
        if not changed:
            return b""
    return bytes(changed)


def _try(form: str, path) -> None:
    """Read a file; it is taken over or refused with findings, and nothing else happens."""
    refusals: list[RefusedFileError] = []
    try:
        if form in {"csv", "xlsx"}:
            read_table(path, TableSpec(form))
        else:
            read_layer(path, LayerSpec(form))
    except RefusedFileError as refused:
        refusals.append(refused)
    assert all(r.findings for r in refusals)


def _sound(form: str, tmp_path) -> bytes:
    if form == "csv":
        return csv_cases.GERMAN.encode() * 3
    if form == "xlsx":
        return zip_cases.zipped(xlsx_cases.members())
    if form == "geojson":
        return geojson_cases.GOOD_TEXT.encode()
    if form == "shapefile":
        return zip_cases.zipped(shp_cases.parts())
    path = tmp_path / "sound.gpkg"
    gpkg_cases.package()(path)
    return path.read_bytes()


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson", "geopackage", "shapefile"])
def test_a_damaged_file_is_read_or_refused(form, tmp_path):
    source = random.Random(form)
    sound = _sound(form, tmp_path)
    path = tmp_path / "input.bin"
    for _ in range(150):
        path.write_bytes(_damaged(sound, source))
        _try(form, path)


@pytest.mark.parametrize("part", PARTS)
def test_a_shapefile_with_a_damaged_part_is_read_or_refused(part, tmp_path):
    source = random.Random(part)
    members = shp_cases.parts()
    path = tmp_path / "input.bin"
    for _ in range(60):
        damaged = {**members, part: _damaged(members[part], source)}
        path.write_bytes(zip_cases.zipped(damaged))
        _try("shapefile", path)


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_with_a_damaged_part_is_read_or_refused(part, tmp_path):
    source = random.Random(part)
    members = xlsx_cases.members()
    path = tmp_path / "input.bin"
    for _ in range(60):
        path.write_bytes(zip_cases.zipped({**members, part: _damaged(members[part], source)}))
        _try("xlsx", path)


def test_a_geopackage_with_damaged_shapes_is_read_or_refused(tmp_path):
    source = random.Random(5)
    for number in range(60):
        path = tmp_path / f"{number}.gpkg"
        gpkg_cases.package([_damaged(shape, source) for shape in gpkg_cases.SHAPES])(path)
        _try("geopackage", path)
