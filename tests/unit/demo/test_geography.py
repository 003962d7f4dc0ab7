"""The levels of the demo are clean coverages of one territory, with real-sounding names."""

from __future__ import annotations

import csv
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

LAYERS = {
    "stadtbezirke": ("stadtbezirke.geojson", None, 8, "name"),
    "stadtteile": ("gebiete.gpkg", "stadtteile", 32, "stt_name"),
    "grundschulbezirke": ("gebiete.gpkg", "grundschulbezirke", 12, "schule"),
    "sozialraeume_2012": ("sozialraeume_2012.zip", None, 92, "SR_NAME"),
    "sozialraeume_2021": ("sozialraeume_2021.zip", None, 96, "SR_NAME"),
}


def layer(committed: Path, name: str) -> gpd.GeoDataFrame:
    file, table, _, _ = LAYERS[name]
    frame = gpd.read_file(committed / "raw" / file, layer=table)
    return frame.to_crs("EPSG:25832")


@pytest.mark.parametrize("name", LAYERS)
def test_a_level_has_its_number_of_areas_with_different_names(committed: Path, name: str) -> None:
    frame = layer(committed, name)
    _, _, number, column = LAYERS[name]
    assert len(frame) == number
    assert frame[column].nunique() == number


@pytest.mark.parametrize("name", LAYERS)
def test_neighbours_share_their_borders_exactly(committed: Path, name: str) -> None:
    file, table, _, _ = LAYERS[name]
    shapes = np.array(gpd.read_file(committed / "raw" / file, layer=table).geometry)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


@pytest.mark.parametrize("name", LAYERS)
def test_all_levels_cover_the_same_land_without_gaps(committed: Path, name: str) -> None:
    finest = shapely.union_all(np.array(layer(committed, "sozialraeume_2021").geometry))
    shapes = np.array(layer(committed, name).geometry)
    whole = shapely.union_all(shapes)
    assert shapely.area(shapes).sum() == pytest.approx(whole.area, rel=1e-7)
    assert shapely.symmetric_difference(whole, finest).area < 0.0001 * finest.area


def test_the_land_is_dry_and_in_two_banks_with_islands(committed: Path) -> None:
    whole = shapely.union_all(np.array(layer(committed, "sozialraeume_2021").geometry))
    parts = sorted(shapely.area(shapely.get_parts(whole)) / 1e6)
    assert len(parts) == 3  # the two banks meet where the river is narrow
    assert parts[-1] > 150
    assert parts[0] < 3


def test_social_areas_lie_within_their_district(committed: Path) -> None:
    districts = layer(committed, "stadtteile").set_index("stt_nr")
    for vintage in ("2012", "2021"):
        areas = layer(committed, f"sozialraeume_{vintage}")
        parents = districts.geometry[areas["STT_NR"]]
        outside = areas.geometry.difference(gpd.GeoSeries(parents.to_numpy(), crs=parents.crs)).area
        assert float(outside.max()) < 1.0  # square metres


def test_inner_districts_are_smaller_than_outer_ones(committed: Path) -> None:
    frame = layer(committed, "stadtteile")
    gap = frame.geometry.centroid.distance(shapely.Point(545_000, 5_872_000))
    inner, outer = frame.geometry.area[gap < 2500], frame.geometry.area[gap > 5000]
    assert len(inner) >= 5
    assert len(outer) >= 8
    assert float(outer.median()) > 3 * float(inner.median())


def test_the_conversion_carries_every_old_area_over_completely(committed: Path) -> None:
    path = committed / "raw" / "umrechnung_sozialraeume.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    old = {row["alt"]: 0.0 for row in rows}
    for row in rows:
        old[row["alt"]] += float(row["anteil"])
    assert len(old) == 92
    assert len({row["neu"] for row in rows}) == 96
    assert len(rows) == 99
    assert all(total == pytest.approx(1.0, abs=1e-5) for total in old.values())
