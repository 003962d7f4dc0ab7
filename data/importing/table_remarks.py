"""What is found while a table is read, gathered so that one cause gives one finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from data.importing.area_remarks import MAX_EXAMPLES, AreaRemarks, KeyRows, example
from data.importing.keys import AreaMatch
from data.importing.names import is_total
from data.importing.numbers import Unreadable
from data.importing.periods import NoPeriod
from data.importing.readers.model import Table
from data.importing.recipe_tables import TableRecipe
from domain.findings import Finding, Place, Severity

Params = dict[str, str | int | float]

MAX_CELL_FINDINGS = 200
FEWEST_ROWS = 10
"""A shorter column without a number is too common to be asked about."""


class TableRemarks:
    """The findings of one table. Data faults of a check table are warnings."""

    def __init__(self, recipe: TableRecipe, table: Table) -> None:
        self._recipe = recipe
        self._table = table
        self._severity = Severity.WARNING if recipe.role == "check" else Severity.ERROR
        self._findings: list[Finding] = []
        self._cells: dict[tuple[int, str], Finding] = {}
        self._hidden_cells = 0
        self._totals: dict[str, KeyRows] = {}
        self._areas = AreaRemarks(recipe, self._severity)
        self._unmapped: dict[str, KeyRows] = {}
        self._rekeyed: dict[str, KeyRows] = {}
        self._ignored = {text.strip() for text in recipe.ignore_keys}

    def is_left_out(self, text: str, i: int) -> bool:
        """Whether the row is a total or of an area the map lacks; it is noted as left out."""
        if text.strip() in self._recipe.unmapped_keys:
            self._unmapped.setdefault(text, KeyRows()).rows.append(self._row(i))
            return True
        is_declared = text.strip() in self._ignored
        if is_declared or is_total(text):
            self._totals.setdefault(text, KeyRows()).rows.append(self._row(i))
            return True
        return False

    def rekeyed(self, text: str, i: int) -> None:
        """Note a key for which the recipe names the area."""
        self._rekeyed.setdefault(text, KeyRows()).rows.append(self._row(i))

    def met(self, text: str, i: int, match: AreaMatch, *, key: str) -> None:
        """Note a key the first time it is met; one that is no plain key or name gets a finding."""
        self._areas.note(text, self._row(i), match, key)

    def again(self, text: str, i: int) -> None:
        """Note another row of a key already noted."""
        noted = self._totals.get(text) or self._unmapped.get(text) or self._rekeyed.get(text)
        noted = noted or self._areas.of(text)
        if noted is not None and noted.rows[-1] != self._row(i):
            noted.rows.append(self._row(i))

    def unreadable(self, i: int, column: str, reading: Unreadable | NoPeriod) -> None:
        """Note a cell that is neither number nor sign, or no period."""
        self._cell_finding(i, column, reading.code, dict(reading.params))

    def unknown_category(self, i: int, text: str, indicator: str) -> None:
        """Note a category that the indicator does not have."""
        column = self._recipe.category.written if self._recipe.category else ""
        params: dict[str, str | int | float] = {"cell": text[:60], "indicator": indicator}
        self._cell_finding(i, column, "category_unknown", params)

    def without_numbers(self, column: str, texts: list[str]) -> None:
        """Note a column of figures that holds no number at all."""
        if len(texts) < FEWEST_ROWS:
            return
        written = ", ".join(f'"{text}"' for text in sorted(set(texts))[:3])
        params: Params = {"n": len(texts), "written": written}
        place = replace(self._place(), column=column)
        self._note(Finding(Severity.WARNING, "column_without_numbers", place, params))

    def not_meant(
        self, rows: list[int], keys: list[str], conditions: Mapping[str, str], column: str
    ) -> None:
        """Note rows whose figures are read as not collected, as the recipe declares."""
        examples = [
            f'"{key}" ({self._row(i)})' for i, key in zip(rows, keys, strict=True)
        ][:MAX_EXAMPLES]  # fmt: skip
        params: Params = {
            "n": len(rows),
            "examples": ", ".join(examples),
            "condition": ", ".join(f"{name} = {text}" for name, text in conditions.items()),
        }
        place = replace(self._place(), row=self._row(rows[0]), column=column)
        self._note(Finding(Severity.WARNING, "rows_not_meant", place, params))

    def no_rows(self, where: Mapping[str, str]) -> None:
        """Note that a filter keeps no row."""
        text = ", ".join(f"{key} = {value}" for key, value in where.items())
        self._findings.append(
            Finding(self._severity, "table_without_rows", self._place(), {"filter": text})
        )

    def absent_areas(self, areas: list[str]) -> None:
        """Note areas of the level for which the table says nothing; a check needs not have all."""
        if areas:
            is_check = self._recipe.role == "check"
            severity = Severity.INFO if is_check else Severity.WARNING
            params: Params = {"n": len(areas), "areas": ", ".join(areas[:MAX_EXAMPLES])}
            self._findings.append(Finding(severity, "areas_absent", self._place(), params))

    def findings(self) -> list[Finding]:
        """Return all findings of the table."""
        found = [*self._findings, *self._cells.values(), *self._area_findings()]
        found += self._rekey_findings() + self._unused_findings()
        if self._hidden_cells:
            found.append(
                Finding(self._severity, "cells_more", self._place(), {"n": self._hidden_cells})
            )
        return found

    def _area_findings(self) -> list[Finding]:
        found = []
        if self._totals:
            found.append(self._keys_finding(Severity.WARNING, "rows_total", self._totals))
        if self._unmapped:
            found.append(self._keys_finding(Severity.WARNING, "rows_unmapped", self._unmapped))
        place = replace(self._place(), column=self._recipe.area.written)
        return found + self._areas.findings(place)

    def _rekey_findings(self) -> list[Finding]:
        """Return one finding for the keys that were replaced."""
        found = []
        if self._rekeyed:
            found.append(self._keys_finding(Severity.WARNING, "rows_rekeyed", self._rekeyed))
        return found

    def _unused_findings(self) -> list[Finding]:
        """Return one finding for each list of declared keys of which some never came."""
        declared = (
            ("rekey_unused", set(self._recipe.rekey), self._rekeyed),
            ("unmapped_unused", {k.strip() for k in self._recipe.unmapped_keys}, self._unmapped),
        )
        place = replace(self._place(), column=self._recipe.area.written)
        found = []
        for code, wanted, met in declared:
            unused = sorted(wanted - {text.strip() for text in met})
            params: Params = {"n": len(unused), "keys": ", ".join(unused[:MAX_EXAMPLES])}
            found += [Finding(Severity.WARNING, code, place, params)] if unused else []
        return found

    def _keys_finding(self, severity: Severity, code: str, keys: dict[str, KeyRows]) -> Finding:
        first = min(key.rows[0] for key in keys.values())
        examples = [
            example(text, key, self._recipe.rekey.get(text.strip(), ""))
            for text, key in list(keys.items())[:MAX_EXAMPLES]
        ]
        place = Place(
            file=self._table.file,
            sheet=self._table.sheet,
            row=first,
            column=self._recipe.area.written,
        )
        rows = {row for key in keys.values() for row in key.rows}
        params: Params = {
            "n": len(keys),
            "rows": len(rows),
            "examples": "; ".join(examples) or "–",
            "level": self._recipe.level,
        }
        return Finding(severity, code, place, params)

    def _cell_finding(
        self, i: int, column: str, code: str, params: dict[str, str | int | float]
    ) -> None:
        key = (i, column)
        if key in self._cells:
            return
        if len(self._cells) >= MAX_CELL_FINDINGS:
            self._hidden_cells += 1
            return
        place = Place(
            file=self._table.file, sheet=self._table.sheet, row=self._row(i), column=column
        )
        self._cells[key] = Finding(self._severity, code, place, params)

    def _note(self, finding: Finding) -> None:
        """Take a finding over once, however many measures meet its cause."""
        if finding not in self._findings:
            self._findings.append(finding)

    def _place(self) -> Place:
        return Place(file=self._table.file, sheet=self._table.sheet)

    def _row(self, i: int) -> int:
        return self._table.row_numbers[i]
