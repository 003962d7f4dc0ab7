"""What the figures say to a guess, why they say nothing, and between what values are guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.workshop_script import Slide, Words
from domain.workshop_truth import guess_span, truth_of, why_unknown

VALUE = Slide("v", "guess", "value", Words("?"), view="/atlas")
RANKING = Slide("r", "guess", "ranking", Words("?"), view="/atlas")
DISTRICT = Slide("d", "guess", "district", Words("?"), view="/atlas")
VALUES = {"a": 1.0, "b": 3.0, "c": None}


@pytest.mark.parametrize(
    ("slide", "values", "town", "asked", "why"),
    [
        (VALUE, VALUES, 2.0, (), ""),
        (VALUE, VALUES, None, (), "town"),
        (VALUE, VALUES, None, ("a",), ""),
        (VALUE, VALUES, 2.0, ("c",), "area"),
        (VALUE, VALUES, 2.0, ("x",), "strange"),
        (VALUE, VALUES, 2.0, ("x", "y"), ""),
        (RANKING, VALUES, 2.0, ("a", "b"), ""),
        (RANKING, VALUES, 2.0, ("a",), "number"),
        (RANKING, VALUES, 2.0, (), "number"),
        (RANKING, VALUES, 2.0, ("a", "c"), "area"),
        (RANKING, VALUES, 2.0, ("a", "x"), "strange"),
        (DISTRICT, VALUES, None, (), ""),
        (DISTRICT, {"a": None}, 2.0, (), "nothing"),
    ],
)
def test_a_guess_without_truth_has_a_reason_and_one_with_it_has_none(
    slide, values, town, asked, why
):
    assert why_unknown(slide, values, town, asked) == why
    if not why:
        assert truth_of(slide, values, town, asked).is_known


@given(
    st.lists(st.floats(-1e8, 1e8), min_size=1, max_size=8),
    st.booleans(),
)
def test_every_value_can_be_guessed_and_the_ends_are_apart(values, is_share):
    low, high = guess_span(values, is_share=is_share)
    assert low < high
    assert all(low <= v <= high for v in values)


def test_ends_are_round_and_a_share_ends_at_a_hundred():
    assert guess_span([18.4], is_share=True) == (0.0, 25.0)
    assert guess_span([95.0], is_share=True) == (0.0, 100.0)
    assert guess_span([95.0], is_share=False) == (0.0, 150.0)
    assert guess_span([], is_share=True) is None
    assert guess_span([float("nan")], is_share=True) is None
    assert guess_span([0.0], is_share=True) == (0.0, 1.0)
