"""Text files as offices save them, through the importer: signs, line ends, encodings, notes."""

from __future__ import annotations

import pytest

from domain.findings import Severity
from tests.delivered_file import import_file, refused_file, table_of
from tests.small_delivery import codes, numbers, the

ROWS = (
    ("name", "jahr", "kinder"),
    ("Altstadt", "2023", "1.234"),
    ("Westliche Höhe", "2023", "7,5"),
    ("St. Jürgen", "2023", "*"),
)
BY_NAME = table_of("t.csv", key="name").replace('column = "name"', 'column = "name"\nby = "name"')
EXPECTED = {("01", "2023"): 1234.0, ("02", "2023"): 7.5}


def text(separator: str = ";", end: str = "\r\n", before: str = "", after: str = "") -> str:
    rows = ROWS
    if separator == ",":
        rows = tuple(tuple(f'"{cell}"' for cell in row) for row in ROWS)
    return before + "".join(separator.join(row) + end for row in rows) + after


def shown(town) -> dict[tuple[str, str], float]:
    return {key: v for key, v in numbers(town, "kinder").items() if v == v}  # noqa: PLR0124


WAYS = {
    "semicolon": (text().encode("utf-8"), {"csv_separator_detected"}),
    "comma": (text(",").encode("utf-8"), {"csv_separator_detected"}),
    "tab": (text("\t").encode("utf-8"), {"csv_separator_detected"}),
    "sep line": (text("|", before="sep=|\r\n").encode("utf-8"), set()),
    "CR only": (text(end="\r").encode("utf-8"), {"csv_separator_detected"}),
    "LF only": (text(end="\n").encode("utf-8"), {"csv_separator_detected"}),
    "BOM": (text().encode("utf-8-sig"), {"csv_separator_detected"}),
    "UTF-16 with BOM": (text("\t").encode("utf-16"), {"text_encoding_detected"}),
    "cp1252": (text().encode("cp1252"), {"text_encoding_detected"}),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_table_is_the_same_however_it_was_saved(tmp_path, way):
    data, told = WAYS[way]
    town = import_file(tmp_path, "t.csv", data, BY_NAME)
    assert shown(town) == EXPECTED
    assert town.values["state"].tolist() == ["ok", "ok", "suppressed"]
    assert told <= set(codes(town.findings))


@pytest.mark.parametrize("way", ["UTF-16 with BOM", "cp1252"])
def test_an_encoding_that_was_found_out_is_told_and_a_declared_one_is_not(tmp_path, way):
    data, _ = WAYS[way]
    town = import_file(tmp_path, "t.csv", data, BY_NAME)
    assert the(town.findings, "text_encoding_detected").severity is Severity.WARNING
    encoding = "utf-16" if way.startswith("UTF") else "cp1252"
    declared = BY_NAME.replace("[table.area]", f'encoding = "{encoding}"\n[table.area]')
    assert "text_encoding_detected" not in codes(
        import_file(tmp_path, "t.csv", data, declared).findings
    )


@pytest.mark.parametrize("rows", [0, 1, 2, 3, 4, 5])
def test_a_header_of_up_to_five_rows_names_the_columns(tmp_path, rows):
    upper = ["Kinder;;", "Stadt;;", "Quelle;;", "Stand;;"][: max(0, rows - 1)]
    head = "\n".join([*upper, "id;jahr;kinder"][: rows or 0])
    data = f"{head}\n01;2023;5\n".lstrip("\n").encode()
    joined = ["Kinder", "Stadt", "Quelle", "Stand"][: max(0, rows - 1)]
    names = [" / ".join([*joined, name]) for name in ("id", "jahr", "kinder")]
    names = ["1", "2", "3"] if rows == 0 else names
    recipe = table_of("t.csv", f"header_rows = {rows}", key=names[0])
    recipe = recipe.replace('"jahr"', f'"{names[1]}"').replace(
        'column = "kinder"', f'column = "{names[2]}"'
    )
    town = import_file(tmp_path, "t.csv", data, recipe)
    assert numbers(town, "kinder") == {("01", "2023"): 5.0}


def test_lines_above_and_notes_and_totals_below_a_table_are_left_out_and_told(tmp_path):
    data = text(
        before="Kinder in Kleinstadt\r\nStand: 31.12.2023\r\n\r\n",
        after="Gesamt;2023;1.241\r\n\r\n1) ohne Auswärtige; geschätzt\r\n© Stadt;;\r\n",
    ).encode("utf-8")
    recipe = BY_NAME.replace("[table.area]", 'skip_rows = 3\nfooter_marker = "1)"\n[table.area]')
    town = import_file(tmp_path, "t.csv", data, recipe)
    assert shown(town) == EXPECTED
    assert the(town.findings, "rows_total").place.row == 8
    assert the(town.findings, "table_footer_left_out").place.row == 10


def test_a_note_nobody_declared_is_refused_with_its_row(tmp_path):
    data = text(after="1) ohne Auswärtige\r\n").encode("utf-8")
    finding = the(refused_file(tmp_path, "t.csv", data, BY_NAME), "csv_ragged_row")
    assert (finding.place.file, finding.place.row) == ("t.csv", 5)
