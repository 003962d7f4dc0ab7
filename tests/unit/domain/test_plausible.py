"""Numbers nobody told are filled with some that agree with everything published."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.linked_table import LinkedTable
from domain.plausible import with_plausible_numbers


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


def test_relations_that_contradict_each_other_are_no_facts():
    both = ({"t": -1, "a": 1}, {"s": -1, "a": 1})
    filled = with_plausible_numbers(table({"t": 5, "s": 6, "a": np.nan}, both))
    assert filled.relations == ()


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
