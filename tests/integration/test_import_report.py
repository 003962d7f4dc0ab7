"""The report of an import: text, JSON, and copies of the tables with notes at the faulty cells."""

import json
import stat
import sys

import openpyxl
import pytest
from click.testing import CliRunner

import cli
from services.container import build_services
from services.import_report import write_report
from services.importing import ImportOrder, ImportService
from tests.small_delivery import TABLE, write_delivery
from tests.town_fixture import settings_for

BOOK = TABLE.replace(
    'file = "werte.csv"\nencoding = "utf-8"\nseparator = ";"',
    'file = "zahlen.xlsx"\nformat = "xlsx"\nskip_rows = 1\ndrop = ["telefon"]\ndialect = "amt"',
).replace('indicator = "kinder"', 'indicator = "arme"')
LINES = [
    "id;jahr;kinder",
    "01;2021;12",
    "02;2021;zwölf",
    "03;21;=HYPERLINK(1)",
    "99;2021;5",
    "01;2022;https://example.org",
]
ROWS = [
    ["Bericht"],
    ["id", "telefon", "jahr", "kinder"],
    ["01", "0461", 2021, 12],
    ["02", "0462", "2021", "viele"],
    ["03", "0463", 2021, 5.5],
]


def faulty_delivery(folder):
    """Write a delivery with faults in a text file and in a workbook; return the recipe."""
    folder.mkdir()
    book = openpyxl.Workbook()
    book.active.title = "Arme"
    for row in ROWS:
        book.active.append(row)
    book.save(folder / "zahlen.xlsx")
    return write_delivery(folder, LINES, table=TABLE + BOOK)


