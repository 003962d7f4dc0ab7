"""What a recipe and the areas of a town tell before a new file is opened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from data.importing.recipe_indicators import IndicatorRecipe
from data.importing.recipe_model import Recipe
from data.importing.recipe_tables import MeasureRecipe, TableRecipe
from domain.column_facts import KnownIndicator, KnownLevel, KnownTown
from domain.column_roles import Role, Use
from domain.header_patterns import PERIOD

_DIGITS = re.compile(r"[\d_\-.\s]+")
_PERIOD_GROUP = re.compile(r"\(\?P<period>(?:\\d\{4\}|\\d\\d\\d\\d|\\d\+|\[[^\]]*\]\{4\}|\.\+)\)")

Names = Mapping[str, Mapping[str, str]]
"""Names of areas by ``level@vintage`` and id."""


@dataclass(frozen=True)
class Arrived:
    """A file that came in: its name, the sheet that is read, and the columns there."""

    file: str
    sheet: str = ""
    columns: tuple[str, ...] = ()


def known_town(recipe: Recipe, names: Names, arrived: Arrived) -> KnownTown:
    """Return what is known of a town that a file speaks of.

    Parameters
    ----------
    names
        Areas of all levels; levels that could not be read are missing.
    arrived
        The new file: tables called alike, or built alike, tell what their columns were.
    """
    levels = tuple(
        KnownLevel(x.id, x.vintage, x.kind, names[x.key]) for x in recipe.level if x.key in names
    )
    return KnownTown(
        id=recipe.town.id,
        levels=levels,
        indicators=tuple(_indicator(i) for i in recipe.indicator),
        uses=_learnt(tables_of(recipe, arrived)),
    )


def tables_of(recipe: Recipe, arrived: Arrived) -> tuple[TableRecipe, ...]:
    """Return the tables of files and sheets called alike, whatever year is in their names.

    Where none is, those of the one file that is built alike: every column its tables read stands
    in the new one, and they are most of its columns.
    """
    tables = [t for t in recipe.table if t.role == "data"]
    wanted = _stem(arrived.file), _DIGITS.sub("", arrived.sheet)
    named = [t for t in tables if (_stem(t.file), _DIGITS.sub("", t.sheet)) == wanted]
    return tuple(named or _built_alike(tables, set(arrived.columns)))


def _built_alike(tables: list[TableRecipe], columns: set[str]) -> list[TableRecipe]:
    by_file: dict[tuple[str, str], list[TableRecipe]] = {}
    for table in tables:
        by_file.setdefault((table.file, table.sheet), []).append(table)
    found = [
        mine
        for mine in by_file.values()
        if (read := set().union(*map(_columns_of, mine))) <= columns
        and len(read) > len(columns) / 2
    ]
    return found[0] if len(found) == 1 else []


def _columns_of(table: TableRecipe) -> set[str]:
    """Return the headers a table reads; a group of them stands under a name no header has."""
    return {column.partition("[")[0] for column, _ in _uses(table)}


def _stem(file: str) -> str:
    path = PurePosixPath(file.replace("\\", "/"))
    return _DIGITS.sub("", path.stem).casefold()


def _indicator(recipe: IndicatorRecipe) -> KnownIndicator:
    texts = (recipe.name, recipe.short_name)
    names = dict.fromkeys(t for text in texts for t in (text.de, text.en) if t)
    return KnownIndicator(
        id=recipe.id,
        kind=str(recipe.kind),
        names=tuple(names),
        numerator=recipe.numerator_text.de,
        denominator=recipe.denominator_text.de,
        categories={category: name.de for category, name in recipe.categories},
    )


def _learnt(tables: tuple[TableRecipe, ...]) -> dict[str, tuple[Use, ...]]:
    """Return the uses of the columns of some tables; nothing where the tables do not agree."""
    found: dict[str, dict[Use, None]] = {}
    filters: dict[str, set[str]] = {}
    for table in tables:
        for column, use in _uses(table):
            found.setdefault(column, {})[use] = None
            if use.role is Role.FILTER:
                filters.setdefault(column, set()).add(use.text)
    if any(len(texts) > 1 for texts in filters.values()):
        return {}
    return {column: tuple(uses) for column, uses in found.items()}


def _uses(table: TableRecipe) -> list[tuple[str, Use]]:
    found: list[tuple[str, Use]] = []
    if table.area.column:
        role = Role.AREA_NAME if table.area.by == "name" else Role.AREA
        found.append((table.area.column, Use(role)))
    if table.period.column:
        found.append((table.period.column, Use(Role.PERIOD)))
    if table.category is not None and table.category.column:
        found.append((table.category.column, Use(Role.CATEGORY)))
    for column, text in table.where.items():
        is_vintage = text == table.vintage
        found.append((column, Use(Role.VINTAGE) if is_vintage else Use(Role.FILTER, text=text)))
    for measure in table.measure:
        found += _of_measure(measure)
    return found


def _of_measure(measure: MeasureRecipe) -> list[tuple[str, Use]]:
    use = Use(Role(measure.role), measure.indicator, measure.category)
    if measure.where:
        pairs = [(f"{column}[{text}]", use) for column, text in measure.where.items()]
        return [*pairs, *((column, Use(Role.INDICATOR)) for column in measure.where)]
    found = [(measure.column, use)] if measure.column else []
    if measure.columns is not None:
        plain = _PERIOD_GROUP.sub(PERIOD, measure.columns.pattern)
        found += [(plain, use)] if "(?P<" not in plain else []
    for column, period in measure.column_periods.items():
        found.append((column, Use(use.role, use.indicator, use.category, period)))
    return found
