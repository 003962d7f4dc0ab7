"""Maps of what is wrong with the areas of a delivery, drawn from the files once more."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from data.importing.collection import Collection
from data.importing.coverage_check import Measured, measured_faults
from data.importing.layers import level_areas
from data.importing.metric import measuring_system
from data.importing.recipe_frame import LevelRecipe
from data.importing.recipe_model import Recipe
from data.importing.unplaced_maps import FITS_PCT, outline_level, trials, unplaced_levels
from domain.coverage import Shapes, TooManyOverlapsError
from domain.problem_map import Mark, ProblemMap, Ring

MAX_MARKS: Final = 40
"""As many faults are drawn and listed; the rest is counted."""

DRAWN_STEPS: Final = 1500
"""Outlines are drawn on so many steps; faults keep every vertex."""


def problem_maps(recipe: Recipe, collection: Collection) -> list[ProblemMap]:
    """Return a map of every level with overlaps, gaps or holes, or without a known system.

    The files are read again; their findings are those of the import and are not told twice.
    """
    frames: dict[str, gpd.GeoDataFrame] = {}
    maps = []
    for level in recipe.level:
        frame = level_areas(level, collection)
        if frame is None or level.kind == "institutions" or not _is_of_areas(frame):
            continue
        metric = measuring_system(frame)
        frames[level.key] = frame.to_crs(metric)
        try:
            faults = measured_faults(frame)
        except TooManyOverlapsError:
            continue
        if faults:
            maps.append(_fault_map(level, frames[level.key], faults))
    return maps + _unplaced(recipe, frames, collection)


def _is_of_areas(frame: gpd.GeoDataFrame) -> bool:
    return set(shapely.get_dimensions(np.asarray(frame.geometry.array, dtype=object))) == {2}


def _fault_map(level: LevelRecipe, frame: gpd.GeoDataFrame, faults: list[Measured]) -> ProblemMap:
    ordered = sorted(faults, key=lambda one: (not one.is_large, -one.square_metres))
    return ProblemMap(
        level=level.id,
        vintage=level.vintage,
        name=level.name,
        file=level.layer.file if level.layer else "",
        areas=drawn_outlines(frame.geometry),
        marks=tuple(_mark(one) for one in ordered[:MAX_MARKS]),
        rest=max(len(faults) - MAX_MARKS, 0),
    )


def _mark(fault: Measured) -> Mark:
    point = fault.shape.representative_point()
    return Mark(
        kind=str(fault.kind),
        areas=fault.areas,
        square_metres=round(fault.square_metres, 1),
        share_pct=fault.share_pct,
        is_large=fault.is_large,
        rings=rings_of(np.array([fault.shape], dtype=object)),
        at=(round(point.x, 1), round(point.y, 1)),
    )


def _unplaced(
    recipe: Recipe, frames: dict[str, gpd.GeoDataFrame], collection: Collection
) -> list[ProblemMap]:
    known = outline_level(recipe, frames)
    if known is None:
        return []
    town_level, outline = known
    maps = []
    for level in unplaced_levels(recipe, collection):
        tried = trials(level, outline, collection)
        if not tried or level.layer is None:
            continue
        is_placed = tried[0].told.inside_pct >= FITS_PCT
        maps.append(
            ProblemMap(
                level=level.id,
                vintage=level.vintage,
                name=level.name,
                file=level.layer.file,
                areas=drawn_outlines(tried[0].areas) if is_placed else (),
                outline=drawn_outlines(gpd.GeoSeries([outline.union_all()], crs=outline.crs)),
                outline_name=town_level.name,
                tried=tuple(trial.told for trial in tried),
            )
        )
    return maps


def drawn_outlines(areas: gpd.GeoSeries) -> tuple[Ring, ...]:
    """Return the rings of areas, simplified to what can be seen; neighbours stay together."""
    return rings_of(thinned(np.asarray(areas.array, dtype=object)))


def thinned(shapes: Shapes) -> Shapes:
    """Return areas simplified together to :data:`DRAWN_STEPS` over the whole level.

    Anything but areas stays as it is: a file of points may stand where areas are expected.
    """
    if set(shapely.get_dimensions(shapes)) != {2}:
        return shapes
    west, south, east, north = shapely.total_bounds(shapes)
    thin: Shapes = shapely.coverage_simplify(shapes, max(east - west, north - south) / DRAWN_STEPS)
    is_bad = shapely.is_empty(thin) | ~shapely.is_valid(thin)
    thin[is_bad] = shapes[is_bad]
    return thin


def rings_of(shapes: Shapes) -> tuple[Ring, ...]:
    """Return the rings of shapes to a tenth of a metre."""
    rings = shapely.get_rings(shapely.get_parts(shapely.get_parts(shapes)))
    return tuple(
        tuple((round(x, 1), round(y, 1)) for x, y in shapely.get_coordinates(ring).tolist())
        for ring in rings
    )
