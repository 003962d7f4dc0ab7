"""Keys that stand once above their rows."""

from __future__ import annotations

import openpyxl

from data.importing.readers.filled_cells import filled_down
from data.importing.readers.report import Report
from domain.findings import Severity
from i18n import LANGUAGES, translator
from tests.small_delivery import (
    TABLE,
    codes,
    import_delivery,
    numbers,
    refused_findings,
    the,
)

FILLED = TABLE.replace('level = "viertel"', 'fill_down = ["id"]\nlevel = "viertel"', 1)


def test_an_empty_key_takes_the_one_above(tmp_path):
    lines = ["id;jahr;kinder", "01;2021;1", ";2022;2", "02;2021;3", " ;2022;4"]
    town = import_delivery(tmp_path, lines, table=FILLED)
    assert numbers(town, "kinder") == {
        ("01", "2021"): 1, ("01", "2022"): 2, ("02", "2021"): 3, ("02", "2022"): 4,
    }  # fmt: skip
    finding = the(town.findings, "table_filled_down")
    assert (finding.severity, finding.params["n"]) == (Severity.INFO, 2)
    assert (finding.place.file, finding.place.column) == ("werte.csv", "id")
    for language in LANGUAGES:
        assert "2" in translator(language)("finding.table_filled_down.cause", **finding.params)


def test_without_fill_down_an_empty_key_names_no_area(tmp_path):
    lines = ["id;jahr;kinder", "01;2021;1", ";2022;2"]
    assert codes(refused_findings(tmp_path, lines))["area_unknown"] == 1


def test_nothing_is_above_the_first_row(tmp_path):
    lines = ["id;jahr;kinder", ";2021;1", "01;2021;2"]
    found = refused_findings(tmp_path, lines, table=FILLED)
    assert codes(found)["area_unknown"] == 1
    assert the(found, "area_unknown").place.row == 2


def test_conditions_see_the_filled_cells(tmp_path):
    lines = ["id;art;jahr;kinder", "01;Kreis;2021;1", ";Insgesamt;2021;9", "02;Kreis;2021;2"]
    table = FILLED.replace("fill_down", 'where = { id = "01", art = "Insgesamt" }\nfill_down')
    town = import_delivery(tmp_path, lines, table=table)
    assert numbers(town, "kinder") == {("01", "2021"): 9}


def test_a_column_to_fill_that_is_missing_is_refused(tmp_path):
    table = FILLED.replace('fill_down = ["id"]', 'fill_down = ["ids"]')
    found = refused_findings(tmp_path, ["id;jahr;kinder", "01;2021;1"], table=table)
    finding = the(found, "table_fill_unknown")
    assert finding.params["header"] == "ids"


def test_several_columns_of_a_workbook_are_filled_and_numbers_stay_numbers(tmp_path):
    book = openpyxl.Workbook()
    for row in (["id", "jahr", "kinder"], ["01", 2021, 1.5], ["02", None, None], ["03", 2022, 3]):
        book.active.append(row)
    book.save(tmp_path / "zahlen.xlsx")
    table = FILLED.replace(
        'file = "werte.csv"\nencoding = "utf-8"\nseparator = ";"',
        'file = "zahlen.xlsx"\nformat = "xlsx"',
    ).replace('fill_down = ["id"]', 'fill_down = ["jahr", "kinder"]')
    town = import_delivery(tmp_path, [], table=table)
    assert numbers(town, "kinder") == {
        ("01", "2021"): 1.5, ("02", "2021"): 1.5, ("03", "2022"): 3.0,
    }  # fmt: skip
    assert [f.params["n"] for f in town.findings if f.code == "table_filled_down"] == [1, 1]


INNER = FILLED.replace('fill_down = ["id"]', 'fill_down = ["id", "jahr"]')


def test_an_inner_key_is_not_carried_to_a_new_outer_one(tmp_path):
    lines = ["id;jahr;kinder", "01;2020;1", ";2021;2", "02;;3", ";;4"]
    found = refused_findings(tmp_path, lines, table=INNER)
    unread = [f.place.row for f in found if f.code == "period_unreadable"]
    assert unread == [4, 5]
    assert the(found, "table_filled_down").place.column == "id"


def test_an_inner_key_is_carried_within_its_outer_one(tmp_path):
    part = '[[table.measure]]\nindicator = "kinder"\ncolumn = "wert"\nwhere = { art = "m" }\n'
    table = (
        INNER.partition("[[table.measure]]")[0]
        + part
        + part.replace("kinder", "arme").replace('"m"', '"w"')
    )
    lines = ["id;jahr;art;wert", "01;2020;m;1", "01;;w;2", ";2021;m;3", ";;w;4", "02;2020;m;5"]
    town = import_delivery(tmp_path, lines, table=table)
    assert numbers(town, "kinder") == {
        ("01", "2020"): 1, ("01", "2021"): 3, ("02", "2020"): 5,
    }  # fmt: skip
    assert numbers(town, "arme") == {("01", "2020"): 2, ("01", "2021"): 4}


def test_each_of_three_columns_ends_what_stands_right_of_it():
    rows = [
        ("A", "x", "1"),
        ("", "y", ""),
        ("", "", "2"),
        ("", "", ""),
        ("B", "", ""),
        ("", "z", ""),
    ]
    wanted = ("a", "b", "c")
    found, _ = filled_down(wanted, rows, range(2, 8), wanted, Report("werte.csv"))
    assert ["".join(cell or "-" for cell in row) for row in found] == [
        "Ax1", "Ay-", "Ay2", "Ay2", "B--", "Bz-",
    ]  # fmt: skip
