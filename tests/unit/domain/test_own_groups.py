from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.intervals import wilson_interval
from domain.model import State
from domain.own_groups import OwnGroup, clean_name, read_groups
from domain.pooled_areas import pooled_cell
from domain.view import CityValue, PeriodView
from domain.wording import Message
from tests.town_fixture import catalogue

SHARE = next(i for i in catalogue().indicators if i.id == "kinderarmut")
COUNT = next(i for i in catalogue().indicators if i.id == "kinder")
INDEX = next(i for i in catalogue().indicators if i.id == "miete")
CITY = CityValue(20.0, State.OK, numerator=400.0, denominator=2000.0)


def period(numerators, denominators, states=None):
    n = len(numerators)
    pairs = list(zip(numerators, denominators, strict=True))
    values = tuple(None if a is None or b is None else 100 * a / b for a, b in pairs)
    return PeriodView(
        values=values,
        states=tuple(states or [State.OK] * n),
        flags=("",) * n,
        numerators=tuple(numerators),
        denominators=tuple(denominators),
        lowers=(None,) * n,
        uppers=(None,) * n,
        classes=(),
        order=(),
        badges=("similar",) * n,
        benchmarks=(20.0,) * n,
        class_counts=(),
        city=CITY,
        message=Message("x"),
    )


def test_a_group_is_read_from_an_address_and_written_back():
    groups, hints = read_groups(["Hafen:a,b,a"], {"a", "b", "c"})
    assert groups == (OwnGroup("Hafen", ("a", "b")),)
    assert groups[0].text == "Hafen:a,b"
    assert hints == ()


@pytest.mark.parametrize(
    ("text", "hint", "is_kept"),
    [
        ("Hafen", "hint.group_unreadable", False),
        (":a,b", "hint.group_unreadable", False),
        ("Hafen:a", "hint.group_few", False),
        ("Hafen:a,b,q", "hint.group_members", True),
    ],
)
def test_what_is_no_group_leaves_a_hint(text, hint, is_kept):
    groups, hints = read_groups([text], {"a", "b"})
    assert [h[0] for h in hints] == [hint]
    assert bool(groups) is is_kept


def test_a_second_group_of_a_name_and_a_fifth_group_are_left_out():
    texts = [*(f"g{n}:a,b" for n in range(5)), "g0:a,b"]
    groups, hints = read_groups(texts, {"a", "b"})
    assert len(groups) == 4
    assert {h[0] for h in hints} == {"hint.group_twice", "hint.group_many"}


@given(st.text(max_size=60))
def test_a_cleaned_name_survives_the_address(name):
    cleaned = clean_name(name)
    if cleaned:
        groups, _ = read_groups([f"{cleaned}:a,b"], {"a", "b"})
        assert groups[0].name == cleaned


@given(
    st.lists(
        st.integers(30, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
        min_size=1,
        max_size=8,
    )
)
def test_a_share_of_a_group_is_that_of_its_persons_with_their_interval(parts):
    cases, persons = zip(*parts, strict=True)
    cell = pooled_cell(SHARE, period(cases, persons), list(range(len(parts))))
    assert cell.value == pytest.approx(100 * sum(cases) / sum(persons))
    assert (cell.numerator, cell.denominator) == (sum(cases), sum(persons))
    lower, upper = wilson_interval([sum(cases)], [sum(persons)])
    assert cell.lower == pytest.approx(100 * lower[0])
    assert cell.upper == pytest.approx(100 * upper[0])


HIDING = (State.SUPPRESSED, State.UNRELIABLE, State.PENDING, State.NOT_COLLECTED, State.BELOW_UNIT)


@pytest.mark.parametrize("state", HIDING)
def test_one_member_without_a_value_hides_the_group(state):
    shown = period([10.0, None, 30.0], [100.0, None, 100.0], [State.OK, state, State.OK])
    cell = pooled_cell(SHARE, shown, [0, 1, 2])
    wanted = state if state in (State.SUPPRESSED, State.UNRELIABLE) else State.NOT_COLLECTED
    assert cell.state is wanted
    numbers = (cell.value, cell.numerator, cell.denominator, cell.lower, cell.upper)
    assert numbers == (None,) * 5
    assert cell.benchmark is None


def test_a_member_the_question_makes_no_sense_for_adds_nothing():
    shown = period([10.0, None], [100.0, None], [State.OK, State.NOT_APPLICABLE])
    assert pooled_cell(SHARE, shown, [0, 1]).value == 10.0


def test_what_cannot_be_summed_says_so():
    shown = period([10.0, 20.0], [100.0, 100.0])
    assert pooled_cell(INDEX, shown, [0, 1]).reason == "no_sum"
    without = replace(shown, numerators=(None, None), denominators=(None, None))
    cell = pooled_cell(SHARE, without, [0, 1])
    assert cell.reason == "no_sum"
    assert cell.value is None


def test_counts_are_summed_and_not_compared():
    shown = replace(period([None] * 2, [None] * 2), values=(120.0, 80.0))
    cell = pooled_cell(COUNT, shown, [0, 1])
    assert (cell.value, cell.badge) == (200.0, "not_compared")


def test_an_area_that_older_boundaries_do_not_know_leaves_the_group_without_a_value():
    cell = pooled_cell(SHARE, period([10.0], [100.0]), [0, None])
    assert (cell.value, cell.reason) == (None, "absent")


def test_few_cases_of_members_may_be_enough_together():
    shown = period([6.0, 7.0], [60.0, 70.0], [State.LIMITED] * 2)
    assert pooled_cell(SHARE, shown, [0, 1]).state is State.OK
    assert pooled_cell(SHARE, shown, [0]).state is State.LIMITED


def test_a_group_is_compared_with_the_town_as_an_area_is():
    far = pooled_cell(SHARE, period([90.0, 90.0], [150.0, 150.0]), [0, 1], breaks=(30.0, 70.0))
    assert (far.badge, far.is_clear, far.position) == ("worse", True, 1)
    near = pooled_cell(SHARE, period([30.0, 30.0], [150.0, 150.0]), [0, 1])
    assert near.badge == "similar"
    assert not near.is_clear
