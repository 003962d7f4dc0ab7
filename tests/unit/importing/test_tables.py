import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.findings import Severity
from tests.small_delivery import (
    HEAD,
    TABLE,
    codes,
    import_delivery,
    numbers,
    refused_findings,
    the,
)

LONG = ["id;jahr;kinder", "01;2021;1.374", "02;2021;14", "03;2021;0"]


def table(measures: str, *, area: str = 'column = "id"', period: str = "", extra: str = "") -> str:
    return (
        '[[table]]\nfile = "werte.csv"\nencoding = "utf-8"\nseparator = ";"\n'
        f'level = "viertel"\nvintage = "1"\n{extra}\n[table.area]\n{area}\n'
        f"[table.period]\n{period}\n{measures}"
    )


def measure(indicator: str, rest: str) -> str:
    return f'[[table.measure]]\nindicator = "{indicator}"\n{rest}\n'


def test_a_long_table_gives_one_value_a_row(tmp_path):
    town = import_delivery(tmp_path, LONG)
    assert numbers(town, "kinder") == {
        ("01", "2021"): 1374.0,
        ("02", "2021"): 14.0,
        ("03", "2021"): 0.0,
    }


def test_zero_missing_and_suppressed_are_three_states(tmp_path):
    lines = ["id;jahr;kinder", "01;2021;0", "02;2021;", "03;2021;*"]
    values = import_delivery(tmp_path, lines).values
    assert values["state"].tolist() == ["ok", "not_collected", "suppressed"]
    assert values["value"].notna().tolist() == [True, False, False]


def test_years_in_headers_and_interleaved_measures_are_told_apart(tmp_path):
    lines = [
        "name;Anzahl_2020;Quote_2020;Anzahl_gesamt;Quote",
        "Altstadt;100;14,8;110;15",
        "Westliche_Höhe;200;20%;210;21,5%",
    ]
    recipe = table(
        measure(
            "kinder",
            "columns = 'Anzahl_(?P<period>\\d{4})'\n"
            'column_periods = { "Anzahl_gesamt" = "2021" }',
        )
        + measure(
            "anteil", "columns = 'Quote_(?P<period>\\d{4})'\ncolumn_periods = { Quote = \"2021\" }"
        ),
        area='column = "name"\nby = "name"',
        period="in_header = true",
    )
    town = import_delivery(tmp_path, lines, table=recipe)
    assert numbers(town, "kinder")[("02", "2021")] == 210.0
    assert numbers(town, "anteil") == {
        ("01", "2020"): 14.8,
        ("01", "2021"): 15.0,
        ("02", "2020"): 20.0,
        ("02", "2021"): 21.5,
    }


def test_a_file_without_header_has_key_and_name_in_one_cell(tmp_path):
    lines = ["01 Altstadt;297;361", "02 Westliche Höhe;1.151;5"]
    recipe = table(
        measure("kinder", 'column_periods = { "2" = "2011", "3" = "2017" }'),
        area="column = \"1\"\npattern = '^(\\d+)'",
        extra="header_rows = 0",
    )
    town = import_delivery(tmp_path, lines, table=recipe)
    assert numbers(town, "kinder")[("02", "2011")] == 1151.0


def test_areas_may_stand_in_headers(tmp_path):
    lines = ["jahr;Altstadt;St. Jürgen", "2020;5;6", "2021;7;8"]
    recipe = table(
        measure("kinder", "columns = '(?P<area>A.*|S.*)'"),
        area='by = "name"',
        period='column = "jahr"',
    )
    town = import_delivery(tmp_path, lines, table=recipe)
    assert numbers(town, "kinder")[("03", "2021")] == 8.0


def test_rows_are_kept_and_dropped_by_their_cells(tmp_path):
    lines = ["id;jahr;art;wert", "01;2021;k;5", "01;2021;x;9", ";2021;k;99"]
    recipe = table(
        measure("kinder", 'column = "wert"'),
        period='column = "jahr"',
        extra='where = { art = "k" }\nwhere_not = { id = "" }',
    )
    assert numbers(import_delivery(tmp_path, lines, table=recipe), "kinder") == {
        ("01", "2021"): 5.0
    }


def test_rows_of_one_level_are_picked_by_pattern_from_a_table_of_several(tmp_path):
    lines = ["id;jahr;kinder", "01;2021;5", "X9;2021;9", "02;2021;6"]
    recipe = TABLE.replace(
        'level = "viertel"', "level = \"viertel\"\nwhere_matches = { id = '^0' }"
    )
    town = import_delivery(tmp_path, lines, table=recipe)
    assert numbers(town, "kinder") == {("01", "2021"): 5.0, ("02", "2021"): 6.0}


def test_periods_and_categories_are_translated_and_fractions_scaled(tmp_path):
    lines = ["id;jahr;sex;wert;quote", "01;gesamt;F;5;0,534"]
    recipe = table(
        measure("kinder", 'column = "wert"'),
        period='column = "jahr"\nmap = { "gesamt" = "2021" }',
        extra="",
    ).replace(
        "[[table.measure]]",
        '[table.category]\ncolumn = "sex"\nmap = { F = "w" }\n[[table.measure]]',
    )
    scaled = table(measure("anteil", 'column = "quote"\nscale = 100'), period='constant = "2021"')
    town = import_delivery(tmp_path, lines, table=recipe + scaled)
    assert set(town.values["category"]) == {"w", "total"}
    assert numbers(town, "anteil") == {("01", "2021"): 53.4}


