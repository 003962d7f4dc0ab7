"""A plan of a report: read from any address, changed step by step, estimated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.comparison_query import ComparisonChoices
from domain.report_outline import cuts, outline
from domain.report_plan import (
    CHAPTERS,
    MOST_INDICATORS,
    MOST_NAMED,
    MOST_PERIODS,
    MOST_PROFILES,
    OPENING,
    ReportPlan,
    moved,
    parse_plan,
    read_plan,
    toggled,
    write_plan,
)
from domain.selection import Choices

YEARS = ("2020", "2021", "2022", "2023")
MANY = tuple(f"i{n}" for n in range(MOST_INDICATORS + 3))
INDICATORS = ("armut", "kita", *MANY)


@pytest.fixture
def offered():
    periods = {i: {"stadtteile": YEARS} for i in INDICATORS}
    periods["kita"] = {"stadtteile": YEARS[:2], "bezirke": YEARS}
    areas = {
        "stadtteile": frozenset(f"{n:03d}" for n in range(200)),
        "bezirke": frozenset({"A", "B"}),
    }
    choices = Choices(INDICATORS, periods, areas, ("bezirke", "stadtteile"), default="armut")
    return ComparisonChoices(choices, {"lage": ("armut", "kita"), "viel": MANY})


def plan_of(query, offered):
    return read_plan(parse_plan(query), offered)


def test_an_empty_address_gives_a_plan_without_a_hint(offered):
    plan, hints = plan_of("", offered)
    assert hints == ()
    assert plan.chapters == OPENING
    assert plan.indicators == ("armut", "kita")
    assert (plan.areas, plan.all_areas, plan.format) == ((), False, "pdf")


@pytest.mark.parametrize(
    "query",
    [
        "level=stadtteile&areas=001,002&indicators=armut&periods=2023,2021&lang=en",
        "level=bezirke&areas=all&indicators=kita&chapters=methods,cover&format=pptx",
        "level=stadtteile&theme=lage&chapters=profiles",
        "level=stadtteile&theme=lage&chapters=maps,rule&left=armut@2020&map=city&rule=armut%3E2",
    ],
)
def test_a_plan_is_written_as_it_was_read(offered, query):
    plan, hints = plan_of(query, offered)
    assert hints == ()
    assert plan_of(write_plan(plan), offered) == (plan, ())


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("level=x", "hint.builder_level"),
        ("theme=x", "hint.builder_theme"),
        ("format=exe", "hint.builder_format"),
        ("lang=fr", "hint.lang"),
        ("level=stadtteile&areas=001,zzz", "hint.builder_areas"),
        ("level=stadtteile&indicators=armut,zzz", "hint.builder_indicators"),
        ("level=stadtteile&periods=1900", "hint.builder_periods"),
        ("chapters=cover,zzz", "hint.builder_chapters"),
        ("level=stadtteile&theme=viel", "hint.builder_many_indicators"),
        (f"level=stadtteile&periods={','.join(YEARS)}", "hint.builder_many_periods"),
        (
            "level=stadtteile&areas=" + ",".join(f"{n:03d}" for n in range(MOST_NAMED + 1)),
            "hint.builder_many_areas",
        ),
        ("level=stadtteile&level=bezirke", "hint.unreadable"),
        ("x" * 20_000, "hint.unreadable"),
    ],
)
def test_whatever_is_unknown_falls_back_and_says_so(offered, query, key):
    plan, hints = plan_of(query, offered)
    assert plan.level in ("stadtteile", "bezirke")
    assert plan.indicators
    assert len(plan.indicators) <= MOST_INDICATORS
    assert len(plan.periods) <= MOST_PERIODS
    assert key in {name for name, _ in hints}


def test_years_stand_newest_first(offered):
    plan, _ = plan_of("level=stadtteile&periods=2021,2023", offered)
    assert plan.periods == ("2023", "2021")
    assert plan.period == "2023"


def test_a_release_without_figures_gives_an_empty_level():
    empty = ComparisonChoices(Choices((), {}, {}, ()), {})
    assert read_plan((("release", "r"),), empty) == (ReportPlan("", release="r"), ())


def test_chapters_move_within_their_list():
    plan = ReportPlan("x", chapters=("cover", "overview", "methods"))
    assert moved(plan, "methods", -1).chapters == ("cover", "methods", "overview")
    assert moved(plan, "cover", -1) == plan
    assert moved(plan, "methods", 1) == plan


def test_a_chapter_left_out_comes_back_to_its_place_and_the_last_one_stays():
    plan = ReportPlan("x", chapters=CHAPTERS)
    assert toggled(toggled(plan, "comparison"), "comparison") == plan
    one = replace(plan, chapters=("methods",))
    assert toggled(one, "methods") == one


def test_the_outline_counts_views_profiles_and_texts():
    plan = ReportPlan(
        "x",
        indicators=("a", "b"),
        periods=("2023", "2022"),
        chapters=CHAPTERS,
        sections=(("rule", "a > 1"),),
    )
    parts = {p.chapter: p for p in outline(plan, 3, {"methods": 5000})}
    assert parts["overview"].n == 4
    assert parts["comparison"].n == 3
    # a profile takes three pages on paper
    assert (parts["profiles"].n, parts["profiles"].pages) == (3, 9)
    assert parts["methods"].pages == 3
    assert not any(p.missing for p in parts.values())


def test_the_outline_says_what_lacks_areas():
    plan = ReportPlan("x", indicators=("a",), chapters=CHAPTERS)
    parts = {p.chapter: p for p in outline(plan, 0, {})}
    assert (parts["comparison"].missing, parts["profiles"].missing) == ("few_areas", "no_areas")
    assert parts["twins"].missing == "no_areas"
    assert parts["comparison"].pages == parts["profiles"].pages == parts["twins"].pages == 0
    assert {p.chapter: p.n for p in outline(plan, 999, {})}["profiles"] == MOST_PROFILES


def test_the_outline_says_that_a_rule_is_missing_or_cannot_be_read():
    plan = ReportPlan("x", indicators=("a",), chapters=("rule",))
    (empty,) = outline(plan, 0, {})
    assert (empty.missing, empty.pages) == ("no_rule", 0)
    ruled = replace(plan, sections=(("rule", "a >"),))
    assert outline(ruled, 0, {}, is_rule=False)[0].missing == "bad_rule"
    assert outline(ruled, 0, {}, is_rule=True)[0].pages > 0


def test_maps_and_rule_stay_in_the_plan_as_the_address_has_them(offered):
    plan, hints = plan_of("level=stadtteile&right=armut@2023&rule=armut+%3E+20", offered)
    assert hints == ()
    assert plan.sections == (("right", "armut@2023"), ("rule", "armut > 20"))
    assert plan.rule == "armut > 20"


def test_what_is_left_out_is_said():
    plan = ReportPlan("x", indicators=("a",), chapters=CHAPTERS)
    assert cuts(plan, 8) == ()
    assert [key for key, _ in cuts(plan, 9)] == [
        "hint.builder_cut_comparison",
        "hint.builder_cut_twins",
    ]
    assert len(cuts(plan, 999)) == 3
    assert cuts(replace(plan, chapters=("overview",)), 999) == ()
