"""Series over a re-cut: only areas that were left as they are, and nothing hidden comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd
import pytest

from data.importing.town import CONVERSION_COLUMNS
from domain.model import Audience, Catalogue, Level, State
from services.views import ViewKey
from services.vintages import _chain, other_vintages
from tests.town_fixture import catalogue

IDS = {"2020": ["same", "old", "split"], "2024": ["same", "new", "half-1", "half-2"]}
LINKS = (
    ("2020", "2024", "same", "same", 1.0),
    ("2020", "2024", "old", "new", 1.0),
    ("2020", "2024", "split", "half-1", 0.5),
    ("2020", "2024", "split", "half-2", 0.5),
)
VALUES = {
    "2020": (
        ("2018", "same", 10.0, "ok"),
        ("2018", "old", 99.0, "suppressed"),
        ("2018", "split", 30.0, "ok"),
        ("2019", "same", 11.0, "limited"),
        ("2019", "old", 21.0, "ok"),
        ("2024", "same", 1.0, "ok"),
    ),
    "2024": (
        ("2024", "same", 12.0, "ok"),
        ("2024", "new", 22.0, "ok"),
        ("2025", "same", 13.0, "ok"),
        ("2025", "new", 98.0, "suppressed"),
    ),
}
TOWN = (("2018", "stadt", 15.0, "ok"), ("2019", "stadt", 77.0, "suppressed"))


@dataclass(frozen=True)
class Recut:
    """A release whose quarters were re-cut in 2024; its reader is the release itself."""

    held: Catalogue
    links: tuple[tuple[object, ...], ...] = LINKS

    def reader(self, release: str, audience: Audience) -> Recut:
        return self

    def catalogue(self) -> Catalogue:
        return self.held

    def conversions(self) -> pd.DataFrame:
        rows = [("quartiere", *link, "population") for link in self.links]
        return pd.DataFrame(rows, columns=list(CONVERSION_COLUMNS))

    def values(self, indicator: str, level: str, vintage: str, category: str) -> pd.DataFrame:
        rows = VALUES[vintage] if level == "quartiere" else TOWN
        frame = pd.DataFrame(rows, columns=["period", "area", "value", "state"])
        limits = {"lower": 0.5, "upper": 3.0, "lower998": 0.4, "upper998": 3.5}
        return frame.assign(flags="", numerator=1.0, denominator=2.0, **limits)

    def level_frame(
        self, audience: Audience, release: str, level: str, vintage: str
    ) -> gpd.GeoDataFrame:
        return gpd.GeoDataFrame({"name": IDS[vintage]}, index=IDS[vintage])


def levels() -> tuple[Level, Level]:
    found = next(x for x in catalogue().levels if x.id == "quartiere")
    return replace(found, vintage="2020"), replace(found, vintage="2024")


def town(*links: tuple[object, ...], vintages: int = 2) -> Recut:
    kept = tuple(x for x in catalogue().levels if x.id != "quartiere")
    return Recut(replace(catalogue(), levels=(*kept, *levels()[:vintages])), links or LINKS)


def key(level: Level, aggregation: str = "none") -> ViewKey:
    indicator = catalogue().indicator("kinderarmut")
    assert indicator is not None
    return ViewKey(Audience.PUBLIC, "r", replace(indicator, aggregation=aggregation), level)


def test_the_new_areas_get_the_years_of_the_old_ones_they_were():
    (old,) = other_vintages(town(), key(levels()[1]))
    assert (old.vintage, old.periods, old.positions) == ("2020", ("2018", "2019"), (2018, 2019))
    assert old.values == {0: (10.0, 11.0), 1: (None, 21.0)}


def test_the_old_areas_get_the_years_of_the_new_ones_and_years_of_both_are_not_repeated():
    (new,) = other_vintages(town(), key(levels()[0]))
    assert (new.vintage, new.periods) == ("2024", ("2025",))
    assert new.values == {0: (13.0,), 1: (None,)}


def test_a_split_area_has_no_series_and_neither_have_its_parts():
    (old,) = other_vintages(town(), key(levels()[1]))
    assert not {2, 3} & set(old.values)


def test_a_split_area_lends_its_parts_to_the_new_ones_and_they_are_estimates():
    (old,) = other_vintages(town(), key(levels()[1], "sum_parts"))
    # 2018 has one case of two persons; 2019 nothing was delivered
    assert old.values[2] == old.values[3] == (50.0, None)
    assert old.states[2] == (State.OK, State.NOT_COLLECTED)
    assert old.estimated == frozenset({2, 3})
    assert old.values[0] == (10.0, 11.0)


def test_a_hidden_value_stays_hidden_in_the_trend_also_that_of_the_town():
    (old,) = other_vintages(town(), key(levels()[1]))
    assert old.values[1][0] is None
    assert old.city == (15.0, None)


def test_a_town_without_re_cuts_has_no_other_vintage():
    assert other_vintages(town(vintages=1), key(levels()[0])) == ()


def test_without_conversions_the_years_are_there_and_no_area_is_joined():
    (old,) = other_vintages(town(("2020", "2024", "same", "same", 0.5)), key(levels()[1]))
    assert (old.periods, old.values) == (("2018", "2019"), {})


PAIRS = {"2012": {"a": "b", "x": "y"}, "2020": {"b": "c"}}
STEPS = {"2012": "2020", "2020": "2024"}


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2012", "2020", {"a": "b", "x": "y"}),
        ("2012", "2024", {"a": "c"}),
        ("2020", "2024", {"b": "c"}),
        ("2024", "2012", {}),
        ("2012", "1999", {}),
        ("2012", "2012", {}),
    ],
)
def test_pairs_are_followed_from_vintage_to_vintage(start, end, expected):
    assert _chain(PAIRS, STEPS, start, end) == expected


def test_steps_in_a_circle_end():
    assert _chain({}, {"a": "b", "b": "a"}, "a", "c") == {}
