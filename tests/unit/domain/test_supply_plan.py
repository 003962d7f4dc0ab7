"""Changes to try out: read from an address, fitted to a release, and laid over arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.supply_plan import (
    FIELDS,
    MOST_CHANGES,
    Change,
    Supply,
    UnreadableChangeError,
    changed_supply,
    fitting,
    new_change,
    new_children,
    read_plan,
    write_plan,
)

AREAS = {"01": 0, "02": 1}
INNER = np.array([[0.0, 0.0], [1000.0, 0.0]])
SUPPLY = Supply(
    ids=("A", "B", "C"),
    xy=np.array([[10.0, 0.0], [990.0, 0.0], [np.nan, np.nan]]),
    places=np.array([40.0, 60.0, np.nan]),
    area=np.array([0, 1, -1]),
)
_id = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(
    str.strip
)


@st.composite
def changes(draw):
    kind = draw(st.sampled_from(sorted(FIELDS)))
    names = FIELDS[kind]
    return Change(
        kind,
        facility=draw(_id) if "facility" in names else "",
        area=draw(_id) if "area" in names else "",
        places=float(draw(st.integers(0, 2000))) if "places" in names else 0.0,
        dwellings=float(draw(st.integers(1, 20_000))) if "dwellings" in names else 0.0,
        per_dwelling=draw(st.integers(0, 500)) / 100 if "per_dwelling" in names else 0.0,
    )


@given(st.lists(changes(), max_size=MOST_CHANGES))
def test_what_is_written_is_read_again_whatever_the_ids(plan):
    found, wrong = read_plan(write_plan(plan))
    assert wrong == ()
    assert list(found) == plan


@pytest.mark.parametrize(
    "text",
    ["close", "close~", "jump~A", "resize~A~-1", "resize~A~nan", "open~01~2001", "open~01",
     "homes~01~0~0.2", "homes~01~10~6", "close~A~B", "resize~A~viele"],
)  # fmt: skip
def test_what_is_no_change_is_named(text):
    assert read_plan(f"close~B;{text}") == ((Change("close", "B"),), (text,))


def test_more_changes_than_allowed_are_named():
    plan = [Change("open", area=str(n), places=5.0) for n in range(MOST_CHANGES + 2)]
    found, wrong = read_plan(write_plan(plan))
    assert list(found) == plan[:MOST_CHANGES]
    assert wrong == ("open~20~5", "open~21~5")


def test_an_empty_field_is_no_change():
    with pytest.raises(UnreadableChangeError):
        new_change("move", ("A", ""))


def test_foreign_facilities_and_areas_are_told_and_the_last_word_counts():
    asked = [
        Change("resize", "A", places=1.0),
        Change("resize", "A", places=2.0),
        Change("close", "X"),
        Change("open", area="99", places=3.0),
        Change("move", "B", "02"),
        Change("close", "B"),
        Change("open", area="01", places=4.0),
        Change("open", area="01", places=4.0),
    ]
    kept, foreign = fitting(asked, {"A", "B"}, {"01", "02"})
    assert kept == (asked[1], asked[5], asked[6], asked[7])
    assert foreign == (asked[2], asked[3])


def test_changes_open_close_move_and_enlarge_and_leave_the_first_arrays_alone():
    plan = [
        Change("close", "A"),
        Change("resize", "B", places=80.0),
        Change("move", "C", "01"),
        Change("open", area="02", places=25.0),
    ]
    after = changed_supply(SUPPLY, plan, AREAS, INNER)
    assert after.ids == ("B", "C", "")
    assert after.places[[0, 2]].tolist() == [80.0, 25.0]
    assert np.isnan(after.places[1])
    assert after.area.tolist() == [1, 0, 1]
    assert after.xy.tolist() == [[990.0, 0.0], [0.0, 0.0], [1000.0, 0.0]]
    assert SUPPLY.places[1] == 60.0
    assert np.isnan(SUPPLY.xy[2]).all()


def test_no_change_is_the_supply_of_today():
    after = changed_supply(SUPPLY, [], AREAS, INNER)
    assert after.ids == SUPPLY.ids
    np.testing.assert_array_equal(after.places, SUPPLY.places)
    np.testing.assert_array_equal(after.xy, SUPPLY.xy)


def test_new_homes_add_up_by_area():
    plan = [Change("homes", area="02", dwellings=100.0, per_dwelling=0.25)] * 2
    assert new_children(plan, AREAS, 2).tolist() == [0.0, 50.0]
