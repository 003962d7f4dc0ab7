"""Rows of a table as delivered figures, each with its key and its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from data.importing.dialects import PLAIN, Dialect
from data.importing.keys import AreaKeys, extracted
from data.importing.numbers import Reading, Unreadable, parse_cell
from data.importing.periods import normal_period
from data.importing.readers.model import Table
from data.importing.recipe_indicators import IndicatorRecipe
from data.importing.recipe_tables import TableRecipe
from data.importing.table_columns import Columns, Plan, Target, unread_columns
from data.importing.table_remarks import TableRemarks
from data.importing.written_keys import WrittenKeys
from domain.findings import Finding
from domain.model import TOTAL, State


@dataclass(frozen=True, slots=True)
class Cell:
    """One delivered figure.

    ``value`` is in display units; ``step`` is one unit of the last printed digit (0.1 for
    "14,8") after scaling.
    """

    indicator: str
    role: str
    category: str
    period: str
    level: str
    vintage: str
    area: str
    state: State
    value: float | None
    step: float
    flags: str
    file: str
    sheet: str
    row: int
    column: str
    text: str

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """Indicator, category, period, level, vintage, area."""
        return (
            self.indicator,
            self.category,
            self.period,
            self.level,
            self.vintage,
            self.area,
        )


@dataclass(frozen=True)
class TableCells:
    """The figures of one table and what was found on the way."""

    cells: list[Cell]
    findings: list[Finding]


@dataclass(frozen=True)
class TableSetting:
    """What a table is read against: areas of its level, dialects, indicators."""

    keys: AreaKeys
    dialects: Mapping[str, Dialect]
    indicators: Mapping[str, IndicatorRecipe]


def read_cells(recipe: TableRecipe, table: Table, setting: TableSetting) -> TableCells:
    """Turn the rows of a table into figures.

    Parameters
    ----------
    recipe
        The ``[[table]]`` of the recipe.
    table
        The table as read, every cell as text.
    setting
        Areas, dialects and indicators.

    Returns
    -------
    TableCells
        One cell for every figure; findings for all that could not be read. Nothing is raised.
    """
    return _Reading(recipe, table, setting).result()


class _Reading:
    """One pass over one table."""

    def __init__(self, recipe: TableRecipe, table: Table, setting: TableSetting) -> None:
        self.recipe = recipe
        self.table = table
        self.setting = setting
        self.remarks = TableRemarks(recipe, table)
        self.columns = Columns(table, recipe.optional_columns)
        self.written = WrittenKeys(recipe.area, self.columns)
        self.period_index = self._position(recipe.period.column)
        self.category_index = self._position(recipe.category.column if recipe.category else "")
        self.missing = self.columns.missing_filter(recipe.missing_where)
        self._areas: dict[str, str] = {}
        self._numbers: dict[tuple[str, str, bool], Reading | Unreadable] = {}

    def result(self) -> TableCells:
        recipe, table = self.recipe, self.table
        keep = self.columns.table_filter(recipe)
        plans = [self.columns.plan(measure) for measure in recipe.measure]
        if self.columns.findings:
            return TableCells([], self.columns.findings)
        kept = [i for i, row in enumerate(table.rows) if keep.keeps(row)]
        if not kept:
            self.remarks.no_rows(recipe.where)
        cells = [cell for plan in plans for cell in self._measured(plan, kept)]
        if not recipe.area.constant and cells:
            seen = {a for cell in cells for a in self.setting.keys.told_by(cell.area)}
            absent = [area for area in self.setting.keys.areas if area not in seen]
            self.remarks.absent_areas([f"{a} {self.setting.keys.name(a)}" for a in absent])
        return TableCells(cells, self.remarks.findings() + self._unread(plans))

    def _position(self, column: str) -> int | None:
        return self.columns.index(column) if column else None

    def _unread(self, plans: list[Plan]) -> list[Finding]:
        used = {self.period_index, self.category_index, *self.written.columns}
        used |= {index for index, _ in (self.missing.wanted if self.missing else ())}
        for plan in plans:
            used |= plan.columns
        return unread_columns(self.recipe, self.table, {i for i in used if i is not None})

    def _measured(self, plan: Plan, kept: list[int]) -> Iterator[Cell]:
        mine = [i for i in kept if plan.rows.keeps(self.table.rows[i])]
        if kept and not mine:
            self.remarks.no_rows(plan.measure.where)
        absent = self._not_meant(plan, mine)
        for target in plan.targets:
            cells = [self._cell(i, target, is_absent=i in absent) for i in mine]
            found = [cell for cell in cells if cell is not None]
            if found and all(cell.value is None for cell in found):
                self.remarks.without_numbers(target.column, [cell.text for cell in found])
            yield from found

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

    def _cell(self, i: int, target: Target, *, is_absent: bool = False) -> Cell | None:
        """Return the figure in one column of one row, or None where a finding says why not."""
        row = self.table.rows[i]
        area = self._area(i, target)
        period = self._period(i, target)
        category = self._category(i, target)
        if not (area and period and category):
            return None
        text = row[target.index]
        reading = Reading(State.NOT_COLLECTED) if is_absent else self._number(i, target)
        if isinstance(reading, Unreadable):
            self.remarks.unreadable(i, target.column, reading)
            return None
        scale = Decimal(str(target.measure.scale))
        return Cell(
            indicator=target.measure.indicator,
            role=target.measure.role,
            category=category,
            period=period,
            level=self.recipe.level,
            vintage=self.recipe.vintage,
            area=area,
            state=reading.state,
            value=None if reading.number is None else float(reading.number * scale),
            step=float(scale * Decimal(1).scaleb(-reading.decimals)),
            flags=reading.flags,
            file=self.table.file,
            sheet=self.table.sheet,
            row=self.table.row_numbers[i],
            column=target.column,
            text=text.strip(),
        )

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
            self.remarks.rekeyed(text, i)
            key: str | None = rekeyed
        else:
            pattern = None if recipe.area.constant else recipe.area.pattern
            key = extracted(text, pattern, recipe.area.pad)
        match = self.setting.keys.find(key or "", by="id" if rekeyed else recipe.area.by)
        self.remarks.met(text, i, match, key=key or "")
        return match.area

    def _period(self, i: int, target: Target) -> str:
        recipe = self.recipe.period
        if target.measure.column_periods.get(target.column):
            text = target.measure.column_periods[target.column]
        elif target.period:
            text = recipe.map.get(target.period, target.period)
        elif recipe.constant:
            text = recipe.constant
        elif self.period_index is not None:
            written = self.table.rows[i][self.period_index].strip()
            mapped = recipe.map.get(written)
            text = mapped if mapped else extracted(written, recipe.pattern) or written
        else:
            text = ""
        period = normal_period(text)
        if period is None:
            self.remarks.unreadable_period(i, recipe.column or target.column, text)
        return period or ""

    def _category(self, i: int, target: Target) -> str:
        recipe = self.recipe.category
        text = target.category or target.measure.category
        if not text and recipe is not None and self.category_index is not None:
            text = self.table.rows[i][self.category_index].strip()
        if recipe is not None:
            text = recipe.map.get(text, text)
        indicator = self.setting.indicators[target.measure.indicator]
        known = {TOTAL, *(c.id for c in indicator.category)}
        if (text or TOTAL) not in known:
            self.remarks.unknown_category(i, text, indicator.id)
            return ""
        return text or TOTAL

    def _number(self, i: int, target: Target) -> Reading | Unreadable:
        name = (
            target.measure.dialect
            or self.recipe.dialect
            or self.setting.indicators[target.measure.indicator].dialect
        )
        text = self.table.rows[i][target.index]
        native = self.table.native_numbers
        is_native = native is not None and (i, target.index) in native
        key = (name, text, is_native)
        if key not in self._numbers:
            dialect = self.setting.dialects.get(name, PLAIN)
            self._numbers[key] = parse_cell(text, dialect, is_native=is_native)
        return self._numbers[key]
