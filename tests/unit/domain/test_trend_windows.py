from dataclasses import replace

import pytest

from domain.model import SeriesBreak, Text
from domain.trend_windows import window_reason
from tests.unit.figures.sample import INDICATOR

YEARS = ("2019", "2020", "2021", "2022", "2023", "2024")


def broken(period, *, comparable):
    return replace(
        INDICATOR,
        series_breaks=(SeriesBreak(period, "definition", Text("neu"), comparable=comparable),),
    )


def test_five_years_in_a_row_carry_a_trend_and_four_do_not():
    assert [window_reason(INDICATOR, YEARS, k) for k in range(6)] == ["short"] * 4 + [""] * 2


def test_school_years_are_independent_years():
    years = [f"20{y}/{y + 1}" for y in range(18, 23)]
    assert window_reason(INDICATOR, years, 4) == ""


@pytest.mark.parametrize(
    "periods",
    [
        ["2012-2014", "2015-2017", "2018-2020", "2021-2023", "2024-2026"],
        ["2019", "2020", "2021", "2022", "2021-2023"],
        ["2022-H1", "2022-H2", "2023-H1", "2023-H2", "2024-H1"],
        ["2020", "2021", "2022", "2022/23", "2023/24"],
    ],
)
def test_pooled_or_mixed_periods_carry_none(periods):
    assert window_reason(INDICATOR, periods, 4) == "pooled"


def test_years_that_overlap_carry_none():
    assert window_reason(replace(INDICATOR, period_years=3.0), YEARS, 5) == "pooled"


def test_a_missing_year_is_a_gap():
    assert window_reason(INDICATOR, ["2018", "2019", "2020", "2021", "2023"], 4) == "gap"


@pytest.mark.parametrize(("period", "reason"), [("2022", "break"), ("2020", ""), ("2019", "")])
def test_a_break_inside_the_window_ends_it_and_one_at_its_start_does_not(period, reason):
    assert window_reason(broken(period, comparable=False), YEARS, 5) == reason


@pytest.mark.parametrize(
    ("period", "reason"),
    [
        ("2020", "break"),
        ("2020/21", "break"),
        ("2020-07", "break"),
        ("2022/23", "break"),
        ("2018/19", ""),
        ("2018", ""),
        ("2023", ""),
    ],
)
def test_a_break_may_be_named_by_another_kind_of_period(period, reason):
    years = [f"20{y}/{y + 1}" for y in range(18, 23)]
    assert window_reason(broken(period, comparable=False), years, 4) == reason


def test_a_break_that_was_judged_comparable_ends_nothing():
    assert window_reason(broken("2022", comparable=True), YEARS, 5) == ""


def test_without_an_interval_there_is_no_trend():
    assert window_reason(replace(INDICATOR, interval="none"), YEARS, 5) == "no_interval"
