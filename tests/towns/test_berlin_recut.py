"""Berlin's re-cut of 2021: which areas stayed as they were, and where the others went."""

from __future__ import annotations

import json
from collections import Counter
from statistics import median

import pytest

from data.importing.town import ImportedTown
from domain.boundaries import Share, convert
from tests.towns.berlin_sources import FOLDER, TOWNS

pytestmark = [
    pytest.mark.towns,
    pytest.mark.long,
    pytest.mark.skipif(not TOWNS, reason="KECK_TOWNS_DIR does not name the real towns"),
]


@pytest.fixture
def town(berlin: ImportedTown) -> ImportedTown:
    return berlin


def findings(town: ImportedTown, code: str) -> list:
    return [f for f in town.findings if f.code == code]


def test_only_areas_that_the_maps_call_the_same_are_carried_over_as_they_are(town):
    links = json.loads((FOLDER / "raw/geo/berlin-lor-matches.json").read_text("utf-8"))
    same = town.conversions[town.conversions["basis"] == "one_to_one"]
    assert Counter(same["level"]) == {"planungsraeume": 293, "bezirksregionen": 102}
    assert set(same["weight"]) == {1.0}
    for row in same.itertuples(index=False):
        assert links[row.old] == [row.new]
        assert links.get(row.new, [row.old]) == [row.old]
        old = outline(town, f"{row.level}@2006", row.old)
        new = outline(town, f"{row.level}@2021", row.new)
        assert old.intersection(new).area > 0.98 * max(old.area, new.area)
    differing = {f.params["level"]: f.params for f in findings(town, "conversion_pair_differs")}
    # the file gives Pillnitzer Weg one successor, and the map shows two
    assert "05020522 → 05200526 (22 %)" in differing["planungsraeume"]["examples"]
    assert {level: p["n"] for level, p in differing.items()} == {
        "planungsraeume": 324 - 293,
        "bezirksregionen": 108 - 102,
    }


def outline(town: ImportedTown, level: str, area: str):
    frame = town.areas[level]
    return frame.loc[frame["area_id"] == area, "geometry"].iloc[0]


def test_the_rest_of_the_recut_is_measured_on_the_maps_and_keeps_totals(town):
    measured = town.conversions[town.conversions["basis"] == "area"]
    by_area = {f.params["level"]: f.params["n"] for f in findings(town, "conversion_by_area")}
    assert by_area == {"planungsraeume": 447 - 293, "bezirksregionen": 138 - 102}
    known = measured[measured["old"] != ""]
    assert known.groupby("level")["old"].nunique().to_dict() == by_area
    sums = town.conversions[town.conversions["old"] != ""].groupby(["level", "old"])["weight"].sum()
    assert sums.to_numpy() == pytest.approx(1.0, abs=1e-9)
    assert len(sums) == 447 + 138
    # the area the old map lacks, and one of which a tenth lies in an area that was not cut
    assert set(measured.loc[measured["old"] == "", "new"]) == {"04300414", "11300725"}


def test_residents_before_the_recut_add_up_in_the_new_areas(town):
    v = town.values
    chosen = v[(v["indicator"] == "einwohner") & (v["category"] == "total")]
    table = town.conversions[town.conversions["level"] == "planungsraeume"]
    ways = [Share(r.old, r.new, r.weight, r.basis == "area") for r in table.itertuples()]
    old = chosen[(chosen["level"] == "planungsraeume") & (chosen["period"] == "2020")]
    counts = old.set_index("area")["value"].to_dict()
    new = convert({a: {"n": n} for a, n in counts.items()}, [w for w in ways if w.old])
    assert sum(a["n"] for a in new.values()) == pytest.approx(sum(counts.values()))
    later = chosen[(chosen["level"] == "planungsraeume") & (chosen["period"] == "2021")]
    then = later.set_index("area")["value"].to_dict()

    def typical(is_estimate: bool) -> float:
        return median(
            abs(parts["n"] / then[area] - 1)
            for area, parts in new.items()
            if parts["estimated"] == is_estimate and then.get(area)
        )

    # a year of growth where nothing was cut; where it was, surface tells little about people
    assert typical(False) < 0.015
    assert 0.05 < typical(True) < 0.2
