"""Who succeeds whom after boundaries were re-cut."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import pandas as pd

from data.importing.town import CONVERSION_COLUMNS
from domain.model import Audience, Catalogue
from services.places import places_bytes, successions
from tests.town_fixture import catalogue


def links_of(*rows: tuple[str, str, str, str, float]) -> tuple[dict, dict]:
    """Return the links of rows (old vintage, new vintage, old, new, weight) of one level."""
    full = [("teile", *row, "population") for row in rows]
    return successions(pd.DataFrame(full, columns=list(CONVERSION_COLUMNS)))


def test_only_a_whole_area_in_a_new_one_of_its_own_has_a_successor():
    links, steps = links_of(
        ("2012", "2021", "same", "same", 1.0),
        ("2012", "2021", "renamed", "new-name", 0.9999999),
        ("2012", "2021", "split", "half-1", 0.4),
        ("2012", "2021", "split", "half-2", 0.6),
        ("2012", "2021", "merged-1", "merged", 1.0),
        ("2012", "2021", "merged-2", "merged", 1.0),
        ("2012", "2021", "most", "less", 0.98),
    )
    assert links == {"teile": {"2012": {"same": "same", "renamed": "new-name"}}}
    assert steps == {"teile": {"2012": "2021"}}


def test_an_area_measured_on_the_map_has_no_successor():
    row = ("teile", "2012", "2021", "a", "b", 1.0, "area")
    assert successions(pd.DataFrame([row], columns=list(CONVERSION_COLUMNS)))[0] == {
        "teile": {"2012": {}}
    }


def test_a_part_of_weight_zero_splits_nothing():
    links, _ = links_of(("2012", "2021", "a", "b", 1.0), ("2012", "2021", "a", "c", 0.0))
    assert links == {"teile": {"2012": {"a": "b"}}}


def test_links_lead_to_the_next_vintage():
    links, steps = links_of(
        ("2012", "2024", "a", "far", 1.0),
        ("2012", "2021", "a", "next", 1.0),
        ("2021", "2024", "next", "far", 1.0),
    )
    assert links["teile"] == {"2012": {"a": "next"}, "2021": {"next": "far"}}
    assert steps["teile"] == {"2012": "2021", "2021": "2024"}


def test_no_conversion_gives_no_links():
    assert links_of() == ({}, {})


@dataclass(frozen=True)
class TwoVintages:
    """A release whose quarters were re-cut in 2021; its reader is the release itself."""

    held: Catalogue

    def reader(self, release: str, audience: Audience) -> TwoVintages:
        return self

    def catalogue(self) -> Catalogue:
        return self.held

    def conversions(self) -> pd.DataFrame:
        return pd.DataFrame(columns=list(CONVERSION_COLUMNS))

    def level_frame(
        self, audience: Audience, release: str, level: str, vintage: str
    ) -> pd.DataFrame:
        ids = ["01", "03"] if vintage == "2021" else ["01", "02"]
        return pd.DataFrame({"name": [f"{i} of {vintage}" for i in ids]}, index=ids)


def test_an_area_that_was_cut_away_keeps_its_name():
    old = next(x for x in catalogue().levels if x.id == "quartiere")
    town = replace(catalogue(), levels=(replace(old, vintage="2021"), old))
    answer = json.loads(places_bytes(TwoVintages(town), Audience.PUBLIC, "r", "de"))
    (level,) = answer["levels"]
    assert level["areas"] == [["01", "01 of 2021"], ["03", "03 of 2021"]]
    assert answer["former"] == {"quartiere": {"02": "02 of 2020"}}
