"""How a table was read where it could have been read otherwise: signs, points, filled keys."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from data.importing.keys import extracted
from data.importing.readers.model import Table
from data.importing.recipe_tables import TableRecipe
from data.importing.table_cells import Cell
from domain.findings import Finding, Place, Severity
from domain.model import State

SHOWN = 5
_WITH_NUMBER = frozenset({State.OK, State.LIMITED})
_POINTED = re.compile(r"[+\-−]?[1-9][0-9]{0,2}\.[0-9]{3}")


def reading_remarks(
    recipe: TableRecipe, table: Table, cells: Iterable[Cell], areas: Mapping[str, str]
) -> list[Finding]:
    """Tell what the declarations of the recipe decided; nothing of it is a fault.

    Parameters
    ----------
    cells
        The figures read from the table.
    areas
        The area found for each text of the key column, empty where there is none.
    """
    if recipe.role == "check":
        return []
    signs: dict[State, Counter[str]] = {}
    pointed: dict[str, float] = {}
    for cell in cells:
        if cell.state not in _WITH_NUMBER:
            _count_sign(cell, signs)
        elif table.native_numbers is None and "." in cell.text and _POINTED.fullmatch(cell.text):
            pointed.setdefault(cell.text, cell.value or 0.0)
    place = Place(file=table.file, sheet=table.sheet)
    found = [_signs(state, counted, place) for state, counted in signs.items()]
    if pointed:
        found.append(_pointed(pointed, place))
    return [*found, *_filled(recipe, place, areas)]


def _count_sign(cell: Cell, signs: dict[State, Counter[str]]) -> None:
    is_declared_missing = cell.state is State.NOT_COLLECTED and any(map(str.isdigit, cell.text))
    if not is_declared_missing:
        signs.setdefault(cell.state, Counter())[cell.text[:20]] += 1


def _signs(state: State, counted: Counter[str], place: Place) -> Finding:
    """Return what the signs of one state were read as; the code names the state."""
    shown = ", ".join(f'"{sign}" ({n})' for sign, n in counted.most_common(SHOWN))
    params: dict[str, str | int | float] = {"n": counted.total(), "signs": shown}
    return Finding(Severity.INFO, f"signs_{state.value}", place, params)


def _pointed(pointed: Mapping[str, float], place: Place) -> Finding:
    """Return how numbers with one point before three digits were read."""
    examples = [f"{text} → {value:g}" for text, value in list(pointed.items())[:SHOWN]]
    params: dict[str, str | int | float] = {"n": len(pointed), "examples": ", ".join(examples)}
    return Finding(Severity.INFO, "numbers_pointed", place, params)


def _filled(recipe: TableRecipe, place: Place, areas: Mapping[str, str]) -> list[Finding]:
    """Return which keys were filled with zeros from the left."""
    pad, column = recipe.area.pad, recipe.area.written
    if not pad:
        return []
    bare = {
        text: extracted(text, recipe.area.pattern) or "" for text, area in areas.items() if area
    }
    filled = {text: key for text, key in bare.items() if len(key) < pad}
    if not filled:
        return []
    examples = [f'"{text.strip()[:40]}" → {areas[text]}' for text in list(filled)[:SHOWN]]
    params: dict[str, str | int | float] = {"n": len(filled), "examples": ", ".join(examples)}
    return [
        Finding(Severity.INFO, "keys_filled", Place(place.file, place.sheet, None, column), params)
    ]
