import math

import pytest

from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from domain.findings import Severity
from i18n import LANGUAGES, translator
from tests.small_delivery import (
    HEAD,
    TABLE,
    codes,
    import_delivery,
    numbers,
    refused_findings,
    the,
    write_delivery,
)

PARTS = TABLE.replace(
    'indicator = "kinder"\ncolumn = "kinder"',
    'indicator = "anteil"\nrole = "numerator"\ncolumn = "arme"\n'
    '[[table.measure]]\nindicator = "anteil"\nrole = "denominator"\ncolumn = "kinder"\n'
    '[[table.measure]]\nindicator = "anteil"\ncolumn = "anteil"',
)
HEADER = "id;jahr;arme;kinder;anteil"


def value_row(town, indicator: str, area: str):
    rows = town.values[(town.values["indicator"] == indicator) & (town.values["area"] == area)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_a_share_is_computed_from_its_parts_and_the_delivered_value_checked(tmp_path):
    lines = [HEADER, "01;2021;1;3;33,3", "02;2021;1;4;26", "03;2021;0;5;0"]
    town = import_delivery(tmp_path, lines, table=PARTS)
    first = value_row(town, "anteil", "01")
    assert first["value"] == 100 / 3
    assert (first["numerator"], first["denominator"]) == (1, 3)
    differing = [f for f in town.findings if f.code == "value_not_from_parts"]
    assert [(f.place.row, f.place.column, f.params["delivered"]) for f in differing] == [
        (3, "anteil", "26")
    ]


@pytest.mark.parametrize(
    ("arme", "kinder", "state"),
    [
        ("*", "4", "suppressed"),
        ("1", "*", "suppressed"),
        ("", "4", "not_collected"),
        ("…", "4", "pending"),
        ("0", "0", "not_applicable"),
        ("*", "", "suppressed"),
    ],
)
def test_a_hidden_or_missing_part_decides_the_state(tmp_path, arme, kinder, state):
    lines = [HEADER, f"01;2021;{arme};{kinder};", "02;2021;1;4;25", "03;2021;1;4;25"]
    row = value_row(import_delivery(tmp_path, lines, table=PARTS), "anteil", "01")
    assert row["state"] == state
    assert math.isnan(row["value"])


def test_a_value_its_office_withholds_stays_hidden_although_its_parts_are_given(tmp_path):
    lines = [HEADER, "01;2021;1;4;*", "02;2021;1;4;25", "03;2021;1;4;25"]
    row = value_row(import_delivery(tmp_path, lines, table=PARTS), "anteil", "01")
    assert row["state"] == "suppressed"
    assert all(math.isnan(row[column]) for column in ("value", "numerator", "denominator"))


def test_a_numerator_above_the_denominator_of_a_share_is_refused(tmp_path):
    found = refused_findings(tmp_path, [HEADER, "01;2021;5;4;125"], table=PARTS)
    assert codes(found)["numerator_above_denominator"] == 1


def test_a_negative_count_is_refused(tmp_path):
    found = refused_findings(tmp_path, ["id;jahr;kinder", "01;2021;-3"])
    negative = next(f for f in found if f.code == "value_negative")
    assert (negative.place.row, negative.params["value"]) == (2, -3.0)


def test_a_share_above_the_whole_is_refused(tmp_path):
    recipe = TABLE.replace('indicator = "kinder"', 'indicator = "anteil"')
    found = refused_findings(tmp_path, ["id;jahr;kinder", "01;2021;100,1"], table=recipe)
    assert codes(found)["share_above_whole"] == 1


def test_the_same_figure_twice_counts_once_with_a_warning(tmp_path):
    lines = ["id;jahr;kinder", "01;2021;5", "01;2021;5", "02;2021;6", "03;2021;6"]
    town = import_delivery(tmp_path, lines)
    assert len(town.values) == 3
    repeated = next(f for f in town.findings if f.code == "key_repeated")
    assert (repeated.severity, repeated.params["rows"]) == (Severity.WARNING, "3")


def test_two_figures_for_one_key_are_refused_with_both_lines(tmp_path):
    found = refused_findings(tmp_path, ["id;jahr;kinder", "01;2021;5", "01;2021;6"])
    conflict = next(f for f in found if f.code == "key_conflict")
    assert (conflict.params["first_row"], conflict.params["second_row"]) == (2, 3)


@pytest.mark.parametrize(("value", "is_asked"), [("800", True), ("790", False)])
def test_a_value_eighty_times_the_next_is_asked_about(tmp_path, value, is_asked):
    lines = ["id;jahr;kinder", "01;2021;10", "02;2021;9", f"03;2021;{value}"]
    assert bool(codes(import_delivery(tmp_path, lines).findings)["value_outlier"]) is is_asked


DERIVED = HEAD + 'numerator_from = ["arme"]\ndenominator_from = ["kinder"]\n'
BOTH = TABLE + '[[table.measure]]\nindicator = "arme"\ncolumn = "arme"\n'


def test_a_derived_share_has_its_parts_and_hides_with_them(tmp_path):
    lines = ["id;jahr;kinder;arme", "01;2021;8;2", "02;2021;8;*", "03;2021;0;0"]
    town = import_delivery(tmp_path, lines, head=DERIVED, table=BOTH)
    shown = value_row(town, "anteil", "01")
    assert (shown["value"], shown["numerator"], shown["denominator"]) == (25.0, 2.0, 8.0)
    assert value_row(town, "anteil", "02")["state"] == "suppressed"
    assert value_row(town, "anteil", "03")["state"] == "not_applicable"


def test_a_year_without_a_part_stays_missing(tmp_path):
    lines = ["id;jahr;kinder;arme", "01;2021;8;2"]
    only_children = TABLE.replace('"werte.csv"', '"mehr.csv"')
    recipe = write_delivery(tmp_path, lines, head=DERIVED, table=BOTH + only_children)
    (tmp_path / "mehr.csv").write_text("id;jahr;kinder\n01;2022;9\n", encoding="utf-8")

    town = assemble(load_recipe(recipe), tmp_path, lambda *_: None)
    assert set(numbers(town, "anteil")) == {("01", "2021")}


def test_a_city_figure_that_its_areas_do_not_give_is_reported(tmp_path):
    city = TABLE.replace('level = "viertel"', 'level = "stadt"\nwhere = { id = "s" }')
    city = city.replace('column = "id"', 'constant = "kleinstadt"')
    areas = TABLE.replace('level = "viertel"', 'level = "viertel"\nwhere_not = { id = "s" }')
    lines = ["id;jahr;kinder", "01;2021;1", "02;2021;2", "03;2021;3", "s;2021;7"]
    town = import_delivery(tmp_path, lines, table=areas + city)
    finding = next(f for f in town.findings if f.code == "parent_differs")
    assert (finding.params["delivered"], finding.params["pooled"]) == (7.0, 6.0)
    assert numbers(town, "kinder")[("kleinstadt", "2021")] == 7.0


def test_a_check_table_is_compared_and_never_taken_over(tmp_path):
    check = TABLE.replace('"werte.csv"', '"alt.csv"\nrole = "check"')
    lines = ["id;jahr;kinder", "01;2021;5", "02;2021;*", "03;2021;7"]
    recipe = write_delivery(tmp_path, lines, table=TABLE + check)
    (tmp_path / "alt.csv").write_text(
        "id;jahr;kinder\n01;2021;6\n02;2021;33\n03;2021;7x\n", encoding="utf-8"
    )

    town = assemble(load_recipe(recipe), tmp_path, lambda *_: None)
    found = {f.code: f for f in town.findings}
    differs = found["check_differs"]
    assert (differs.place.file, differs.place.row, differs.place.column) == ("alt.csv", 2, "kinder")
    assert (differs.params["checked"], differs.params["data"]) == ("6", 5.0)
    assert found["number_mark_undeclared"].severity is Severity.WARNING
    assert "33" not in {str(value) for value in found["check_reveals"].params.values()}
    assert numbers(town, "kinder")[("01", "2021")] == 5.0


def test_a_blank_of_a_check_table_needs_no_counterpart(tmp_path):
    check = TABLE.replace('"werte.csv"', '"alt.csv"\nrole = "check"')
    recipe = write_delivery(tmp_path, ["id;jahr;kinder", "01;2021;5"], table=TABLE + check)
    old = ["id;jahr;kinder", "01;2020;", "02;2020;", "01;2021;5", "02;2021;*", "03;2021;4"]
    (tmp_path / "alt.csv").write_text("\n".join(old) + "\n", encoding="utf-8")

    town = assemble(load_recipe(recipe), tmp_path, lambda *_: None)
    (unmatched,) = [f for f in town.findings if f.code == "check_unmatched"]
    assert unmatched.params == {"n": 2, "rows": "5, 6"}


def test_a_column_is_unread_only_where_no_table_of_its_file_reads_it(tmp_path):
    poor = TABLE.replace('"kinder"', '"arme"')
    other = poor.replace("werte.csv", "andere.csv").replace(
        'indicator = "arme"', 'indicator = "anteil"'
    )
    lines = ["id;jahr;kinder;arme;notiz", "01;2021;5;3;x"]
    recipe = write_delivery(tmp_path, lines, table=TABLE + poor + other)
    (tmp_path / "andere.csv").write_text("id;jahr;kinder;arme\n01;2021;5;3\n", encoding="utf-8")

    town = assemble(load_recipe(recipe), tmp_path, lambda *_: None)
    unread = [f for f in town.findings if f.code == "columns_unread"]
    told = [(f.place.file, f.params["n"], f.params["columns"]) for f in unread]
    assert told == [("werte.csv", 1, "notiz"), ("andere.csv", 1, "kinder")]


@pytest.mark.parametrize(
    ("condition", "unread"),
    [
        ('where_not = { art = "Summe" }', [("werte.csv", "notiz")]),
        ("where_matches = { art = '^Stadt' }", []),
        ('where = { art = "Stadtteil" }', []),
    ],
)
def test_a_column_that_tells_which_rows_are_meant_is_read(tmp_path, condition, unread):
    table = TABLE.replace('level = "viertel"', f'{condition}\nlevel = "viertel"')
    lines = ["id;jahr;kinder;art;notiz", "01;2021;5;Stadtteil;x", "02;2021;9;Summe;y"]
    lines[2:] = lines[2:] if "where_not" in condition else []
    town = import_delivery(tmp_path, lines, table=table)
    found = [f for f in town.findings if f.code == "columns_unread"]
    assert [(f.place.file, f.params["columns"]) for f in found] == unread


def test_conditions_of_a_part_are_read_for_the_whole_file(tmp_path):
    part = TABLE.replace('"kinder"', '"arme"').replace(
        'level = "viertel"', "where_matches = { art = '^Stadt' }\nlevel = \"viertel\""
    )
    lines = ["id;jahr;kinder;arme;art;notiz", "01;2021;5;3;Stadtteil;x"]
    town = import_delivery(tmp_path, lines, table=TABLE + part)
    assert the(town.findings, "columns_unread").params["columns"] == "notiz"


@pytest.mark.parametrize("file", ["../werte.csv", "/etc/passwd", "C:/werte.csv", "a\\\\b.csv"])
def test_a_path_out_of_the_data_folder_is_refused(tmp_path, file):
    folder = tmp_path / "daten"
    folder.mkdir()
    (tmp_path / "werte.csv").write_text("id;jahr;kinder\n01;2021;1\n", encoding="utf-8")
    found = refused_findings(folder, [], table=TABLE.replace("werte.csv", file))
    assert codes(found)["path_outside"] == 1


def test_a_link_out_of_the_data_folder_is_refused(tmp_path):
    folder = tmp_path / "daten"
    folder.mkdir()
    secret = tmp_path / "geheim.csv"
    secret.write_text("id;jahr;kinder\n01;2021;1\n", encoding="utf-8")
    recipe = TABLE.replace("werte.csv", "link.csv")
    (folder / "link.csv").symlink_to(secret)
    assert codes(refused_findings(folder, [], table=recipe))["path_outside"] == 1


def test_a_missing_file_is_named(tmp_path):
    found = refused_findings(tmp_path, [], table=TABLE.replace("werte.csv", "fehlt.csv"))
    missing = next(f for f in found if f.code == "file_missing")
    assert missing.place.file == "fehlt.csv"


def test_a_missing_csv_that_lies_there_as_parquet_is_told_with_the_step_to_take(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "fehlt.parquet").write_bytes(b"PAR1")
    found = refused_findings(tmp_path, [], table=TABLE.replace("werte.csv", "neu/fehlt.csv"))
    (missing,) = [f for f in found if f.code.startswith("file_missing")]
    assert missing.code == "file_missing_parquet"
    assert missing.place.file == "neu/fehlt.csv"
    step = "pandas.read_parquet('raw/fehlt.parquet').to_csv('neu/fehlt.csv', index=False)"
    for language in LANGUAGES:
        assert step in translator(language)(f"finding.{missing.code}.remedy", **missing.params)


def test_a_file_that_lies_in_another_folder_is_told(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "Fehlt.csv").write_text("id\n", encoding="utf-8")
    found = refused_findings(tmp_path, [], table=TABLE.replace("werte.csv", "fehlt.csv"))
    missing = next(f for f in found if f.code.startswith("file_missing"))
    assert missing.code == "file_missing_elsewhere"
    assert missing.params["found"] == "raw/Fehlt.csv"


def test_a_delivery_without_a_row_is_refused(tmp_path):
    assert refused_findings(tmp_path, ["id;jahr;kinder"])


def test_findings_of_all_files_are_collected(tmp_path):
    facility = (
        '[[facility_kind]]\nid = "kita"\nname = "Kita"\n'
        '[[facility]]\nkind = "kita"\nsource = "amt"\nfile = "kitas.csv"\nformat = "csv"\n'
        'name = "name"\nx = "x"\ny = "y"\n'
    )
    found = refused_findings(tmp_path, ["id;jahr;kinder", "01;2021;viele"], table=TABLE + facility)
    assert {"number_unreadable", "file_missing"} <= set(codes(found))


def test_the_city_is_the_union_of_its_areas(tmp_path):
    town = import_delivery(tmp_path, ["id;jahr;kinder", "01;2021;5"])
    city, quarters = town.areas["stadt@1"], town.areas["viertel@1"]
    assert city["area_id"].tolist() == ["kleinstadt"]
    assert city.geometry.iloc[0].area == pytest.approx(quarters.geometry.area.sum())
    assert city.crs == quarters.crs
    assert city.crs.to_epsg() == 25832
    assert town.parents["parent"].tolist() == ["kleinstadt"] * 3


def test_a_parent_is_found_by_the_place_of_an_area(tmp_path):
    head = HEAD.replace('constant = "kleinstadt"', "spatial = true")
    town = import_delivery(tmp_path, ["id;jahr;kinder", "01;2021;5"], head=head)
    assert set(town.parents["parent"]) == {"kleinstadt"}


def test_an_unknown_parent_is_refused(tmp_path):
    head = HEAD.replace('constant = "kleinstadt"', 'constant = "gross"')
    found = refused_findings(tmp_path, ["id;jahr;kinder", "01;2021;5"], head=head)
    orphans = next(f for f in found if f.code == "parent_unknown")
    assert (orphans.params["n"], orphans.params["examples"]) == (
        3,
        "01 → gross, 02 → gross, 03 → gross",
    )
