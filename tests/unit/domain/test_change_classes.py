from __future__ import annotations

import numpy as np
import pytest

from domain.change_classes import (
    DIP,
    FALL,
    RISE,
    SAME,
    SURGE,
    change_keys,
    step_between,
    why_not_comparable,
)
from domain.model import SeriesBreak, Text

PERIODS = ("2018", "2019", "2020", "2021")
BREAK = SeriesBreak("2020", "definition", Text("neu gezählt"))


@pytest.mark.parametrize(
    ("earlier", "later", "reason"),
    [
        ("2018", "2019", ""),
        ("2020", "2021", ""),
        ("2019", "2020", "break"),
        ("2018", "2021", "break"),
        ("2019", "2019", "same"),
        ("2021", "2020", "later"),
        ("2017", "2020", "later"),
    ],
)
def test_nothing_is_compared_across_a_break(earlier, later, reason):
    assert why_not_comparable(earlier, later, PERIODS, (BREAK,)) == reason


def test_a_break_declared_comparable_is_none():
    mended = SeriesBreak("2020", "law", Text("Gesetz"), comparable=True)
    assert why_not_comparable("2018", "2021", PERIODS, (mended,)) == ""


def test_pooled_years_must_not_share_a_year():
    periods = ("2016-2018", "2017-2019", "2019-2021")
    assert why_not_comparable("2016-2018", "2017-2019", periods, ()) == "overlap"
    assert why_not_comparable("2016-2018", "2019-2021", periods, ()) == ""


@pytest.mark.parametrize(
    ("changes", "decimals", "step"),
    [
        ([0.4, -3.0, 2.6, 12.0, np.nan], 1, 2.0),
        ([55.0, -71.0, 130.0], 0, 50.0),
        ([0.01, 0.02], 1, 0.1),
        ([0.0, np.nan], 1, 0.1),
        ([], 0, 1.0),
        ([0.07, -0.07], 2, 0.05),
    ],
)
def test_the_step_is_round_and_no_finer_than_what_is_written(changes, decimals, step):
    assert step_between(changes, decimals) == step


def test_only_what_is_more_than_chance_is_a_rise_or_a_fall():
    changes = np.array([-4.0, -1.0, 9.0, 1.5, 3.0, np.nan, 2.0])
    directions = np.array([-1.0, -1.0, 0.0, 1.0, 1.0, 1.0, np.nan])
    found = change_keys(changes, directions, step=2.0, decimals=1)
    assert found == [FALL, DIP, SAME, RISE, SURGE, "", ""]


def test_without_a_test_the_written_change_decides():
    changes = np.array([-0.04, 0.06, 2.0, 2.1, -2.5, -0.5, np.nan])
    found = change_keys(changes, None, step=2.0, decimals=1)
    assert found == [SAME, RISE, RISE, SURGE, FALL, DIP, ""]
