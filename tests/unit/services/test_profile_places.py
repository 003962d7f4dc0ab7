"""Which facilities lie in which area, and outlines simple enough for a small map."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from shapely.geometry import MultiPolygon, box

from services.profile_places import facilities_of, rings

AREAS = gpd.GeoDataFrame(
    {"name": ["West", "Ost"]}, geometry=[box(9, 54, 9.1, 54.1), box(9.1, 54, 9.2, 54.1)],
    index=["w", "e"], crs="EPSG:4326",
)  # fmt: skip


def test_facilities_lie_in_the_area_that_holds_their_point():
    frame = pd.DataFrame({"x": [9.05, 9.15, None, 9.5], "y": [54.05, 54.05, None, 54.05]})
    assert facilities_of(AREAS, frame) == {"w": [0], "e": [1]}


def test_a_level_without_outlines_has_no_facility_inside():
    bare = gpd.GeoDataFrame({"name": ["West"]}, geometry=[None], index=["w"], crs="EPSG:4326")
    assert facilities_of(bare, pd.DataFrame({"x": [9.05], "y": [54.05]})) == {}


def test_islands_too_small_to_be_seen_are_left_out_but_never_the_whole_area():
    land, rock = box(0, 0, 1, 1), box(5, 5, 5.001, 5.001)
    assert len(rings(MultiPolygon([land, rock]), 0.01)) == 1
    assert len(rings(rock, 0.01)) == 1
    assert rings(None, 0.01) == ()
