import math

import pytest

from domain.attack import audit
from domain.rounding import round_counts, rounded_share, window


def test_zero_and_its_neighbours_are_one():
    assert round_counts([0, 1, 2, 3, 12, 13]) == [0, 0, 0, 5, 10, 15]
    assert round_counts([0, 5, 6, 14, 15], base=10) == [0, 0, 10, 10, 20]
    assert round_counts([None, math.nan]) == [None, None]


def test_a_share_is_of_rounded_counts():
    assert rounded_share(12, 101) == 0.1
    assert rounded_share(3, 2) is None
    assert rounded_share(None, 50) is None
    assert rounded_share(8, 7) == 1.0


def test_windows_of_parts_and_sum_are_what_an_attacker_has():
    town = {"a": 2.0, "b": 9.0, "c": 4.0}
    parts = round_counts([*town.values(), sum(town.values())])
    known = {c: list(window(r)) for c, r in zip([*town, "town"], parts, strict=True)}
    told = audit([{"town": -1, "a": 1, "b": 1, "c": 1}], known)
    assert told["exactly_disclosed"] == []
    assert told["feasible"]["a"] == [0.0, 2.0]
    assert all(low <= town[c] <= high for c, (low, high) in told["feasible"].items() if c in town)


def test_a_sum_at_the_edge_of_its_parts_narrows_them():
    # parts 0, 0 and 15 say 13 to 21; a sum of 20 says 18 to 22
    known = {"a": list(window(0)), "b": list(window(0)), "c": list(window(15))}
    told = audit([{"town": -1, "a": 1, "b": 1, "c": 1}], {**known, "town": list(window(20))})
    assert told["feasible"]["c"] == [14.0, 17.0]


def test_what_cannot_be_rounded_is_refused():
    with pytest.raises(ValueError, match="negative"):
        round_counts([-1])
    with pytest.raises(ValueError, match="at least 2"):
        round_counts([1], base=1)
