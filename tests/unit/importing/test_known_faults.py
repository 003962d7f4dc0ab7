"""Faults a recipe knows: each is done as declared, and each comes back as a finding."""

import pytest

from data.importing.readers import TableSpec, read_table
from domain.findings import RefusedFileError, Severity
from i18n import translator
from tests.small_delivery import (
    HEAD,
    TABLE,
    codes,
    import_delivery,
    numbers,
    refused_findings,
    the,
)

LINES = ["id;jahr;kinder", "01;2021;5", "02;2021;7", "03;2021;9"]


def with_extra(extra: str) -> str:
    return TABLE.replace('vintage = "1"\n', f'vintage = "1"\n{extra}\n')


def with_correction(rest: str) -> str:
    correction = f'[[level.layer.correction]]\nwhere = {{ name = "St. Jürgen" }}\n{rest}\n'
    return HEAD.replace("[[level.parent]]", f"{correction}[[level.parent]]")


# --- maps ---------------------------------------------------------------------------------


def test_an_area_with_a_wrong_key_is_left_out_and_named(tmp_path):
    town = import_delivery(tmp_path, LINES[:3], head=with_correction("leave_out = true"))
    assert town.areas["viertel@1"]["area_id"].tolist() == ["01", "02"]
    finding = the(town.findings, "feature_left_out")
    assert (finding.severity, finding.place.row) == (Severity.WARNING, 3)
    assert finding.params == {"key": "03", "condition": "name = St. Jürgen"}


def test_a_wrong_key_is_corrected_and_named(tmp_path):
    lines = [*LINES[:3], "04;2021;9"]
    town = import_delivery(tmp_path, lines, head=with_correction('id = "04"'))
    assert town.areas["viertel@1"]["area_id"].tolist() == ["01", "02", "04"]
    assert numbers(town, "kinder")[("04", "2021")] == 9.0
    assert the(town.findings, "feature_corrected").params["id"] == "04"


def test_a_correction_that_meets_nothing_says_so(tmp_path):
    head = with_correction('id = "04"').replace("St. Jürgen", "Neustadt")
    town = import_delivery(tmp_path, LINES, head=head)
    assert the(town.findings, "correction_unused").severity is Severity.WARNING
    assert "feature_corrected" not in codes(town.findings)


def test_a_key_that_still_stands_twice_names_the_line_of_the_file(tmp_path):
    head = with_correction('id = "02"')
    finding = the(refused_findings(tmp_path, LINES, head=head), "area_id_twice")
    assert (finding.place.row, finding.params["first"]) == (3, 2)


@pytest.mark.parametrize("rest", ["", 'id = "04"\nleave_out = true'])
def test_a_correction_says_one_thing(tmp_path, rest):
    found = refused_findings(tmp_path, LINES, head=with_correction(rest))
    assert codes(found) == {"recipe_correction_one_way": 1}


# --- tables -------------------------------------------------------------------------------


def test_rows_of_an_area_the_map_lacks_are_left_out_and_named(tmp_path):
    lines = [*LINES, "99;2021;4", "99;2022;4"]
    town = import_delivery(tmp_path, lines, table=with_extra('unmapped_keys = ["99"]'))
    assert len(numbers(town, "kinder")) == 3
    finding = the(town.findings, "rows_unmapped")
    assert (finding.severity, finding.params["rows"]) == (Severity.WARNING, 2)
    assert "area_unknown" not in codes(town.findings)


def test_an_unmapped_key_that_no_longer_occurs_says_so(tmp_path):
    lines = [*LINES, "99;2021;4"]
    table = with_extra('unmapped_keys = ["99", "98", "97"]')
    town = import_delivery(tmp_path, lines, table=table)
    finding = the(town.findings, "unmapped_unused")
    assert (finding.severity, finding.place.column) == (Severity.WARNING, "id")
    assert finding.params == {"n": 2, "keys": "97, 98"}
    assert the(town.findings, "rows_unmapped").params["n"] == 1
    for language in ("de", "en"):
        remedy = translator(language)("finding.unmapped_unused.remedy", **finding.params)
        assert "unmapped_keys" in remedy


def test_a_key_the_recipe_answers_is_taken_over_and_told(tmp_path):
    lines = [*LINES[:3], "STGT99;2021;4", "STGT99;2022;6"]
    town = import_delivery(tmp_path, lines, table=with_extra('rekey = { STGT99 = "03" }'))
    assert numbers(town, "kinder")[("03", "2022")] == 6.0
    finding = the(town.findings, "rows_rekeyed")
    assert (finding.severity, finding.place.row) == (Severity.WARNING, 4)
    assert finding.params == {
        "n": 1, "rows": 2, "examples": '"STGT99" (4, 5) → 03', "level": "viertel",
    }  # fmt: skip
    assert "rekey_unused" not in codes(town.findings)


