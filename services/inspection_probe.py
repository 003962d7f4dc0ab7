"""Reads a file once with the planned tables: how many figures come out, and what is amiss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from data.importing.dialects import Dialect, dialects_of
from data.importing.known_town import Names
from data.importing.planned_tables import Planned
from data.importing.readers.model import Table
from data.importing.recipe import Recipe
from data.importing.recipe_frame import DialectRecipe
from data.importing.recipe_indicators import IndicatorRecipe
from data.importing.recipe_tables import TableRecipe
from data.importing.tables import TableSetting, read_cells
from domain.findings import Finding
from services.inspection_names import Aliases, keys_of

_SHOWN = 20


@dataclass(frozen=True)
class Probe:
    """What an import would read: figures, keys that come more than once, findings."""

    values: int = 0
    repeated: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """What a recipe would say of a file, as plain entries."""

    planned: Planned
    indicators: Sequence[dict[str, Any]]
    dialects: Sequence[dict[str, Any]]


def probe(
    recipe: Recipe, proposal: Proposal, table: Table, names: Names, aliases: Aliases
) -> Probe:
    """Read the file with the proposal as an import would; nothing is raised.

    Findings are those of the reading alone: checks across tables need a whole import.
    """
    known = {i.id: i for i in recipe.indicator}
    try:
        fresh = [IndicatorRecipe.model_validate(i) for i in proposal.indicators]
        tables = [TableRecipe.model_validate(t) for t in proposal.planned.tables]
        declared = [DialectRecipe.model_validate(d) for d in proposal.dialects]
    except ValidationError:  # the recipe says what is wrong when it is written
        return Probe()
    more = recipe.model_copy(update={"dialect": (*recipe.dialect, *declared)})
    dialects: dict[str, Dialect] = dialects_of(more)
    indicators = known | {i.id: i for i in fresh}
    cells: Counter[tuple[str, ...]] = Counter()
    findings: list[Finding] = []
    for one in (part for entry in tables for part in entry.by_file()):
        keys = keys_of(names[one.level_key], aliases.get(one.level_key, {}))
        read = read_cells(one, table, TableSetting(keys, dialects, indicators))
        findings += read.findings
        cells.update((*cell.key, cell.role) for cell in read.cells)
    repeated = sum(n > 1 for n in cells.values())
    return Probe(len(cells), repeated, tuple(findings[:_SHOWN]))
