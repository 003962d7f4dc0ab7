"""The early-warning list: tests by hand, what counts once, what stands where."""

from __future__ import annotations

import math

import numpy as np
import pytest

from domain.alike_changes import bundles
from domain.change_tests import Change, change_test, last_pair
from domain.early_warning import (
    Counts,
    Warned,
    burdens,
    changes_tested,
    counted,
    early_warning,
    likewise,
    standings,
)
from domain.model import Kind, Polarity, SeriesBreak, Text

NAN = math.nan


def change(before, after, kind=Kind.SHARE, polarity=Polarity.HIGH_BURDEN, **more):
    """Return a change from (numerators, denominators) of both years."""
    sides = [tuple(np.array(x, dtype=float) for x in side) for side in (before, after)]
    return Change(kind, polarity, sides[0], sides[1], **more)


def test_a_share_is_tested_exactly_as_fisher_did():
    z, p = change_test(change(([0], [30]), ([6], [30])))
    # all six cases in the second half: C(30,6)/C(60,6) = 593775/50063860, twice
    assert p[0] == pytest.approx(2 * 593_775 / 50_063_860)
    assert z[0] > 0
    z, p = change_test(change(([10], [100]), ([25], [100])))
    tail = sum(math.comb(100, k) * math.comb(100, 35 - k) for k in range(25, 36))
    assert p[0] == pytest.approx(2 * tail / math.comb(200, 35))


def test_a_rate_is_tested_by_how_its_cases_fall_on_both_years():
    z, p = change_test(change(([15], [1000]), ([5], [1000]), Kind.RATE))
    # at most 5 of 20 throws of a coin: 21700 of 2^20 ways, twice
    assert p[0] == pytest.approx(2 * 21_700 / 2**20)
    assert z[0] == pytest.approx(-5 / math.sqrt(5))


def test_rounded_cases_are_moved_towards_each_other_first():
    exact = change_test(change(([5], [1000]), ([15], [1000]), Kind.RATE))[1]
    rounded = change_test(change(([5], [1000]), ([15], [1000]), Kind.RATE, rounding=5))[1]
    ways = sum(math.comb(20, k) for k in range(12, 21))
    assert rounded[0] == pytest.approx(2 * ways / 2**20)
    assert rounded[0] > exact[0]
    same = change_test(change(([10], [1000]), ([10], [1000]), Kind.RATE, rounding=5))[1]
    assert same[0] == 1


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ((5, 29), (20, 300), Kind.SHARE),
        ((5, 300), (20, 29), Kind.SHARE),
        ((NAN, 300), (20, 300), Kind.SHARE),
        ((5, 300), (20, NAN), Kind.SHARE),
        ((31, 30), (20, 300), Kind.SHARE),
        ((4, 1000), (5, 1000), Kind.RATE),
        ((50, 0), (50, 1000), Kind.RATE),
    ],
)
def test_what_is_unknown_or_too_small_is_not_tested(before, after, kind):
    found = change([[x] for x in before], [[x] for x in after], kind)
    z, p = change_test(found)
    assert np.isnan(z[0])
    assert np.isnan(p[0])


def test_nobody_and_everybody_is_no_change():
    z, p = change_test(change(([0, 50], [50, 50]), ([0, 60], [60, 60])))
    assert z.tolist() == [0, 0]
    assert p.tolist() == [1, 1]


BREAK = SeriesBreak("2023", "law", Text("Gesetz"))


@pytest.mark.parametrize(
    ("periods", "breaks", "years", "pair"),
    [
        (("2020", "2021", "2022", "2023"), (), 1, ("2022", "2023")),
        (("2020", "2021", "2022", "2023"), (), 3, ("2020", "2023")),
        (("2020", "2021", "2022", "2023"), (), 5, ("2020", "2023")),
        (("2020", "2021", "2022", "2023"), (BREAK,), 1, ("2021", "2022")),
        (("2021", "2023", "2024", "2025"), (BREAK,), 3, ("2023", "2025")),
        (("2019", "2023"), (), 1, ("2019", "2023")),
        (("2018-2020", "2019-2021", "2021-2023"), (), 1, ("2018-2020", "2021-2023")),
        (("2023-Q4", "2024-Q3", "2024-Q4"), (), 1, ("2023-Q4", "2024-Q4")),
        (("2022/23", "2023/24"), (), 1, ("2022/23", "2023/24")),
        (("2022", "2023"), (BREAK,), 1, None),
        (("2023",), (), 1, None),
        ((), (), 1, None),
    ],
)
def test_the_last_comparable_pair_is_taken(periods, breaks, years, pair):
    assert last_pair(periods, breaks, years) == pair


