"""Features of a map whose key is known to be wrong: corrected or left out, never silently."""

from __future__ import annotations

import geopandas as gpd

from data.importing.collection import Collection
from data.importing.keys import text_of
from data.importing.recipe_frame import CorrectionRecipe, LayerRecipe
from domain.findings import Place


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
        met = _met(raw, correction)
        condition = ", ".join(f"{name} = {text}" for name, text in correction.where.items())
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


def _met(raw: gpd.GeoDataFrame, correction: CorrectionRecipe) -> list[int]:
    """Return the positions of the features whose attributes are those of the correction."""
    columns = {name: [text_of(v).strip() for v in raw[name]] for name in correction.where}
    return [
        i
        for i in range(len(raw))
        if all(columns[name][i] == text.strip() for name, text in correction.where.items())
    ]
