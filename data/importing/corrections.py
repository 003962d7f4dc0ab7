"""Features of a map that are not meant or whose key is wrong: told of, never silently mended."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd

from data.importing.collection import Collection
from data.importing.readers.attributes import text_of
from data.importing.recipe_frame import LayerRecipe
from domain.findings import Finding, Place, Severity


def meant(raw: gpd.GeoDataFrame, layer: LayerRecipe, collection: Collection) -> gpd.GeoDataFrame:
    """Return the features the recipe speaks of; how many others there are is a finding.

    None at all is an error: the condition is then misspelt or the file another one.
    """
    if not layer.where:
        return raw
    kept = _met(raw, layer.where)
    params: dict[str, str | int | float] = {
        "n": len(raw) - len(kept), "kept": len(kept), "condition": _written(layer.where),
    }  # fmt: skip
    place = Place(file=layer.file)
    if kept:
        collection.add([Finding(Severity.INFO, "features_not_meant", place, params)])
    else:
        collection.error("features_none_meant", place, **params)
    return raw.iloc[kept]


def corrected(
    raw: gpd.GeoDataFrame, layer: LayerRecipe, collection: Collection
) -> gpd.GeoDataFrame:
    """Return the features with the corrections of the recipe applied.

    Every feature a correction meets gives a finding with its number; so does a correction
    that meets none, because the file has then been mended and the recipe should follow.
    """
    if not layer.correction:
        return raw
    keys = [text_of(value) for value in raw[layer.id]]
    left_out: set[int] = set()
    for correction in layer.correction:
        met = _met(raw, correction.where)
        condition = _written(correction.where)
        if not met:
            place = Place(file=layer.file, column=layer.id)
            collection.warning("correction_unused", place, condition=condition)
        for position in met:
            place = Place(file=layer.file, row=int(raw.index[position]), column=layer.id)
            params = {"key": keys[position], "condition": condition}
            if correction.leave_out:
                left_out.add(position)
                collection.warning("feature_left_out", place, **params)
            else:
                collection.warning("feature_corrected", place, **params, id=correction.id)
                keys[position] = correction.id
    kept = [position for position in range(len(raw)) if position not in left_out]
    return raw.assign(**{layer.id: keys}).iloc[kept]


def _written(where: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = {text}" for name, text in where.items())


def _met(raw: gpd.GeoDataFrame, where: Mapping[str, str]) -> list[int]:
    """Return the positions of the features with these attributes."""
    columns = {name: [text_of(v).strip() for v in raw[name]] for name in where}
    return [
        i
        for i in range(len(raw))
        if all(columns[name][i] == text.strip() for name, text in where.items())
    ]
