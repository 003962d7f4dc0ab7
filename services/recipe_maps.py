"""Changes the maps of a recipe: its other lines, their order and comments stay as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import tomlkit

from data.importing.recipe_frame import CorrectionRecipe, LayerRecipe, LevelRecipe, ParentRecipe
from data.importing.recipe_model import Recipe

Document = Any
"""A parsed recipe; tomlkit's containers are mappings that remember how they were written."""

_LAYER = (
    "file", "format", "layer", "encoding", "crs", "id", "id_pattern", "id_pad", "name",
    "name_pattern", "name_apart",
)  # fmt: skip


@dataclass(frozen=True)
class NewOutlines:
    """What a recipe shall say of a level drawn anew.

    ``target`` is the vintage; where it is another than ``vintage``, a level is added.
    ``columns`` are those of the new file.
    """

    level: str
    vintage: str
    target: str
    layer: LayerRecipe
    columns: Sequence[str]
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True)
class NewWeights:
    """What a recipe shall say of a conversion table."""

    level: str
    start: str
    end: str
    file: str
    basis: str
    words: Mapping[str, str] = field(
        default_factory=lambda: {"old": "alt", "new": "neu", "weight": "anteil"}
    )


def with_outlines(text: str, recipe: Recipe, change: NewOutlines) -> str:
    """Return a recipe whose level has the new layer, or one more vintage of it.

    Parameters
    ----------
    recipe
        The same recipe as it was read.
    """
    document = tomlkit.parse(text)
    levels = document["level"]
    place = _place(levels, change.level, change.vintage)
    if change.target == change.vintage:
        for gone in ("list", "area"):
            levels[place].pop(gone, None)
        levels[place]["layer"] = _layer(change.layer)
        return tomlkit.dumps(document)
    base = next(x for x in recipe.level if x.key == f"{change.level}@{change.vintage}")
    if change.valid_to:
        levels[place]["valid_to"] = change.valid_to
    levels.insert(place + 1, _level(base, levels[place], recipe, change))
    return tomlkit.dumps(document)


def with_weights(text: str, change: NewWeights) -> str:
    """Return a recipe with a conversion table, in place of one between the same vintages."""
    document = tomlkit.parse(text)
    entry = tomlkit.table()
    pairs = {
        "level": change.level, "from": change.start, "to": change.end, "file": change.file,
        "encoding": "utf-8", "separator": ";", **change.words, "basis": change.basis,
    }  # fmt: skip
    for key, value in pairs.items():
        entry.add(key, value)
    tables = document.get("conversion")
    if tables is None:
        tables = tomlkit.aot()
        document.append("conversion", tables)
    same = (change.level, change.start, change.end)
    for place, one in enumerate(tables):
        if (one["level"], one["from"], one["to"]) == same:
            tables[place] = entry
            return tomlkit.dumps(document)
    tables.append(entry)
    return tomlkit.dumps(document)


def _place(levels: Document, level: str, vintage: str) -> int:
    found = (i for i, x in enumerate(levels) if (x["id"], x["vintage"]) == (level, vintage))
    return next(found)


def _layer(layer: LayerRecipe) -> Document:
    table = tomlkit.table()
    for key in _LAYER:
        value = getattr(layer, key)
        if value:
            table.add(key, getattr(value, "pattern", value))
    if layer.drop:
        table.add("drop", list(layer.drop))
    if layer.where:
        table.add("where", _inline(layer.where))
    if layer.correction:
        corrections = tomlkit.aot()
        for one in layer.correction:
            corrections.append(_correction(one))
        table.add("correction", corrections)
    return table


def _correction(one: CorrectionRecipe) -> Document:
    table = tomlkit.table()
    table.add("where", _inline(one.where))
    if one.leave_out:
        table.add("leave_out", True)
    else:
        table.add("id", one.id)
    return table


def _inline(words: Mapping[str, str]) -> Document:
    table = tomlkit.inline_table()
    table.update(words)
    return table


def _level(base: LevelRecipe, old: Document, recipe: Recipe, change: NewOutlines) -> Document:
    table = tomlkit.table()
    table.add("id", base.id)
    table.add("vintage", change.target)
    for key in ("name", "area_word", "kind", "order"):
        if key in old:
            table.add(key, old[key])
    if change.valid_from:
        table.add("valid_from", change.valid_from)
    table.add("layer", _layer(change.layer))
    if base.parent:
        parents = tomlkit.aot()
        for parent in base.parent:
            parents.append(_parent(parent, base, recipe, change))
        table.add("parent", parents)
    return table


def _parent(
    parent: ParentRecipe, base: LevelRecipe, recipe: Recipe, change: NewOutlines
) -> Document:
    """Write how a new area finds its parent: by its column, else by where it lies."""
    vintage = parent.vintage or base.vintage
    table = tomlkit.table()
    for key, value in (
        ("hierarchy", parent.hierarchy), ("level", parent.level), ("vintage", vintage),
    ):  # fmt: skip
        table.add(key, value)
    above = next((x for x in recipe.level if x.key == f"{parent.level}@{vintage}"), None)
    if parent.constant or (above is not None and above.kind == "city"):
        table.add("constant", parent.constant or recipe.town.id)
    elif parent.spatial or (
        parent.column not in change.columns and above is not None and recipe.has_outlines(above)
    ):
        table.add("spatial", True)
    else:
        table.add("column", parent.column)
        if parent.pattern is not None:
            table.add("pattern", parent.pattern.pattern)
        if parent.pad:
            table.add("pad", parent.pad)
    return table
