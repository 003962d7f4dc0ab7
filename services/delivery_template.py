"""A workbook for an office to fill in: its districts, years and indicators, and what goes where.

What comes back filled in is read without any question: the explanation sheet says what each
column is. All texts are written as strings, never as formulas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_range_abs

from data.importing.template_sheet import EXPLAINED, MARK, SIGNS, USE, VALUES
from data.reader import ReleaseReader
from domain.column_roles import Role, Use
from domain.findings import Finding, Place, RefusedFileError, Severity
from domain.model import TOTAL, Indicator, Kind, Level
from domain.periods import Period, PeriodKind, in_time, period_of
from domain.plain_text import clean_text
from i18n import LANGUAGES, translator

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NEVER_NEGATIVE = frozenset({Kind.COUNT, Kind.SHARE, Kind.RATE})
_WIDTHS = (34, 30, 60, 60, 16)
_HEADS = ("Spalte / column", USE, "Was hineingehört", "What belongs there", "Einheit / unit")
_KEY, _AREA, _PERIOD = "Schlüssel", "Gebiet", "Jahr"
_FIRST_ROW = 1


@dataclass(frozen=True)
class TemplateOrder:
    """What an office shall deliver.

    ``level`` is an id or ``level@vintage``; without ``periods`` the year after the newest is
    asked for.
    """

    indicators: tuple[str, ...]
    level: str
    periods: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Column:
    """One column of the sheet of figures."""

    header: str
    use: Use
    indicator: Indicator | None = None


def write_template(path: Path, reader: ReleaseReader, order: TemplateOrder) -> int:
    """Write the workbook and return how many rows it has.

    Parameters
    ----------
    reader
        The internal reader of the release whose areas and indicators are meant.

    Raises
    ------
    RefusedFileError
        An indicator, the level or a period is unknown; all of them are named.
    """
    plan = _Plan.of(reader, order)
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        book.set_properties({"title": MARK, "author": "KECK-Atlas"})
        sheet, explained = book.add_worksheet(VALUES), book.add_worksheet(EXPLAINED)
        lists = _explain(book, explained, plan)
        _fill(book, sheet, plan, lists)
    return len(plan.areas) * len(plan.periods)


@dataclass(frozen=True)
class _Plan:
    level: Level
    areas: tuple[tuple[str, str], ...]
    periods: tuple[str, ...]
    columns: tuple[_Column, ...]

    @classmethod
    def of(cls, reader: ReleaseReader, order: TemplateOrder) -> _Plan:
        catalogue = reader.catalogue()
        wrong: list[Finding] = []
        fitting = [x for x in catalogue.levels if order.level in (x.id, x.key)]
        if not fitting:
            known = ", ".join(x.key for x in catalogue.levels)
            wrong.append(_error("template_no_level", level=order.level, known=known))
        indicators = [(i, catalogue.indicator(i)) for i in order.indicators]
        for name, indicator in indicators:
            if indicator is None:
                known = ", ".join(i.id for i in catalogue.indicators)
                wrong.append(_error("template_no_indicator", indicator=name, known=known))
        wrong += [_error("template_no_period", period=p) for p in order.periods if not period_of(p)]
        if wrong:
            raise RefusedFileError(wrong)
        level = max(fitting, key=lambda x: x.vintage)
        found = [i for _, i in indicators if i is not None]
        names = reader.areas(level.id, level.vintage)["name"]
        return cls(
            level,
            tuple((str(area), str(name)) for area, name in names.items()),
            order.periods or _next_periods(reader, order.indicators),
            tuple(_columns(reader, level, found)),
        )


def _error(code: str, **params: str | int | float) -> Finding:
    return Finding(Severity.ERROR, code, Place(), params)


def _next_periods(reader: ReleaseReader, indicators: Sequence[str]) -> tuple[str, ...]:
    """Return the year after the newest one; of other periods the newest itself."""
    offered = reader.availability()
    known = offered.loc[offered["indicator"].isin(list(indicators)), "period"]
    newest = period_of(max(map(str, known), key=in_time)) if len(known) else None
    if newest is None:
        raise RefusedFileError([_error("template_no_period", period="–")])
    if newest.kind in (PeriodKind.YEAR, PeriodKind.SPLIT_YEAR):
        newest = Period(newest.kind, newest.year + 1)
    return (newest.id,)


def _columns(reader: ReleaseReader, level: Level, indicators: Sequence[Indicator]) -> list[_Column]:
    columns = [
        _Column(_KEY, Use(Role.AREA, text=level.key)),
        _Column(_AREA, Use(Role.IGNORE)),
        _Column(_PERIOD, Use(Role.PERIOD)),
    ]
    for indicator in indicators:
        name = " ".join(clean_text(indicator.short_name.de or indicator.name.de).split())
        if _has_parts(reader, indicator):
            columns += [
                _Column(f"{name}: Fälle", Use(Role.NUMERATOR, indicator.id), indicator),
                _Column(f"{name}: von", Use(Role.DENOMINATOR, indicator.id), indicator),
            ]
        else:
            columns.append(_Column(name, Use(Role.VALUE, indicator.id), indicator))
    seen: set[str] = set()
    for at, column in enumerate(columns):
        if column.header.casefold() in seen:
            header = f"{column.header} ({column.use.indicator})"
            columns[at] = _Column(header, column.use, column.indicator)
        seen.add(columns[at].header.casefold())
    return columns


def _has_parts(reader: ReleaseReader, indicator: Indicator) -> bool:
    """Whether the indicator is delivered as cases and base, as the release has it."""
    offered = reader.availability()
    mine = offered[(offered["indicator"] == indicator.id) & (offered["category"] == TOTAL)]
    heads = mine[["level", "vintage"]].drop_duplicates().itertuples(index=False, name=None)
    return indicator.kind is not Kind.COUNT and any(
        reader.values(indicator.id, level, vintage)["denominator"].notna().any()
        for level, vintage in heads
    )


@dataclass(frozen=True)
class _Lists:
    """Where the lists of allowed entries stand, as formulas of Excel."""

    keys: str
    periods: str
    signs: str


def _explain(book: xlsxwriter.Workbook, sheet: Any, plan: _Plan) -> _Lists:
    """Write the explanation in both languages and the lists beside it."""
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width, wrap)
    sheet.write_string(0, 0, MARK, bold)
    row = 1
    for language in LANGUAGES:
        tr = translator(language)
        for key in ("fill", "signs", "rows"):
            signs = "  ".join(f"{t} = {tr(f'state.{s}')}" for t, s in SIGNS.items() if t)
            sheet.write_string(row, 0, tr(f"template.{key}", signs=signs))
            row += 1
    _explain_columns(sheet, row + 1, plan, bold)
    entries = ([a for a, _ in plan.areas], list(plan.periods), [t for t in SIGNS if t])
    return _Lists(
        *(_listed(sheet, at, texts) for at, texts in enumerate(entries, start=len(_HEADS) + 1))
    )


def _explain_columns(sheet: Any, begin: int, plan: _Plan, bold: Any) -> None:
    for at, head in enumerate(_HEADS):
        sheet.write_string(begin, at, head, bold)
    for row, column in enumerate(plan.columns, start=begin + 1):
        for at, text in enumerate(_explained(column)):
            sheet.write_string(row, at, clean_text(text))


def _listed(sheet: Any, at: int, texts: Sequence[str]) -> str:
    """Write a list of allowed entries into a column; return where it stands, as a formula."""
    for row, text in enumerate(texts):
        sheet.write_string(row, at, text)
    return f"='{EXPLAINED}'!{xl_range_abs(0, at, max(len(texts) - 1, 0), at)}"


def _explained(column: _Column) -> tuple[str, ...]:
    texts, indicator = [], column.indicator
    for language in LANGUAGES:
        if indicator is None:
            texts.append(translator(language)(f"template.column_{column.use.role.name.lower()}"))
            continue
        part = {
            Role.NUMERATOR: indicator.numerator_text,
            Role.DENOMINATOR: indicator.denominator_text,
        }.get(column.use.role)
        said = part.in_language(language) if part is not None else ""
        texts.append(said or indicator.definition.in_language(language))
    is_value = indicator is not None and column.use.role is Role.VALUE
    unit = indicator.unit.de if is_value and indicator is not None else ""
    return (column.header, str(column.use), *texts, unit)


def _fill(book: xlsxwriter.Workbook, sheet: Any, plan: _Plan, lists: _Lists) -> None:
    """Write one row for each area and period, with the checks Excel makes while people type."""
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
    text = book.add_format({"num_format": "@"})
    for at, column in enumerate(plan.columns):
        sheet.write_string(0, at, column.header, head)
        sheet.set_column(at, at, max(12, min(28, len(column.header))))
    rows = [(a, n, p) for p in plan.periods for a, n in plan.areas]
    for row, cells in enumerate(rows, start=_FIRST_ROW):
        for at, cell in enumerate(cells):
            sheet.write_string(row, at, clean_text(cell), text)
    sheet.freeze_panes(_FIRST_ROW, 3)
    last = len(rows) + _FIRST_ROW - 1
    tr = translator(LANGUAGES[0])
    for at, source in ((0, lists.keys), (2, lists.periods)):
        sheet.data_validation(
            _FIRST_ROW, at, last, at,
            {"validate": "list", "source": source, "error_title": "KECK-Atlas",
             "error_message": tr("template.error_list")},
        )  # fmt: skip
    for at, column in enumerate(plan.columns):
        if column.indicator is not None:
            _check_numbers(sheet, at, last, column, lists, tr("template.error_number"))


def _check_numbers(
    sheet: Any, at: int, last: int, column: _Column, lists: _Lists, message: str
) -> None:
    cell = f"{xl_col_to_name(at)}{_FIRST_ROW + 1}"
    kind = column.indicator.kind if column.indicator is not None else Kind.INDEX
    is_count = column.use.role is not Role.VALUE or kind in _NEVER_NEGATIVE
    number = f"AND(ISNUMBER({cell}),{cell}>=0)" if is_count else f"ISNUMBER({cell})"
    signs = lists.signs.removeprefix("=")
    sheet.data_validation(
        _FIRST_ROW, at, last, at,
        {"validate": "custom", "value": f"=OR({number},ISNUMBER(MATCH({cell},{signs},0)))",
         "error_title": "KECK-Atlas", "error_message": message},
    )  # fmt: skip
