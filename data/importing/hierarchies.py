"""Which area lies in which: parents by column, constant or position, and the city's outline."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from data.geometry import has_outlines
from data.importing.collection import Collection, Param
from data.importing.keys import extracted
from data.importing.recipe_frame import LevelRecipe, ParentRecipe
from data.importing.recipe_model import Recipe
from data.importing.town import PARENT_COLUMNS
from domain.findings import Finding, Place, Severity

Frames = dict[str, gpd.GeoDataFrame]

EXAMPLES = 20
COVERED = 0.95
"""A level whose areas cover less of the level above is told about."""


@dataclass(frozen=True)
class _Link:
    """A level, one of its parents, and the ids of the parent's areas."""

    level: LevelRecipe
    parent: ParentRecipe
    vintage: str

    @property
    def parent_key(self) -> str:
        return f"{self.parent.level}@{self.vintage}"


def with_city_outline(recipe: Recipe, frames: Frames, collection: Collection) -> Frames:
    """Add the city's one area where no layer gives it: the union of the areas below it.

    Where none of them has an outline, the city has none.
    """
    found = dict(frames)
    for level in recipe.level:
        if level.kind != "city" or level.layer is not None:
            continue
        below = _level_below(recipe, level, frames)
        if below is None:
            collection.error("city_without_areas", Place(file=recipe.file), level=level.id)
            continue
        outline = below.geometry.union_all() if has_outlines(below) else None
        found[level.key] = gpd.GeoDataFrame(
            {"area_id": [recipe.town.id], "name": [recipe.town.name]},
            geometry=[outline],
            crs=below.crs,
        )
    return found


def _level_below(recipe: Recipe, city: LevelRecipe, frames: Frames) -> gpd.GeoDataFrame | None:
    """Return the declared level, the finest areas level under the city, else the coarsest."""
    if city.outline:
        return frames.get(f"{city.outline}@{city.vintage}")
    areas = [x for x in recipe.level if x.kind == "areas" and len(frames.get(x.key, ()))]
    drawn = [x for x in areas if x.layer is not None] or areas
    by_order = sorted(drawn, key=lambda level: level.order)
    under = [level for level in by_order if city.key in _ancestors(recipe, level)]
    if under:
        return frames[under[-1].key]
    return frames[by_order[0].key] if by_order else None


def _ancestors(recipe: Recipe, level: LevelRecipe) -> set[str]:
    known = {one.key: one for one in recipe.level}
    reached: set[str] = set()
    waiting = [level]
    while waiting:
        one = waiting.pop()
        for parent in one.parent:
            key = f"{parent.level}@{parent.vintage or one.vintage}"
            if key not in reached and key in known:
                reached.add(key)
                waiting.append(known[key])
    return reached


def parents_frame(recipe: Recipe, frames: Frames, collection: Collection) -> pd.DataFrame:
    """Return the direct parents of all areas (columns of ``town.PARENT_COLUMNS``)."""
    rows: list[tuple[str, ...]] = []
    for level in recipe.level:
        for parent in level.parent:
            link = _Link(level, parent, parent.vintage or level.vintage)
            if level.key in frames and link.parent_key in frames:
                rows += _rows(link, frames, collection)
    return pd.DataFrame(rows, columns=list(PARENT_COLUMNS), dtype="str")


def _rows(link: _Link, frames: Frames, collection: Collection) -> list[tuple[str, ...]]:
    children = frames[link.level.key]
    known = set(frames[link.parent_key]["area_id"])
    found = _found_parents(link, children, frames[link.parent_key], collection)
    level, rows = link.level, list[tuple[str, ...]]()
    orphans: list[str] = []
    for child, parent in zip(children["area_id"], found, strict=True):
        if parent not in known:
            orphans.append(f"{child} → {parent or '–'}")
            continue
        child_key = (link.parent.hierarchy, level.id, level.vintage, child)
        rows.append((*child_key, link.parent.level, link.vintage, parent))
    if orphans:
        examples = ", ".join(orphans[:EXAMPLES])
        place = Place(file=level.file, column=link.parent.column)
        collection.error("parent_unknown", place, n=len(orphans), examples=examples)
    return rows


def _found_parents(
    link: _Link, children: gpd.GeoDataFrame, parents: gpd.GeoDataFrame, collection: Collection
) -> list[str]:
    parent = link.parent
    if parent.constant:
        return [parent.constant] * len(children)
    if parent.spatial:
        return _containing(children, parents)
    column = f"layer:{parent.column}"
    if column not in children.columns:
        place = Place(file=link.level.file, column=parent.column)
        collection.error("column_missing", place, column=parent.column, suggestion="–", columns="")
        return [""] * len(children)
    texts = ["" if pd.isna(value) else str(value) for value in children[column]]
    return [extracted(text, parent.pattern, parent.pad) or "" for text in texts]


def _containing(children: gpd.GeoDataFrame, parents: gpd.GeoDataFrame) -> list[str]:
    """Return for each child the parent that holds its interior point, or an empty text."""
    points = gpd.GeoDataFrame(
        {"row": range(len(children))},
        geometry=children.geometry.representative_point().array,
        crs=children.crs,
    )
    joined = points.sjoin(parents[["area_id", "geometry"]], predicate="within")
    first = joined.drop_duplicates("row").set_index("row")["area_id"]
    return [str(first.get(i, "")) for i in range(len(children))]


def check_coverage(recipe: Recipe, frames: Frames, collection: Collection) -> None:
    """Note levels of which a noticeable part of the area above them belongs to no area."""
    for level in recipe.level:
        for parent in level.parent:
            above = frames.get(f"{parent.level}@{parent.vintage or level.vintage}")
            below = frames.get(level.key)
            if level.kind != "areas" or level.layer is None or above is None or below is None:
                continue
            if not has_outlines(above):
                continue
            share = float(below.geometry.area.sum() / (above.geometry.area.sum() or 1.0))
            if share < COVERED:
                params: dict[str, Param] = {"level": level.id, "parent": parent.level}
                params["share"] = round(100 * share)
                place = Place(file=level.layer.file)
                collection.add([Finding(Severity.INFO, "level_covers_part", place, params)])


def without_attributes(frames: Frames) -> Frames:
    """Return the frames with ``area_id``, ``name`` and ``geometry`` only."""
    return {
        key: frame[["area_id", "name", "geometry"]].sort_values("area_id").reset_index(drop=True)
        for key, frame in frames.items()
    }
