"""Periods as offices write them, through the importer: in columns, headers, dates, with marks."""

from __future__ import annotations

import pytest

from domain.findings import Severity
from tests.small_delivery import HEAD, TABLE, import_delivery, numbers, refused_findings, the

WIDE = """
[[table]]
file = "werte.csv"
separator = ";"
encoding = "utf-8"
level = "viertel"
vintage = "1"
[table.area]
column = "id"
[table.period]
in_header = true
{period}
[[table.measure]]
indicator = "kinder"
columns = '{columns}'
"""
FLAGGED = HEAD.replace(
    'decimal = ","', 'decimal = ","\nflags = { "p" = "p", "v" = "p", "r" = "r" }'
)


def with_period(rest: str) -> str:
    return TABLE.replace('column = "jahr"', f'column = "jahr"\n{rest}')


def flags_of(town) -> dict[tuple[str, str], str]:
    rows = town.values
    return {(a, p): f for a, p, f in zip(rows["area"], rows["period"], rows["flags"], strict=True)}


CLEAR = {
    "Schuljahr 2022/2023": "2022/23",
    "SJ 2021/22": "2021/22",
    "2020/2021": "2020/21",
    "Haushaltsjahr 2019/20": "2019/20",
    "Haushaltsjahr 2022": "2022",
    "1. Hj. 2022": "2022-H1",
    "2022-H2": "2022-H2",
    "II. Halbjahr 2021": "2021-H2",
    "3. Quartal 2022": "2022-Q3",
    "Q4/2022": "2022-Q4",
    "Mai 2021": "2021-05",
    "05/2022": "2022-05",
    "2019-2021": "2019-2021",
    "2018–2020": "2018-2020",
    "Ø 2017 bis 2019": "2017-2019",
}
UNCLEAR = {
    "22/23": "1922/23, 2022/23",
    "2022/24": "2022-2024",
    "2022-2023": "2022-2023, 2022/23",
    "2011-12": "2011-12, 2011/12, 2011-2012",
    "Schuljahr 2022": "2021/22, 2022/23",
    "1/2022": "2022-01, 2022-Q1, 2022-H1",
    "II/2022": "2022-Q2, 2022-H2",
}


def test_a_year_column_reads_every_clear_period(tmp_path):
    lines = ["id;jahr;kinder", *(f"01;{text};{n}" for n, text in enumerate(CLEAR))]
    found = numbers(import_delivery(tmp_path, lines), "kinder")
    assert found == {("01", period): n for n, period in enumerate(CLEAR.values())}


def test_an_unclear_period_is_refused_with_all_it_may_mean(tmp_path):
    lines = ["id;jahr;kinder", *(f"01;{text};5" for text in UNCLEAR)]
    findings = refused_findings(tmp_path, lines)
    assert {f.code for f in findings} == {"period_unclear"}
    assert {f.params["cell"]: f.params["readings"] for f in findings} == UNCLEAR
    places = [(f.place.file, f.place.row, f.place.column) for f in findings]
    assert places == [("werte.csv", row, "jahr") for row in range(2, 2 + len(UNCLEAR))]
    the(findings[:1], "period_unclear")


@pytest.mark.parametrize(
    ("kind", "written", "period"),
    [
        ("pooled", "2022/24", "2022-2024"),
        ("pooled", "2022/2023", "2022-2023"),
        ("split_year", "2022-2023", "2022/23"),
        ("split_year", "2011-12", "2011/12"),
        ("month", "2011-12", "2011-12"),
        ("month", "1/2022", "2022-01"),
        ("half_year", "II/2022", "2022-H2"),
        ("quarter", "1/2022", "2022-Q1"),
    ],
)
def test_the_recipe_says_what_kind_of_period_a_table_holds(tmp_path, kind, written, period):
    lines = ["id;jahr;kinder", f"01;{written};5"]
    town = import_delivery(tmp_path, lines, table=with_period(f'kind = "{kind}"'))
    assert numbers(town, "kinder") == {("01", period): 5.0}


def test_a_period_of_another_kind_is_refused(tmp_path):
    lines = ["id;jahr;kinder", "01;2022;5"]
    found = refused_findings(tmp_path, lines, table=with_period('kind = "month"'))
    finding = the(found, "period_other_kind")
    assert finding.params == {"cell": "2022", "kind": "month", "found": "2022"}


