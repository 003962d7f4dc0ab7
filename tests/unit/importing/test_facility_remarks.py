"""Points outside the town and points without a name are told, and left out only when asked."""

import json

import pytest

from domain.findings import Severity
from tests.small_delivery import TABLE, import_delivery

POINTS = """
[[facility_kind]]
id = "kita"
name = "Kita"
[[facility]]
kind = "kita"
source = "amt"
file = "kitas.geojson"
format = "geojson"
id = "id"
name = "name"
"""
LINES = ["id;jahr;kinder", "01;2021;5"]


@pytest.fixture
def with_points(tmp_path):
    places = [("1", "Sonne", 9.405), ("2", "", 9.415), ("3", "Fern", 9.9), ("4", " ", 9.95)]
    features = [
        {
            "type": "Feature",
            "id": one,
            "properties": {"name": name},
            "geometry": {"type": "Point", "coordinates": [x, 54.705]},
        }
        for one, name, x in places
    ]
    layer = {"type": "FeatureCollection", "features": features}
    (tmp_path / "kitas.geojson").write_text(json.dumps(layer), encoding="utf-8")

    def town(more: str = ""):
        return import_delivery(tmp_path, LINES, table=TABLE + POINTS + more)

    return town


def told(town, code):
    return [(f.severity, f.params) for f in town.findings if f.code == code]


def test_points_outside_are_shown_with_a_warning(with_points):
    town = with_points()
    assert town.facilities["facility_id"].tolist() == ["1", "2", "3", "4"]
    expected = {"n": 2, "all": 4, "rows": "3, 4"}
    assert told(town, "facility_outside") == [(Severity.WARNING, expected)]
    unnamed = {"n": 2, "all": 4, "rows": "2, 4", "unnamed": ""}
    assert told(town, "facility_unnamed") == [(Severity.WARNING, unnamed)]


def test_points_outside_are_left_out_where_the_recipe_says_so(with_points):
    town = with_points('only_inside = true\nunnamed = "Kita ohne Namen"\n')
    assert town.facilities["facility_id"].tolist() == ["1", "2"]
    assert town.facilities["name"].tolist() == ["Sonne", "Kita ohne Namen"]
    assert told(town, "facility_outside") == []
    ((severity, params),) = told(town, "facility_left_out")
    assert (severity, params["n"], params["all"]) == (Severity.INFO, 2, 4)
    ((severity, params),) = told(town, "facility_unnamed")
    assert (severity, params["n"], params["all"]) == (Severity.INFO, 1, 2)