def test_a_rekey_that_meets_nothing_says_so(tmp_path):
    town = import_delivery(tmp_path, LINES, table=with_extra('rekey = { STGT99 = "03" }'))
    assert the(town.findings, "rekey_unused").params == {"n": 1, "keys": "STGT99"}
    assert "rows_rekeyed" not in codes(town.findings)


def test_filled_rows_that_mean_nothing_are_not_collected(tmp_path):
    lines = ["id;jahr;kinder;arme", "01;2021;0;0", "02;2021;0;3", "03;2021;9;0"]
    table = with_extra('missing_where = { kinder = "0", arme = "0" }')
    values = import_delivery(tmp_path, lines, table=table).values
    assert values["state"].tolist() == ["not_collected", "ok", "ok"]
    assert values["value"].tolist()[1:] == [0.0, 9.0]
    finding = the(import_delivery(tmp_path, lines, table=table).findings, "rows_not_meant")
    assert finding.params == {
        "n": 1,
        "examples": '"01" (2)',
        "condition": "kinder = 0, arme = 0",
    }


def test_a_measure_can_be_missing_where_the_rest_of_the_row_is_meant(tmp_path):
    lines = ["id;jahr;kinder;arme", "01;2021;5;0", "02;2021;7;3", "03;2021;9;0"]
    table = TABLE + (
        '[[table.measure]]\nindicator = "arme"\ncolumn = "arme"\nmissing_where = { arme = "0" }\n'
    )
    town = import_delivery(tmp_path, lines, table=table)
    states = town.values.set_index(["indicator", "area"])["state"].to_dict()
    assert [states[("arme", a)] for a in ("01", "02", "03")] == [
        "not_collected",
        "ok",
        "not_collected",
    ]
    assert {states[("kinder", a)] for a in ("01", "02", "03")} == {"ok"}
    finding = the(town.findings, "rows_not_meant")
    assert (finding.place.row, finding.place.column, finding.params["n"]) == (2, "arme", 2)


def test_a_misspelt_column_of_missing_where_is_refused(tmp_path):
    found = refused_findings(tmp_path, LINES, table=with_extra('missing_where = { knider = "0" }'))
    assert the(found, "column_missing").params["suggestion"] == "kinder"


def test_a_long_column_without_any_number_is_asked_about(tmp_path):
    years = range(2000, 2012)
    lines = ["id;jahr;kinder", *(f"01;{year};*" for year in years)]
    finding = the(import_delivery(tmp_path, lines).findings, "column_without_numbers")
    assert (finding.place.column, finding.params) == ("kinder", {"n": 12, "written": '"*"'})
    shorter = import_delivery(tmp_path, lines[:5])
    one_number = import_delivery(tmp_path, [*lines[:-1], "01;2011;0"])
    for town in (shorter, one_number):
        assert "column_without_numbers" not in codes(town.findings)


DOUBLED = ["id;jahr;kinder;kinder", "01;2021;5;5", "02;2021;7;7", "03;2021;9;9"]


def test_a_doubled_header_is_refused_unless_the_recipe_knows_it(tmp_path):
    assert codes(refused_findings(tmp_path, DOUBLED)) == {"table_header_doubled": 1}
    town = import_delivery(tmp_path, DOUBLED, table=with_extra('doubled = ["kinder"]'))
    assert numbers(town, "kinder")[("03", "2021")] == 9.0
    finding = the(town.findings, "table_double_same")
    assert finding.params == {"header": "kinder", "first": 3, "second": 4, "rows": 3}


def test_doubled_columns_that_differ_are_told_with_both_cells(tmp_path):
    lines = [*DOUBLED[:3], "03;2021;9;8"]
    town = import_delivery(tmp_path, lines, table=with_extra('doubled = ["kinder"]'))
    assert numbers(town, "kinder")[("03", "2021")] == 9.0
    finding = the(town.findings, "table_double_differs")
    assert finding.place.row == 4
    assert (finding.params["one"], finding.params["other"], finding.params["n"]) == ("9", "8", 1)


def test_a_doubled_header_that_was_mended_is_told(tmp_path):
    town = import_delivery(tmp_path, LINES, table=with_extra('doubled = ["kinder"]'))
    assert the(town.findings, "table_double_absent").params == {"header": "kinder", "n": 1}


