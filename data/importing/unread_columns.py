"""Columns of the delivered tables that nobody asked for, so that none is forgotten silently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data.importing.recipe_frame import LevelRecipe
from data.importing.table_columns import listing
from domain.findings import Finding, Place, Severity


@dataclass(frozen=True)
class ReadColumns:
    """The columns of a file as one ``[[table]]`` sees them, and which of them it reads."""

    file: str
    sheet: str
    columns: tuple[str, ...]
    read: frozenset[str]
    is_part: bool
    """Whether the table wants some rows of a long file only; of the others it knows nothing."""


def unread_columns(
    tables: Iterable[ReadColumns], levels: Iterable[LevelRecipe] = ()
) -> list[Finding]:
    """Tell which columns nobody reads, once for each file and sheet.

    Columns are read by the tables of the recipe, and by levels whose areas the file lists.
    """
    seen, listed = list(tables), [level for level in levels if level.list is not None]
    read: dict[tuple[str, str], set[str]] = {}
    for table in seen:
        of_levels = (_listed(level, table) for level in listed)
        read.setdefault((table.file, table.sheet), set()).update(table.read, *of_levels)
    unread = (
        (table.file, table.sheet, _without(table.columns, read[table.file, table.sheet]))
        for table in seen
        if not table.is_part
    )
    return [_finding(*one) for one in dict.fromkeys(unread) if one[2]]


def _listed(level: LevelRecipe, table: ReadColumns) -> set[str]:
    """Return the columns that name the areas of a level, where they stand in this table."""
    recipe = level.list
    if recipe is None or recipe.file != table.file or recipe.sheet not in ("", table.sheet):
        return set()
    conditions = (*recipe.where, *recipe.where_not, *recipe.where_matches)
    return {recipe.id, recipe.name, *conditions, *(parent.column for parent in level.parent)}


def _without(columns: tuple[str, ...], read: set[str]) -> tuple[str, ...]:
    return tuple(name for name in columns if name and name not in read)


def _finding(file: str, sheet: str, names: tuple[str, ...]) -> Finding:
    params: dict[str, str | int | float] = {"n": len(names), "columns": listing(names)}
    return Finding(Severity.INFO, "columns_unread", Place(file=file, sheet=sheet), params)
