"""Which design a measure allows: every refusal, and which sentence follows from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.effect_design import (
    Design,
    DesignFacts,
    Parallel,
    choose_design,
    course_word,
    entered_before_data,
    pre_trends,
    statement,
    windows_of,
)

YEARS = [str(y) for y in range(2012, 2026)]
START = dt.date(2019, 8, 1)
ALIKE = Parallel(gap=0.1, p=0.6, drift=0.4)
BEST = DesignFacts(3, 5, 3, 2, has_break=False, is_before_data=True, is_apart=True, parallel=ALIKE,
                   difference=-4.0)  # fmt: skip


def test_with_everything_there_the_changes_may_be_compared():
    assert choose_design(BEST) == Design("did")


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"n_treated": 0}, ("no_treated", "few_treated")),
        ({"n_controls": 0}, ("no_controls", "few_controls")),
        ({"n_pre": 2}, ("few_pre",)),
        ({"n_post": 1}, ("few_post",)),
        ({"has_break": True}, ("break",)),
    ],
)
def test_without_years_areas_or_with_a_break_the_course_is_only_described(change, missing):
    assert choose_design(replace(BEST, **change)) == Design("described", missing)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"n_treated": 2}, "few_treated"),
        ({"n_controls": 4}, "few_controls"),
        ({"parallel": None}, "not_parallel"),
        ({"parallel": Parallel(2.0, 0.2, 0.1)}, "not_parallel"),
        ({"parallel": Parallel(-0.5, 0.6, -2.0)}, "drift"),
        ({"is_before_data": False}, "late_entry"),
        ({"is_apart": False}, "spill_over"),
    ],
)
def test_what_keeps_a_comparison_from_telling_of_an_effect(change, missing):
    assert choose_design(replace(BEST, **change)) == Design("compared", (missing,))


def test_a_drift_the_other_way_explains_nothing():
    assert choose_design(replace(BEST, parallel=Parallel(0.5, 0.6, 2.0))) == Design("did")


@pytest.mark.parametrize(
    ("kind", "p", "least", "said"),
    [
        ("did", 0.05, 0.05, "strong"),
        ("did", 0.051, 0.01, "weak"),
        ("did", 0.04, 0.083, "weak"),
        ("did", 0.10, 0.01, "weak"),
        ("did", 0.11, 0.01, "none"),
        ("compared", 0.001, 0.001, "weak"),
        ("compared", 0.5, 0.1, "none"),
        ("described", 0.001, 0.001, "described"),
        ("did", None, None, "described"),
    ],
)
def test_the_sentence_follows_from_design_and_chance(kind, p, least, said):
    assert statement(kind, p, least) == said


def test_periods_are_parted_at_the_start_and_at_breaks():
    found = windows_of(YEARS, START, None, [])
    assert found.pre == ("2014", "2015", "2016", "2017", "2018")
    assert found.between == ("2019",)
    assert found.post == ("2020", "2021", "2022", "2023", "2024")
    broken = windows_of(YEARS, START, None, ["2017", "2023"])
    assert (broken.pre, broken.post) == (("2017", "2018"), ("2020", "2021", "2022"))
    assert not broken.has_break
    assert windows_of(YEARS, START, None, ["2019"]).has_break
    assert windows_of(YEARS, START, None, ["2020"]).has_break
    assert windows_of(YEARS, START, dt.date(2021, 1, 1), []).post == ("2020", "2021")
    assert windows_of(["2018/19", "2019/20"], START, None, []).post == ("2019/20",)
    assert windows_of(YEARS, dt.date(2030, 1, 1), None, []).post == ()
    assert windows_of(["kein Jahr"], START, None, []).pre == ()


def test_quarters_of_a_year_are_one_year_and_pooled_years_count_once():
    quarters = [f"{y}-Q{q}" for y in range(2018, 2024) for q in (1, 2, 3, 4)][:-2]
    found = windows_of(quarters, dt.date(2021, 8, 1), None, [])
    assert found.pre == ("2018-Q2", "2019-Q2", "2020-Q2", "2021-Q2")
    assert found.post == ("2022-Q2", "2023-Q2")
    pooled = [f"{y}-{y + 2}" for y in range(2009, 2023)]
    found = windows_of(pooled, dt.date(2019, 1, 1), None, [])
    assert found.pre == ("2010-2012", "2013-2015", "2016-2018")
    assert found.post == ("2019-2021", "2022-2024")
    assert windows_of(["2016-2018", "2017-2019"], dt.date(2021, 1, 1), None, []).pre == (
        "2017-2019",
    )


def test_parallel_lines_are_told_from_lines_that_part():
    at = [2015.0, 2016.0, 2017.0, 2018.0]
    rng = np.random.default_rng(7)
    alike = np.arange(4.0) + rng.normal(0, 0.3, (12, 4))
    trend = pre_trends(alike, [0, 1, 2], at, 5.0)
    assert trend is not None
    assert trend.p > 0.2
    parting = alike.copy()
    parting[:3] += 2 * np.arange(4.0)
    trend = pre_trends(parting, [0, 1, 2], at, 5.0)
    assert trend is not None
    assert trend.p < 0.02
    assert trend.gap == pytest.approx(2, abs=0.3)
    assert trend.drift == pytest.approx(5 * trend.gap)
    assert pre_trends(alike[:, :2], [0], at[:2], 5.0) is None
    assert pre_trends(alike[:1], [0], at, 5.0) is None


def test_words_say_which_way_areas_moved():
    assert course_word(-0.1, 0.0) == "rose_less"
    assert course_word(0.1, 0.0) == "fell_less"


def test_only_an_entry_before_the_first_release_with_such_figures_counts():
    day = [dt.datetime(2026, n, 1, tzinfo=dt.UTC) for n in (1, 2, 3)]
    assert entered_before_data(day[1], [])
    assert entered_before_data(day[1], [(day[0], False), (day[2], True)])
    assert not entered_before_data(day[1], [(day[0], True), (day[2], True)])
    assert not entered_before_data(day[1], [(day[1], True)])


@given(
    st.builds(
        DesignFacts,
        n_treated=st.integers(0, 8),
        n_controls=st.integers(0, 12),
        n_pre=st.integers(0, 6),
        n_post=st.integers(0, 6),
        has_break=st.booleans(),
        is_before_data=st.booleans(),
        is_apart=st.booleans(),
        parallel=st.one_of(st.none(), st.just(ALIKE), st.just(Parallel(3.0, 0.01, 9.0))),
        difference=st.one_of(st.none(), st.floats(-9, 9)),
    ),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_a_strong_sentence_never_stands_on_less_than_the_rules_ask(facts, p, least):
    design = choose_design(facts)
    assert (design.kind == "did") == (design.missing == ())
    if statement(design.kind, p, least) == "strong":
        assert facts.n_treated >= 3
        assert facts.n_controls >= 5
        assert facts.n_pre >= 3
        assert facts.n_post >= 2
        assert facts.is_before_data
        assert facts.is_apart
        assert not facts.has_break
        assert max(p, least) <= 0.05
