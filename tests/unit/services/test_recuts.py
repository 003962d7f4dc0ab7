"""Figures in other boundaries: what may go where, and what stays without a number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data.importing.town import CONVERSION_COLUMNS
from domain.boundaries import NOWHERE, Share
from domain.model import Kind, State
from services.recuts import carried, is_additive, ways_into
from services.views import Cells
from tests.town_fixture import catalogue

OLD = ("a", "b", "c")
TABLE = (
    ("1", "2", "a", "x", 0.25),
    ("1", "2", "a", "y", 0.75),
    ("1", "2", "b", "y", 1.0),
    ("1", "2", "c", "z", 1.0),
)
STEPS = {"1": "2", "2": "3"}


def conversions(*rows, basis="population"):
    full = [("teile", *row, basis) for row in rows]
    return pd.DataFrame(full, columns=list(CONVERSION_COLUMNS))


def indicator(kind=Kind.SHARE):
    found = catalogue().indicator("kinderarmut")
    return replace(found, kind=kind, multiplier=100.0, aggregation="sum_parts")


def cells(numerators, denominators, states=None):
    """Return one period of figures by area."""
    a, n = (np.array([row], dtype=float) for row in (numerators, denominators))
    words = np.array([states or ["ok"] * len(numerators)], dtype=object)
    shown = np.isin(words.astype(str), ["ok", "nil", "limited"])
    numbers = {"numerator": np.where(shown, a, np.nan), "denominator": np.where(shown, n, np.nan)}
    numbers["value"] = numbers["numerator"]
    return Cells(("2019",), numbers, words, np.full_like(words, ""))


def carry(ways, given, kind=Kind.SHARE, areas=OLD):
    return carried(indicator(kind), ways, given, areas, [0])


FULL = cells([20, 5, 9], [200, 50, 30])


def test_cases_and_persons_are_converted_each_by_themselves():
    ways = ways_into(conversions(*TABLE), STEPS, "2", "1", OLD)
    found = carry(ways, FULL)
    assert found.values["x"] == (10.0,)
    assert found.values["y"] == (pytest.approx(100 * (15 + 5) / (150 + 50)),)
    assert found.values["z"] == (30.0,)
    assert found.estimated == {"x", "y"}
    assert found.states == {}


def test_counts_need_no_base():
    ways = ways_into(conversions(*TABLE), STEPS, "2", "1", OLD)
    assert carry(ways, FULL, Kind.COUNT).values == {"x": (5.0,), "y": (20.0,), "z": (9.0,)}


def test_by_surface_only_counts_are_converted_and_a_whole_area_is_an_estimate_too():
    ways = ways_into(conversions(*TABLE, basis="area"), STEPS, "2", "1", OLD)
    assert carry(ways, FULL).values == {}
    found = carry(ways, FULL, Kind.COUNT)
    assert found.values["z"] == (9.0,)
    assert found.estimated == {"x", "y", "z"}


def test_a_ratio_is_only_summed_over_whole_areas_and_a_mean_never():
    ways = ways_into(conversions(*TABLE), STEPS, "2", "1", OLD)
    assert set(carry(ways, FULL, Kind.RATIO).values) == {"z"}
    for kind in (Kind.MEAN, Kind.MEDIAN, Kind.INDEX):
        assert carry(ways, FULL, kind).values == {}


def test_a_hidden_cell_hides_all_it_goes_into_and_says_so():
    ways = ways_into(conversions(*TABLE), STEPS, "2", "1", OLD)
    found = carry(ways, cells([20, 2, 9], [200, 50, 30], ["ok", "suppressed", "ok"]))
    assert found.values["y"] == (None,)
    assert found.states == {"y": (State.SUPPRESSED,)}
    assert found.values["x"] == (10.0,)


def test_an_area_without_anybody_adds_nobody():
    ways = ways_into(conversions(*TABLE), STEPS, "2", "1", OLD)
    found = carry(ways, cells([20, 0, 9], [200, 0, 30], ["ok", "not_applicable", "ok"]))
    assert found.values["y"] == (10.0,)


def test_parts_that_were_not_delivered_are_no_number():
    ways = ways_into(conversions(*TABLE), STEPS, "2", "1", OLD)
    found = carry(ways, cells([np.nan, 5, 9], [200, 50, 30]))
    assert found.values["x"] == (None,)
    assert found.states["x"] == (State.NOT_COLLECTED,)


def test_a_table_that_leaves_out_an_area_converts_nothing():
    assert ways_into(conversions(*TABLE), STEPS, "2", "1", (*OLD, "d")) == {}
    assert ways_into(conversions(*TABLE), STEPS, "1", "2", ("x", "y", "z", "new")) == {}
    assert ways_into(conversions(), {}, "2", "1", OLD) == {}


def test_weights_that_do_not_sum_to_one_leave_what_they_lead_to_without_a_number():
    wrong = [row if row[3] != "x" else (*row[:4], 0.5) for row in TABLE]
    found = carry(ways_into(conversions(*wrong), STEPS, "2", "1", OLD), FULL)
    assert (found.values["x"], found.values["y"], found.values["z"]) == ((None,), (None,), (30.0,))


def test_the_way_back_sums_new_areas_that_lie_wholly_in_an_old_one():
    table = conversions(
        ("1", "2", "a", "x", 0.25), ("1", "2", "a", "y", 0.75),
        ("1", "2", "b", "z", 0.5), ("1", "2", "b", "w", 0.5), ("1", "2", "c", "w", 1.0),
    )  # fmt: skip
    new = ("x", "y", "z", "w")
    ways = ways_into(table, STEPS, "1", "2", new)
    found = carry(ways, cells([3, 5, 1, 1], [30, 50, 10, 10]), areas=new)
    assert found.values == {"a": (10.0,), "b": (None,), "c": (None,)}
    assert "a" not in found.estimated


def test_a_wrong_sum_spoils_the_way_back_as_well():
    table = conversions(("1", "2", "a", "x", 0.25), ("1", "2", "b", "z", 1.0))
    assert ways_into(table, STEPS, "1", "2", ("x", "z")) == {
        "a": [Share(NOWHERE, "a", 1.0)],
        "b": [Share("z", "b", 1.0)],
    }


def test_tables_are_followed_from_vintage_to_vintage():
    table = conversions(*TABLE, ("2", "3", "x", "q", 1.0), ("2", "3", "y", "q", 1.0),
                        ("2", "3", "z", "r", 1.0))  # fmt: skip
    found = carry(ways_into(table, STEPS, "3", "1", OLD), FULL)
    assert found.values == {"q": (10.0,), "r": (30.0,)}
    # the parts of a come together again
    assert found.estimated == frozenset()


def test_steps_in_a_circle_lead_nowhere():
    assert ways_into(conversions(*TABLE), {"1": "2", "2": "1"}, "3", "1", OLD) == {}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"aggregation": "sum"}, True),
        ({"aggregation": "none"}, False),
        ({"aggregation": "sum", "place": "facility"}, False),
    ],
)
def test_only_figures_of_residents_that_add_up_are_additive(change, expected):
    assert is_additive(replace(indicator(), **change)) is expected
