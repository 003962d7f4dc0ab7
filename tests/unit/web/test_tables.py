from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pytest

from web.tables import Table, clean_text, decimal_comma, to_csv, to_xlsx

POISON = [
    "=1+1",
    "+49 30",
    "-x",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://evil.example")',
    "http://evil.example",
    'a;b\n"c"',
]


def table(cells):
    return Table(
        title="T",
        columns=("=head", "number"),
        rows=tuple((c, 1.5) for c in cells),
        notes=(("Quelle", "=evil"),),
        sheet="Daten",
        notes_sheet="Notes",
    )


def test_no_csv_cell_begins_like_a_formula():
    text = to_csv(table(POISON)).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text), delimiter=";"):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_csv_text_survives_separators_and_quotes():
    rows = list(csv.reader(io.StringIO(to_csv(table(POISON)).decode("utf-8-sig")), delimiter=";"))
    assert rows[9][0] == 'a;b\n"c"'
    assert rows[9][1] == "1,5"


def test_a_workbook_holds_neither_formula_nor_link():
    body = to_xlsx(table(POISON))
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheets = "".join(
            book.read(n).decode() for n in book.namelist() if n.startswith("xl/worksheets/")
        )
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets
    sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    assert all(c.data_type in {"s", "n"} for row in sheet.iter_rows() for c in row)


def test_control_and_direction_marks_are_removed_and_long_text_is_cut_with_a_mark():
    assert clean_text("a\x00b\u202ec\x1b[31m") == "abc[31m"
    assert len(clean_text("x" * 40_000)) == 32_767
    assert clean_text("x" * 40_000).endswith("[…]")


def test_text_beyond_a_cell_still_gives_a_valid_workbook():
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(table(["x" * 40_000, "\x01y"]))))
    assert len(book.worksheets[0]["A2"].value) == 32_767


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1.5, "1,5"),
        (12.0, "12"),
        (-0.25, "-0,25"),
        (1e-7, "0,0000001"),
        (1e21, "1000000000000000000000"),
        (0.1 + 0.2, "0,30000000000000004"),
        (100, "100"),
        (0.0, "0"),
    ],
)
def test_numbers_are_written_exactly_and_without_exponent(number, text):
    assert decimal_comma(number) == text


def test_no_number_is_an_empty_cell_and_zero_is_not():
    nothing = Table("T", ("a",), ((None,), (0.0,)), (), "S", "N")
    lines = to_csv(nothing).decode("utf-8-sig").splitlines()
    assert lines[1] in {"", '""'}
    assert lines[2] == "0"
