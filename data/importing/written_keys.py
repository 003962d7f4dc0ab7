"""The text by which a row names its area: one cell, or the parts of a key from several."""

from __future__ import annotations

from itertools import zip_longest

from data.importing.recipe_tables import AreaColumn
from data.importing.table_columns import Columns

JOINS_SHOWN = " + "
_EMPTY_SHOWN = "–"


class WrittenKeys:
    """Reads the key of a row as ``[table.area]`` says, before any pattern is applied.

    A key of several columns is its parts side by side, each padded with zeros where ``pads``
    gives a width. Where a part is empty there is no key: the parts are returned apart
    (``01 + 0 + –``), so that they match no area and are shown as they stand in the file.
    """

    def __init__(self, recipe: AreaColumn, columns: Columns) -> None:
        self._is_composed = bool(recipe.columns)
        names = recipe.columns or ((recipe.column,) if recipe.column else ())
        found = [columns.index(name) for name in names]
        self._indexes = [index for index in found if index is not None]
        self._pads = recipe.pads

    @property
    def columns(self) -> set[int]:
        """The columns that are looked at, none where the rows name no area."""
        return set(self._indexes)

    def of(self, row: tuple[str, ...]) -> str:
        """Return the key as written in a row, empty where the rows name no area."""
        if not self._is_composed:
            return row[self._indexes[0]] if self._indexes else ""
        parts = [row[index].strip() for index in self._indexes]
        if not all(parts):
            return JOINS_SHOWN.join(part or _EMPTY_SHOWN for part in parts)
        padded = zip_longest(parts, self._pads, fillvalue=0)
        return "".join(str(part).zfill(int(width)) for part, width in padded)
