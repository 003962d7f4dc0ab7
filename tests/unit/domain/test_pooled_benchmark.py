"""What similar areas have together: cases over persons with its interval, against hand counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from domain.model import Kind, State
from domain.pooled_areas import pooled_benchmark
from tests.town_fixture import small_town

SHARE = next(i for i in small_town().catalogue.indicators if i.id == "kinderarmut")
RATE = replace(SHARE, kind=Kind.RATE, interval="byar", multiplier=1000.0)
NAN = np.nan


def test_a_share_is_all_cases_over_all_persons_with_wilsons_interval():
    # 60 of 400; centre (0.15 + 1.96²/800) / (1 + 1.96²/400), the mean of percentages were 16.67
    found, n = pooled_benchmark(SHARE, [10, 30, 20], [100, 100, 200])
    assert n == 3
    assert (found.value, found.numerator, found.denominator) == (15.0, 60.0, 400.0)
    assert found.lower == pytest.approx(11.83, abs=0.005)
    assert found.upper == pytest.approx(18.83, abs=0.005)
    assert found.state is State.OK


def test_a_rate_has_byars_interval_of_all_events():
    # 15 events: 15 · (1 - 1/135 - 1.96/(3·√15))³ = 8.39 and 16 · (1 - 1/144 + 1.96/12)³ = 24.74
    found, _ = pooled_benchmark(RATE, [5, 10], [1000, 2000])
    assert found.value == pytest.approx(5.0)
    assert found.lower == pytest.approx(8.39 / 3, abs=0.005)
    assert found.upper == pytest.approx(24.74 / 3, abs=0.005)


def test_an_area_with_a_hidden_part_is_left_out_with_both_its_parts():
    found, n = pooled_benchmark(SHARE, [10, NAN, 20], [100, 100, NAN])
    assert (found.value, found.denominator, n) == (10.0, 100.0, 1)


def test_few_cases_are_marked_and_none_are_nil():
    assert pooled_benchmark(SHARE, [2, 3], [100, 100])[0].state is State.LIMITED
    none = pooled_benchmark(SHARE, [0, 0], [100, 100])[0]
    assert (none.value, none.state) == (0.0, State.NIL)


@pytest.mark.parametrize(
    ("changes", "numerators"),
    [
        ({"kind": Kind.COUNT, "aggregation": "sum"}, [10, 30]),
        ({"kind": Kind.MEDIAN, "aggregation": "none"}, [10, 30]),
        ({}, [NAN, NAN]),
        ({}, []),
    ],
)
def test_what_cannot_be_pooled_has_no_value(changes, numerators):
    asked = replace(SHARE, **changes)
    assert pooled_benchmark(asked, numerators, [100] * len(numerators)) == (None, 0)
