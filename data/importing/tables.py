"""Rows of a table as delivered figures, each with its key and its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from data.importing.dialects import PLAIN, Dialect
from data.importing.keys import AreaKeys, AreaMatch, extracted
from data.importing.numbers import Reading, Unreadable, parse_cell
from data.importing.periods import NoPeriod, ReadPeriod
from data.importing.readers.model import Table
from data.importing.reading_remarks import reading_remarks
from data.importing.recipe_indicators import IndicatorRecipe
from data.importing.recipe_tables import TableRecipe
from data.importing.table_categories import TableCategories, UnknownCategory
from data.importing.table_cells import Cell, joined_flags
from data.importing.table_columns import Columns, Filter, Plan, Target
from data.importing.table_periods import TablePeriods
from data.importing.table_remarks import TableRemarks
from data.importing.unread_columns import ReadColumns
from data.importing.written_keys import WrittenKeys
from domain.findings import Finding
from domain.model import State
from domain.progress import Counted, uncounted

COUNTED_ROWS = 2000
"""Progress is told after every so many figures."""


@dataclass(frozen=True)
class TableCells:
    """The figures of one table, what was found on the way, and which columns were read."""

    cells: list[Cell]
    findings: list[Finding]
    read: ReadColumns | None = None
    """None where columns are missing."""


@dataclass(frozen=True)
class TableSetting:
    """What a table is read against: areas of its level, dialects, indicators."""

    keys: AreaKeys
    dialects: Mapping[str, Dialect]
    indicators: Mapping[str, IndicatorRecipe]


def read_cells(
    recipe: TableRecipe, table: Table, setting: TableSetting, counted: Counted = uncounted
) -> TableCells:
    """Turn the rows of a table into figures.

    Parameters
    ----------
    recipe
        The ``[[table]]`` of the recipe.
    table
        The table as read, every cell as text.
    setting
        Areas, dialects and indicators.
    counted
        Told how many figures are read, and of how many.

    Returns
    -------
    TableCells
        One cell for every figure; findings for all that could not be read. Nothing is raised.
    """
    return _Reading(recipe, table, setting, counted).result()


class _Reading:
    """One pass over one table."""

    def __init__(
        self, recipe: TableRecipe, table: Table, setting: TableSetting, counted: Counted
    ) -> None:
        self.recipe = recipe
        self.table = table
        self.setting = setting
        self.remarks = TableRemarks(recipe, table)
        self.columns = Columns(table, recipe.optional_columns)
        self.written = WrittenKeys(recipe.area, self.columns)
        self.periods = TablePeriods(recipe, table, self.columns)
        self.categories = TableCategories(recipe, table, self.columns)
        self.missing = self.columns.missing_filter(recipe.missing_where)
        self._areas: dict[str, str] = {}
        self._numbers: dict[tuple[str, float, str, bool], _Number | Unreadable] = {}
        self._indexes: dict[tuple[int, ...], dict[tuple[str, ...], list[int]]] = {}
        self._counted = counted
        self._done = self._planned = 0

    def result(self) -> TableCells:
        recipe, table = self.recipe, self.table
        keep = self.columns.table_filter(recipe)
        plans = [self.columns.plan(measure) for measure in recipe.measure]
        if self.columns.findings:
            return TableCells([], self.columns.findings)
        kept = [i for i, row in enumerate(table.rows) if keep.keeps(row)]
        if not kept:
            self.remarks.no_rows(recipe.where)
        self._planned = sum(len(self._rows_of(p.rows, kept)) * len(p.targets) for p in plans)
        cells = [cell for plan in plans for cell in self._measured(plan, kept)]
        if not recipe.area.constant and cells:
            seen = {a for cell in cells for a in self.setting.keys.told_by(cell.area)}
            absent = [area for area in self.setting.keys.areas if area not in seen]
            self.remarks.absent_areas([f"{a} {self.setting.keys.name(a)}" for a in absent])
        told = self.remarks.findings() + self.periods.findings()
        told += reading_remarks(recipe, table, cells, self._areas)
        return TableCells(cells, told, self._read(keep, plans))

    def _read(self, keep: Filter, plans: list[Plan]) -> ReadColumns:
        used = {self.periods.index, *self.categories.columns, *self.written.columns}
        used |= keep.columns | (self.missing.columns if self.missing else set())
        for plan in plans:
            used |= plan.columns
        table = self.table
        names = frozenset(table.columns[i] for i in used if i is not None)
        # rows that are left out are totals or remarks; the table is still meant as a whole
        is_part = bool(self.recipe.where or self.recipe.where_matches)
        return ReadColumns(table.file, table.sheet, table.columns, names, is_part)

    def _measured(self, plan: Plan, kept: list[int]) -> Iterator[Cell]:
        mine = self._rows_of(plan.rows, kept)
        if kept and not mine:
            self.remarks.no_rows(plan.measure.where)
        absent = self._not_meant(plan, mine)
        for target in plan.targets:
            found = self._column(target, mine, absent)
            if found and all(cell.value is None for cell in found):
                self.remarks.without_numbers(target.column, [cell.text for cell in found])
            yield from found

    def _rows_of(self, rows: Filter, kept: list[int]) -> list[int]:
        """Return the kept rows of a measure; many measures of one long table share an index."""
        found = self._indexed(rows.wanted, kept) if rows.wanted else kept
        if rows.unwanted or rows.matching:
            return [i for i in found if rows.keeps(self.table.rows[i])]
        return found

    def _indexed(self, wanted: tuple[tuple[int, str], ...], kept: list[int]) -> list[int]:
        columns = tuple(index for index, _ in wanted)
        if columns not in self._indexes:
            index: dict[tuple[str, ...], list[int]] = {}
            for i in kept:
                row = self.table.rows[i]
                index.setdefault(tuple(row[c].strip() for c in columns), []).append(i)
            self._indexes[columns] = index
        return self._indexes[columns].get(tuple(text for _, text in wanted), [])

    def _not_meant(self, plan: Plan, mine: list[int]) -> set[int]:
        """Return the rows that are filled where nothing was computed, as the recipe declares."""
        absent: set[int] = set()
        declared = (
            (self.missing, self.recipe.missing_where, ""),
            (plan.missing, plan.measure.missing_where, plan.measure.column),
        )
        for rows, conditions, column in declared:
            found = [i for i in mine if rows is not None and rows.keeps(self.table.rows[i])]
            if found:
                keys = [self._key(i) for i in found]
                self.remarks.not_meant(found, keys, conditions, column)
            absent |= set(found)
        return absent

    def _key(self, i: int) -> str:
        return self.written.of(self.table.rows[i]).strip()

    def _column(self, target: Target, mine: list[int], absent: set[int]) -> list[Cell]:
        """Return the figures in one column; findings say why a row has none."""
        recipe, table, measure = self.recipe, self.table, target.measure
        not_meant = _scaled(Reading(State.NOT_COLLECTED), measure.scale)
        indicator, role, column = measure.indicator, measure.role, target.column
        found = []
        for i in mine:
            self._count()
            area = self._area(i, target)
            period = self._period(i, target)
            category = self._category(i, target)
            if not (area and period and category):
                continue
            number = not_meant if i in absent else self._number(i, target)
            if isinstance(number, Unreadable):
                self.remarks.unreadable(i, column, number)
                continue
            state, value, step, flags = number
            if value is not None:
                flags = joined_flags((flags, period.flags))
            found.append(
                Cell(
                    indicator, role, category, period.id, recipe.level, recipe.vintage, area,
                    state, value, step, flags, table.file, table.sheet,
                    table.row_numbers[i], column, table.rows[i][target.index].strip(),
                )
            )  # fmt: skip
        return found

    def _count(self) -> None:
        self._done += 1
        if self._done % COUNTED_ROWS == 0:
            self._counted(self._done, self._planned)

    def _area(self, i: int, target: Target) -> str:
        if self.recipe.area.constant:
            return self._found_area(self.recipe.area.constant, i)
        if target.area:
            return self._found_area(target.area, i)
        if not self.written.columns:
            return ""
        return self._found_area(self.written.of(self.table.rows[i]), i)

    def _found_area(self, text: str, i: int) -> str:
        if text not in self._areas:
            self._areas[text] = self._look_up(text, i)
        else:
            self.remarks.again(text, i)
        return self._areas[text]

    def _look_up(self, text: str, i: int) -> str:
        recipe = self.recipe
        rekeyed = recipe.rekey.get(text.strip())
        if rekeyed is None and self.remarks.is_left_out(text, i):
            return ""
        if rekeyed is not None:
            # a target the level lacks has been refused with the recipe
            self.remarks.rekeyed(text, i)
            area = self.setting.keys.target(rekeyed)
            if area:
                self.remarks.met(text, i, AreaMatch(area), key=rekeyed)
            return area
        pattern = None if recipe.area.constant else recipe.area.pattern
        key = extracted(text, pattern, recipe.area.pad)
        match = self.setting.keys.find(key or "", by=recipe.area.by)
        self.remarks.met(text, i, match, key=key or "")
        return match.area

    def _period(self, i: int, target: Target) -> ReadPeriod | None:
        found = self.periods.of(i, target)
        if isinstance(found, NoPeriod):
            self.remarks.unreadable(i, self.periods.column_of(target), found)
            return None
        return found

    def _category(self, i: int, target: Target) -> str:
        indicator = self.setting.indicators[target.measure.indicator]
        found = self.categories.of(i, target, indicator)
        if isinstance(found, UnknownCategory):
            self.remarks.unknown_category(i, found.text, indicator.id)
            return ""
        return found

    def _number(self, i: int, target: Target) -> _Number | Unreadable:
        """Read one cell; what is written alike in a column is read once."""
        measure, text = target.measure, self.table.rows[i][target.index]
        dialect = measure.dialect or self.recipe.dialect
        name = dialect or self.setting.indicators[measure.indicator].dialect
        native = self.table.native_numbers
        is_native = native is not None and (i, target.index) in native
        key = (name, measure.scale, text, is_native)
        if key not in self._numbers:
            reading = parse_cell(text, self.setting.dialects.get(name, PLAIN), is_native=is_native)
            self._numbers[key] = (
                _scaled(reading, measure.scale) if isinstance(reading, Reading) else reading
            )
        return self._numbers[key]


_Number = tuple[State, float | None, float, str]
"""State, value and step in display units, flags."""


def _scaled(reading: Reading, scale: float) -> _Number:
    factor = Decimal(str(scale))
    value = None if reading.number is None else float(reading.number * factor)
    step = float(factor * Decimal(1).scaleb(-reading.decimals))
    return reading.state, value, step, reading.flags