@pytest.fixture
def recipe(tmp_path):
    return faulty_delivery(tmp_path / "delivery")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The report of the faulty delivery and what was printed, in German."""
    folder = tmp_path_factory.mktemp("bericht")
    arguments = ["import", faulty_delivery(folder / "delivery"), "--report", folder / "bericht"]
    environ = {"KECK_DATA_DIR": str(folder / "instance")}
    told = CliRunner().invoke(cli.main, [str(a) for a in arguments], env=environ)
    assert told.exit_code == 1
    return folder / "bericht", told.stdout


@pytest.fixture
def keck(tmp_path, monkeypatch):
    monkeypatch.setenv("KECK_DATA_DIR", str(tmp_path / "instance"))
    return lambda *arguments: CliRunner().invoke(cli.main, [str(a) for a in arguments])


def notes(sheet):
    return {c.coordinate: c.comment.text for row in sheet.iter_rows() for c in row if c.comment}


def colours(sheet):
    return {c.coordinate for row in sheet.iter_rows() for c in row if c.fill.fill_type}


def test_the_report_holds_text_json_and_copies(written):
    folder, printed = written
    names = {"report.txt", "report.json", "werte-befunde.xlsx", "zahlen-befunde.xlsx"}
    assert {p.name for p in folder.iterdir()} == names
    if sys.platform != "win32":
        assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}
    assert (folder / "report.txt").read_text("utf-8") == printed[: printed.index("Bericht in ")]
    assert "Zeile 4, Spalte kinder, Zelle D4" in printed


def test_the_json_has_a_stable_schema_in_both_languages(written):
    folder, _ = written
    told = json.loads((folder / "report.json").read_text("utf-8"))
    assert list(told) == [
        "schema_version", "outcome", "release", "recipe", "counts", "files", "findings",
    ]  # fmt: skip
    assert (told["schema_version"], told["outcome"], told["release"]) == (1, "refused", None)
    assert told["counts"]["error"] == sum(f["severity"] == "error" for f in told["findings"]) > 0
    (found,) = [f for f in told["findings"] if f["address"] == "D4"]
    assert {key: found[key] for key in ("code", "severity", "sheet", "column", "address")} == {
        "code": "number_unreadable", "severity": "error", "sheet": "Arme",
        "column": "kinder", "address": "D4",
    }  # fmt: skip
    assert found["params"] == {"cell": "viele"}
    assert found["cause"]["de"] != found["cause"]["en"]
    assert set(found["remedy"]) == {"de", "en"}
    assert all(f["address"] == "" for f in told["findings"] if f["file"] == "werte.csv")


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", ("Befunde", "Fehler: ", "Daten")), ("en", ("Findings", "Error: ", "Data"))],
)
def test_notes_stand_at_the_faulty_cells(keck, recipe, tmp_path, language, words):
    keck("import", recipe, "--report", tmp_path / "bericht", "--lang", language)
    book = openpyxl.load_workbook(tmp_path / "bericht" / "zahlen-befunde.xlsx")
    assert book.sheetnames == [words[0], "Arme"]
    assert set(notes(book["Arme"])) >= {"D4"}
    assert notes(book["Arme"])["D4"].startswith(words[1])
    assert "viele" in notes(book["Arme"])["D4"]
    assert set(notes(book["Arme"])) == colours(book["Arme"])
    text = openpyxl.load_workbook(tmp_path / "bericht" / "werte-befunde.xlsx")
    assert text.sheetnames == [words[0], words[2]]
    assert set(notes(text[words[2]])) >= {"C3", "B4", "C4", "A5", "C6"}


def test_values_stand_as_delivered_and_dropped_columns_are_blank(written):
    folder, _ = written
    sheet = openpyxl.load_workbook(folder / "zahlen-befunde.xlsx")["Arme"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][0] == "Bericht"
    assert rows[2:] == [
        ["01", None, 2021, 12],
        ["02", None, "2021", "viele"],
        ["03", None, 2021, 5.5],
    ]
    book = (folder / "zahlen-befunde.xlsx").read_bytes()
    assert b"0461" not in book


def test_no_text_of_the_delivery_can_act(written):
    folder, _ = written
    book = openpyxl.load_workbook(folder / "werte-befunde.xlsx")
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
            assert all(c.hyperlink is None or c.hyperlink.target is None for c in row)
    assert book["Daten"]["C4"].value == "=HYPERLINK(1)"
    assert book["Daten"]["C6"].value == "https://example.org"


def test_the_list_links_to_the_cells(written):
    folder, _ = written
    sheet = openpyxl.load_workbook(folder / "werte-befunde.xlsx")["Befunde"]
    links = {c.value: c.hyperlink.location for c in sheet["E"] if c.hyperlink}
    assert links["C3"] == "'Daten'!C3"
    assert "notiz" in sheet["A1"].value.casefold()


def test_a_new_report_replaces_the_old_one(keck, recipe, tmp_path):
    folder = tmp_path / "bericht"
    folder.mkdir()
    for name in ("eigenes.txt", "werte-2019-befunde.xlsx", "report.txt"):
        (folder / name).write_text("alt")
    keck("import", recipe, "--report", folder)
    names = {"report.txt", "report.json", "werte-befunde.xlsx", "zahlen-befunde.xlsx"}
    assert {p.name for p in folder.iterdir()} == {"eigenes.txt", *names}
    assert (folder / "report.txt").read_text("utf-8") != "alt"


def test_a_good_delivery_gets_a_report_with_its_release(keck, tmp_path):
    recipe = write_delivery(tmp_path, ["id;jahr;kinder", "01;2021;12", "02;2021;5", "03;2021;7"])
    assert keck("import", recipe, "--release", "--report", tmp_path / "bericht").exit_code == 0
    told = json.loads((tmp_path / "bericht" / "report.json").read_text("utf-8"))
    listed = json.loads(keck("release", "list", "--json").stdout)
    assert (told["outcome"], told["release"]) == ("published", listed[0]["id"])


@pytest.mark.parametrize(("language", "words"), [("de", "Zelle D4"), ("en", "cell D4")])
def test_a_check_writes_the_report_of_the_import_and_nothing_else(
    keck, recipe, tmp_path, language, words
):
    arguments = ["--report", tmp_path / "bericht", "--lang", language]
    told = keck("check", recipe, *arguments)
    assert told.exit_code == 1
    names = {"report.txt", "report.json", "werte-befunde.xlsx", "zahlen-befunde.xlsx"}
    assert {p.name for p in (tmp_path / "bericht").iterdir()} == names
    checked = json.loads((tmp_path / "bericht" / "report.json").read_text("utf-8"))
    text = (tmp_path / "bericht" / "report.txt").read_text("utf-8")
    assert told.stdout.startswith(text)
    assert words in text
    assert json.loads(keck("release", "list", "--json").stdout) == []
    keck("import", recipe, *arguments)
    assert json.loads((tmp_path / "bericht" / "report.json").read_text("utf-8")) == checked
    assert (tmp_path / "bericht" / "report.txt").read_text("utf-8") == text
    book = openpyxl.load_workbook(tmp_path / "bericht" / "zahlen-befunde.xlsx")
    assert len(book.sheetnames) > 1
    assert any(notes(sheet) for sheet in book)


def test_a_good_delivery_is_checked_with_a_report(keck, tmp_path):
    recipe = write_delivery(tmp_path, ["id;jahr;kinder", "01;2021;12", "02;2021;5", "03;2021;7"])
    assert keck("check", recipe, "--report", tmp_path / "bericht").exit_code == 0
    told = json.loads((tmp_path / "bericht" / "report.json").read_text("utf-8"))
    assert (told["outcome"], told["release"]) == ("checked", None)


def test_a_recipe_that_cannot_be_read_gets_a_list_only(keck, recipe, tmp_path):
    recipe.write_text("schema = 1\n[town\n", encoding="utf-8")
    assert keck("import", recipe, "--report", tmp_path / "bericht").exit_code == 1
    assert {p.name for p in (tmp_path / "bericht").iterdir()} == {"report.txt", "report.json"}


def test_a_file_that_cannot_be_read_at_all_is_only_listed(keck, recipe, tmp_path):
    (recipe.parent / "zahlen.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    keck("import", recipe, "--report", tmp_path / "bericht")
    names = {p.name for p in (tmp_path / "bericht").iterdir()}
    assert names == {"report.txt", "report.json", "werte-befunde.xlsx"}
    assert "zahlen.xlsx" in (tmp_path / "bericht" / "report.txt").read_text("utf-8")


def test_no_report_is_written_into_the_data_folder(keck, recipe, tmp_path):
    told = keck("import", recipe, "--report", tmp_path / "instance" / "releases")
    assert told.exit_code == 1
    assert not (tmp_path / "instance" / "releases" / "report.txt").exists()


def test_other_parts_of_the_program_can_add_files(recipe, tmp_path):
    settings = settings_for(tmp_path / "instance")
    services = build_services(settings)
    order = ImportOrder(recipe, recipe.parent)
    outcome = ImportService(settings, services).run(order)
    folder = tmp_path / "bericht"
    extra = {"viertel-karte.svg": b"<svg/>"}
    written = write_report(folder, order, outcome, settings, language="de", extra=extra)
    services.releases.close()
    assert (folder / "viertel-karte.svg").read_bytes() == b"<svg/>"
    assert "viertel-karte.svg" in json.loads((folder / "report.json").read_text("utf-8"))["files"]
    assert "viertel-karte.svg" in written.files
