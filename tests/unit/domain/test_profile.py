"""What a profile says: strengths and burdens by one rule, chance told, addresses made valid."""

from __future__ import annotations

import math

import pytest

from domain.ages import age_groups, age_span
from domain.model import Kind, Polarity, State, Text
from domain.profile import (
    ALIKE,
    BURDEN,
    DIFFERENT,
    NOT_TESTED,
    STRENGTH,
    AgeBar,
    AgeTable,
    Position,
)
from domain.profile_findings import distinct, headline, standing, standing_out, statements
from domain.profile_query import (
    ProfileQuery,
    parse_profile,
    profile_address,
    serialise_profile,
    validate_profile,
)
from domain.view import CityValue
from tests.unit.figures.profile_sample import INDICATOR, NAMES, TRUST, figure


@pytest.mark.parametrize(
    ("direction", "polarity", "expected"),
    [
        (1.0, Polarity.HIGH_BURDEN, BURDEN),
        (-1.0, Polarity.HIGH_BURDEN, STRENGTH),
        (1.0, Polarity.LOW_BURDEN, STRENGTH),
        (-1.0, Polarity.LOW_BURDEN, BURDEN),
        (1.0, Polarity.NONE, DIFFERENT),
        (0.0, Polarity.HIGH_BURDEN, ALIKE),
        (math.nan, Polarity.HIGH_BURDEN, NOT_TESTED),
    ],
)
def test_a_direction_is_a_burden_or_a_strength_by_the_polarity(direction, polarity, expected):
    assert standing(direction, polarity) == expected


@pytest.mark.parametrize(
    ("standings", "key"),
    [
        ((BURDEN, STRENGTH, ALIKE), "both"),
        ((BURDEN, ALIKE), "only_burdens"),
        ((STRENGTH, ALIKE), "only_strengths"),
        ((BURDEN, STRENGTH), "all_both"),
        ((BURDEN, BURDEN), "all_burdens"),
        ((STRENGTH,), "all_strengths"),
        ((ALIKE, ALIKE), "alike"),
        ((NOT_TESTED,), "untested"),
        ((), "empty"),
    ],
)
def test_the_headline_counts_both_sides(standings, key):
    figures = [figure(str(i), standing=s) for i, s in enumerate(standings)]
    found = headline(figures, NAMES, is_town=False)
    assert found.key == key
    if key == "both":
        assert (found.params["burdens"], found.params["strengths"], found.params["tested"]) == (
            1, 1, 3,
        )  # fmt: skip


def test_where_nothing_can_be_tested_the_headline_counts_thirds():
    figures = [
        figure("a", third="high"), figure("b", third="low"), figure("c", third="middle"),
        figure("d", third="high", polarity=Polarity.LOW_BURDEN),
        figure("e", third="high", polarity=Polarity.NONE),
    ]  # fmt: skip
    found = headline(figures, NAMES, is_town=False)
    assert found.key == "thirds"
    assert (found.params["more"], found.params["less"], found.params["judged"]) == (1, 2, 4)


def test_the_town_itself_is_compared_with_nothing():
    assert headline([figure(standing=BURDEN)], NAMES, is_town=True).key == "town"


def test_figures_without_polarity_are_not_counted_as_tested():
    figures = [figure("a", standing=ALIKE), figure("b", standing=ALIKE, polarity=Polarity.NONE)]
    assert headline(figures, NAMES, is_town=False).params["tested"] == 1


def test_what_stands_out_most_comes_first_on_both_sides():
    near, far = figure("nah", 20.0, 18.0), figure("fern", 40.0, 18.0)
    both = [figure(f.indicator.id, f.found.value, 18.0, standing=BURDEN) for f in (near, far)]
    assert [f.indicator.id for f in standing_out(both, BURDEN)] == ["fern", "nah"]
    assert standing_out(both, STRENGTH) == ()


def test_cases_that_are_nested_are_named_once():
    figures = [figure("a", group="sgb2"), figure("b", group="sgb2"), figure("c")]
    assert [f.indicator.id for f in distinct(figures)] == ["a", "c"]


def test_statements_give_both_sides_the_same_room_and_say_what_may_be_chance():
    figures = [
        *(figure(f"b{i}", standing=BURDEN) for i in range(5)),
        *(figure(f"s{i}", 5.0, standing=STRENGTH) for i in range(5)),
        figure("gleich", standing=ALIKE),
        figure("anders", standing=DIFFERENT, polarity=Polarity.NONE),
        figure("ungeprueft", third="high"),
        figure("ohne-not", third="low"),
        figure("zahl", third="high", kind=Kind.COUNT),
        figure("schlechter", trend="worse"),
        figure("besser", trend="better"),
        figure("frueher", trend="worse", is_old=True),
    ]
    found = {s.key: s for s in statements(figures, None, TRUST, NAMES)}
    assert list(found) == [
        "burdens", "strengths", "different", "third_burden", "third_strength", "chance_one",
        "trend_worse", "trend_better",
    ]  # fmt: skip
    assert len(found["burdens"].figures) == len(found["strengths"].figures) == 3
    assert [f.indicator.id for f in found["third_burden"].figures] == ["ungeprueft"]
    # "in the last five years" is not said of years long gone
    assert [f.indicator.id for f in found["trend_worse"].figures] == ["schlechter"]


