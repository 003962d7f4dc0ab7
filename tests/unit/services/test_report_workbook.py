"""Copies with notes: the marked cell, many notes, odd names and odd numbers of a delivery."""

import openpyxl
import pytest

from data.importing.delivered import DeliveredSheet
from data.importing.readers import TableSpec
from data.importing.readers.recording import Delivered, read_delivered
from domain.findings import Finding, Place, Severity
from i18n import translator
from services import report_workbook
from services.report_workbook import write_workbook

HEAD = ("id", "2021", "wert")


def sheet(rows, *, name="Werte", is_workbook=True, native=frozenset(), names=HEAD):
    numbered = tuple(enumerate((HEAD, *rows), start=1))
    reading = Delivered(name, numbered, names, 1, native)
    return DeliveredSheet("werte.xlsx", is_workbook, (reading,))


def found(row=None, column="", *, severity=Severity.ERROR, name="Werte", cell="x"):
    place = Place("werte.xlsx", name, row, column)
    return Finding(severity, "number_unreadable", place, {"cell": cell})


def written(tmp_path, sheets, findings, language="de"):
    write_workbook(tmp_path / "kopie.xlsx", sheets, findings, translator(language))
    return openpyxl.load_workbook(tmp_path / "kopie.xlsx")


@pytest.mark.parametrize(
    ("place", "cell", "address"),
    [
        (Place("werte.xlsx", "Werte", 17, "wert"), (17, 3), "C17"),
        (Place("werte.xlsx", "Werte", 3, "2021"), (3, 2), "B3"),
        (Place("werte.xlsx", "Werte", 3, "C3"), (3, 3), "C3"),
        (Place("werte.xlsx", "Werte", 3, "C3:D9"), (3, 3), "C3"),
        (Place("werte.xlsx", "Werte", 3, "2"), (3, 2), "B3"),
        (Place("werte.xlsx", "Werte", 3, "fremd"), (3, 1), "A3"),
        (Place("werte.xlsx", "Werte", 3), (3, 1), ""),
        (Place("werte.xlsx", "Werte", None, "wert"), (1, 3), "C1"),
        (Place("werte.xlsx", "Werte", None, "fremd"), None, ""),
        (Place("werte.xlsx", "Werte"), None, ""),
        (Place("werte.xlsx", "Andere", 3, "wert"), None, ""),
        (Place("andere.xlsx", "Werte", 3, "wert"), None, ""),
    ],
)
def test_findings_know_columns_by_name_and_copies_by_position(place, cell, address):
    assert sheet([]).cell_of(place) == cell
    assert sheet([]).address_of(place) == address
    assert sheet([], is_workbook=False).address_of(place) == ""


def test_whole_rows_and_columns_are_marked_and_the_gravest_colours(tmp_path):
    findings = [
        found(2, severity=Severity.INFO, cell="erst"),
        found(2, "id", severity=Severity.ERROR, cell="dann"),
        found(None, "wert", severity=Severity.WARNING),
        found(4, "2021"),
    ]
    copy = written(tmp_path, [sheet([("01", "5", "6")])], findings)["Werte"]
    notes = {c.coordinate: c.comment.text for row in copy.iter_rows() for c in row if c.comment}
    assert set(notes) == {"A2", "C1", "B4"}
    assert notes["A2"].index("dann") < notes["A2"].index("erst")
    colours = {c: copy[c].fill.fgColor.rgb for c in notes}
    assert colours == {"A2": "FFFFC7CE", "C1": "FFFFEB9C", "B4": "FFFFC7CE"}
    assert copy["B4"].value is None


def test_notes_beyond_the_limit_are_cut_and_said_so(tmp_path, monkeypatch):
    monkeypatch.setattr(report_workbook, "MAX_NOTES", 3)
    rows = [(f"{n:02d}", "x", "y") for n in range(5)]
    findings = [found(n, "wert", severity=Severity.WARNING) for n in range(2, 7)]
    book = written(tmp_path, [sheet(rows)], [*findings, found(6, "2021")], "en")
    cells = [c for row in book["Werte"].iter_rows() for c in row]
    assert [c.coordinate for c in cells if c.comment] == ["C2", "C3", "B6"]
    assert sum(c.fill.fill_type is not None for c in cells) == 6
    assert book["Findings"]["A2"].value.startswith("6 cells have findings; only the first 3")
    assert book["Findings"].max_row == 4 + 6


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Arme [1]: '21/22'", "Arme  1   '21 22"),
        ("x" * 60, "x" * 31),
        ("Befunde", "Befunde (2)"),
        ("History", "History (2)"),
        ("''", "Daten"),
        ("", "Daten"),
    ],
)
def test_odd_sheet_names_become_names_a_workbook_allows(tmp_path, name, shown):
    book = written(tmp_path, [sheet([], name=name)], [found(1, "wert", name=name)])
    assert book.sheetnames == ["Befunde", shown]
    link = book["Befunde"]["E5"].hyperlink.location
    assert link == "'{}'!C1".format(shown.replace("'", "''"))


def test_numbers_stay_numbers_and_texts_texts(tmp_path):
    native = {(2, 1), (2, 2), (3, 1)}
    rows = [("007", "0.25", "1e999"), ("=1+1", "1" + "0" * 14, "\x00\x1b[31m")]
    book = written(tmp_path, [sheet(rows, native=native)], [found(2, "2021")])
    values = [[c.value for c in row] for row in book["Werte"].iter_rows(min_row=2)]
    assert values == [["007", 0.25, "1e999"], ["=1+1", 10**14, "[31m"]]
    assert book["Werte"]["A3"].data_type == "s"


def test_what_was_read_before_a_refusal_is_kept(tmp_path):
    path = tmp_path / "werte.csv"
    path.write_text('id;wert\n01;5\n02;6;7\n03;"halb\n', encoding="utf-8")
    read = read_delivered(path, TableSpec("csv", separator=";"))
    assert read.rows == ((1, ("id", "wert")), (2, ("01", "5")), (3, ("02", "6", "7")))
    path.write_text("id;name;wert\n01;Eva;5\n02;Ali;6;7\n", encoding="utf-8")
    read = read_delivered(path, TableSpec("csv", separator=";", drop=("name",)))
    assert [cells for _, cells in read.rows] == [("id", "", "wert"), ("01", "", "5"), ("",) * 4]
    path.write_text('id;name;wert\n01;Eva;5\n02;"Ali;6\n', encoding="utf-8")
    assert read_delivered(path, TableSpec("csv", separator=";", drop=("name",))).rows == ()
