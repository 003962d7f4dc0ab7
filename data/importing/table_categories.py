"""The category of each figure of a table: from a header, a column, or several of them together."""

from __future__ import annotations

from dataclasses import dataclass

from data.importing.readers.model import Table
from data.importing.recipe_categories import JOINED
from data.importing.recipe_indicators import IndicatorRecipe
from data.importing.recipe_tables import CategoryPart, TableRecipe
from data.importing.table_columns import Columns, Target
from domain.model import TOTAL

_BLANK = "–"


@dataclass(frozen=True)
class UnknownCategory:
    """A category that the indicator does not have, as it was written."""

    text: str


class TableCategories:
    """Reads the categories of one table."""

    def __init__(self, recipe: TableRecipe, table: Table, columns: Columns) -> None:
        self._recipe = recipe.category
        self._table = table
        self._index: int | None = None
        self._parts: list[tuple[CategoryPart, int | None]] = []
        if self._recipe is not None:
            self._index = columns.index(self._recipe.column) if self._recipe.column else None
            self._parts = [
                (part, columns.index(part.column) if part.column else None)
                for part in self._recipe.part
            ]

    @property
    def columns(self) -> set[int]:
        """The columns that are looked at."""
        indexes = (self._index, *(index for _, index in self._parts))
        return {index for index in indexes if index is not None}

    def of(self, i: int, target: Target, indicator: IndicatorRecipe) -> str | UnknownCategory:
        """Return the category of a figure of a row, ``total`` for the whole."""
        text = self._together(i, target) if self._parts else self._text(i, target)
        if self._recipe is not None:
            text = self._recipe.map.get(text, text)
        return text if text == TOTAL or text in indicator.category_ids else UnknownCategory(text)

    def _text(self, i: int, target: Target) -> str:
        """Return the text of a single place; a blank cell is no whole unless the map says so."""
        text = target.category or target.measure.category
        if text or self._index is None or self._recipe is None:
            return text or TOTAL
        written = self._table.rows[i][self._index].strip()
        return written if written or "" in self._recipe.map else _BLANK

    def _together(self, i: int, target: Target) -> str:
        """Join the parts; one that is the whole of its characteristic is left out.

        A blank part that the recipe does not explain is no whole: it stays visible as a dash.
        """
        if target.measure.category:
            return target.measure.category
        found = []
        for part, index in self._parts:
            text = self._table.rows[i][index].strip() if index is not None else ""
            text = getattr(target, part.group) if part.group else text
            found.append(part.map.get(text, text) or _BLANK)
        return JOINED.join(text for text in found if text != TOTAL) or TOTAL
