"""Whether the questions of the start page are answered by any figure of the delivery."""

from __future__ import annotations

import pandas as pd

from data.importing.collection import Collection
from data.importing.recipe_front import TileRecipe
from data.importing.recipe_model import Recipe
from domain.findings import Place


def check_tiles(recipe: Recipe, values: pd.DataFrame, collection: Collection) -> None:
    """Warn of every question whose view has no figure at its level or in its period.

    ``values`` has the columns of ``town.VALUE_COLUMNS``, as delivered; levels that are summed up
    later count as answered where a finer one is.
    """
    for tile in recipe.tile:
        held = values[values["indicator"] == tile.indicator]
        if not _is_answered(tile, held):
            place = Place(file=recipe.file, column="tile")
            collection.warning(
                "tile_without_values", place, question=tile.question.de, indicator=tile.indicator
            )


def _is_answered(tile: TileRecipe, held: pd.DataFrame) -> bool:
    if held.empty:
        return False
    return not tile.period or bool((held["period"] == tile.period).any())