def test_a_period_that_lacks_its_century_is_answered_by_name(tmp_path):
    lines = ["id;jahr;kinder", "01;22/23;5"]
    town = import_delivery(tmp_path, lines, table=with_period('map = { "22/23" = "2022/23" }'))
    assert numbers(town, "kinder") == {("01", "2022/23"): 5.0}


def test_reference_dates_stand_for_the_year_the_recipe_says(tmp_path):
    lines = ["id;jahr;kinder", "01;31.12.2021;4", "01;Stand 31.12.2022;5", "02;2022-12-31;6"]
    town = import_delivery(tmp_path, lines, table=with_period('dates = "year"'))
    assert numbers(town, "kinder") == {("01", "2021"): 4, ("01", "2022"): 5, ("02", "2022"): 6}
    finding = the(town.findings, "period_dates")
    assert finding.severity is Severity.INFO
    assert finding.params == {"n": 2, "days": "31.12."}


def test_dates_on_other_days_are_told_and_finer_periods_keep_them_apart(tmp_path):
    lines = ["id;jahr;kinder", "01;30.06.2022;4", "01;31.12.2022;5"]
    refused = refused_findings(tmp_path, lines, table=with_period('dates = "year"'))
    assert the(refused, "period_of_dates").params == {
        "period": "2022", "dates": "30.06.2022, 31.12.2022",
    }  # fmt: skip
    town = import_delivery(tmp_path, lines, table=with_period('dates = "half_year"'))
    assert numbers(town, "kinder") == {("01", "2022-H1"): 4.0, ("01", "2022-H2"): 5.0}
    assert the(town.findings, "period_dates_differ").severity is Severity.WARNING


@pytest.mark.parametrize(
    ("written", "code"),
    [("31.12.2022", "period_date"), ("2011-12-01", "period_date_or_school_year")],
)
def test_a_date_nobody_declared_is_refused(tmp_path, written, code):
    finding = the(refused_findings(tmp_path, ["id;jahr;kinder", f"01;{written};5"]), code)
    assert (finding.place.row, finding.params["cell"]) == (2, written)


def test_a_mark_in_the_year_column_flags_the_figures(tmp_path):
    marked = {
        "2016 (vorläufig)": "p", "2017p": "p", "2018 p": "p", "2019 (v)": "p", "2020 vorl.": "p",
        "2021 (revised)": "r", "2022 (geschätzt)": "s", "2023": "",
    }  # fmt: skip
    lines = ["id;jahr;kinder", "02;2017p;", *(f"01;{text};5" for text in marked)]
    town = import_delivery(tmp_path, lines)
    expected = {("01", text[:4]): flag for text, flag in marked.items()}
    assert flags_of(town) == {**expected, ("02", "2017"): ""}
    provisional = the(town.findings, "periods_marked_p").params["texts"]
    assert provisional == "2017p, 2016 (vorläufig), 2018 p, 2019 (v), 2020 vorl."
    assert the(town.findings, "periods_marked_r").params == {"texts": "2021 (revised)"}
    assert the(town.findings, "periods_marked_s").params == {"texts": "2022 (geschätzt)"}


def test_an_unknown_sign_behind_a_year_is_refused_until_the_recipe_explains_it(tmp_path):
    lines = ["id;jahr;kinder", "01;2023*;5"]
    assert the(refused_findings(tmp_path, lines), "period_unreadable").params == {"cell": "2023*"}
    town = import_delivery(tmp_path, lines, table=with_period('marks = { "*" = "p" }'))
    assert flags_of(town) == {("01", "2023"): "p"}


@pytest.mark.parametrize(
    "columns", [r"Anzahl (?P<period>\d{4}).*", "Anzahl (?P<period>.+)", r"\w+ (?P<period>\d+p?).*"]
)
def test_a_mark_in_a_header_flags_its_column_whatever_the_pattern_takes(tmp_path, columns):
    lines = ["id;Anzahl 2022;Anzahl 2023 (vorläufig)", "01;4;5", "02;6;7"]
    town = import_delivery(tmp_path, lines, table=WIDE.format(columns=columns, period=""))
    assert numbers(town, "kinder")["02", "2023"] == 7.0
    assert {p for (_, p), flag in flags_of(town).items() if flag == "p"} == {"2023"}


def test_the_year_column_may_need_a_pattern_and_still_keeps_its_mark(tmp_path):
    lines = ["id;jahr;kinder", "01;Werte 2023 (p);5"]
    town = import_delivery(tmp_path, lines, table=with_period("pattern = '(\\d{4})'"))
    assert flags_of(town) == {("01", "2023"): "p"}


