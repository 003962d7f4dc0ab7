"""Check that the areas of a level neither overlap nor leave gaps, and say where they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from data.importing.collection import Collection
from data.importing.metric import measuring_system
from data.importing.recipe_frame import LayerRecipe, LevelRecipe
from domain.coverage import Fault, FaultKind, TooManyOverlapsError, find_faults
from domain.findings import Finding, Place, Severity

LIMIT_PCT: Final = 0.1
"""Overlaps and gaps of a larger share of the smaller of their areas are warnings."""

WIDEST_GAP_M: Final = 50.0
EXTENT_OF_GAPS: Final = 1000
"""Gaps are narrower than 50 m and than a thousandth of the level; what is broader is a hole."""

SMALLEST_M2: Final = 1.0
DEGREES_PER_METRE: Final = 1 / 111_320

_SHOWN: Final = 20
_AREAS_SHOWN: Final = 4
_THIN_SPACE: Final = "\u202f"
_IN_PERCENT: Final = 10.0
_FINEST: Final = 0.1
_CODES: Final = {
    FaultKind.OVERLAP: "geometry_overlap",
    FaultKind.GAP: "geometry_gap",
    FaultKind.HOLE: "geometry_hole",
}


@dataclass(frozen=True)
class Measured:
    """A fault with its areas as ``key name``, its size and its share of the smaller area.

    ``row`` is where the first area stands in the file; ``shape`` is in the measuring system.
    """

    kind: FaultKind
    areas: tuple[str, ...]
    row: int
    square_metres: float
    share_pct: float
    shape: shapely.Geometry

    @property
    def is_large(self) -> bool:
        """Whether it is more than a sliver, or than an enclave in one area."""
        is_enclave = self.kind is FaultKind.HOLE and len(self.areas) == 1
        return self.share_pct > LIMIT_PCT and not is_enclave

    @property
    def shown(self) -> str:
        """Return what reads the same in all languages: areas, square metres, a whole share."""
        names = " / ".join(self.areas[:_AREAS_SHOWN]) + " …" * (len(self.areas) > _AREAS_SHOWN)
        return f"{names}: {metres(self.square_metres)} m² ({whole_share(self.share_pct)})"


def measured_faults(frame: gpd.GeoDataFrame) -> list[Measured]:
    """Find and measure the faults of a level, the largest first.

    Parameters
    ----------
    frame
        ``area_id``, ``name`` and areas in the system of the file, in which straight borders
        are straight: transformed, neighbours with different vertices would come apart. The
        index is the place in the file.

    Raises
    ------
    TooManyOverlapsError
        The areas lie over one another in masses.
    """
    shapes = np.asarray(frame.geometry.array, dtype=object)
    unit = DEGREES_PER_METRE if frame.crs.is_geographic else 1.0
    west, south, east, north = shapely.total_bounds(shapes)
    width = min(max(east - west, north - south) / EXTENT_OF_GAPS, WIDEST_GAP_M * unit)
    faults = find_faults(shapes, width, SMALLEST_M2 * unit**2 / 2)
    metric = measuring_system(frame)
    pieces = gpd.GeoSeries([fault.shape for fault in faults], crs=frame.crs).to_crs(metric)
    sizes = frame.geometry.to_crs(metric).area.to_numpy() if faults else np.empty(0)
    measured = [
        _measured(fault, piece, frame, sizes)
        for fault, piece in zip(faults, pieces, strict=True)
        if piece.area >= SMALLEST_M2
    ]
    return sorted(measured, key=lambda one: -one.square_metres)


def _measured(
    fault: Fault, piece: shapely.Geometry, frame: gpd.GeoDataFrame, sizes: np.ndarray
) -> Measured:
    rows = frame.iloc[list(fault.areas)]
    labels = tuple(f"{a} {n}".strip() for a, n in zip(rows["area_id"], rows["name"], strict=True))
    smaller = float(sizes[list(fault.areas)].min()) if fault.areas else float(sizes.sum())
    size = float(piece.area)
    return Measured(fault.kind, labels, int(rows.index[0]), size, 100 * size / smaller, piece)


def check_areas_fit(level: LevelRecipe, frame: gpd.GeoDataFrame, collection: Collection) -> None:
    """Note what lies in two areas of a level, or between its areas but in none."""
    if level.kind == "institutions" or level.layer is None:
        return
    if set(shapely.get_dimensions(np.asarray(frame.geometry.array, dtype=object))) != {2}:
        return
    place = Place(file=level.layer.file)
    try:
        faults = measured_faults(frame)
    except TooManyOverlapsError:
        collection.warning("geometry_not_compared", place, level=level.id, n=len(frame))
        return
    if faults:
        total = float(frame.geometry.to_crs(measuring_system(frame)).area.sum())
        collection.add(_findings(level, level.layer, faults, total))


def _findings(
    level: LevelRecipe, layer: LayerRecipe, faults: list[Measured], total: float
) -> list[Finding]:
    large = [one for one in faults if one.is_large]
    groups = [
        (Severity.WARNING, _CODES[kind], [one for one in large if one.kind is kind])
        for kind in FaultKind
    ]
    rest = [one for one in faults if not one.is_large]
    holes = [one for one in rest if one.kind is FaultKind.HOLE]
    slivers = [one for one in rest if one.kind is not FaultKind.HOLE]
    is_much = sum(one.square_metres for one in slivers) * 100 > LIMIT_PCT * total
    groups += [
        (Severity.INFO, _CODES[FaultKind.HOLE], holes),
        (Severity.WARNING if is_much else Severity.INFO, "geometry_slivers", slivers),
    ]
    return [
        _finding(severity, code, level, layer, mine, total)
        for severity, code, mine in groups
        if mine
    ]


def _finding(
    severity: Severity,
    code: str,
    level: LevelRecipe,
    layer: LayerRecipe,
    faults: list[Measured],
    total: float,
) -> Finding:
    rest = len(faults) - _SHOWN
    examples = "; ".join(one.shown for one in faults[:_SHOWN]) + f"; … (+{rest})" * (rest > 0)
    size = sum(one.square_metres for one in faults)
    params: dict[str, str | int | float] = {
        "level": level.id,
        "n": len(faults),
        "size": metres(size),
        "share": 100 * size / total,
        "examples": examples,
        "limit": LIMIT_PCT,
    }
    return Finding(severity, code, Place(file=layer.file, row=faults[0].row), params)


def metres(size: float) -> str:
    """Write a size with thin spaces between thousands, as both languages may."""
    return f"{size:,.0f}".replace(",", _THIN_SPACE)


def whole_share(share_pct: float) -> str:
    """Write a share in whole percent, a smaller one per thousand: no language has a say in it."""
    if share_pct >= _IN_PERCENT:
        return f"{share_pct:.0f} %"
    return f"{10 * share_pct:.0f} ‰" if share_pct >= _FINEST else "< 1 ‰"
