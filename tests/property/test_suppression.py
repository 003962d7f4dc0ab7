"""What must hold for the protection of any linked table."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.attack import attack_table
from domain.rounding import round_counts, window
from domain.suppression import protect_table
from tests.random_tables import random_table, small_cells

SEEDS = st.integers(0, 10**6)


def small_table(seed):
    return random_table(seed, areas=3, most_categories=3, most_years=2)


def in_other_order(table, rng):
    """The same facts and cells in another order, some of the facts with turned signs."""
    relations = []
    for i in rng.permutation(len(table.relations)):
        items = list(table.relations[i].items())
        sign = rng.choice([-1.0, 1.0])
        relations.append({items[j][0]: sign * items[j][1] for j in rng.permutation(len(items))})
    order = rng.permutation(len(table.cells))
    arrays = {a: getattr(table, a)[order] for a in ("values", "lower", "upper", "widths")}
    return replace(
        table, cells=tuple(table.cells[i] for i in order), relations=tuple(relations), **arrays
    )


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS)
def test_the_order_of_facts_and_cells_changes_nothing(seed):
    table = small_table(seed)
    unsafe = small_cells(table)
    found = protect_table(table, unsafe)
    assert protect_table(table, unsafe) == found
    turned = in_other_order(table, np.random.default_rng(seed))
    assert protect_table(turned, unsafe) == found
    told = attack_table(table, found.hidden)
    assert attack_table(turned, found.hidden) == told


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS, picks=st.lists(st.integers(0, 10**6), max_size=6))
def test_hidden_stays_hidden_and_open_stays_open(seed, picks):
    table = small_table(seed)
    unsafe = small_cells(table)
    positive = [c for c, v in zip(table.cells, table.values, strict=True) if v > 0]
    picked = {positive[p % len(positive)] for p in picks if positive}
    given_before = {c for c in picked if len(c) % 2}
    frozen = picked - given_before - unsafe
    found = protect_table(table, unsafe, given=given_before, frozen=frozen)
    assert unsafe | given_before <= found.hidden
    assert not found.hidden & frozen
    assert found.extra == found.hidden - unsafe - given_before
    zeros = {c for c, v in zip(table.cells, table.values, strict=True) if v == 0}
    assert not found.hidden & zeros
    # a later release with the same numbers hides the same cells
    again = protect_table(table, unsafe, given=found.hidden, frozen=frozen)
    assert again.hidden >= found.hidden
    if not found.infeasible:
        assert again.extra == frozenset()


@given(
    numbers=st.lists(st.none() | st.integers(0, 10**6), max_size=20), base=st.sampled_from([5, 10])
)
def test_a_rounded_number_is_near_and_its_window_holds_the_true_one(numbers, base):
    rounded = round_counts(numbers, base)
    for number, shown in zip(numbers, rounded, strict=True):
        assert (shown is None) == (number is None)
        if number is not None:
            assert shown % base == 0
            assert abs(shown - number) <= base / 2
            low, high = window(shown, base)
            assert low <= number <= high
            assert round_counts([low, high], base) == [shown, shown]
