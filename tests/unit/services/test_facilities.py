"""Places as the map draws them: located, of a known kind, with an unknown number left unknown."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from domain.model import Catalogue, FacilityKind, Text
from services.facilities import facilities_json
from tests.town_fixture import catalogue

COLUMNS = ("kind", "name", "operator", "address", "x", "y", "places_total")


@dataclass(frozen=True)
class Places:
    """A release that holds some facilities and knows three kinds."""

    rows: tuple[tuple[object, ...], ...]
    release_id: str = "2026-11-24-1"

    def catalogue(self) -> Catalogue:
        kinds = tuple(
            FacilityKind(k, Text(k.title(), k.upper())) for k in ("kita", "hort", "schule")
        )
        return replace(catalogue(), facility_kinds=kinds)

    def facilities(self) -> pd.DataFrame:
        return pd.DataFrame(self.rows, columns=list(COLUMNS))


SCHOOL = ("schule", "Grundschule", "Stadt", "Am Markt 1", 9.4388888, 54.7833333, 120.0)
CENTRE = ("kita", "Kita", None, float("nan"), 9.44, 54.78, float("nan"))


def test_kinds_without_a_place_are_left_out_and_the_rest_keeps_its_order():
    found = facilities_json(Places((SCHOOL, CENTRE)), "en")
    assert found["kinds"] == [{"id": "kita", "name": "KITA"}, {"id": "schule", "name": "SCHULE"}]
    assert [place[2] for place in found["places"]] == [1, 0]


def test_unknown_is_not_zero_and_coordinates_are_exact_to_a_metre():
    school, centre = facilities_json(Places((SCHOOL, CENTRE)), "de")["places"]
    assert school == [9.43889, 54.78333, 1, "Grundschule", "Stadt", "Am Markt 1", 120]
    assert centre == [9.44, 54.78, 0, "Kita", "", "", None]
    (empty,) = facilities_json(Places(((*CENTRE[:6], 0.0),)), "de")["places"]
    assert empty[6] == 0


def test_a_place_without_coordinates_or_of_an_unknown_kind_is_not_on_the_map():
    lost = (*SCHOOL[:4], float("nan"), 54.78, 120.0)
    strange = ("museum", *SCHOOL[1:])
    found = facilities_json(Places((lost, strange, CENTRE)), "de")
    assert [kind["id"] for kind in found["kinds"]] == ["kita"]
    assert [place[3] for place in found["places"]] == ["Kita"]


def test_a_release_without_facilities_gives_empty_lists():
    found = facilities_json(Places(()), "de")
    assert (found["kinds"], found["places"]) == ([], [])
