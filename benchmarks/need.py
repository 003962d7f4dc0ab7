"""Places in reach of 542 areas and of 10,000 homes, with 3,000 facilities.

The product looks at pairs in reach only. The rivals are the two first versions one writes: all
distances in one matrix, and GeoPandas with one question a facility.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from benchmarks.planning_results import Measured, measured
from domain.needs_index import FloatArray
from domain.reach import Catchment, reach

AREAS, HOMES, FACILITIES = 542, 10_000, 3_000
METRES = 1_000.0
_SEED = 20260101
_SIDE_M = 25_000.0
_CLOSE = 1e-9


@dataclass(frozen=True)
class Places:
    """Points in metres with children, and facilities with their places."""

    homes: FloatArray
    children: FloatArray
    houses: FloatArray
    places: FloatArray


def places(homes: int, facilities: int = FACILITIES) -> Places:
    """Return points drawn with a fixed seed over a town of 25 by 25 kilometres."""
    generator = np.random.default_rng(_SEED)
    return Places(
        generator.uniform(0, _SIDE_M, (homes, 2)),
        generator.integers(5, 600, homes).astype(float),
        generator.uniform(0, _SIDE_M, (facilities, 2)),
        generator.integers(10, 150, facilities).astype(float),
    )


def measure(town: Places, repeats: int) -> list[Measured]:
    """Time the product and both rivals; raise where they do not agree to a billionth."""
    by = Catchment(METRES)
    own, found = measured(
        "KECK-Atlas",
        lambda: reach(town.homes, town.children, town.houses, town.places, by),
        repeats,
    )
    rows = [own]
    for name, run, times in (
        ("numpy, all distances", dense, min(repeats, 3)),
        ("GeoPandas, one question a facility", by_geopandas, 1),
    ):
        row, access = measured(name, lambda run=run: run(town), times)
        if not np.allclose(access, found.access, atol=_CLOSE):
            raise RuntimeError(f"{name} finds other places in reach than the product")
        rows.append(row)
    return rows


def dense(town: Places) -> FloatArray:
    """Return places for each child in reach, by the matrix of all distances."""
    apart = town.homes[:, None, :] - town.houses[None, :, :]
    within = np.sqrt((apart**2).sum(axis=2)) <= METRES
    competing = (within * town.children[:, None]).sum(axis=0)
    ratio = np.divide(town.places, competing, out=np.zeros(len(competing)), where=competing > 0)
    access: FloatArray = (within * ratio[None, :]).sum(axis=1)
    return access


def by_geopandas(town: Places) -> FloatArray:
    """Return the same, asking the distance of all homes from one facility after the other."""
    homes = gpd.GeoSeries(gpd.points_from_xy(town.homes[:, 0], town.homes[:, 1]))
    houses = gpd.GeoSeries(gpd.points_from_xy(town.houses[:, 0], town.houses[:, 1]))
    access = np.zeros(len(homes))
    for house, offered in zip(houses, town.places, strict=True):
        within = (homes.distance(house) <= METRES).to_numpy()
        competing = town.children[within].sum()
        if competing > 0:
            access[within] += offered / competing
    return access
