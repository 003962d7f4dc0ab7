"""Numbers nobody told are filled with some that agree with everything published."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from domain.attack import attack_table, narrow_cells
from domain.linear_program import Program
from domain.linked_table import LinkedTable
from domain.plausible import with_plausible_numbers, without_contradictions


def table(values, relations, *, low=0.0, high=np.inf):
    cells = tuple(values)
    numbers = np.array(list(values.values()), dtype=float)
    ones = np.ones(len(cells))
    return LinkedTable(cells, numbers, relations, low * ones, high * ones, 3 * ones)


def test_a_table_without_gaps_stays_the_same():
    whole = table({"t": 5, "a": 5}, ({"t": -1, "a": 1},))
    assert with_plausible_numbers(whole) is whole


def test_a_relation_no_number_can_fulfil_is_no_fact():
    gap = table({"t": 5, "a": 9, "b": np.nan}, ({"t": -1, "a": 1, "b": 1},))
    filled = with_plausible_numbers(gap)
    assert filled.relations == ()
    assert not np.isnan(filled.values).any()


def test_of_relations_that_contradict_each_other_the_later_is_no_fact():
    both = ({"t": -1, "a": 1}, {"s": -1, "a": 1})
    filled = with_plausible_numbers(table({"t": 5, "s": 6, "a": np.nan}, both))
    assert filled.relations == both[:1]
    assert filled.values.tolist() == [5, 6, 5]


GROUPS = ({"A": -1, "x": 1}, {"S": -1, "x": 1}, {"D": -1, "c": 1, "d": 1})


def test_a_contradiction_elsewhere_hides_nothing_from_an_attack():
    """Two groupings disagree over x, which has no number; c is 10 - 8 all the same."""
    town = table({"A": 5, "S": 7, "x": np.nan, "D": 10, "c": np.nan, "d": 8}, GROUPS)
    facts = without_contradictions(town, {"c"})
    bounds = attack_table(facts, {"x", "c"}, wanted={"c"})
    assert bounds == {"c": (2.0, 2.0)}
    assert narrow_cells(facts, bounds, {"c"}) == ["c"]


def test_what_is_told_of_a_guarded_cell_is_the_last_to_be_given_up():
    relations = ({"t": -1, "c": 1, "x": 1}, {"S": -1, "x": 1}, {"A": -1, "x": 1})
    town = table({"t": 3, "S": 5, "A": 5, "c": np.nan, "x": np.nan}, relations)
    assert without_contradictions(town, {"c"}).relations == relations[:1]
    assert without_contradictions(town, ()).relations == relations[1:]


def test_numbers_are_found_though_whole_ones_take_too_long(monkeypatch):
    triangle = ({"t": -1, "a": 1, "b": 1}, {"u": -1, "b": 1, "c": 1}, {"v": -1, "a": 1, "c": 1})
    numbers = {"t": 5, "u": 5, "v": 5, **dict.fromkeys("abc", np.nan)}
    monkeypatch.setattr("scipy.optimize.milp", lambda *_, **__: SimpleNamespace(x=None, status=1))
    filled = with_plausible_numbers(table(numbers, triangle))
    assert filled.relations == triangle
    assert filled.broken() == []


@pytest.mark.parametrize("status", [1, 4])
def test_a_search_that_was_given_up_is_not_taken_for_no_limit(monkeypatch, status):
    answer = SimpleNamespace(x=None, status=status, fun=None)
    monkeypatch.setattr("scipy.optimize.milp", lambda *_, **__: answer)
    program = Program(csr_array(np.ones((1, 2))), np.array([3.0]), np.zeros(2), np.full(2, 9.0))
    found = program.least(np.array([1.0, 0.0]))
    assert found.point is None
    assert np.isnan(found.value)
    circle = ({"t": -1, "a": 1, "b": 1}, {"u": -1, "a": 1, "b": 2})
    town = table({"t": 50, "u": 60, "a": np.nan, "b": np.nan}, circle, high=90.0)
    bounds = attack_table(town, {"a", "b"})
    assert narrow_cells(town, bounds, {"a", "b"}) == ["a", "b"]


def test_no_limit_is_still_told_from_a_contradiction():
    free = Program(csr_array([[1.0, -1.0]]), np.zeros(1), np.zeros(2), np.full(2, np.inf))
    assert free.least(np.array([-1.0, 0.0])).value == -np.inf
    never = Program(csr_array([[1.0, 1.0]]), -np.ones(1), np.zeros(2), np.full(2, np.inf))
    assert never.least(np.array([-1.0, 0.0])) is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=6, max_size=6), st.sets(st.integers(0, 5)))
def test_what_is_filled_in_fulfils_every_sum(numbers, gaps):
    rows, columns = np.array(numbers).reshape(2, 3), range(3)
    values = {f"{r}{c}": float(rows[r, c]) for r in range(2) for c in columns}
    values |= {f"r{r}": float(rows[r].sum()) for r in range(2)}
    values |= {f"c{c}": float(rows[:, c].sum()) for c in columns}
    relations = (
        *({f"r{r}": -1.0, **{f"{r}{c}": 1.0 for c in columns}} for r in range(2)),
        *({f"c{c}": -1.0, "0" + str(c): 1.0, "1" + str(c): 1.0} for c in columns),
    )
    for place, name in enumerate(f"{r}{c}" for r in range(2) for c in columns):
        if place in gaps:
            values[name] = np.nan
    filled = with_plausible_numbers(table(values, relations))
    assert filled.relations == relations
    assert filled.broken() == []
    assert np.all(filled.values >= 0)
