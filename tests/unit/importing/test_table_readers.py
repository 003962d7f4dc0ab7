"""What the table readers hand on: every cell as written, every row with its line."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from data.importing.readers import TableSpec, read_table
from domain.findings import RefusedFileError, Severity
from tests.badfiles import xlsx_cases, zip_cases
from tests.badfiles.csv_cases import GERMAN

NOON = dt.datetime(2023, 1, 2, 12, 4)  # noqa: DTZ001 - workbooks know no time zone


@pytest.fixture
def csv(tmp_path):
    def read(text, **spec):
        path = tmp_path / "tabelle.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_table(path, TableSpec("csv", **spec))

    return read


@pytest.fixture
def workbook(tmp_path):
    """Read a workbook written by openpyxl, a third hand."""

    def read(fill, **spec):
        book = openpyxl.Workbook()
        fill(book.active)
        path = tmp_path / "mappe.bin"
        book.save(path)
        return read_table(path, TableSpec("xlsx", **spec))

    return read


def codes(table):
    return [finding.code for finding in table.findings]


@pytest.mark.parametrize(
    "text",
    [
        GERMAN,
        "\ufeff" + GERMAN,
        GERMAN.replace("\r\n", "\r"),
        GERMAN.replace("\r\n", "\n"),
        GERMAN.replace(";", "\t"),
        GERMAN.encode("cp1252"),
        GERMAN.encode("utf-16"),
    ],
    ids=["crlf", "mark", "cr", "lf", "tab", "cp1252", "utf16"],
)
def test_a_german_table_reads_the_same_however_it_was_saved(csv, text):
    table = csv(text)
    assert table.columns == ("Schlüssel", "Name", "Wert")
    assert table.rows == (("01", "Altstadt", "14,8"), ("02", "Südstadt", "7"))
    assert table.row_numbers == (2, 3)
    assert table.native_numbers is None


def test_a_sep_line_names_the_separator_and_counts_as_a_line(csv):
    table = csv("sep=,\n" + "a,b\n1;2,3\n")
    assert table.columns == ("a", "b")
    assert table.rows == (("1;2", "3"),)
    assert table.row_numbers == (3,)


def test_semicolons_win_over_decimal_commas(csv):
    table = csv("a;b\n1,5;2,5\n3,5;4,5\n")
    assert table.rows == (("1,5", "2,5"), ("3,5", "4,5"))


def test_cells_keep_their_blanks_and_headers_lose_them(csv):
    table = csv(" a ;b\n x ; 1 \n")
    assert table.columns == ("a", "b")
    assert table.rows == ((" x ", " 1 "),)


def test_without_header_columns_are_numbered(csv):
    table = csv("01 Altstadt,297\n02 Neustadt,574\n", header_rows=0)
    assert table.columns == ("1", "2")
    assert table.rows[0] == ("01 Altstadt", "297")
    assert table.row_numbers == (1, 2)


def test_several_header_rows_are_joined_and_merged_texts_go_on(csv):
    table = csv(
        "Titel\n\nSchlüssel;2019;;2020;\nSchlüssel;Zahl;%;Zahl;%\n01;1;2;3;4\n",
        header_rows=2,
        skip_rows=1,
    )
    assert table.columns == (
        *("Schlüssel", "2019 / Zahl", "2019 / %"),
        *("2020 / Zahl", "2020 / %"),
    )
    assert table.row_numbers == (5,)


def test_rows_after_a_row_of_several_lines_keep_their_line(csv):
    table = csv('a;b\n"x\ny";1\nz;2\n')
    assert table.rows == (("x\ny", "1"), ("z", "2"))
    assert table.row_numbers == (2, 4)


def test_notes_below_the_marker_are_not_read_even_when_broken(csv):
    table = csv('a;b\n1;2\n_____\n"open quote\n', footer_marker="__")
    assert table.rows == (("1", "2"),)
    assert "table_footer_left_out" in codes(table)


def test_dropped_columns_never_arrive(csv):
    table = csv("id;Leitung;Wert\n1;Frau X;2\n", drop=("Leitung",))
    assert table.columns == ("id", "Wert")
    assert table.rows == (("1", "2"),)


def test_a_column_without_name_is_numbered_and_remarked(csv):
    table = csv(",wert\n01,5\n", separator=",")
    assert table.columns == ("1", "wert")
    assert "table_header_missing" in codes(table)


def test_a_column_without_name_never_takes_the_name_of_another(csv):
    assert csv("id;;2\n01;5;6\n").columns == ("id", "#2", "2")


def test_of_many_flaws_of_a_kind_twenty_are_named_and_the_rest_is_counted(csv):
    with pytest.raises(RefusedFileError) as refused:
        csv("a;b\n" + "1\n" * 50, separator=";")
    findings = refused.value.findings
    assert [f.code for f in findings].count("csv_ragged_row") == 20
    assert findings[-1].params == {"n": 30, "code": "csv_ragged_row"}


def test_numbers_of_a_workbook_are_their_shortest_exact_text(workbook):
    def fill(sheet):
        sheet.append(["id", "wert", "tag", "zeit", "ja"])
        sheet.append(["01", 14.8, dt.date(2023, 12, 31), NOON, True])
        sheet.append(["02", 1e-7, None, None, False])
        sheet.append(["03", 1200.0, None, None, None])

    table = workbook(fill)
    assert [row[1] for row in table.rows] == ["14.8", "0.0000001", "1200"]
    assert table.rows[0][2:] == ("2023-12-31", "2023-01-02T12:04:00", "TRUE")
    assert table.native_numbers == {(0, 1), (1, 1), (2, 1)}
    assert table.row_numbers == (2, 3, 4)


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("14.800000000000001", "14.8"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("1E-7", "0.0000001"),
        ("1200.0", "1200"),
        ("-0.5", "-0.5"),
    ],
)
def test_a_stored_number_keeps_its_value_to_the_last_digit(tmp_path, stored, text):
    path = tmp_path / "mappe.xlsx"
    line = [xlsx_cases.cell("A2", "01"), f'<c r="B2"><v>{stored}</v></c>']
    data = xlsx_cases.sheet(xlsx_cases.rows(xlsx_cases.HEAD[:2], line))
    path.write_bytes(zip_cases.zipped(xlsx_cases.members({"Daten": data})))
    table = read_table(path, TableSpec("xlsx"))
    assert table.rows[0][1] == text
    assert float(text) == float(stored)


def test_a_merged_header_names_every_column_it_spans(tmp_path):
    path = tmp_path / "mappe.xlsx"
    body = xlsx_cases.rows(*xlsx_cases.YEARS)
    data = xlsx_cases.sheet(body, after=xlsx_cases.MERGED)
    path.write_bytes(zip_cases.zipped(xlsx_cases.members({"Daten": data})))
    table = read_table(path, TableSpec("xlsx", header_rows=2))
    assert table.columns == ("id", "2019 / Anzahl", "2019 / Quote")
    assert table.rows == (("01", "5", "1.5"),)
    assert table.sheet == "Daten"


def test_a_line_break_in_a_workbook_header_is_a_blank(workbook):
    table = workbook(lambda sheet: (sheet.append(["a\nb", "c"]), sheet.append([1, 2])))
    assert table.columns == ("a b", "c")


def test_native_numbers_move_with_dropped_columns_and_skipped_rows(workbook):
    def fill(sheet):
        sheet.append(["Titel"])
        sheet.append(["id", "weg", "wert"])
        sheet.append([None, None, None])
        sheet.append(["x", 1, 2])

    table = workbook(fill, skip_rows=1, drop=("weg",))
    assert table.rows == (("x", "2"),)
    assert table.native_numbers == {(0, 1)}
    assert table.row_numbers == (4,)


def test_formulas_with_stored_values_are_listed(tmp_path):
    case = next(case for case in xlsx_cases.CASES if case.name == "xlsx_formulas")
    path = tmp_path / "mappe.xlsx"
    case.build(path)
    table = read_table(path, TableSpec("xlsx"))
    assert table.rows[1][2] == "3"
    (finding,) = [f for f in table.findings if f.severity is Severity.WARNING]
    assert finding.params == {"n": 1, "cells": "C3"}
