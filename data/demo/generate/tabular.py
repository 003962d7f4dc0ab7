"""A table as an office delivers it, and the part of the recipe that reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from data.demo.generate.series import Block

Recipe = dict[str, Any]
"""A [[table]] of the recipe."""

AREA_WORDS = {
    "sozialraeume": "sozialraum", "stadtteile": "stadtteil", "stadtbezirke": "stadtbezirk",
    "grundschulbezirke": "grundschulbezirk", "kitas": "kita",
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One figure of a table: indicator, column of the number, column of its base, the blocks.

    ``role`` is ``parts`` (numerator and denominator), ``value`` or ``numerator``.
    """

    indicator: str
    title: str
    base: str
    blocks: Sequence[Block]
    category: str = ""
    places: int = 0
    base_places: int = 0

    @property
    def is_count(self) -> bool:
        """True when the number is a value in itself."""
        return not self.base


@dataclass(frozen=True)
class Style:
    """How the office writes: encoding, separator, marks for figures that may change."""

    encoding: str = "utf-8"
    separator: str = ";"
    decimal: str = ","
    dialect: str = "musterstadt"
    provisional: str = ""
    """Period whose numbers carry a ``p``."""
    by_name: bool = False
    signs: dict[tuple[str, str], str] = field(default_factory=dict)
    """Sign written instead of a number, by period and area (``*`` for all areas)."""


def number(value: float, places: int, decimal: str = ",") -> str:
    """Return the number as the office writes it, without thousands points.

    >>> number(1234.5, 1), number(7.0, 0)
    ('1234,5', '7')
    """
    return f"{value:.{places}f}".replace(".", decimal)


def cell(item: Item, style: Style, vintage: str, area: str, period: str) -> tuple[str, str]:
    """Return number and base of a figure as texts; empty where the series does not run."""
    block = next((b for b in item.blocks if b.vintage == vintage), None)
    if block is None or period not in block.periods or area not in block.areas:
        return "", ""
    row, column = block.areas.index(area), block.periods.index(period)
    mark = "p" if style.provisional == period else ""
    text = number(float(block.numerator[row, column]), item.places, style.decimal) + mark
    sign = style.signs.get((period, area)) or style.signs.get((period, "*"))
    base = ""
    if block.denominator is not None:
        value = float(block.denominator[row, column])
        base = number(value, item.base_places, style.decimal)
    return sign or text, base


def ordered(items: Sequence[Item]) -> list[tuple[Block, list[str]]]:
    """Return one block per vintage with all periods that any item of the table has."""
    found: dict[str, tuple[Block, list[str]]] = {}
    for item in items:
        for block in item.blocks:
            _, periods = found.setdefault(block.vintage, (block, []))
            periods.extend(p for p in block.periods if p not in periods)
    return [(block, sorted(periods)) for block, periods in found.values()]


def wide_rows(items: Sequence[Item], style: Style) -> list[list[str]]:
    """Return a table with one row per area and period and one column per number."""
    word = AREA_WORDS[items[0].blocks[0].level]
    columns = list(dict.fromkeys(c for i in items for c in (i.title, i.base) if c))
    rows = [["jahr", "gebietsstand", word, "name", *columns]]
    for block, periods in ordered(items):
        for period in periods:
            for area, name in zip(block.areas, block.names, strict=True):
                texts: dict[str, str] = {}
                for item in items:
                    own, base = cell(item, style, block.vintage, area, period)
                    texts[item.title] = own
                    if item.base and base:
                        texts[item.base] = base
                cells = [texts.get(c, "") for c in columns]
                rows.append([period, block.vintage, area, name, *cells])
    return rows


def long_rows(items: Sequence[Item], style: Style) -> list[list[str]]:
    """Return a table with one row per area, period and figure."""
    word = AREA_WORDS[items[0].blocks[0].level]
    rows = [["jahr", "gebietsstand", word, "name", "merkmal", "anzahl", "von"]]
    for item in items:
        for block, periods in ordered([item]):
            for period in periods:
                for area, name in zip(block.areas, block.names, strict=True):
                    own, base = cell(item, style, block.vintage, area, period)
                    rows.append([period, block.vintage, area, name, item.title, own, base])
    return rows


def measures(item: Item, *, long: bool = False) -> list[Recipe]:
    """Return the [[table.measure]] entries of a figure."""
    common: Recipe = {"indicator": item.indicator}
    if item.category:
        common["category"] = item.category
    if long:
        common["where"] = {"merkmal": item.title}
    own = "anzahl" if long else item.title
    base = "von" if long else item.base
    if item.is_count:
        return [{**common, "role": "value", "column": own}]
    return [
        {**common, "role": "numerator", "column": own},
        {**common, "role": "denominator", "column": base},
    ]


def table_recipes(
    file: str, items: Sequence[Item], style: Style, *, long: bool = False
) -> list[Recipe]:
    """Return the [[table]] entries of a CSV file, one for each boundary vintage."""
    recipes = []
    for block, _ in ordered(items):
        own = [i for i in items if any(b.vintage == block.vintage for b in i.blocks)]
        area: Recipe = {"column": AREA_WORDS[block.level]}
        if style.by_name:
            area = {"column": "name", "by": "name"}
        recipes.append({
            "file": f"raw/{file}", "format": "csv", "encoding": style.encoding,
            "separator": style.separator, "dialect": style.dialect, "level": block.level,
            "vintage": block.vintage, "where": {"gebietsstand": block.vintage}, "area": area,
            "period": {"column": "jahr"},
            "measure": [m for item in own for m in measures(item, long=long)],
        })  # fmt: skip
    return recipes
