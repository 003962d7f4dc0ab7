"""Outlines for drawing: how far they are simplified, on which grid they are kept."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from data.geometry import MAP_STEPS, for_drawing, tolerances

SIDE, STEP = 9, 0.013


def wavy_cells(metres: float) -> gpd.GeoDataFrame:
    """Cells of one extent whose shared borders have many small corners."""
    size = metres / SIDE
    t = np.linspace(0, 1, 41)

    def line(x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float]]:
        bend = STEP * size * np.sin(9 * np.pi * t)
        xs, ys = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
        across = (0, 1) if y0 == y1 else (1, 0)
        return list(zip(xs + across[0] * bend, ys + across[1] * bend, strict=True))

    def cell(i: int, j: int) -> shapely.Polygon:
        x0, y0 = 400_000 + i * size, 5_600_000 + j * size
        x1, y1 = x0 + size, y0 + size
        ring = [
            *line(x0, y0, x1, y0),
            *line(x1, y0, x1, y1),
            *reversed(line(x0, y1, x1, y1)),
            *reversed(line(x0, y0, x0, y1)),
        ]
        return shapely.Polygon(ring)

    cells = [cell(i, j) for i in range(SIDE) for j in range(SIDE)]
    names = [f"{k:02d}" for k in range(len(cells))]
    return gpd.GeoDataFrame({"area_id": names, "name": names}, geometry=cells, crs="EPSG:25832")


def decimals_of(drawn: gpd.GeoDataFrame) -> int:
    numbers = shapely.get_coordinates(drawn.geometry.array)
    return next(
        d for d in range(9) if np.allclose(numbers, np.round(numbers, d), rtol=0, atol=1e-11)
    )


@pytest.mark.parametrize(("metres", "decimals"), [(20_000, 6), (46_000, 6), (876_000, 4)])
def test_the_grid_is_fine_beside_the_tolerance(metres, decimals):
    cells = wavy_cells(metres)
    told = tolerances({"x@1": cells})["x@1"]["tolerance_m"]
    assert told == pytest.approx(metres * 1.005 / MAP_STEPS, rel=0.03)
    assert decimals_of(for_drawing(cells)) == decimals
    assert 10.0**-decimals * 111_320 < told / 16 or decimals == 6


@pytest.mark.parametrize("metres", [20_000, 876_000])
def test_neighbours_keep_one_border_on_the_coarser_grid(metres):
    drawn = for_drawing(wavy_cells(metres))
    shapes = np.asarray(drawn.geometry.array, dtype=object)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    n_before = shapely.get_num_coordinates(np.asarray(wavy_cells(metres).geometry.array)).sum()
    assert shapely.get_num_coordinates(shapes).sum() < n_before


def test_points_have_no_tolerance():
    points = gpd.GeoDataFrame(
        {"area_id": ["a"], "name": ["a"]}, geometry=[shapely.Point(1, 2)], crs="EPSG:25832"
    )
    assert tolerances({"kitas@1": points}) == {}
