"""What once broke a reader, and whether the fuzzer would see it break again."""

from __future__ import annotations

import io
import json
import random
import socket
import sqlite3
import subprocess
import sys
import time
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from data.importing.readers import LayerSpec, TableSpec, read_layer, read_table
from data.importing.readers.report import Report
from domain.findings import Finding, RefusedFileError, Severity
from tests.badfiles import csv_cases, geojson_cases, gpkg_cases, shp_cases, xlsx_cases, zip_cases
from tests.fuzz import oracle, run, zip_mutations
from tests.fuzz.guard import ForbiddenError, Guard
from tests.fuzz.inputs import MAX_BYTES, OPTIONS, READERS, kept, prepared, split
from tests.fuzz.mutations import mutated

KEPT = [
    pytest.param(reader, path, id=f"{reader}-{path.name}")
    for reader in READERS
    for path in kept(reader)
]


@pytest.fixture(scope="session")
def guard(tmp_path_factory):
    folder = tmp_path_factory.mktemp("read")
    return folder, Guard(folder)


@pytest.mark.parametrize(("reader", "seed"), KEPT)
def test_what_once_broke_a_reader_is_read_or_refused(reader, seed, guard, monkeypatch):
    folder, watch = guard
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    oracle.judge("csv", b"\0" + csv_cases.GERMAN.encode(), folder)  # what is loaded late
    began = time.monotonic()
    with watch.watching():
        assert oracle.judge(reader, seed.read_bytes(), folder) in {"taken", "refused"}
    assert time.monotonic() - began < run.SECONDS_AN_INPUT


def test_the_guard_lets_no_reader_out(guard):
    folder, watch = guard
    inside = folder / "inside.txt"
    with watch.watching():
        inside.write_text("x", encoding="utf-8")
        inside.unlink()
        with pytest.raises(ForbiddenError, match="/etc/hostname"):
            Path("/etc/hostname").read_bytes()
        with pytest.raises(ForbiddenError, match="outside"):
            (folder.parent / "outside.txt").write_text("x", encoding="utf-8")
        with pytest.raises(ForbiddenError, match="socket"):
            socket.create_connection(("127.0.0.1", 9))
        with pytest.raises(ForbiddenError, match="subprocess"):
            subprocess.run([sys.executable, "-V"], check=False)
        with pytest.raises(ForbiddenError, match="sqlite3"):
            sqlite3.connect("/etc/x.db")
    assert Path(__file__).read_bytes()


def test_a_finding_without_words_or_with_half_a_character_is_seen():
    for finding in (
        Finding(Severity.ERROR, "nobody_knows"),
        Finding(Severity.ERROR, "geojson_not_geojson"),
        Finding(Severity.ERROR, "geojson_not_geojson", params={"found": "\ud800"}),
    ):
        with pytest.raises((KeyError, UnicodeEncodeError)):
            oracle._check_findings([finding])


def test_half_a_character_is_written_out_in_a_finding():
    report = Report("a.geojson")
    with pytest.raises(RefusedFileError) as refused:
        report.refuse("geojson_not_geojson", column="\udfff", found="a\ud800")
    finding = refused.value.findings[0]
    assert finding.params["found"] == "a\\ud800"
    assert finding.place.column == "\\udfff"


def test_an_unsound_table_or_layer_is_seen(tmp_path):
    path = tmp_path / "sound"
    path.write_bytes(csv_cases.GERMAN.encode())
    table = read_table(path, TableSpec("csv"))
    oracle._check_table(table)
    path.write_text(geojson_cases.GOOD_TEXT, encoding="utf-8")
    layer = read_layer(path, LayerSpec("geojson"))
    oracle._check_layer(layer)
    bowtie = shapely.Polygon(geojson_cases.BOWTIE)
    for check, unsound in (
        (oracle._check_table, replace(table, columns=("a", "a", "b"))),
        (oracle._check_table, replace(table, rows=(("01",), ("02",)))),
        (oracle._check_table, replace(table, row_numbers=(2, 2))),
        (oracle._check_layer, replace(layer, frame=layer.frame.set_geometry([bowtie] * 2))),
        (oracle._check_layer, replace(layer, frame=layer.frame.iloc[:0])),
        (oracle._check_layer, replace(layer, frame=layer.frame.assign(ja=True))),
    ):
        with pytest.raises(oracle.UnsoundError):
            check(unsound)


@pytest.mark.parametrize("reader", READERS)
def test_the_fuzzer_begins_with_good_and_bad_files(reader, tmp_path):
    outcomes = (oracle.judge(reader, data, tmp_path) for data in prepared(reader))
    first = next(outcomes)
    assert next(outcome for outcome in outcomes if outcome != first)
    assert split(reader, bytes([len(OPTIONS[reader]) + 1]) + b"x") == (OPTIONS[reader][1], b"x")
    assert split(reader, b"") == ({}, b"")


def _opens(reader: str, data: bytes) -> bool:
    try:
        if reader in {"xlsx", "shapefile"}:
            return zipfile.ZipFile(io.BytesIO(data)).testzip() is None
        if reader == "geopackage":
            with sqlite3.connect(":memory:") as database:
                database.deserialize(data)
                return bool(database.execute("SELECT name FROM sqlite_master").fetchall())
        return json.loads(data) is not None
    except (ValueError, sqlite3.Error, zipfile.BadZipFile, zlib.error):
        return False


@pytest.mark.parametrize("reader", ["xlsx", "shapefile", "geopackage", "geojson", "topojson"])
def test_most_changes_keep_the_container(reader, tmp_path):
    source = random.Random(reader)

    def change(data: bytes, size: int) -> bytes:
        at = source.randrange(len(data) + 1)
        return (data[:at] + bytes([source.randrange(256)]) + data[at + 1 :])[:size]

    path = tmp_path / "sound"
    path.write_bytes(geojson_cases.GOOD_TEXT.encode())
    if reader == "geopackage":
        path.unlink()
        gpkg_cases.package()(path)
    elif reader in {"xlsx", "shapefile"}:
        members = xlsx_cases.members() if reader == "xlsx" else shp_cases.parts()
        path.write_bytes(zip_cases.zipped(members))
    sound = b"\0" + path.read_bytes()
    found = [
        mutated(reader, sound, size=MAX_BYTES, seed=seed, change=change) for seed in range(100)
    ]
    assert len(set(found)) > 60
    assert sum(_opens(reader, data[1:]) for data in found) > 50


def test_a_member_renamed_up_to_a_nul_does_not_become_a_second_of_its_name():
    archive = zip_cases.zipped({"g": b"1", "h": b"2"})
    found = {
        zip_mutations.changed(archive, random.Random(seed), lambda data, size: b"g\0" + data[:size])
        for seed in range(300)
    }
    names = {tuple(zipfile.ZipFile(io.BytesIO(data)).namelist()) for data in found}
    assert ("g",) in names
    assert all(len(set(inner)) == len(inner) for inner in names)


def test_what_broke_a_reader_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "SEEDS", tmp_path / "seeds")
    found = tmp_path / "found"
    found.mkdir()
    assert run._keep("csv", found) is None
    (found / "crash-1").write_bytes(b"\0;;;")
    place = run._keep("csv", found)
    assert place.parent == tmp_path / "seeds" / "csv"
    assert place.read_bytes() == b"\0;;;"
