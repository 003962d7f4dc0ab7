"""Tables that carry figures of old areas over into new areas."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from data.importing.collection import Collection
from data.importing.conversion_areas import area_rows, tell
from data.importing.conversion_links import area_ids, linked_rows
from data.importing.facilities import column_positions, place_table
from data.importing.names import squeezed
from data.importing.numbers import plain_number
from data.importing.recipe_model import Recipe
from data.importing.recipe_places import ConversionRecipe
from data.importing.town import CONVERSION_COLUMNS
from domain.findings import Place

_TOLERANCE = 1e-6
_SUM_TOLERANCE = 0.01


def read_conversions(
    recipe: Recipe, areas: dict[str, gpd.GeoDataFrame], collection: Collection
) -> pd.DataFrame:
    """Return all conversion weights (columns of ``town.CONVERSION_COLUMNS``).

    A file of links carries no weights: only its one-to-one pairs are taken over. Unknown areas
    and weights outside 0 to 1 are errors; weights of an old area that do not add up to 1 are a
    warning, because published tables are often incomplete. Rounded weights are scaled to a sum
    of 1, so that totals are kept. Old areas without weights are measured on the map where the
    recipe asks for it.
    """
    rows: list[tuple[object, ...]] = []
    for conversion in recipe.conversion:
        read = linked_rows if conversion.format == "links" else table_rows
        found = read(conversion, areas, collection)
        if conversion.rest == "area":
            found += area_rows(found, conversion, areas, collection)
        rows += found
    return pd.DataFrame(rows, columns=list(CONVERSION_COLUMNS))


def table_rows(
    recipe: ConversionRecipe, areas: dict[str, gpd.GeoDataFrame], collection: Collection
) -> list[tuple[object, ...]]:
    """Return the rows of a table with weights (columns of ``town.CONVERSION_COLUMNS``)."""
    table = place_table(recipe.file, recipe.encoding, recipe.separator, collection)
    if table is None:
        return []
    positions = column_positions(table, [recipe.old, recipe.new, recipe.weight], collection)
    if positions is None:
        return []
    known = {
        recipe.old: area_ids(areas, recipe.level, recipe.from_vintage),
        recipe.new: area_ids(areas, recipe.level, recipe.to_vintage),
    }
    sums: dict[str, float] = {}
    rows: list[tuple[object, ...]] = []
    for line, cells in zip(table.row_numbers, table.rows, strict=True):
        texts = {name: squeezed(cells[index]) for name, index in positions.items()}
        for name, ids in known.items():
            if texts[name] not in ids:
                place = Place(file=table.file, row=line, column=name)
                collection.error("conversion_area_unknown", place, area=texts[name])
        weight = plain_number(texts[recipe.weight])
        if weight is None or not 0 <= weight <= 1 + _TOLERANCE:
            place = Place(file=table.file, row=line, column=recipe.weight)
            collection.error("conversion_weight", place, cell=texts[recipe.weight][:60])
            continue
        old, new = texts[recipe.old], texts[recipe.new]
        sums[old] = sums.get(old, 0.0) + weight
        versions = (recipe.level, recipe.from_vintage, recipe.to_vintage)
        rows.append((*versions, old, new, weight, recipe.basis))
    _check_sums(sums, recipe, collection)
    if recipe.rest == "none":
        left_out = sorted(known[recipe.old] - set(sums))
        tell(recipe, collection, "conversion_incomplete", left_out)
    return [(*row[:5], _scaled(float(str(row[5])), sums[str(row[3])]), row[6]) for row in rows]


def _scaled(weight: float, total: float) -> float:
    """Take the rounding of a published table out of a weight; a wrong sum stays wrong."""
    return weight / total if abs(total - 1) <= _SUM_TOLERANCE else weight


def _check_sums(sums: dict[str, float], recipe: ConversionRecipe, collection: Collection) -> None:
    wrong = [old for old, total in sums.items() if abs(total - 1) > _SUM_TOLERANCE]
    if wrong:
        place = Place(file=recipe.file, column=recipe.weight)
        examples = ", ".join(f"{old}: {1000 * sums[old]:.0f} ‰" for old in wrong[:20])
        collection.warning("conversion_sum", place, n=len(wrong), examples=examples)
