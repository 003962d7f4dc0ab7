"""Spatial."""

from __future__ import annotations

import re
from typing import Any

from domain import autocorrelation, hot_spots, neighbours
from tests.reference.bindings.contract import AnyForm, Binding, Input

BANDS = (30, 60, 90, 120, 150)
"""Distances of the published example on a grid."""


def _around(given: Input) -> list[list[int]]:
    """Return the neighbours by position, whether a file lists them by position or by name."""
    if "neighbours_0based" in given:
        return list(given["neighbours_0based"])
    listed = given["neighbours"]
    if isinstance(listed, dict):
        names = [str(name) for name in given.get("areas", listed)]
        place = {name: i for i, name in enumerate(names)}
        return [[place[str(other)] for other in listed.get(name, [])] for name in names]
    # counted from 1 if the highest number could be no position counted from 0
    highest = max((j for row in listed for j in row), default=0)
    shift = 1 if highest == len(listed) else 0
    return [[j - shift for j in row] for row in listed]


def _standardised(given: Input) -> bool:
    return "bin" not in str(given.get("weights", "")).lower()


def _moran(given: Input) -> Any:
    return autocorrelation.moran(given["y"], _around(given), standardised=_standardised(given))


def _moran_rate(given: Input) -> Any:
    return autocorrelation.moran_rate(
        given["events"], given["population"], _around(given), standardised=_standardised(given)
    )


def _lisa(given: Input) -> Any:
    around = _around(given)
    found = autocorrelation.lisa(given["y"], around, fewest=0)
    town = autocorrelation.moran(given["y"], around)
    n = found["n"]
    local = found["I"]
    by_n = [None if v is None else v * n / (n - 1) for v in local]
    names = given.get("names", given.get("areas", []))
    named = dict(zip(names, by_n, strict=False))
    return {
        **town,
        "I": AnyForm((town["I"], local)),
        "first10_I": local[:10],
        "first10_quadrant": found["quadrant"][:10],
        "local_I_esda_scaling_factor": (n - 1) / n,
        "local_I_spdep_scaling": AnyForm((by_n, by_n[: len(names)], named)),
        "sum_I_over_n_minus_1_equals_global_I": sum(v for v in local if v is not None) / (n - 1),
        "quadrant": found["quadrant"],
        "class": found["class"],
    }


def _grid_points(given: Input) -> list[list[float]]:
    grid, spacing = given["grid"], given.get("spacing", 1)
    if isinstance(grid, dict):
        grid = list(grid.values())
    if isinstance(grid, str):
        grid = [int(number) for number in re.findall(r"\d+", grid)]
    if isinstance(grid, int):
        grid = [grid, grid]
    if isinstance(grid[0], list):
        return grid
    rows, columns = (int(number) for number in grid[:2])
    return [[spacing * column, spacing * row] for row in range(rows) for column in range(columns)]


def _gi(given: Input) -> Any:
    y = given.get("y", given.get("values"))
    points = given["points"] if "points" in given else _grid_points(given)
    asked = given.get("band", BANDS)
    bands = asked if isinstance(asked, (list, tuple)) else [asked]
    cell = given.get("cell_index_1based")
    plain, star = [], []
    for band in bands:
        around = neighbours.within_band(points, band)
        for scores, is_star in ((plain, False), (star, True)):
            scores.append(_at(hot_spots.gi(y, around, star=is_star, permutations=1)["z"], cell))
    result: dict[str, Any] = {
        "Gi_z": plain[0],
        "Gi_star_z": star[0],
        "Gi_z_by_band": _by_band(bands, plain),
        "Gi_star_z_by_band": _by_band(bands, star),
        **{f"Gi_z_band{band:g}": z for band, z in zip(bands, plain, strict=True)},
        **{f"Gi_star_z_band{band:g}": z for band, z in zip(bands, star, strict=True)},
    }
    if cell is None:
        result["published_first"] = [plain[0][0], star[0][0]]
    return result


def _at(scores: list[float | None], cell: Any) -> Any:
    if cell is None:
        return scores
    return [scores[i - 1] for i in cell] if isinstance(cell, list) else scores[cell - 1]


def _by_band(bands: Any, scores: list[Any]) -> AnyForm:
    return AnyForm((scores, {f"{band:g}": z for band, z in zip(bands, scores, strict=True)}))


def _weights(given: Input) -> Any:
    around = _around(given)
    names = given.get("areas", list(range(len(around))))
    alone = neighbours.islands(around)
    found = autocorrelation.lisa(given["y"], around, fewest=0)
    classes = {f"lisa_class_{name}": c for name, c in zip(names, found["class"], strict=True)}
    return {"islands": [names[i] for i in alone], **classes}


BINDINGS: dict[str, Binding] = {
    "moran": _moran,
    "moran_rate": _moran_rate,
    "lisa": _lisa,
    "gi": _gi,
    "weights": _weights,
}
