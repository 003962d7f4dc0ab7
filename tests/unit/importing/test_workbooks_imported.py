"""Workbooks as offices keep them, through the importer: headers, merged cells, sheets, formulas."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from domain.findings import Severity
from tests.badfiles import xlsx_cases as xml
from tests.badfiles import zip_cases as zips
from tests.delivered_file import import_file, refused_file, table_of
from tests.small_delivery import codes, numbers, the

XLSX = 'format = "xlsx"\n'
WIDE = table_of("t.xlsx", XLSX + "{more}", period="in_header = true").replace(
    'column = "kinder"', "columns = '(?P<period>.+) / Anzahl'"
)


def book(
    *rows: tuple, sheet: str = "Daten", merged: tuple[str, ...] = (), more: dict | None = None
):
    """Return the bytes of a workbook; ``more`` holds further sheets by name."""
    workbook = openpyxl.Workbook()
    workbook.active.title = sheet
    for row in rows:
        workbook.active.append(row)
    for cells in merged:
        workbook.active.merge_cells(cells)
    for name, lines in (more or {}).items():
        other = workbook.create_sheet(name)
        for line in lines:
            other.append(line)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def raw_book(*rows: list[str]) -> bytes:
    """Return a workbook written cell by cell, formulas and errors as a program stores them."""
    return zips.zipped(xml.members({"Daten": xml.sheet(xml.rows(*rows))}))


HEAD = ("id", "jahr", "kinder")
HEAD_XML = [xml.cell(f"{c}1", t) for c, t in zip("ABC", HEAD, strict=True)]
KEYS = [xml.cell("A2", "01"), xml.cell("B2", 2023)]


@pytest.mark.parametrize("rows", [0, 1, 2, 3, 4, 5])
def test_a_header_of_up_to_five_rows_names_the_columns(tmp_path, rows):
    above = ["Stadt", "Kinder", "Bestand", "Quelle"][: max(0, rows - 1)]
    lines = [*((text, text, text) for text in above), HEAD][: rows or 0]
    names = [" / ".join([*above, name]) for name in HEAD] if rows else ["1", "2", "3"]
    recipe = table_of(
        "t.xlsx", f"{XLSX}header_rows = {rows}", key=names[0], period=f'column = "{names[1]}"'
    ).replace('column = "kinder"', f'column = "{names[2]}"')
    town = import_file(tmp_path, "t.xlsx", book(*lines, ("01", 2023, 5)), recipe)
    assert numbers(town, "kinder") == {("01", "2023"): 5.0}


def test_merged_header_cells_hold_for_all_columns_below_them(tmp_path):
    data = book(
        ("id", "2021/22", None, "2022/23 (vorläufig)", None),
        (None, "Anzahl", "Quote", "Anzahl", "Quote"),
        *(("01", 5, 1.5, 6, 1.6), ("02", 7, 1.7, 8, 1.8)),
        merged=("A1:A2", "B1:C1", "D1:E1"),
    )
    town = import_file(tmp_path, "t.xlsx", data, WIDE.format(more="header_rows = 2"))
    assert numbers(town, "kinder") == {
        ("01", "2021/22"): 5, ("02", "2021/22"): 7, ("01", "2022/23"): 6, ("02", "2022/23"): 8,
    }  # fmt: skip
    rows = town.values
    assert set(rows.loc[rows["period"] == "2022/23", "flags"]) == {"p"}


def test_keys_merged_over_several_rows_are_refused_until_the_recipe_fills_them(tmp_path):
    data = book(HEAD, ("01", 2022, 5), (None, 2023, 6), ("02", 2023, 7), merged=("A2:A3",))
    recipe = table_of("t.xlsx", XLSX + "{fill}")
    finding = the(
        refused_file(tmp_path, "t.xlsx", data, recipe.format(fill="")), "xlsx_merged_cells"
    )
    assert finding.place.column == "A2:A3"
    filled = recipe.format(fill='fill_down = ["id"]')
    town = import_file(tmp_path, "t.xlsx", data, filled)
    assert numbers(town, "kinder") == {("01", "2022"): 5, ("01", "2023"): 6, ("02", "2023"): 7}
    assert the(town.findings, "table_filled_down").params["n"] == 1


def test_of_several_sheets_one_must_be_named(tmp_path):
    data = book(("Titelblatt",), sheet="Titel", more={"Kinder 2023": [HEAD, ("01", 2023, 5)]})
    recipe = table_of("t.xlsx", XLSX + "{sheet}")
    refused = refused_file(tmp_path, "t.xlsx", data, recipe.format(sheet=""))
    assert the(refused, "xlsx_sheet_needed").params["found"] == "Titel, Kinder 2023"
    wrong = recipe.format(sheet='sheet = "Kinder"')
    assert the(refused_file(tmp_path, "t.xlsx", data, wrong), "xlsx_sheet_unknown")
    named = recipe.format(sheet='sheet = "Kinder 2023"')
    assert numbers(import_file(tmp_path, "t.xlsx", data, named), "kinder") == {("01", "2023"): 5}


def test_lines_above_totals_and_footnotes_of_a_sheet_are_left_out_and_told(tmp_path):
    data = book(
        *(("Kinder in Kleinstadt",), ("Stand 31.12.2023",), HEAD),
        *(("01", 2023, 5), ("02", 2023, 6), ("Insgesamt", 2023, 11)),
        *((None, None, None), ("1) ohne Auswärtige",)),
    )
    more = XLSX + 'skip_rows = 2\nfooter_marker = "1)"'
    town = import_file(tmp_path, "t.xlsx", data, table_of("t.xlsx", more))
    assert numbers(town, "kinder") == {("01", "2023"): 5, ("02", "2023"): 6}
    assert the(town.findings, "rows_total").place.row == 6
    assert the(town.findings, "table_footer_left_out").place.row == 8


def test_numbers_as_text_are_read_by_the_dialect_and_told(tmp_path):
    data = book(HEAD, ("01", 2023, 1234.5), ("02", "2023", "1.234,5"), ("03", 2023, "*"))
    town = import_file(tmp_path, "t.xlsx", data, table_of("t.xlsx", XLSX))
    found = numbers(town, "kinder")
    assert found["01", "2023"] == found["02", "2023"] == 1234.5
    told = [f for f in town.findings if f.code == "xlsx_number_as_text"]
    assert [(f.severity, f.place.row, f.place.column) for f in told] == [
        (Severity.WARNING, 3, "jahr"), (Severity.WARNING, 3, "kinder"),
    ]  # fmt: skip


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#NAME?"])
def test_an_error_cell_is_refused_with_its_address(tmp_path, error):
    data = raw_book(HEAD_XML, [*KEYS, xml.cell("C2", error, kind="e")])
    finding = the(
        refused_file(tmp_path, "t.xlsx", data, table_of("t.xlsx", XLSX)), "xlsx_error_cell"
    )
    assert (finding.place.column, finding.params["value"]) == ("C2", error)


def test_an_error_cell_below_the_notes_does_not_matter(tmp_path):
    note = [xml.cell("A3", "Anmerkung"), xml.cell("C3", "#REF!", kind="e")]
    recipe = table_of("t.xlsx", XLSX + 'footer_marker = "Anmerkung"')
    town = import_file(
        tmp_path, "t.xlsx", raw_book(HEAD_XML, [*KEYS, xml.cell("C2", 5)], note), recipe
    )
    assert numbers(town, "kinder") == {("01", "2023"): 5.0}


def test_a_formula_gives_its_stored_value_and_is_listed(tmp_path):
    data = raw_book(HEAD_XML, [*KEYS, xml.cell("C2", 7, formula="3+4")])
    town = import_file(tmp_path, "t.xlsx", data, table_of("t.xlsx", XLSX))
    assert numbers(town, "kinder") == {("01", "2023"): 7.0}
    assert the(town.findings, "xlsx_formulas").params["cells"] == "C2"


def test_a_formula_that_was_never_computed_is_refused_with_its_address(tmp_path):
    data = raw_book(HEAD_XML, [*KEYS, xml.cell("C2", formula="3+4")])
    found = refused_file(tmp_path, "t.xlsx", data, table_of("t.xlsx", XLSX))
    assert the(found, "xlsx_formula_without_value").place.column == "C2"


def test_reference_dates_of_a_workbook_are_dates(tmp_path):
    data = book(HEAD, ("01", dt.date(2022, 12, 31), 5), ("01", dt.datetime(2023, 12, 31), 6))  # noqa: DTZ001
    refused = refused_file(tmp_path, "t.xlsx", data, table_of("t.xlsx", XLSX))
    assert codes(refused) == {"period_date": 2}
    declared = table_of("t.xlsx", XLSX, period='column = "jahr"\ndates = "year"')
    town = import_file(tmp_path, "t.xlsx", data, declared)
    assert numbers(town, "kinder") == {("01", "2022"): 5.0, ("01", "2023"): 6.0}


def test_a_school_year_that_the_spreadsheet_made_a_date_is_refused_by_name(tmp_path):
    data = book(HEAD, ("01", dt.date(2011, 12, 1), 5), ("02", "2012/13", 6))
    found = refused_file(tmp_path, "t.xlsx", data, table_of("t.xlsx", XLSX))
    finding = the(found, "period_date_or_school_year")
    assert (finding.place.row, finding.params["school_year"]) == (2, "2011/12")
    answered = table_of(
        "t.xlsx", XLSX, period='column = "jahr"\nmap = { "2011-12-01" = "2011/12" }'
    )
    town = import_file(tmp_path, "t.xlsx", data, answered)
    assert numbers(town, "kinder") == {("01", "2011/12"): 5.0, ("02", "2012/13"): 6.0}


def test_a_number_with_a_mark_is_a_text_of_the_dialect_among_true_numbers(tmp_path):
    data = book(HEAD, ("01", "2023 (p)", 1234), ("02", 2022, 5))
    town = import_file(tmp_path, "t.xlsx", data, table_of("t.xlsx", XLSX))
    rows = town.values
    assert dict(zip(rows["period"], rows["flags"], strict=True)) == {"2023": "p", "2022": ""}
