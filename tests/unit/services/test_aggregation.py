"""Parents from children: sums and pools, never means of percentages, states before numbers."""

from dataclasses import replace
from itertools import product

import pandas as pd
import pytest

from domain.model import State
from domain.rates import combine
from services.aggregation import with_parents
from tests import town_fixture as fixture

DISTRICT_A = ("01", "02", "03")


def town_with(rows, **changes):
    town = fixture.small_town()
    frame = pd.DataFrame(rows, columns=list(fixture.VALUE_COLUMNS))
    numbers = ["value", "numerator", "denominator"]
    frame = frame.astype(dict.fromkeys(numbers, "float64"))
    indicators = tuple(replace(i, **changes.get(i.id, {})) for i in town.catalogue.indicators)
    return replace(town, values=frame, catalogue=replace(town.catalogue, indicators=indicators))


def derived(town, indicator, level, area):
    values = with_parents(town)
    found = values[
        (values["indicator"] == indicator) & (values["level"] == level) & (values["area"] == area)
    ]
    return found.iloc[0] if len(found) else None


def quarters(indicator, numbers, state="ok"):
    return [
        fixture._row(indicator, "2021", quarter, *number, state=state)
        for quarter, number in zip(DISTRICT_A, numbers, strict=False)
    ]


def test_counts_of_children_add_up():
    row = derived(town_with(quarters("kinder", [(1.0,), (2.0,), (3.0,)])), "kinder", "bezirke", "A")
    assert (row["value"], row["state"]) == (6.0, "ok")


def test_a_share_is_pooled_and_never_averaged():
    cells = [(50.0, 5.0, 10.0), (0.0, 0.0, 80.0), (10.0, 1.0, 10.0)]
    row = derived(town_with(quarters("kinderarmut", cells)), "kinderarmut", "bezirke", "A")
    assert row["value"] == pytest.approx(6.0)
    assert (row["numerator"], row["denominator"]) == (6.0, 100.0)


def test_a_delivered_parent_is_kept():
    given_ = fixture._row("kinder", "2021", "A", 7.0)
    given_ = (*given_[:3], "bezirke", *given_[4:])
    town = town_with([*quarters("kinder", [(1.0,), (2.0,), (3.0,)]), given_])
    assert derived(town, "kinder", "bezirke", "A")["value"] == 7.0


def test_a_missing_child_leaves_the_parent_without_a_number():
    row = derived(town_with(quarters("kinder", [(1.0,), (2.0,)])), "kinder", "bezirke", "A")
    assert row["state"] == "not_collected"
    assert pd.isna(row["value"])


def test_a_parent_none_of_whose_children_say_anything_does_not_appear():
    town = town_with(quarters("kinder", [(1.0,), (2.0,), (3.0,)]))
    assert derived(town, "kinder", "bezirke", "B") is None


def test_shares_without_parts_are_not_aggregated():
    town = town_with(quarters("kinderarmut", [(50.0,), (10.0,), (10.0,)]))
    assert derived(town, "kinderarmut", "bezirke", "A") is None


def test_an_index_is_never_aggregated():
    change = {"miete": {"aggregation": "sum"}}
    town = town_with(quarters("miete", [(5.0,), (6.0,), (7.0,)]), **change)
    assert derived(town, "miete", "bezirke", "A") is None


def test_an_empty_base_is_not_applicable():
    cells = [(float("nan"), 0.0, 0.0)] * 3
    town = town_with(quarters("kinderarmut", cells, state="not_applicable"))
    row = derived(town, "kinderarmut", "bezirke", "A")
    assert row["state"] == "not_applicable"
    assert pd.isna(row["value"])


def test_derived_values_climb_from_level_to_level():
    town = fixture.small_town()
    row = derived(town, "kinder", "stadt", "kleinstadt")
    assert row["value"] == sum(fixture.CHILDREN)


def test_flags_of_children_are_kept():
    rows = quarters("kinder", [(1.0,), (2.0,), (3.0,)])
    rows[1] = (*rows[1][:8], "p", *rows[1][9:])
    assert derived(town_with(rows), "kinder", "bezirke", "A")["flags"] == "p"


def test_states_meet_as_the_rule_of_the_domain_says():
    """Every three states a district can meet in, each three in a year of their own."""
    met = {str(1000 + n): states for n, states in enumerate(product(State, repeat=3))}
    numbers = {State.OK: 4.0, State.LIMITED: 2.0, State.NIL: 0.0}
    rows = [
        fixture._row("kinder", year, quarter, numbers.get(state, float("nan")), state=str(state))
        for year, states in met.items()
        for quarter, state in zip(DISTRICT_A, states, strict=True)
    ]
    values = with_parents(town_with(rows))
    here = values[(values["level"] == "bezirke") & (values["area"] == "A")].set_index("period")
    for year, states in met.items():
        known = {State.OK: 4.0, State.LIMITED: 2.0}
        state, value = combine(states, [known.get(s) for s in states])
        if year not in here.index:
            assert state is State.NOT_COLLECTED, states
            continue
        found = here.loc[year]
        told = None if pd.isna(found["value"]) else found["value"]
        assert (found["state"], told) == (state, value), states
