"""The attack on a release from the command line: what it finds, says and returns."""

import json
import os
import shutil
import sqlite3

import pytest
from click.testing import CliRunner

import cli
from data.bundle import VALUE_FILES
from domain.model import Audience
from tests.town_fixture import publish_small_town

CELL = "kinderarmut|total|2021|quartiere@2020|02"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("audit")
    publish_small_town(folder)
    return folder / "instance"


@pytest.fixture
def keck(published, tmp_path, monkeypatch):
    for name in [n for n in os.environ if n.startswith("KECK_")]:
        monkeypatch.delenv(name)
    shutil.copytree(published, tmp_path / "instance")
    monkeypatch.setenv("KECK_DATA_DIR", str(tmp_path / "instance"))

    def run(*arguments):
        return CliRunner().invoke(cli.main, ["audit", *arguments])

    return run


@pytest.fixture
def public(tmp_path):
    """Give what changes the written public file behind the back of the program."""
    (path,) = (tmp_path / "instance" / "releases").rglob(VALUE_FILES[Audience.PUBLIC])

    def change(statement, *values):
        connection = sqlite3.connect(path)
        with connection:
            connection.execute(statement, values)
        connection.close()

    return change


SHOW = (
    "UPDATE observation SET state = 'ok', numerator = ?, denominator = 120, value = 25 "
    "WHERE area = ? AND period = '2021' AND series IN "
    "(SELECT series FROM series WHERE indicator = 'kinderarmut' AND level = 'quartiere')"
)


def test_a_protected_release_passes_and_every_table_and_answer_is_named(keck):
    told = keck()
    assert told.exit_code == 0, told.output
    assert "kinderarmut: 57 Werte, 6 verborgen" in told.stdout
    for channel in ("API JSON", "API CSV", "API XLSX", "view JSON", "export CSV"):
        assert f"{channel}: " in told.stdout
    assert "Bestanden" in told.stdout
    english = keck("--lang", "en")
    assert "Passed" in english.stdout
    assert "verborgen" not in english.stdout


def test_the_report_as_json_counts_cells_widths_and_answers(keck):
    report = json.loads(keck("--json", "--exact").stdout)
    assert report["passed"] is True
    tables = {t["indicators"][0]: t for t in report["tables"]}
    assert set(tables) == {"kinderarmut", "geheim"}
    assert tables["kinderarmut"]["least_width"] >= 3
    assert all(c["answers"] > 0 and c["leaks"] == [] for c in report["channels"])
    compared = {c["channel"]: c["numbers"] for c in report["channels"]}
    assert min(n for name, n in compared.items() if name != "export CSV") > 100
    assert compared["export CSV"] == 0, "hidden rows of the export hold no number"


def test_a_neighbour_that_is_shown_gives_the_hidden_cell_away(keck, public):
    public(SHOW, 30.0, "01")
    told = keck()
    assert told.exit_code == 1
    assert f"1 verborgener Wert lässt sich zu genau berechnen: {CELL}" in told.stdout
    assert "Nicht bestanden" in told.stdout


def test_a_small_number_that_is_shown_is_found(keck, public):
    public(SHOW, 2.0, "02")
    report = json.loads(keck("--json").stdout)
    (table,) = [t for t in report["tables"] if t["indicators"] == ["kinderarmut"]]
    assert table["shown"] == [CELL]


def test_a_server_that_answers_more_than_the_file_is_found(keck, monkeypatch):
    """A server that fills one gap, as a careless cache would."""
    import cli_audit

    serve = cli_audit.waiting_server

    def careless(desk):
        get = serve(desk)

        def answer(address):
            status, body = get(address)
            if address.startswith("/api/v1/values?") and "kinderarmut" in address:
                told = json.loads(body)
                told["values"][1]["numerator"] = 2
                body = json.dumps(told).encode()
            return status, body

        return answer

    monkeypatch.setattr(cli_audit, "waiting_server", careless)
    report = json.loads(keck("--json").stdout)
    leaks = {c["channel"]: c["leaks"] for c in report["channels"]}
    assert CELL in leaks["API JSON"]
    assert leaks["API CSV"] == []
    assert report["passed"] is False


def test_a_release_that_describes_no_tables_is_not_passed(keck, tmp_path):
    (path,) = (tmp_path / "instance" / "releases").rglob("manifest.json")
    manifest = json.loads(path.read_text("utf-8"))
    del manifest["disclosure"]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    told = keck()
    assert told.exit_code == 1
    assert "neu laden" in told.stdout


def test_an_unknown_release_is_named(keck):
    told = keck("2020-01-01-1")
    assert told.exit_code == 1
    assert "2020-01-01-1" in told.stderr
    assert keck("2026-11-24-1").exit_code == 0


def test_no_public_answer_holds_the_description(published):
    from contextlib import closing

    from data.reader import ReleaseReader

    (folder,) = (p.parent for p in (published / "releases").rglob("manifest.json"))
    with closing(ReleaseReader(folder, Audience.PUBLIC)) as reader:
        assert "disclosure" not in reader.manifest()
