"""What the maps of two boundary vintages say about old and new areas: weights, and sameness.

Weights from the map say where the surface lies, not where people live. They carry the basis
``area``, so that only counts are converted with them and every result is an estimate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from data.importing.collection import Collection
from data.importing.recipe_places import ConversionRecipe
from domain.boundaries import NOWHERE, SAME_AREA, overlaps, split, without_slivers
from domain.findings import Finding, Place, Severity

_EXAMPLES = 20
_HOLE, _STRIP = 0.02, 0.05
"""A new area with a larger part in no old area, or in old ones that are another new area, has no
count that is known: a map may lack an area, and a strip of a large area may hold a whole street."""

Frames = Mapping[str, gpd.GeoDataFrame]
Rows = list[tuple[object, ...]]


def tell(
    recipe: ConversionRecipe,
    collection: Collection,
    code: str,
    keys: Sequence[str],
    *,
    severity: Severity = Severity.WARNING,
) -> None:
    """Add a finding that counts and names areas, if there are any."""
    if keys:
        place = Place(file=recipe.file)
        params: dict[str, str | int | float] = {
            "n": len(keys),
            "level": recipe.level,
            "examples": ", ".join(keys[:_EXAMPLES]),
        }
        collection.add([Finding(severity, code, place, params)])


def outlines(areas: Frames, level: str, vintage: str) -> gpd.GeoSeries | None:
    """Return the outlines of a level@vintage by id, None where an area has none."""
    frame = areas.get(f"{level}@{vintage}")
    if frame is None:
        return None
    shapes = frame.set_index("area_id").geometry
    is_surface = shapes.notna().all() and (shapes.area > 0).all()
    return shapes if is_surface else None


def same_on_the_map(
    pairs: Mapping[str, str], recipe: ConversionRecipe, areas: Frames, collection: Collection
) -> dict[str, str]:
    """Return the pairs of old and new area that the maps do not contradict.

    A link between two areas of one name is no proof that the area is the same: where each does
    not cover nearly all of the other, the pair is left out and named. Without outlines of both
    there is nothing to compare.
    """
    old = outlines(areas, recipe.level, recipe.from_vintage)
    new = outlines(areas, recipe.level, recipe.to_vintage)
    if old is None or new is None:
        return dict(pairs)
    kept, differing = {}, []
    for start, end in sorted(pairs.items()):
        if end not in new.index:
            continue  # an error already
        common = shapely.intersection(old[start], new[end]).area
        part = common / max(old[start].area, new[end].area)
        if part >= SAME_AREA:
            kept[start] = end
        else:
            differing.append(f"{start} → {end} ({100 * part:.0f} %)")
    tell(recipe, collection, "conversion_pair_differs", differing)
    return kept


def area_rows(rows: Rows, recipe: ConversionRecipe, areas: Frames, collection: Collection) -> Rows:
    """Return weights by surface for the old areas of which the rows say nothing.

    New areas that are the same as an old one take part in nothing else. A new area that old ones
    do not cover gets a part from :data:`domain.boundaries.NOWHERE`.
    """
    old = outlines(areas, recipe.level, recipe.from_vintage)
    new = outlines(areas, recipe.level, recipe.to_vintage)
    if old is None or new is None:
        tell(recipe, collection, "conversion_without_outlines", [recipe.level])
        return []
    told, taken = {row[3] for row in rows}, _same(rows)
    is_open = np.array([a not in told for a in old.index])
    ends = [a for a in new.index if a not in taken]
    tell(recipe, collection, "conversion_by_area", sorted(old.index[is_open]))
    if not is_open.any() or not ends:
        return []
    versions = (recipe.level, recipe.from_vintage, recipe.to_vintage)
    common = overlaps(old.to_numpy(), new[ends].to_numpy())
    sizes = new[ends].area.to_numpy()
    open_sizes = old[is_open].area.to_numpy()
    weights = split(without_slivers(common[is_open], open_sizes, sizes))
    starts = old.index[is_open]
    found: Rows = [
        (*versions, starts[i], ends[j], float(weights[i, j]), "area")
        for i, j in np.argwhere(weights > 0).tolist()
    ]
    holes = _unknown_part(common, is_open, sizes, [e in {row[4] for row in rows} for e in ends])
    gaps: Rows = [
        (*versions, NOWHERE, ends[j], float(holes[j]), "area")
        for j in np.flatnonzero(holes).tolist()
    ]
    tell(recipe, collection, "conversion_uncovered", [str(gap[4]) for gap in gaps])
    return found + gaps


def _unknown_part(
    common: npt.NDArray[np.float64],
    is_open: npt.NDArray[np.bool_],
    sizes: npt.NDArray[np.float64],
    is_told: Sequence[bool],
) -> npt.NDArray[np.float64]:
    """Return the part of each new area that nobody accounts for, 0 where it is small enough."""
    hole = 1 - common.sum(axis=0) / sizes
    # what old areas with weights of their own give to an area is in the file, if it names it
    strip = np.where(is_told, 0.0, common[~is_open].sum(axis=0) / sizes)
    return np.where((hole > _HOLE) | (strip > _STRIP), np.clip(hole + strip, 1e-9, 1.0), 0.0)


def _same(rows: Rows) -> set[object]:
    """Return the new areas that are one old area and nothing else."""
    into: dict[object, list[object]] = {}
    for *_, new, weight, _basis in rows:
        into.setdefault(new, []).append(weight)
    return {new for new, weights in into.items() if weights == [1.0]}