def test_school_years_and_pooled_years_stand_in_headers_as_well(tmp_path):
    lines = ["id;2021/22;Schuljahr 2022/2023 (p);2019–2021", "01;4;5;6"]
    recipe = WIDE.format(columns="(?P<period>.*[0-9].*)", period="")
    town = import_delivery(tmp_path, lines, table=recipe)
    assert flags_of(town) == {
        ("01", "2021/22"): "", ("01", "2022/23"): "p", ("01", "2019-2021"): "",
    }  # fmt: skip


def test_an_unclear_header_names_its_column(tmp_path):
    lines = ["id;22/23", "01;4"]
    recipe = WIDE.format(columns="(?P<period>[0-9/]+)", period="")
    finding = the(refused_findings(tmp_path, lines, table=recipe), "period_unclear")
    assert finding.place.column == "22/23"


def test_a_year_given_finally_and_provisionally_is_a_conflict(tmp_path):
    lines = ["id;jahr;kinder", "01;2023;4", "01;2023p;5"]
    finding = the(refused_findings(tmp_path, lines), "key_conflict")
    assert (finding.params["first_row"], finding.params["second_row"]) == (2, 3)


def test_a_mark_in_a_cell_flags_the_figure(tmp_path):
    lines = ["id;jahr;kinder", "01;2023;1.234 p", "02;2023;1.234v", "03;2023;1.234 r"]
    town = import_delivery(tmp_path, lines, head=FLAGGED)
    assert set(numbers(town, "kinder").values()) == {1234.0}
    assert [flag for _, flag in sorted(flags_of(town).items())] == ["p", "p", "r"]


def test_marks_of_period_and_cell_stand_together(tmp_path):
    lines = ["id;jahr;kinder", "01;2023p;5 r", "02;2023p;* r"]
    town = import_delivery(tmp_path, lines, head=FLAGGED)
    assert flags_of(town) == {("01", "2023"): "p r", ("02", "2023"): "r"}
    assert town.values["state"].tolist() == ["ok", "suppressed"]


def test_a_mark_the_dialect_does_not_know_is_refused_by_name(tmp_path):
    finding = the(
        refused_findings(tmp_path, ["id;jahr;kinder", "01;2023;1.234 v"]), "number_mark_undeclared"
    )
    assert finding.params == {"cell": "1.234 v", "mark": "v"}


def test_a_file_name_gives_its_table_a_period_of_the_declared_kind(tmp_path):
    recipe = TABLE.replace("werte.csv", "werte-{period}.csv").replace(
        'column = "jahr"', 'files = ["2022-23"]\nkind = "split_year"'
    )
    (tmp_path / "werte-2022-23.csv").write_text("id;kinder\n01;5\n", encoding="utf-8")
    assert numbers(import_delivery(tmp_path, [], table=recipe), "kinder") == {("01", "2022/23"): 5}


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ('time_reference = "financial_year"', "recipe_financial_year_begin"),
        ('time_reference = "financial_year"\nyear_begins = "07-31"', "recipe_day_of_year"),
    ],
)
def test_a_financial_year_says_when_it_begins(tmp_path, rest, code):
    head = HEAD.replace('id = "kinder"\n', f'id = "kinder"\n{rest}\n')
    found = refused_findings(tmp_path, ["id;jahr;kinder", "01;2022/23;5"], head=head)
    assert the(found, code).severity is Severity.ERROR


def test_a_series_ends_with_its_last_period_in_time(tmp_path):
    """As texts the half-years would stand behind the year that follows them."""
    both = TABLE + '[[table.measure]]\nindicator = "arme"\ncolumn = "arme"\n'
    lines = [
        "id;jahr;kinder;arme",
        *("01;2021/22;1;", "01;2022-H2;2;3", "01;2022-H1;4;5", "01;2023;6;"),
    ]
    town = import_delivery(tmp_path, lines, table=both)
    assert the(town.findings, "series_span").params["spans"] == "arme 2022-H1–2022-H2"


def test_a_break_in_a_series_names_a_period_that_can_be_met(tmp_path):
    rest = '[[indicator.series_break]]\nperiod = "2022/2023"\nkind = "law"\ntext = "Gesetz"\n'
    head = HEAD.replace('name = "Arme Kinder"\n', f'name = "Arme Kinder"\n{rest}')
    finding = the(refused_findings(tmp_path, [], head=head), "recipe_period_key")
    assert finding.params["given"] == "2022/2023"