def test_all_p_values_are_adjusted_together():
    first = change(([0, 9, 10], [30, 100, 100]), ([6, 9, 11], [30, 100, 100]))
    second = change(([15, NAN, 20], [1000] * 3), ([5, 5, 20], [1000] * 3), Kind.RATE)
    found = early_warning(changes_tested([first, second], 3), 0.11)
    assert found.tests == 5
    raw = [2 * 593_775 / 50_063_860, 2 * 21_700 / 2**20]
    assert found.adjusted[0, 0] == pytest.approx(min(raw[0] * 5, raw[1] * 5 / 2))
    assert found.adjusted[1, 0] == pytest.approx(raw[1] * 5 / 2)
    assert found.directions.tolist() == [[1, 0, 0], [-1, 0, 0]]
    assert found.is_tested.tolist() == [True, True, True]
    assert early_warning(changes_tested([first, second], 3), 0.1).directions.any() == (
        raw[1] * 5 / 2 <= 0.1
    )


def test_nothing_to_test_is_no_error():
    found = early_warning(changes_tested([], 4), 0.05)
    assert found.tests == 0
    assert found.is_tested.tolist() == [False] * 4
    assert standings(counted([], found), found.is_tested, 2) == ("untested",) * 4


def many(cases, base=1000, **more):
    """Return a change of many areas from their cases of both years."""
    bases = [base] * len(cases[0])
    return change((cases[0], bases), (cases[1], bases), **more)


STEADY = [100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200, 210]
UP = [101, 113, 118, 131, 149, 143, 166, 172, 171, 199, 203, 220]
ELSE = [300, 280, 310, 290, 305, 275, 320, 330, 260, 310, 300, 295]
ELSE_UP = [290, 301, 300, 282, 330, 270, 310, 345, 281, 300, 290, 311]


def numbers(changes):
    return bundles(changes, np.array([change_test(c)[0] for c in changes]))


def test_indicators_of_a_group_count_once():
    one, other = many((STEADY, UP), group="sgb2"), many((ELSE, ELSE_UP), group="sgb2")
    assert numbers([one, other]) == (0, 0)
    assert numbers([one, many((ELSE, ELSE_UP))]) == (0, 1)


def test_the_same_cases_and_the_rest_of_a_base_count_once():
    one = many((STEADY, UP))
    same = many((STEADY, UP), base=3000)
    rest = many(([1000 - x for x in STEADY], [1000 - x for x in UP]))
    assert numbers([one, many((ELSE, ELSE_UP)), same, rest]) == (0, 1, 0, 0)


def test_a_part_of_a_sum_counts_with_the_sum():
    one, other = many((STEADY, UP)), many((ELSE, ELSE_UP))
    both = many((np.add(STEADY, ELSE), np.add(UP, ELSE_UP)))
    assert numbers([one, other, both]) == (0, 0, 0)
    assert numbers([one, other, many((np.add(STEADY, ELSE), ELSE_UP), base=2000)]) == (0, 1, 2)


def test_changes_that_go_together_count_once_over_enough_areas():
    one = many((STEADY, UP))
    twin = many(([2 * x for x in STEADY], [2 * x + 1 for x in UP]), base=2000)
    assert numbers([one, twin]) == (0, 0)
    few = [many([x[:9] for x in c]) for c in ((STEADY, UP), (STEADY[::-1], UP[::-1]))]
    assert numbers(few) == (0, 1)


def test_a_few_equal_numbers_are_no_proof():
    assert numbers([many(([9, 9], [9, 9])), many(([9, 9], [9, 9]), base=500)]) == (0, 1)


def warned(directions, adjusted, bundle):
    ways = np.array(directions)
    return Warned(np.array(adjusted, dtype=float), np.array(adjusted, dtype=float), ways, bundle)


def test_the_surest_movement_speaks_for_its_bundle():
    changes = [
        many((STEADY[:2], UP[:2])),
        many((STEADY[:2], UP[:2]), polarity=Polarity.LOW_BURDEN),
        many((STEADY[:2], UP[:2]), polarity=Polarity.NONE),
    ]
    found = warned([[1, 1], [1, 1], [1, 0]], [[0.04, 0.01], [0.01, 0.04], [0.01, NAN]], (0, 0, 2))
    counts = counted(changes, found)
    assert counts.worse.tolist() == [0, 1]
    assert counts.better.tolist() == [1, 0]
    assert counts.other.tolist() == [1, 0]
    assert burdens(changes, found.directions).tolist() == [[1, 1], [-1, -1], [0, 0]]


def test_areas_stand_where_their_indicators_moved_to():
    counts = Counts(
        np.array([2, 0, 2, 1, 1, 0, 0]), np.array([1, 2, 2, 1, 0, 0, 0]),
        np.array([0, 0, 0, 0, 0, 0, 0]),
    )  # fmt: skip
    tested = np.array([True] * 6 + [False])
    assert standings(counts, tested, 2) == (
        "worse", "better", "mixed", "mixed", "few", "none", "untested",
    )  # fmt: skip
    assert standings(counts, tested, 1)[3:5] == ("mixed", "worse")
    assert standings(counts, tested, 4) == (
        "few", "few", "mixed", "few", "few", "none", "untested",
    )  # fmt: skip


def test_neighbours_move_likewise_on_a_same_indicator_only():
    ways = np.array([[1, 1, 0, -1], [-1, 0, 0, 1]])
    around = [[1, 2, 3], [0], [0], [0]]
    assert likewise(ways, around, 0) == (1,)
    assert likewise(ways, around, 3) == ()
