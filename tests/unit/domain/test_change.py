"""An area against itself in an earlier period: a difference is tested, never read off overlap."""

from __future__ import annotations

import numpy as np
import pytest

from domain.comparison import Compared, badges_of_change, diff_shares
from domain.model import Kind, Polarity

NAN = float("nan")


def change(kind, polarity, *pairs):
    """Return the words for pairs of (cases, base) later and earlier."""
    later = np.array([p[0] for p in pairs], dtype=float).reshape(-1, 2)
    earlier = np.array([p[1] for p in pairs], dtype=float).reshape(-1, 2)
    unread = np.full(len(pairs), NAN)
    cells = Compared(
        values=unread,
        lowers=unread,
        uppers=unread,
        numerators=later[:, 0],
        denominators=later[:, 1],
        benchmarks=unread,
    )
    return badges_of_change(kind, polarity, cells, earlier=(earlier[:, 0], earlier[:, 1]))


RISEN, FALLEN, ALIKE = (
    ((300, 1000), (200, 1000)),
    ((200, 1000), (300, 1000)),
    ((201, 1000), (200, 1000)),
)


@pytest.mark.parametrize("kind", [Kind.SHARE, Kind.RATE])
@pytest.mark.parametrize(
    ("polarity", "words"),
    [
        (Polarity.HIGH_BURDEN, ["worse", "better", "similar"]),
        (Polarity.LOW_BURDEN, ["better", "worse", "similar"]),
        (Polarity.NONE, ["higher", "lower", "similar"]),
    ],
)
def test_the_word_follows_direction_and_polarity(kind, polarity, words):
    assert change(kind, polarity, RISEN, FALLEN, ALIKE) == words


@pytest.mark.parametrize(
    "kind", [k for k in Kind if k not in (Kind.SHARE, Kind.RATE)], ids=lambda k: k.value
)
def test_a_number_without_cases_and_base_is_not_compared(kind):
    assert change(kind, Polarity.NONE, RISEN, ALIKE) == ["not_compared", "not_compared"]


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (((29, 29), (1, 1000)), "not_compared"),
        (((1, 1000), (29, 29)), "not_compared"),
        (((30, 30), (1, 1000)), "higher"),
        (((NAN, 100), (10, 100)), "not_compared"),
        (((10, 100), (10, NAN)), "not_compared"),
        (((110, 100), (10, 100)), "not_compared"),
    ],
)
def test_a_share_needs_thirty_persons_in_both_periods(pair, expected):
    assert change(Kind.SHARE, Polarity.NONE, pair) == [expected]


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (((4, 100), (400, 100)), "not_compared"),
        (((400, 100), (4, 100)), "not_compared"),
        (((5, 100), (400, 100)), "lower"),
        (((0, 100), (0, 100)), "not_compared"),
        (((50, 0), (50, 100)), "not_compared"),
        (((NAN, 100), (50, 100)), "not_compared"),
    ],
)
def test_a_rate_needs_five_cases_in_both_periods(pair, expected):
    assert change(Kind.RATE, Polarity.NONE, pair) == [expected]


def test_shares_are_compared_as_two_independent_ones_are():
    rng = np.random.default_rng(20)
    for _ in range(300):
        n, m = rng.integers(30, 2000, 2)
        a, b = rng.integers(0, n + 1), rng.integers(0, m + 1)
        low, high = diff_shares((a, n), (b, m))["diff_ci95"]
        expected = "higher" if low > 0 else "lower" if high < 0 else "similar"
        assert change(Kind.SHARE, Polarity.NONE, ((a, n), (b, m))) == [expected]


def test_no_area_gives_no_word():
    assert change(Kind.SHARE, Polarity.NONE) == []
