"""What a release works out of its own values: clusters of neighbours, ranges of ranks."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Point, box

from data.bundle_schema import DERIVED_COLUMNS, SERIES_COLUMNS
from domain.model import Catalogue, Indicator, Kind, Level, Text, Town
from domain.progress import Progress, silent
from services import derived
from services.derived import DerivedTables
from tests.unit.figures.sample import INDICATOR, LEVEL

SIDE = 6
SHARE = replace(INDICATOR, id="quote", multiplier=100.0)
COUNT = replace(SHARE, id="zahl", kind=Kind.COUNT, interval="none")


def catalogue(*indicators: Indicator, level: Level = LEVEL) -> Catalogue:
    city = replace(LEVEL, id="stadt", kind="city", name=Text("Stadt"))
    return Catalogue(Town("x", "X"), (), (), indicators, (city, level))


def grid(*, points: bool = False, outlines: bool = True) -> gpd.GeoDataFrame:
    """Return 36 fields of a square town, or their middles."""
    corners = [(100 * (i % SIDE), 100 * (i // SIDE)) for i in range(SIDE * SIDE)]
    shapes = [Point(x, y) if points else box(x, y, x + 99.5, y + 99.5) for x, y in corners]
    return gpd.GeoDataFrame(
        {"area_id": [f"{i:02}" for i in range(SIDE * SIDE)], "name": ""},
        geometry=shapes if outlines else [None] * len(shapes),
        crs="EPSG:25832",
    )


def values(indicator: Indicator = SHARE, *, hidden: tuple[int, ...] = (), secret: float = 9.0):
    """Return one period: a corner of nine fields is high, ``hidden`` fields are kept secret."""
    rows = []
    for i in range(SIDE * SIDE):
        is_high = i % SIDE < 3 and i // SIDE < 3
        cases = secret if i in hidden else (160.0 if is_high else 40.0) + i % 5
        rows.append(
            {
                "indicator": indicator.id, "category": "total", "level": LEVEL.id,
                "vintage": LEVEL.vintage, "period": "2024", "area": f"{i:02}",
                "value": 100 * cases / 400, "numerator": cases, "denominator": 400.0,
                "state": "suppressed" if i in hidden else "ok", "flags": "",
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def derive(frame: pd.DataFrame, *indicators: Indicator, areas=None, level: Level = LEVEL):
    tables = DerivedTables(
        catalogue(*(indicators or (SHARE,)), level=level),
        {LEVEL.key: grid() if areas is None else areas},
    )
    return tables.derive(frame, silent())


def test_the_corner_of_high_fields_is_a_cluster_across_gaps_of_half_a_metre():
    found = derive(values())
    assert list(found.columns) == [*SERIES_COLUMNS, *DERIVED_COLUMNS]
    assert len(found) == SIDE * SIDE
    words = dict(zip(found["area"], found["lisa"], strict=True))
    assert words["07"] == "high_high"
    assert words["35"] == "not_significant"
    p = dict(zip(found["area"], found["lisa_p"], strict=True))
    assert p["07"] < 0.01 < p["35"]


def test_every_area_has_a_range_of_ranks_and_the_highest_burden_is_first():
    found = derive(values()).set_index("area")
    assert found.loc["08", "rank_low"] <= 9 < found.loc["30", "rank_low"]
    assert (found["rank_low"] <= found["rank_high"]).all()


def test_the_order_of_the_delivered_file_decides_nothing():
    shuffled = values().sample(frac=1.0, random_state=1)
    areas = grid().sample(frac=1.0, random_state=2).reset_index(drop=True)
    pd.testing.assert_frame_equal(derive(values()), derive(shuffled, areas=areas))


def test_a_hidden_area_has_no_row_and_its_number_moves_no_other():
    once = derive(values(hidden=(7, 20)))
    twice = derive(values(hidden=(7, 20), secret=390.0))
    assert {"07", "20"}.isdisjoint(once["area"])
    assert len(once) == SIDE * SIDE - 2
    pd.testing.assert_frame_equal(once, twice)


@pytest.mark.parametrize(
    ("parts", "level"),
    [
        ({"areas": grid(points=True)}, replace(LEVEL, kind="institutions")),
        ({"areas": grid(outlines=False)}, LEVEL),
    ],
)
def test_without_polygons_there_are_ranks_but_no_clusters(parts, level):
    found = derive(values(), level=level, **parts)
    assert set(found["lisa"]) == {""}
    assert found["lisa_p"].isna().all()
    assert found["rank_high"].notna().all()


def test_below_thirty_areas_with_a_value_no_cluster_is_looked_for():
    found = derive(values(hidden=tuple(range(7))))
    assert len(found) == 29
    assert set(found["lisa"]) == {""}


def test_values_without_a_range_of_chance_have_no_range_of_ranks():
    bare = replace(SHARE, interval="none")
    found = derive(values(bare), bare)
    assert found["rank_low"].isna().all()
    assert "high_high" in set(found["lisa"])
    assert derive(values(COUNT), COUNT).empty


def test_figures_of_the_town_and_of_groups_of_areas_are_passed_over():
    town = values().head(1).assign(level="stadt", area="x")
    group = values().head(1).assign(area="gruppe-1", value=99.0)
    found = derive(pd.concat([values(), town, group], ignore_index=True))
    pd.testing.assert_frame_equal(found, derive(values()))


def test_what_both_files_have_in_common_is_worked_out_once(monkeypatch):
    calls = []
    real = derived.lisa
    monkeypatch.setattr(derived, "lisa", lambda *args: calls.append(1) or real(*args))
    tables = DerivedTables(catalogue(SHARE), {LEVEL.key: grid()})
    first = tables.derive(values(), silent())
    second = tables.derive(values(), silent())
    tables.derive(values(hidden=(3,)), silent())
    assert len(calls) == 2
    pd.testing.assert_frame_equal(first, second)


def test_the_work_tells_how_far_it_is_and_can_be_ended():
    class EndedError(Exception):
        pass

    told = []

    def report(share, step):
        told.append((share, step.key, step.params))
        if len(told) > 1:
            raise EndedError

    clock = iter(np.arange(0.0, 1000.0, 1.0)).__next__
    frame = pd.concat([values().assign(period=str(y)) for y in range(2010, 2020)])
    tables = DerivedTables(catalogue(SHARE), {LEVEL.key: grid()})
    with pytest.raises(EndedError):
        tables.derive(frame, Progress.to(report, clock))
    assert told[0] == (0.0, "import.deriving_layers", {"done": 0, "of": 10})
    assert told[-1][1] == "import.deriving_layers"
