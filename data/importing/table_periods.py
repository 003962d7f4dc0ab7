"""The period of each row of a table, and what is to be told of how periods are written."""

from __future__ import annotations

import datetime as dt

from data.importing.keys import extracted
from data.importing.periods import NoPeriod, ReadPeriod, read_period
from data.importing.readers.model import Table
from data.importing.recipe_tables import TableRecipe
from data.importing.table_columns import Columns, Target
from domain.findings import Finding, Place, Severity

_SHOWN = 20


class TablePeriods:
    """Reads the periods of one table, each way of writing once."""

    def __init__(self, recipe: TableRecipe, table: Table, columns: Columns) -> None:
        self._recipe = recipe.period
        self._table = table
        self._is_check = recipe.role == "check"
        self._read: dict[tuple[str, str], ReadPeriod | NoPeriod] = {}
        self._written: dict[str, ReadPeriod] = {}
        self.index = columns.index(self._recipe.column) if self._recipe.column else None

    def column_of(self, target: Target) -> str:
        """Return the column in which the period of a figure stands."""
        return self._recipe.column or target.column

    def of(self, i: int, target: Target) -> ReadPeriod | NoPeriod:
        """Return the period of a row, or why it has none."""
        text, behind = self._text(i, target)
        if (text, behind) not in self._read:
            found = self._read[text, behind] = self._with_mark(text, behind)
            if isinstance(found, ReadPeriod):
                self._written[behind.strip()] = found
        return self._read[text, behind]

    def _text(self, i: int, target: Target) -> tuple[str, str]:
        """Return the text of the period, and the same with all that stands behind it."""
        recipe = self._recipe
        listed = target.measure.column_periods.get(target.column)
        if listed:
            return listed, listed
        if target.period:
            mapped = recipe.map.get(target.period)
            return (mapped, mapped) if mapped else (target.period, target.period_onward)
        if recipe.constant:
            return recipe.constant, recipe.constant
        if self.index is None:
            return "", ""
        return self._in_cell(self._table.rows[i][self.index].strip())

    def _in_cell(self, written: str) -> tuple[str, str]:
        mapped = self._recipe.map.get(written)
        if mapped:
            return mapped, mapped
        pattern = self._recipe.pattern
        match = pattern.search(written) if pattern is not None else None
        if match is None:
            return written, written
        start = match.start(1) if match.re.groups and match[1] else match.start()
        return extracted(written, pattern) or written, written[start:]

    def _with_mark(self, text: str, behind: str) -> ReadPeriod | NoPeriod:
        """Read a period; a mark such as (p) counts although the pattern leaves it out."""
        rule = self._recipe.rule
        found = read_period(text, rule)
        marked = read_period(behind, rule) if behind != text else found
        if not isinstance(found, ReadPeriod) or not isinstance(marked, ReadPeriod):
            return found
        return marked if marked.id == found.id else found

    def findings(self) -> list[Finding]:
        """Return what is to be told of marks and dates."""
        return [*self._marks(), *self._dates()]

    def _marks(self) -> list[Finding]:
        marked: dict[str, list[str]] = {}
        for text, found in self._written.items():
            if found.flags:
                marked.setdefault(found.flags, []).append(text)
        return [
            self._told(Severity.INFO, f"periods_marked_{flag}", {"texts": _listing(texts)})
            for flag, texts in sorted(marked.items())
        ]

    def _dates(self) -> list[Finding]:
        dates: dict[dt.date, str] = {
            found.date: found.id for found in self._written.values() if found.date
        }
        if not dates:
            return []
        days = sorted({f"{date:%d.%m.}" for date in dates})
        params: dict[str, str | int | float] = {"n": len(dates), "days": _listing(days)}
        found = [
            self._told(Severity.WARNING if len(days) > 1 else Severity.INFO, _code(days), params)
        ]
        by_period: dict[str, list[dt.date]] = {}
        for date, period in sorted(dates.items()):
            by_period.setdefault(period, []).append(date)
        shared = {period: of for period, of in by_period.items() if len(of) > 1}
        for period, of in shared.items():
            listed = _listing([f"{date:%d.%m.%Y}" for date in of])
            severity = Severity.WARNING if self._is_check else Severity.ERROR
            found.append(
                self._told(severity, "period_of_dates", {"period": period, "dates": listed})
            )
        return found

    def _told(self, severity: Severity, code: str, params: dict[str, str | int | float]) -> Finding:
        place = Place(file=self._table.file, sheet=self._table.sheet, column=self._recipe.column)
        return Finding(severity, code, place, params)


def _code(days: list[str]) -> str:
    return "period_dates_differ" if len(days) > 1 else "period_dates"


def _listing(texts: list[str]) -> str:
    shown = ", ".join(texts[:_SHOWN])
    return f"{shown} …" if len(texts) > _SHOWN else shown
