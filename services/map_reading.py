"""Reads a map file as a level of a town: its system, its columns, what its areas are called.

Works in the limited process. What somebody chose counts; else the columns of the layer before
count if the file has them; else the columns that fit the known areas best.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import geopandas as gpd

from data.importing.collection import Collection
from data.importing.keys import extracted
from data.importing.layers import areas_of, features
from data.importing.names import squeezed
from data.importing.readers.attributes import text_of
from data.importing.recipe_frame import LayerRecipe, LevelRecipe

_SAMPLES = 3


@dataclass(frozen=True)
class Known:
    """The level as it was: its recipe, and names of its areas by id."""

    level: LevelRecipe
    names: Mapping[str, str]


@dataclass(frozen=True)
class ReadMap:
    """A file that could be opened: its columns, and its areas where these could be formed."""

    layer: LayerRecipe
    columns: tuple[dict[str, Any], ...]
    areas: gpd.GeoDataFrame | None


def read_map(
    file: str, kind: str, chosen: Mapping[str, str], known: Known, collection: Collection
) -> ReadMap | None:
    """Read a map file; None where it is refused. Findings are collected.

    Parameters
    ----------
    file, kind
        Name in the folder of the collection, and format as a recipe names it.
    chosen
        ``layer``, ``crs``, ``encoding``, ``id``, ``name`` where somebody chose.
    """
    bare = LayerRecipe(
        file=file,
        format=cast("Any", kind),
        layer=chosen.get("layer", ""),
        encoding=chosen.get("encoding", ""),
        crs=chosen.get("crs", ""),
        id="-",
        name="-",
    )
    raw = features(bare, collection)
    if raw is None:
        return None
    columns = tuple(_column(raw, str(c), known) for c in raw.columns if c != "geometry")
    layer = _with_columns(bare, raw, columns, chosen, known)
    level = known.level.model_copy(update={"layer": layer, "list": None, "area": ()})
    return ReadMap(layer, columns, areas_of(level, raw, collection))


def _column(raw: gpd.GeoDataFrame, name: str, known: Known) -> dict[str, Any]:
    """Return what is known of a column: samples, and how well it names the known areas."""
    texts = [squeezed(text_of(v)) for v in raw[name]]
    filled = [t for t in texts if t]
    ids, names = set(known.names), set(known.names.values())
    best = max((_fit(texts, ids, *rule) for rule in _rules(known)), default=0.0)
    return {
        "name": name,
        "samples": list(dict.fromkeys(filled))[:_SAMPLES],
        "is_unique": bool(filled) and len(set(filled)) == len(texts),
        "ids": best,
        "names": _fit(texts, names, None, 0),
    }


def _rules(known: Known) -> list[tuple[Any, int]]:
    """Return the ways keys may be formed: as they are, and as in the layer before."""
    layer = known.level.layer
    return [(None, 0)] + ([(layer.id_pattern, layer.id_pad)] if layer else [])


def _fit(texts: list[str], wanted: set[str], pattern: Any, pad: int) -> float:
    """Return the share of the known words that the texts hold (0 to 1)."""
    met = {extracted(text, pattern, pad) for text in texts}
    return len(met & wanted) / len(wanted) if wanted else 0.0


def _with_columns(
    bare: LayerRecipe,
    raw: gpd.GeoDataFrame,
    columns: tuple[dict[str, Any], ...],
    chosen: Mapping[str, str],
    known: Known,
) -> LayerRecipe:
    before, there = known.level.layer, {c["name"] for c in columns}
    key = _choice("id", chosen, before, columns, "ids") or "-"
    name = _choice("name", chosen, before, columns, "names", other=key) or key
    words: dict[str, Any] = {"id": key, "name": name}
    if key in there and before is not None:
        texts, ids = [squeezed(text_of(v)) for v in raw[key]], set(known.names)
        plain, ruled = (_fit(texts, ids, *rule) for rule in _rules(known))
        if ruled > plain:
            words |= {"id_pattern": before.id_pattern, "id_pad": before.id_pad}
    if before is not None and name == before.name:
        words["name_pattern"] = before.name_pattern
        if before.name_apart in there:
            words["name_apart"] = before.name_apart
    if before is not None:
        words["drop"] = tuple(c for c in before.drop if c in there)
        words["where"] = before.where if set(before.where) <= there else {}
        words["correction"] = tuple(c for c in before.correction if set(c.where) <= there)
    return bare.model_copy(update=words)


def _choice(
    part: str,
    chosen: Mapping[str, str],
    before: LayerRecipe | None,
    columns: tuple[dict[str, Any], ...],
    fit: str,
    other: str = "",
) -> str:
    names = [c["name"] for c in columns]
    given = chosen.get(part, "")
    if given in names:
        return given
    if before is not None and getattr(before, part) in names:
        return str(getattr(before, part))
    free = [c for c in columns if c["name"] != other]
    ranked = sorted(free, key=lambda c: (-c[fit], not c["is_unique"]))
    return str(ranked[0]["name"]) if ranked else ""
