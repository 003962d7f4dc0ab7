"""Whatever the classes are called, the legend counts every shown value once."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from domain.classification import METHODS, MOST, classify
from domain.model import SHOWN_STATES, State
from services.views import with_breaks
from tests.unit.figures.sample import VIEW

SHOWN = st.floats(-1e5, 1e5).map(lambda v: round(v, 3))
CELL = st.one_of(st.tuples(SHOWN, st.sampled_from(sorted(SHOWN_STATES))), st.just((None, None)))
YEAR = st.lists(CELL, min_size=1, max_size=50)


def view_of(cells):
    """Return the sample with other values in its newest period."""
    shown = VIEW.by_period[VIEW.periods[-1]]
    values = tuple(v for v, _ in cells)
    states = tuple(s or State.SUPPRESSED for _, s in cells)
    return replace(
        VIEW,
        periods=VIEW.periods[-1:],
        by_period={VIEW.periods[-1]: replace(shown, values=values, states=states)},
    )


def assert_counted(view, breaks):
    shown = with_breaks(view, breaks).by_period[view.periods[-1]]
    assert sum(shown.class_counts) == sum(v is not None for v in shown.values)
    assert [c is None for c in shown.classes] == [v is None for v in shown.values]
    for k, n in enumerate(shown.class_counts):
        assert n == sum(c == k for c in shown.classes)


@given(YEAR, st.sampled_from(sorted(METHODS)), st.integers(3, 7))
def test_methods_count_every_shown_value_in_at_most_seven_classes(cells, method, k):
    view = view_of(cells)
    breaks = classify([v for v, _ in cells], method, k)["upper_bounds"]
    assume(breaks)
    assert len(breaks) <= MOST
    assert_counted(view, breaks)


@given(YEAR, st.lists(SHOWN, min_size=3, max_size=7, unique=True).map(sorted))
def test_own_limits_count_every_shown_value(cells, limits):
    assert_counted(view_of(cells), limits)