def test_the_second_of_two_columns_has_a_name_of_its_own(tmp_path):
    path = tmp_path / "werte.csv"
    path.write_text("\n".join(DOUBLED), encoding="utf-8")
    table = read_table(path, TableSpec("csv", doubled=("kinder",)))
    assert table.columns == ("id", "jahr", "kinder", "kinder (2)")
    path.write_text("a;kinder;kinder;kinder\n1;2;3;4\n", encoding="utf-8")
    with pytest.raises(RefusedFileError):
        read_table(path, TableSpec("csv", doubled=("kinder",)))


def test_numbers_without_a_zero_before_the_point_are_read_when_declared(tmp_path):
    lines = ["id;jahr;kinder", "01;2021;.5", "02;2021;-.25", "03;2021;7"]
    dialect = 'id = "punkt"\ndecimal = "."\nthousands = "none"\n'
    head = HEAD.replace("[[level]]", f"[[dialect]]\n{dialect}[[level]]", 1)
    table = with_extra('dialect = "punkt"')
    refused = codes(refused_findings(tmp_path, lines, head=head, table=table))
    assert refused["number_unreadable"] == 2
    bare = head.replace(dialect, f"{dialect}bare_decimal = true\n")
    # a change may be negative, a count may not
    share = table.replace('indicator = "kinder"', 'indicator = "index"')
    index = '[[indicator]]\nid = "index"\nname = "Index"\nkind = "index"\n'
    town = import_delivery(tmp_path, lines, head=bare + index, table=share)
    assert list(numbers(town, "index").values()) == [0.5, -0.25, 7.0]


# --- files --------------------------------------------------------------------------------


def test_one_table_reads_a_file_for_each_period(tmp_path):
    for year, number in (("2020", 3), ("2021", 4)):
        (tmp_path / f"kinder-{year}.csv").write_text(f"id;kinder\n01;{number}\n", encoding="utf-8")
    table = TABLE.replace('file = "werte.csv"', 'file = "kinder-{period}.csv"').replace(
        'column = "jahr"', 'files = ["2020", "2021"]'
    )
    town = import_delivery(tmp_path, LINES, table=table)
    assert numbers(town, "kinder") == {("01", "2020"): 3.0, ("01", "2021"): 4.0}


@pytest.mark.parametrize(
    ("file", "period"),
    [
        ("kinder-{period}.csv", 'column = "jahr"'),
        ("werte.csv", 'files = ["2020"]'),
        ("kinder-{period}.csv", 'files = ["2020"]\ncolumn = "jahr"'),
    ],
)
def test_the_field_and_the_periods_belong_together(tmp_path, file, period):
    table = TABLE.replace('file = "werte.csv"', f'file = "{file}"').replace(
        'column = "jahr"', period
    )
    assert codes(refused_findings(tmp_path, LINES, table=table))["recipe_period_files"] == 1


REMARK = (
    '[[remark]]\nfile = "werte.csv"\ncolumn = "kinder"\n'
    'text = { de = "Um eine Spalte verschoben.", en = "Shifted by one column." }\n'
)


def test_a_remark_of_the_recipe_is_a_finding_in_the_readers_language(tmp_path):
    finding = the(import_delivery(tmp_path, LINES, table=TABLE + REMARK).findings, "recipe_remark")
    assert (finding.severity, finding.place.column) == (Severity.WARNING, "kinder")
    texts = {
        language: translator(language)("finding.recipe_remark.cause", **finding.params)
        for language in ("de", "en")
    }
    assert texts == {"de": "Um eine Spalte verschoben.", "en": "Shifted by one column."}


def test_a_remark_on_a_file_nobody_reads_is_refused(tmp_path):
    table = TABLE + REMARK.replace("werte.csv", "wrete.csv")
    finding = the(refused_findings(tmp_path, LINES, table=table), "recipe_unknown_name")
    assert finding.params["suggestion"] == "werte.csv"


def test_many_differences_of_one_parent_are_counted(tmp_path):
    years = range(2000, 2025)
    rows = [f"0{i};{year};1" for i in (1, 2, 3) for year in years]
    (tmp_path / "stadt.csv").write_text(
        "\n".join(["id;jahr;kinder", *(f"kleinstadt;{year};9" for year in years)]), "utf-8"
    )
    city = TABLE.replace("werte.csv", "stadt.csv").replace('level = "viertel"', 'level = "stadt"')
    town = import_delivery(tmp_path, ["id;jahr;kinder", *rows], table=TABLE + city)
    assert codes(town.findings)["parent_differs"] == 20
    assert the(town.findings, "parent_differs_more").params == {"n": 5, "area": "kleinstadt"}