def test_a_category_the_indicator_lacks_is_refused(tmp_path):
    lines = ["id;jahr;sex;kinder", "01;2021;d;5"]
    recipe = TABLE.replace(
        "[[table.measure]]", '[table.category]\ncolumn = "sex"\n[[table.measure]]'
    )
    found = refused_findings(tmp_path, lines, table=recipe)
    assert codes(found)["category_unknown"] == 1


def test_each_unreadable_cell_is_named_with_its_place(tmp_path):
    lines = ["id;jahr;kinder", "01;2021;1.3066", "02;20-1;5", "03;2021;viele"]
    found = refused_findings(tmp_path, lines)
    places = {(f.code, f.place.file, f.place.row, f.place.column) for f in found}
    assert ("number_wrong_groups", "werte.csv", 2, "kinder") in places
    assert ("period_unreadable", "werte.csv", 3, "jahr") in places
    assert ("number_unreadable", "werte.csv", 4, "kinder") in places


def test_unknown_areas_are_counted_with_examples(tmp_path):
    found = refused_findings(tmp_path, [*LONG, "1;2021;5", "99;2021;5", "99;2022;5"])
    unknown = next(f for f in found if f.code == "area_unknown")
    assert unknown.params["n"] == 2
    assert unknown.params["rows"] == 3
    assert '"1" (5) ≈ 01' in str(unknown.params["examples"])


def test_areas_the_file_leaves_out_are_a_warning(tmp_path):
    findings = import_delivery(tmp_path, LONG[:3]).findings
    absent = next(f for f in findings if f.code == "areas_absent")
    assert absent.severity is Severity.WARNING
    assert absent.params["areas"] == "03 St. Jürgen"


def test_areas_a_check_table_leaves_out_are_only_told(tmp_path):
    check = TABLE.replace('level = "viertel"', 'level = "viertel"\nrole = "check"')
    check = check.replace("[table.area]", 'where = { id = "01" }\n[table.area]')
    findings = import_delivery(tmp_path, LONG, table=TABLE + check).findings
    absent = the(findings, "areas_absent")
    assert absent.severity is Severity.INFO
    assert absent.params["areas"] == "02 Westliche Höhe, 03 St. Jürgen"


@pytest.mark.parametrize("extra", ["", 'ignore_keys = ["Kleinstadt"]'])
def test_totals_are_skipped_and_listed(tmp_path, extra):
    key = "Kleinstadt" if extra else "Insgesamt"
    recipe = TABLE.replace('level = "viertel"', f'level = "viertel"\n{extra}')
    town = import_delivery(tmp_path, [*LONG, f"{key};2021;1.388"], table=recipe)
    assert len(numbers(town, "kinder")) == 3
    total = next(f for f in town.findings if f.code == "rows_total")
    assert (total.place.row, total.params["rows"]) == (5, 1)


def test_a_key_answered_by_name_is_taken_over(tmp_path):
    recipe = TABLE.replace('level = "viertel"', 'level = "viertel"\nrekey = { "STGT99" = "03" }')
    town = import_delivery(tmp_path, [*LONG[:3], "STGT99;2021;7"], table=recipe)
    assert numbers(town, "kinder")[("03", "2021")] == 7.0


def test_a_missing_column_is_named_with_the_likeliest(tmp_path):
    found = refused_findings(tmp_path, ["id;jahr;Kinder", "01;2021;5"])
    missing = next(f for f in found if f.code == "column_missing")
    assert (missing.params["column"], missing.params["suggestion"]) == ("kinder", "Kinder")


def test_an_optional_column_may_be_missing(tmp_path):
    recipe = TABLE.replace(
        'level = "viertel"', 'level = "viertel"\noptional_columns = ["arme"]'
    ) + measure("arme", 'column = "arme"')
    town = import_delivery(tmp_path, LONG, table=recipe)
    assert numbers(town, "arme") == {}
    assert numbers(town, "kinder")


def test_a_filter_that_keeps_nothing_is_refused(tmp_path):
    recipe = TABLE + 'where = { id = "77" }\n'
    assert codes(refused_findings(tmp_path, LONG, table=recipe))["table_without_rows"] == 1


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(LONG[1:] + [f"{q};2022;{n}" for q, n in zip("123", "456", strict=True)])
)
def test_shuffled_rows_give_the_same_values(tmp_path, order):
    recipe = TABLE.replace('column = "id"', 'column = "id"\npad = 2')
    town = import_delivery(tmp_path, [LONG[0], *order], table=recipe, head=HEAD)
    assert numbers(town, "kinder") == {
        ("01", "2021"): 1374.0,
        ("02", "2021"): 14.0,
        ("03", "2021"): 0.0,
        ("01", "2022"): 4.0,
        ("02", "2022"): 5.0,
        ("03", "2022"): 6.0,
    }
