"""Maps whose reference system nobody names: which of the usual ones puts them into the town."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from pyproj.exceptions import ProjError

from data.importing.collection import Collection
from data.importing.layers import level_areas
from data.importing.metric import GEOGRAPHIC
from data.importing.readers.place_on_earth import SUGGESTED_CODES
from data.importing.recipe_frame import LevelRecipe
from data.importing.recipe_model import Recipe
from domain.findings import Finding, Place, Severity
from domain.problem_map import TriedSystem

UNPLACED: Final = frozenset(
    {
        "crs_missing",
        "crs_missing_degrees",
        "crs_missing_unlike",
        "crs_unknown",
        "crs_not_degrees",
        "crs_degrees_expected",
        "crs_does_not_fit",
    }
)
FITS_PCT: Final = 80.0
"""A map of which as much lies in the outline is taken to be in that system."""

_METRES: Final = "EPSG:25832"


@dataclass(frozen=True)
class Trial:
    """A system, and the areas as they would lie with it in the system of the outline."""

    told: TriedSystem
    areas: gpd.GeoSeries


def unplaced_levels(recipe: Recipe, collection: Collection) -> list[LevelRecipe]:
    """Return the levels whose map was refused because its system is not known."""
    files = {f.place.file for f in collection.findings if f.code in UNPLACED}
    return [x for x in recipe.level if x.layer is not None and x.layer.file in files]


def outline_level(
    recipe: Recipe, frames: Mapping[str, gpd.GeoDataFrame]
) -> tuple[LevelRecipe, gpd.GeoDataFrame] | None:
    """Return the level that covers most of the town, None where no map could be read."""
    known = [(x, frames[x.key]) for x in recipe.level if x.key in frames]
    areas = [pair for pair in known if pair[0].kind != "institutions"]
    return max(areas, key=lambda pair: float(pair[1].geometry.area.sum()), default=None)


def trials(level: LevelRecipe, outline: gpd.GeoDataFrame, collection: Collection) -> list[Trial]:
    """Try the usual systems on a map; the best comes first, none where it cannot be read.

    Parameters
    ----------
    outline
        Areas of the town in a metric system.
    """
    read = _read_as(level, _METRES, collection.apart())
    if read is None:
        read = _read_as(level, GEOGRAPHIC, collection.apart())
    if read is None:
        return []
    town = shapely.union_all(np.asarray(outline.geometry.array, dtype=object))
    shapely.prepare(town)
    found = [trial_of(f"EPSG:{code}", read, outline, town) for code in SUGGESTED_CODES]
    return sorted((x for x in found if x), key=lambda trial: -trial.told.inside_pct)


def _read_as(level: LevelRecipe, system: str, collection: Collection) -> gpd.GeoSeries | None:
    """Return the shapes of a map as if it were in a system; findings are not told twice."""
    if level.layer is None:
        return None
    layer = level.layer.model_copy(update={"crs": system})
    frame = level_areas(level.model_copy(update={"layer": layer}), collection)
    return None if frame is None else frame.geometry


def trial_of(
    system: str, shapes: gpd.GeoSeries, outline: gpd.GeoDataFrame, town: shapely.Geometry
) -> Trial | None:
    """Return how a map lies with a system, None where it would be nowhere on earth."""
    named = shapes.set_crs(system, allow_override=True)
    try:
        areas, degrees = named.to_crs(outline.crs), named.to_crs(GEOGRAPHIC)
    except ProjError:
        return None
    west, south, east, north = degrees.total_bounds
    if not np.isfinite([*areas.total_bounds, west, south, east, north]).all():
        return None
    drawn = np.asarray(areas.array, dtype=object)
    if shapely.get_dimensions(drawn).max() > 1:
        valid = shapely.make_valid(drawn)
        whole, inside = (
            shapely.area(valid).sum(),
            shapely.area(shapely.intersection(valid, town)).sum(),
        )
    else:
        whole, inside = len(drawn), shapely.intersects(town, drawn).sum()
    share = 100 * float(inside) / float(whole) if whole else 0.0
    middle = float(west + east) / 2, float(south + north) / 2
    return Trial(TriedSystem(system, share, *middle), areas)


def note_missing_columns(recipe: Recipe, collection: Collection) -> None:
    """Tell of maps refused for their system also which columns they lack: both mended at once."""
    for level in unplaced_levels(recipe, collection):
        for system in (_METRES, GEOGRAPHIC):
            apart = collection.apart()
            _read_as(level, system, apart)
            collection.add(f for f in apart.findings if f.code == "column_missing")


def note_fitting_systems(
    recipe: Recipe, frames: Mapping[str, gpd.GeoDataFrame], collection: Collection
) -> None:
    """Say of every refused map which system would put it into the town, or that none does."""
    known = outline_level(recipe, frames)
    if known is None:
        return
    town_level, outline = known
    for level in unplaced_levels(recipe, collection):
        tried = trials(level, outline, collection)
        if not tried or level.layer is None:
            continue
        best = tried[0].told
        code = "crs_fits" if best.inside_pct >= FITS_PCT else "crs_fits_none"
        params: dict[str, str | int | float] = {
            "system": best.system,
            "share": round(best.inside_pct, 1),
            "outline": town_level.id,
            "n": len(tried),
        }
        collection.add([Finding(Severity.INFO, code, Place(file=level.layer.file), params)])
