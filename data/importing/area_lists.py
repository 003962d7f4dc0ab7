"""Areas of levels that no map draws: named in the recipe, or in the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
from pyproj import CRS

from data.importing.collection import Collection
from data.importing.delivered import spec_of
from data.importing.keys import extracted, is_like_path
from data.importing.names import is_total, normal_name, squeezed
from data.importing.readers.model import Table
from data.importing.recipe_errors import line_index, recipe_finding
from data.importing.recipe_frame import LevelRecipe
from data.importing.recipe_lists import ListRecipe
from data.importing.recipe_model import Recipe
from data.importing.table_columns import Columns
from domain.findings import Finding, Place, Severity

EXAMPLES = 20
_CELL = 60


def listed_areas(
    recipe: Recipe, collection: Collection, system: CRS
) -> dict[str, gpd.GeoDataFrame]:
    """Return the areas of all levels without a map.

    Returns
    -------
    dict of GeoDataFrame
        By ``level@vintage``: ``area_id``, ``name``, ``geometry`` (none) and the other columns of
        the table with the prefix ``layer:``, in the system of the maps. Levels that cannot be
        read are missing; their findings are collected.
    """
    found: dict[str, gpd.GeoDataFrame] = {}
    for position, level in enumerate(recipe.level):
        rows = _rows_of(recipe, position, collection)
        if not rows:
            continue
        frame = pd.DataFrame(rows, dtype="str").fillna("")
        found[level.key] = gpd.GeoDataFrame(frame, geometry=[None] * len(frame), crs=system)
        place = Place(file=level.file or recipe.file)
        params: dict[str, str | int | float] = {"level": level.id, "n": len(frame)}
        collection.add([Finding(Severity.INFO, "level_without_outlines", place, params)])
    return found


def _rows_of(recipe: Recipe, position: int, collection: Collection) -> list[dict[str, str]]:
    level = recipe.level[position]
    if level.area:
        collection.add(_repeated(recipe, position))
        return [
            {"area_id": squeezed(area.id), "name": squeezed(area.name)}
            | {f"layer:{name}": text for name, text in area.attributes.items()}
            for area in level.area
        ]
    return _Listed(level, level.list, collection).rows() if level.list else []


def _repeated(recipe: Recipe, position: int) -> Iterator[Finding]:
    """Yield a finding for every area the recipe names twice or like a path, with its line."""
    lines = line_index(recipe.text)
    seen: set[str] = set()
    for number, area in enumerate(recipe.level[position].area):
        name = squeezed(area.id)
        path = ("level", position, "area", number, "id")
        if is_like_path(name):
            yield recipe_finding("area_id_like_path", recipe.file, lines, path, area=name[:_CELL])
        if name in seen:
            yield recipe_finding("recipe_id_twice", recipe.file, lines, path, name=name)
        seen.add(name)


@dataclass(frozen=True)
class _Met:
    """An area as its first row names it."""

    row: int
    cells: dict[str, str]


class _Listed:
    """One pass over the table that names the areas of a level."""

    def __init__(self, level: LevelRecipe, recipe: ListRecipe, collection: Collection) -> None:
        self._level = level
        self._recipe = recipe
        self._collection = collection
        self._ignored = {squeezed(text) for text in recipe.ignore_keys}
        self._met: dict[str, _Met] = {}
        self._totals: dict[str, int] = {}
        self._respelt: dict[str, str] = {}

    def rows(self) -> list[dict[str, str]]:
        """Return one row an area; findings say why a row names none."""
        table = self._collection.table(self._recipe.file, spec_of(self._recipe))
        if table is None:
            return []
        columns = Columns(table)
        keep = columns.table_filter(self._recipe)
        wanted = (self._key_column, self._recipe.name)
        at = [columns.index(name) for name in wanted]
        self._collection.add(columns.findings)
        if columns.findings:
            return []
        kept = [i for i, row in enumerate(table.rows) if keep.keeps(row)]
        # a table with a row a year names each area many times: the first row will do
        written = {tuple(table.rows[i][k] for k in at if k is not None): i for i in reversed(kept)}
        for texts, i in sorted(written.items(), key=lambda pair: pair[1]):
            self._take(table, i, texts)
        self._tell(table)
        return [one.cells for one in self._met.values()]

    def _take(self, table: Table, i: int, written: tuple[str, ...]) -> None:
        """Take the area of a row; ``written`` are its key and its name."""
        recipe, row = self._recipe, table.row_numbers[i]
        if self._is_left_out(written):
            self._totals.setdefault(squeezed(" ".join(dict.fromkeys(written))), row)
            return
        name = extracted(written[1], recipe.name_pattern)
        area = self._key(written[0], name or "")
        if not area or not name:
            column, cell = (recipe.name, written[1]) if area else (self._key_column, written[0])
            place = Place(file=recipe.file, sheet=table.sheet, row=row, column=column)
            self._collection.error("listed_area_unreadable", place, cell=cell[:_CELL])
            return
        known = self._met.get(area)
        if is_like_path(area):
            place = Place(file=recipe.file, sheet=table.sheet, row=row, column=self._key_column)
            self._collection.error("area_id_like_path", place, area=area[:_CELL])
        if known is None:
            others = dict(zip(table.columns, table.rows[i], strict=True))
            cells = {f"layer:{k}": squeezed(v) for k, v in others.items() if k}
            self._met[area] = _Met(row, {"area_id": area, "name": name} | cells)
        elif known.cells["name"] != name:
            self._named_otherwise(known, name, Place(recipe.file, table.sheet, row, recipe.name))

    @property
    def _key_column(self) -> str:
        return self._recipe.id or self._recipe.name

    def _key(self, written: str, name: str) -> str | None:
        """Return the key of a row: of its own column, else made of the name."""
        if self._recipe.id:
            return extracted(written, self._recipe.id_pattern, self._recipe.id_pad)
        return normal_name(name).replace(" ", "-")

    def _is_left_out(self, written: tuple[str, ...]) -> bool:
        """Whether a row is a total: declared by its key or name, or by a word for a total."""
        return any(squeezed(text) in self._ignored or is_total(text) for text in written)

    def _named_otherwise(self, known: _Met, name: str, place: Place) -> None:
        """Note a name that is spelt in two ways; two names of one key are two areas, an error."""
        first = known.cells["name"]
        if normal_name(first) == normal_name(name):
            self._respelt.setdefault(name, first)
            return
        area = known.cells["area_id"]
        self._collection.error(
            "listed_area_two_names", place, area=area, name=name, known=first, first=known.row
        )

    def _tell(self, table: Table) -> None:
        place = Place(file=table.file, sheet=table.sheet, column=self._key_column)
        if self._totals:
            rows = [f'"{text[:_CELL]}" ({row})' for text, row in self._totals.items()]
            examples = "; ".join(rows[:EXAMPLES])
            self._collection.warning("listed_totals", place, n=len(rows), examples=examples)
        if self._respelt:
            pairs = [f'"{name}" = "{first}"' for name, first in self._respelt.items()]
            examples = "; ".join(pairs[:EXAMPLES])
            self._collection.warning("listed_spellings", place, n=len(pairs), examples=examples)
        if not self._met and not self._collection.has_error:
            self._collection.error("list_without_areas", place, level=self._level.id)
