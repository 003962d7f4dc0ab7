"""Links between old and new areas without weights: a JSON object of key → list of keys.

Only what needs no weight is taken over: an old area that became exactly one new area which has
no other part, also on the maps. How the rest is divided nobody has published; it is left out
unless the recipe asks for weights by surface.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd

from data.importing.collection import Collection
from data.importing.conversion_areas import same_on_the_map, tell
from data.importing.recipe_places import ConversionRecipe
from domain.findings import Place, Severity

Links = dict[str, tuple[str, ...]]


def linked_rows(
    recipe: ConversionRecipe, areas: dict[str, gpd.GeoDataFrame], collection: Collection
) -> list[tuple[object, ...]]:
    """Return the one-to-one pairs with weight 1 (columns of ``town.CONVERSION_COLUMNS``).

    Findings count the pairs that the maps contradict, the old areas that were split or merged,
    those the file does not name, and the keys that belong to neither vintage of the level.
    """
    document = collection.document(recipe.file)
    if document is None:
        return []
    links = _links(document, recipe.file, collection)
    old = area_ids(areas, recipe.level, recipe.from_vintage)
    new = area_ids(areas, recipe.level, recipe.to_vintage)
    forward = {key: _known(key, links[key], new, recipe, collection) for key in old & set(links)}
    linked = _one_to_one(forward, {key: links[key] for key in new & set(links)})
    pairs = same_on_the_map(linked, recipe, areas, collection)
    if recipe.rest == "none":
        tell(recipe, collection, "conversion_without_weight", sorted(set(forward) - set(linked)))
        tell(recipe, collection, "conversion_unlinked", sorted(old - set(forward)))
    others = sorted(set(links) - old - new)
    tell(recipe, collection, "conversion_other_keys", others, severity=Severity.INFO)
    versions = (recipe.level, recipe.from_vintage, recipe.to_vintage)
    return [(*versions, key, pairs[key], 1.0, recipe.basis) for key in sorted(pairs)]


def area_ids(areas: Mapping[str, gpd.GeoDataFrame], level: str, vintage: str) -> set[str]:
    """Return the ids of a level@vintage, none where its map could not be read."""
    key = f"{level}@{vintage}"
    return set(areas[key]["area_id"]) if key in areas else set()


def _links(document: Mapping[str, Any], file: str, collection: Collection) -> Links:
    """Return the entries that are lists of keys; others are errors."""
    found: Links = {}
    for key, linked in document.items():
        if isinstance(linked, list) and all(isinstance(one, str) for one in linked):
            found[key] = tuple(dict.fromkeys(linked))
        else:
            collection.error("conversion_link", Place(file=file, column=key), cell=str(linked)[:60])
    return found


def _known(
    key: str,
    linked: tuple[str, ...],
    new: set[str],
    recipe: ConversionRecipe,
    collection: Collection,
) -> tuple[str, ...]:
    for area in linked:
        if area not in new:
            place = Place(file=recipe.file, column=key)
            collection.error("conversion_area_unknown", place, area=area)
    return linked


def _one_to_one(forward: Links, backward: Links) -> dict[str, str]:
    """Return old → new where neither side says that there is another part."""
    origins: dict[str, set[str]] = {}
    for old, linked in forward.items():
        for new in linked:
            origins.setdefault(new, set()).add(old)
    for new, linked in backward.items():
        origins.setdefault(new, set()).update(linked)
    return {
        old: linked[0]
        for old, linked in forward.items()
        if len(linked) == 1 and origins[linked[0]] == {old}
    }
