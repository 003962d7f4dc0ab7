"""What may be said of an offer, and which one of a list a change speaks of."""

from __future__ import annotations

import pytest

from domain.facility_fields import FacilityFieldError
from domain.offer_fields import (
    WAS,
    assigned,
    assigned_in_release,
    changes,
    identities,
    key_of,
    read,
    shown,
)
from i18n import LANGUAGES, translator

GOOD = {"offer": "Hort", "target_group": "Schulkinder", "period": "2026/27", "hours": "11–16",
        "places": "40", "taken": "0", "waiting": ""}  # fmt: skip


def test_unknown_and_none_stay_apart():
    fields = read(GOOD, {})
    assert (fields["places"], fields["taken"], fields["waiting"]) == (40.0, 0.0, None)
    assert (shown(fields)["taken"], shown(fields)["waiting"]) == ("0", "")
    row = {**fields, "waiting": float("nan")}
    assert changes(row, read(GOOD, {})) == {}
    assert changes(row, read({**GOOD, "taken": ""}, {})) == {"taken": None}


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("offer", " ", "offer.problem.name"), ("offer", "x" * 201, "facility.problem.text"),
        ("hours", "a\x00b", "facility.problem.text"), ("period", "20266", "offer.problem.period"),
        ("period", "bald", "offer.problem.period"), ("places", "-1", "facility.problem.count"),
        ("taken", "1,5", "facility.problem.count"), ("waiting", "²", "facility.problem.count"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_in_both_languages(name, value, key):
    with pytest.raises(FacilityFieldError) as wrong:
        read({**GOOD, name: value}, {})
    assert wrong.value.key == key
    for language in LANGUAGES:
        assert translator(language)(wrong.value.key, **wrong.value.params)


def test_a_period_may_stay_as_the_town_writes_it():
    assert read({**GOOD, "period": "Kita-Jahr 26"}, {"period": "Kita-Jahr 26"})["period"]


def test_equal_offers_of_a_list_have_keys_of_their_own():
    known = identities([{"offer": "Hort"}, {"offer": "Hort"}, {"offer": "Hort", "period": "2026"}])
    assert len({key_of("K1", one) for one in known}) == 3
    assert key_of("K1", known[0]) != key_of("K2", known[0])


def test_a_change_finds_its_offer_by_the_earlier_name_or_by_the_new_one():
    was = ["Hort", "", "2025", 0]
    edited = {"a": {WAS: was, "offer": "Hort am See"}}
    assert assigned(edited, [("Krippe", "", "2025", 0), ("Hort", "", "2025", 0)]) == {"a": 1}
    assert assigned(edited, [("Hort am See", "", "2025", 0)]) == {"a": 0}
    assert assigned(edited, [("Hort", "", "2026", 0)]) == {}


def test_an_added_offer_takes_no_place_of_one_that_was_renamed():
    known = [("Hort", "", "2025", 0)]
    added = {WAS: None, "offer": "Hort", "period": "2025"}
    renamed = {WAS: [*known[0]], "offer": "Hort am See"}
    assert assigned({"a": added, "b": renamed}, known) == {"b": 0}
    assert assigned({"a": added}, known) == {"a": 0}


RENAMED = {WAS: ["Hort", "", "2025", 0], "offer": "Krippe"}
ADDED = {WAS: None, "offer": "Hort", "target_group": "", "period": "2025"}
KRIPPE, HORT, SPIEL = ((name, "", "2025", 0) for name in ("Krippe", "Hort", "Spiel"))


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ([KRIPPE, HORT], {"a": 0, "c": 1}),
        ([HORT], {"a": 0}),
        ([HORT, SPIEL], {"a": 0, "d": 1}),
        ([KRIPPE, HORT, SPIEL], {"a": 0, "c": 1, "d": 2}),
        ([SPIEL], {"d": 0}),
    ],
)
def test_a_renamed_offer_leaves_the_row_of_one_added_under_its_earlier_name(known, found):
    fresh = {WAS: [*SPIEL], "offer": "Spielgruppe"}
    assert assigned_in_release({"a": RENAMED, "c": ADDED, "d": fresh}, known) == found
