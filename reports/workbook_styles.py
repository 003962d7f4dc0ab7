"""How cells of a workbook look: numbers as on paper, texts wrapped, rows as high as their texts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

from figures.theme import ink_on
from i18n.formats import decimal_sign
from reports.document import Cell, Column

_WRITTEN = re.compile(r"^([^\d\u2212-]*)([\u2212-]?\d[\d.,\u00a0\u202f ]*?)([^\d.,]*)$")
"""What is written around the one number of a text: before it, the number, behind it."""
_LONGEST_REMARK = 12
_INDENT = 1
"""Room before a text, so that it does not touch a number on its left."""
_LINE = 15.0
"""Height of a line of text in points, as spreadsheets set it."""
_HIGHEST = 409.0
"""No row of a spreadsheet is higher."""


class Styles:
    """Formats of one workbook, each made once."""

    def __init__(self, book: Any, language: str) -> None:
        self._book = book
        self._decimal = decimal_sign(language)
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        wrapped = {"text_wrap": True, "valign": "top"}
        self.head = self._of(**wrapped, bold=True, bottom=1, align="left", indent=_INDENT)
        self.right_head = self._of(**wrapped, bold=True, bottom=1, align="right")
        self.bold = self._of(**wrapped, bold=True)
        self.wrap = self._of(**wrapped)
        self.note = self._of(**wrapped, font_color="#5b6472")
        self.title = self._of(text_wrap=True, bold=True, font_size=14)

    def _of(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(key))
        return self._made[key]

    def head_of(self, column: Column) -> Any:
        """Return the format of the head of a column."""
        return self.right_head if column.align == "right" else self.head

    def number(self, decimals: int) -> Any:
        """Return the format of a plain number."""
        return self._of(num_format=_digits(decimals))

    def of_cell(self, cell: Cell, column: Column) -> Any:
        """Return the format of a cell: shade, weight and, for a number, what stands around it."""
        properties: dict[str, Any] = {"valign": "top", "align": column.align}
        if column.align == "left":
            properties["indent"] = _INDENT
        if cell.fill:
            properties |= {"bg_color": cell.fill, "font_color": ink_on(cell.fill)}
        if cell.is_strong or cell.mark:
            properties["bold"] = True
        if cell.number is None:
            return self._of(**properties, text_wrap=True)
        return self._of(**properties, num_format=self._written_as(cell, column))

    def _written_as(self, cell: Cell, column: Column) -> str:
        """Return the form of a number, so that it reads as its text does on paper."""
        found = _WRITTEN.match(cell.text)
        before, first, behind = found.groups() if found else ("", self._first(cell.text), "")
        if not first:
            return "General" if column.decimals is None else _digits(column.decimals)
        _, _, places = first.partition(self._decimal)
        decimals = len(places) if column.decimals is None else column.decimals
        return _literal(before) + _digits(decimals) + _literal(behind)

    def _first(self, text: str) -> str:
        """Return the first of several numbers of a text; the others are its interval."""
        found = re.search(r"\d[\d.,]*", text)
        return found.group() if found else ""


def _digits(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _literal(text: str) -> str:
    """Return a text as a part of a number format that is shown and never obeyed."""
    plain = text.replace('"', "").replace("\\", "")
    return f'"{plain}"' if plain.strip() and len(plain) <= _LONGEST_REMARK else ""


def height(texts: Iterable[tuple[str, float]], *, size: float = 11.0) -> float:
    """Return how high a row must be, in points, so that texts are not cut.

    Parameters
    ----------
    texts
        Each text with the width of its column in letters.
    size
        Of the letters, in points.

    >>> height([("kurz", 20)]), height([("a" * 30, 20)])
    (15.0, 30.0)
    """
    lines = max((_lines(t, room * 11.0 / size) for t, room in texts), default=1)
    return min(lines * _LINE * size / 11.0, _HIGHEST)


def _lines(text: str, room: float) -> int:
    return sum(max(1, math.ceil(len(part) * 1.02 / room)) for part in text.split("\n"))
