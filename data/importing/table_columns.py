"""Which columns of a table hold which measure, and which rows belong to it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from data.importing.readers.model import Table
from data.importing.recipe_lists import ListRecipe
from data.importing.recipe_tables import MeasureRecipe, TableRecipe
from domain.findings import Finding, Place, Severity

_SHOWN = 20


@dataclass(frozen=True)
class Target:
    """One column that holds figures of a measure, and what its header says."""

    measure: MeasureRecipe
    index: int
    column: str
    period: str = ""
    category: str = ""
    area: str = ""
    category2: str = ""
    category3: str = ""
    period_onward: str = ""
    """The header from its period on: a mark of the period stands behind it."""


@dataclass(frozen=True)
class Filter:
    """Conditions on a row: column index and wanted text, unwanted text, or pattern."""

    wanted: tuple[tuple[int, str], ...] = ()
    unwanted: tuple[tuple[int, str], ...] = ()
    matching: tuple[tuple[int, re.Pattern[str]], ...] = ()

    @property
    def columns(self) -> set[int]:
        """The columns that are looked at."""
        return {index for index, _ in (*self.wanted, *self.unwanted, *self.matching)}

    def keeps(self, row: tuple[str, ...]) -> bool:
        """Whether the row meets all conditions."""
        return (
            all(row[i].strip() == text for i, text in self.wanted)
            and not any(row[i].strip() == text for i, text in self.unwanted)
            and all(pattern.search(row[i].strip()) for i, pattern in self.matching)
        )


@dataclass(frozen=True)
class Plan:
    """Where the figures of one measure stand, and in which rows they are not meant."""

    measure: MeasureRecipe
    rows: Filter
    targets: list[Target]
    missing: Filter | None

    @property
    def columns(self) -> set[int]:
        """The columns that are looked at."""
        conditions = self.rows.columns | (self.missing.columns if self.missing else set())
        return conditions | {t.index for t in self.targets}


class Columns:
    """The columns of a table by name; what is missing is collected as findings."""

    def __init__(self, table: Table, optional: tuple[str, ...] = ()) -> None:
        self.findings: list[Finding] = []
        self._table = table
        self._optional = optional
        self._positions = {name: i for i, name in reversed(list(enumerate(table.columns)))}
        self._missing: set[str] = set()

    def index(self, name: str) -> int | None:
        """Return the position of a column; a missing one is reported once."""
        position = self._positions.get(name)
        if position is None and name not in self._missing:
            self._missing.add(name)
            if name not in self._optional:
                self.findings.append(self._missing_column(name))
        return position

    def table_filter(self, recipe: TableRecipe | ListRecipe) -> Filter:
        """Return the filter of all rows of a table or a list of areas."""
        pairs = [(self.index(name), p) for name, p in recipe.where_matches.items()]
        return Filter(
            self._conditions(recipe.where),
            self._conditions(recipe.where_not),
            tuple((index, pattern) for index, pattern in pairs if index is not None),
        )

    def measure_filter(self, measure: MeasureRecipe) -> Filter:
        """Return the filter of the rows of one measure."""
        return Filter(self._conditions(measure.where))

    def missing_filter(self, conditions: Mapping[str, str]) -> Filter | None:
        """Return the filter of rows that are filled but not meant, None where none is declared."""
        return Filter(self._conditions(conditions)) if conditions else None

    def plan(self, measure: MeasureRecipe) -> Plan:
        """Return where the figures of a measure stand."""
        missing = self.missing_filter(measure.missing_where)
        return Plan(measure, self.measure_filter(measure), self.targets(measure), missing)

    def targets(self, measure: MeasureRecipe) -> list[Target]:
        """Return the columns of a measure."""
        if measure.column:
            index = self.index(measure.column)
            return [] if index is None else [Target(measure, index, measure.column)]
        found = [*self._listed(measure), *self._matching(measure)]
        if not found and not measure.column_periods:
            self.findings.append(self._nothing_matches(measure))
        return found

    def _conditions(self, conditions: Mapping[str, str]) -> tuple[tuple[int, str], ...]:
        pairs = ((self.index(name), text) for name, text in conditions.items())
        return tuple((index, text.strip()) for index, text in pairs if index is not None)

    def _listed(self, measure: MeasureRecipe) -> list[Target]:
        pairs = [(name, self.index(name), p) for name, p in measure.column_periods.items()]
        return [Target(measure, i, name, period) for name, i, period in pairs if i is not None]

    def _matching(self, measure: MeasureRecipe) -> list[Target]:
        if measure.columns is None:
            return []
        found = []
        for index, name in enumerate(self._table.columns):
            match = measure.columns.fullmatch(name)
            if match is None or name in measure.column_periods:
                continue
            groups = {key: value or "" for key, value in match.groupdict().items()}
            onward = name[match.start("period") :] if groups.get("period") else ""
            found.append(Target(measure, index, name, **groups, period_onward=onward))
        return found

    def _missing_column(self, name: str) -> Finding:
        close = difflib.get_close_matches(name, self._table.columns, n=1)
        return Finding(
            Severity.ERROR,
            "column_missing",
            Place(file=self._table.file, sheet=self._table.sheet, column=name),
            {
                "column": name,
                "suggestion": close[0] if close else "–",
                "columns": listing(self._table.columns),
            },
        )

    def _nothing_matches(self, measure: MeasureRecipe) -> Finding:
        pattern = measure.columns.pattern if measure.columns is not None else ""
        return Finding(
            Severity.ERROR,
            "columns_pattern_unmatched",
            Place(file=self._table.file, sheet=self._table.sheet),
            {"pattern": pattern, "columns": listing(self._table.columns)},
        )


def listing(names: tuple[str, ...]) -> str:
    """Return the first names and whether there are more."""
    shown = ", ".join(names[:_SHOWN])
    return f"{shown} …" if len(names) > _SHOWN else shown
