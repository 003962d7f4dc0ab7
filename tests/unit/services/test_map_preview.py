"""What a new layer would change, as plain values."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS
from shapely.geometry import Point, box

from domain.coverage import TooManyOverlapsError
from domain.redrawn_areas import Outlines
from services import map_preview
from services.map_preview import faults, outlines_of, pictures, weights

METRES = CRS.from_epsg(25832)
WEST, SOUTH = 500_000.0, 6_000_000.0


def square(east, width=1000.0):
    return box(WEST + east, SOUTH, WEST + east + width, SOUTH + 1000.0)


def frame(**shapes):
    rows = {"area_id": list(shapes), "name": [f"Gebiet {a}" for a in shapes]}
    return gpd.GeoDataFrame(rows, geometry=list(shapes.values()), crs=METRES)


def test_faults_have_a_kind_a_size_and_a_place_and_small_ones_are_slivers():
    areas = frame(a=square(0, 1100), b=square(1000), c=square(2000.0, 999.9))
    found = faults(frame(**dict(zip("abc", areas.geometry, strict=True)), d=square(3000)))
    assert [m["kind"] for m in found["marks"]] == ["overlap", "sliver"]
    overlap = found["marks"][0]
    assert overlap["square_metres"] == 100_000.0
    assert overlap["areas"] == ["a Gebiet a", "b Gebiet b"]
    assert square(1000, 100).contains(Point(overlap["at"]))


def test_areas_that_lie_over_one_another_in_masses_are_not_compared(monkeypatch):
    def too_many(_areas):
        raise TooManyOverlapsError

    monkeypatch.setattr(map_preview, "measured_faults", too_many)
    assert faults(frame(a=square(0))) == {"marks": [], "rest": 0}


def test_pictures_hold_rings_of_changed_areas_alone():
    old = outlines_of(frame(a=square(0), b=square(1000)))
    new = outlines_of(frame(a=square(0), c=square(1000)))
    told = pictures(old, new)
    assert told["fates"] == {"vanished": 1, "new": 1, "moved": 0, "renamed": 0, "same": 1}
    assert [one["id"] for one in told["changes"]] == ["b", "c"]
    assert all(len(one["rings"]) == 1 for one in told["changes"])
    assert len(told["old"]) == len(told["new"]) == 2
    json.dumps(told)


def test_weights_follow_children_where_it_is_known_where_they_live():
    old = outlines_of(frame(a=square(0, 2000)))
    new = outlines_of(frame(x=square(0, 500), y=square(500, 1500)))
    nobody = pd.DataFrame({"x": [], "y": [], "weights": []})
    assert weights(old, new, nobody, METRES) == {"area": [("a", "x", 0.25), ("a", "y", 0.75)]}
    spots = gpd.GeoSeries([square(0, 500).centroid, square(500).centroid], crs=METRES).to_crs(4326)
    points = pd.DataFrame(
        {"x": spots.x, "y": spots.y, "weights": ['{"u3": 2, "ue3": 7}', '{"u3": 1}']}
    )
    found = weights(old, new, points, METRES)
    assert found["population"] == [("a", "x", 0.9), ("a", "y", 0.1)]
    empty = Outlines(("a",), ("A",), np.array([None], dtype=object))
    assert weights(empty, new, points, METRES) == {}
