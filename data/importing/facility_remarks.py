"""What a file of points says beside its points: some lie elsewhere, some have no name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import shapely

from data.geometry import has_outlines
from data.importing.collection import Collection, Param
from data.importing.recipe_model import Recipe
from data.importing.recipe_places import FacilityRecipe
from domain.findings import Finding, Place, Severity

SHOWN = 20


def town_outline(recipe: Recipe, areas: Mapping[str, gpd.GeoDataFrame]) -> gpd.GeoSeries | None:
    """Return the outline of the town: its own level, else the coarsest areas together.

    None where no level has outlines.
    """
    ordered = sorted(recipe.level, key=lambda level: (level.kind != "city", level.order))
    for level in ordered:
        frame = areas.get(level.key)
        if level.kind != "institutions" and frame is not None and has_outlines(frame):
            return gpd.GeoSeries([frame.geometry.union_all()], crs=frame.crs)
    return None


def kept_places(
    recipe: FacilityRecipe,
    points: gpd.GeoSeries,
    outline: gpd.GeoSeries | None,
    collection: Collection,
) -> list[bool]:
    """Tell which points are taken over; those outside the town are noted in either case."""
    if outline is None and recipe.only_inside:
        collection.warning("facility_outside_unknown", Place(file=recipe.file), all=len(points))
    if outline is None or not len(points):
        return [True] * len(points)
    town = outline.iloc[0]
    shapely.prepare(town)
    inside = shapely.covers(town, points.to_crs(outline.crs).to_numpy())
    outside = [int(line) for line, is_in in zip(points.index, inside, strict=True) if not is_in]
    if outside:
        params: dict[str, Param] = {"all": len(points)}
        if recipe.only_inside:
            _note(Severity.INFO, "facility_left_out", recipe.file, outside, params, collection)
        else:
            _note(Severity.WARNING, "facility_outside", recipe.file, outside, params, collection)
    return [bool(is_in) or not recipe.only_inside for is_in in inside]


def note_unnamed(recipe: FacilityRecipe, names: Mapping[int, str], collection: Collection) -> None:
    """Note the facilities that are taken over without a name of their own."""
    lines = [line for line, name in names.items() if not name.strip()]
    if not lines:
        return
    # a recipe that says what stands there has seen it
    severity = Severity.INFO if recipe.unnamed else Severity.WARNING
    params: dict[str, Param] = {"all": len(names), "unnamed": recipe.unnamed}
    _note(severity, "facility_unnamed", recipe.file, lines, params, collection)


def _note(
    severity: Severity,
    code: str,
    file: str,
    lines: Sequence[int],
    params: dict[str, Param],
    collection: Collection,
) -> None:
    rows = ", ".join(str(line) for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        rows += " …"
    place = Place(file=file, row=lines[0])
    collection.add([Finding(severity, code, place, {**params, "n": len(lines), "rows": rows})])
