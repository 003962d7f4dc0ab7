"""What may be said of a facility, and what is told where it cannot be."""

from __future__ import annotations

import pytest

from domain.facility_fields import FIELDS, FacilityFieldError, changes, read, shown
from i18n import LANGUAGES, translator

GOOD = {"name": "Kita Nord", "kind": "kita", "address": "Am See 1", "places_u3": "10",
        "places_ue3": "0", "places_total": "", "hours": "7–16", "valid_to": ""}  # fmt: skip


def test_unknown_and_none_stay_apart():
    fields = read(GOOD, ["kita"])
    assert (fields["places_u3"], fields["places_ue3"], fields["places_total"]) == (10.0, 0.0, None)
    again = shown(fields)
    assert (again["places_ue3"], again["places_total"]) == ("0", "")
    assert set(again) == set(FIELDS)


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("name", "  ", "name"), ("name", "x" * 201, "text"), ("hours", "a\x00b", "text"),
        ("address", "a\u202eb", "text"), ("kind", "x", "kind"), ("places_u3", "-1", "count"),
        ("places_u3", "1,5", "count"), ("places_u3", "5001", "count"), ("places_u3", "²", "count"),
        ("places_u3", "9" * 5000, "count"),
        ("places_u3", "000000000" + "9" * 400, "count"), ("places_total", "9", "sum"),
        ("valid_to", "31.12.2026", "day"), ("valid_to", "2027-02-29", "day"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_in_both_languages(name, value, key):
    with pytest.raises(FacilityFieldError) as wrong:
        read({**GOOD, name: value}, ["kita"])
    assert wrong.value.key == f"facility.problem.{key}"
    for language in LANGUAGES:
        assert translator(language)(wrong.value.key, **wrong.value.params)


def test_only_what_differs_is_a_change():
    row = {**read(GOOD, ["kita"]), "places_total": float("nan")}
    assert changes(row, read(GOOD, ["kita"])) == {}
    assert changes(row, read({**GOOD, "places_u3": ""}, ["kita"])) == {"places_u3": None}