def test_hidden_figures_and_people_are_told():
    table = AgeTable(
        INDICATOR, "2024", (), (_bar(0, 5, 10.0), _bar(6, 17, 20.0), _bar(18, 20, None))
    )
    trust = type(TRUST)(5, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0)
    found = {s.key: s.params for s in statements([], table, trust, NAMES)}
    assert found["people"]["count"] == 30
    assert (found["hidden"]["count"], found["hidden"]["total"]) == (2, 5)


def _bar(low, high, value):
    state = State.OK if value is not None else State.SUPPRESSED
    return AgeBar(low, high, Text(f"{low}"), (CityValue(value, state),), ())


def test_children_below_an_age_are_known_only_where_every_group_is():
    known = (_bar(0, 5, 10.0), _bar(6, 17, 20.0))
    assert AgeTable(INDICATOR, "2024", (), known).total_below(18) == 30
    assert AgeTable(INDICATOR, "2024", (), known).total_below(10) is None
    hidden = (_bar(0, 5, None), _bar(6, 17, 20.0))
    assert AgeTable(INDICATOR, "2024", (), hidden).total_below(18) is None


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("unter 1 Jahr", (0, 0)),
        ("1 Jahr", (1, 1)),
        ("20 Jahre", (20, 20)),
        ("3 bis 5 Jahre", (3, 5)),
        ("6 bis unter 15 Jahre", (6, 14)),
        ("unter 6 Jahre", (0, 5)),
        ("65 Jahre und älter", (65, 120)),
        ("ab 80 Jahren", (80, 120)),
        ("evangelisch", None),
        ("5 bis 3 Jahre", None),
    ],
)
def test_age_groups_are_read_from_their_names(name, span):
    assert age_span(name) == span


def test_children_are_parted_by_age_only_where_the_groups_leave_no_gap():
    names = ["unter 6 Jahre", "6 bis unter 15 Jahre", "15 bis unter 18 Jahre", "18 Jahre und älter"]
    whole = [(f"c{i}", Text(n)) for i, n in enumerate(names)]
    assert [g.low for g in age_groups(whole)] == [0, 6, 15, 18]
    assert age_groups([whole[0], *whole[2:]]) == ()
    assert age_groups(whole[1:]) == ()


def test_ages_of_both_sexes_make_a_pyramid():
    ages = ["unter 6 Jahre", "6 bis unter 15 Jahre", "15 bis unter 18 Jahre"]
    pairs = [(f"{s}{i}", Text(f"{s}, {a}")) for s in ("männlich", "weiblich")
             for i, a in enumerate(ages)]  # fmt: skip
    groups = age_groups(pairs)
    assert {g.sex.de for g in groups} == {"männlich", "weiblich"}
    assert [(g.low, g.high) for g in groups][::2] == [(0, 5), (6, 14), (15, 17)]
    assert age_groups(pairs[1:]) == ()


def test_an_address_of_a_profile_is_read_and_written():
    query, hints = validate_profile(
        parse_profile("?period=2024&compare=parent&length=easy&lang=en"), ("2023", "2024")
    )
    assert (query, hints) == (ProfileQuery("2024", "parent", "easy", "", "en"), ())
    assert validate_profile(parse_profile(serialise_profile(query)), ("2024",))[0] == query
    assert profile_address("stadtteile", "0/4", query).startswith("/profil/stadtteile/0%2F4?")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("period=1999", "hint.period"),
        ("compare=mars", "hint.compare"),
        ("length=roman", "hint.length"),
        ("lang=fr", "hint.lang"),
        ("period=2024&period=2023", "hint.unreadable"),
        ("x" * 7000, "hint.unreadable"),
        ("period=" + "9" * 300, "hint.unreadable"),
    ],
)
def test_what_an_address_should_not_hold_falls_back_with_a_hint(text, hint):
    query, hints = validate_profile(parse_profile(text), ("2024",))
    assert query == ProfileQuery()
    assert [key for key, _ in hints] == [hint]


def test_an_area_too_small_to_be_found_has_a_middle_for_a_ring():
    town = (((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 0.0)),)
    tiny = (((4.0, 4.0), (4.2, 4.0), (4.2, 4.2), (4.0, 4.0)),)
    assert Position(town, (), tiny).middle_if_tiny == pytest.approx((4.1, 4.1))
    assert Position(town, (), town).middle_if_tiny is None
    assert Position(town, (), (), (4.0, 4.0)).middle_if_tiny is None
