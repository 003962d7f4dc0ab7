"""A comparison as a table: one row an indicator and area, every number the page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from domain.comparison import NOT_COMPARED
from domain.model import SHOWN_STATES, Flag, State
from domain.selection import Hint
from domain.side_by_side import (
    ComparedCell,
    ComparedIndicator,
    ComparisonView,
    CoursePoint,
)
from figures.sentences import hint_text
from figures.side_texts import page_title, table_title
from figures.signs import badge_texts
from i18n import Translate, translator
from i18n.formats import date, written_date
from i18n.periods import period_label
from web.export_notes import Note, states_notes
from web.tables import Cell, Table

_COLUMNS = (
    "indicator", "period", "area_id", "name", "value", "unit", "state", "flags", "lower", "upper",
    "numerator", "denominator", "benchmark", "comparison",
)  # fmt: skip
_COURSE_COLUMNS = _COLUMNS[:10]
_BY_INDICATOR = ("value", "lower", "upper", "benchmark")
_PLACES = 6
_BADGE_SIGNS = "▲△▼▽● "


@dataclass(frozen=True)
class ComparisonExport:
    """One comparison to be written as a table; ``all_periods`` gives the courses instead."""

    view: ComparisonView
    hints: tuple[Hint, ...]
    address: str
    day: dt.date
    all_periods: bool


def comparison_table(export: ComparisonExport) -> Table:
    """Return the table with its notes, in the language of the query."""
    language = export.view.query.lang
    tr = translator(language)
    columns = _COURSE_COLUMNS if export.all_periods else _COLUMNS
    write = _course_rows if export.all_periods else _rows
    most = max((x.indicator.decimals for x in export.view.indicators), default=0)
    places = dict.fromkeys(_BY_INDICATOR, most) | {"numerator": 0, "denominator": 0}
    return Table(
        title=page_title(export.view, tr),
        columns=tuple(tr(f"export.column.{c}") for c in columns),
        rows=tuple(
            tuple(row.get(c) for c in columns)
            for x in export.view.indicators
            for row in write(export.view, x, tr, language)
        ),
        notes=tuple(_notes(export, tr)),
        sheet=tr("web.table.sheet"),
        notes_sheet=tr("web.table.notes_sheet"),
        decimals=tuple(places.get(c) for c in columns),
        day=export.day,
    )


def _rows(
    view: ComparisonView, column: ComparedIndicator, tr: Translate, language: str
) -> Iterator[dict[str, Cell]]:
    """Give the town, then the areas in the order of the page."""
    yield _row(column, _town(view), column.city, tr, language)
    for area, cell in zip(view.areas, column.cells, strict=True):
        yield _row(column, (area.id, area.name), cell, tr, language)


def _town(view: ComparisonView) -> tuple[str, str]:
    return view.catalogue.town.id, view.catalogue.town.name


def _row(
    column: ComparedIndicator,
    area: tuple[str, str],
    cell: ComparedCell,
    tr: Translate,
    language: str,
) -> dict[str, Cell]:
    """Write state and numbers; a state that shows none has none, whatever the view holds."""
    shown = cell if cell.is_shown else ComparedCell(None, cell.state, reason=cell.reason)
    word = tr(f"side.reason.{cell.reason}") if cell.reason else tr(f"state.{cell.state}")
    badge = shown.badge + ("_clear" if shown.is_clear else "")
    texts = badge_texts(column.indicator.polarity, tr)
    told = texts.get(badge, "").lstrip(_BADGE_SIGNS)
    return {
        **_key(column, column.period, area, language),
        "value": _rounded(shown.value),
        "state": word,
        "flags": _flags(cell.flags, tr),
        "lower": _rounded(shown.lower),
        "upper": _rounded(shown.upper),
        "numerator": _rounded(shown.numerator),
        "denominator": _rounded(shown.denominator),
        "benchmark": _rounded(shown.benchmark),
        "comparison": told if shown.badge != NOT_COMPARED or shown.is_shown else "",
    }


def _key(
    column: ComparedIndicator, period: str, area: tuple[str, str], language: str
) -> dict[str, Cell]:
    return {
        "indicator": column.indicator.name.in_language(language),
        "period": period_label(period, language),
        "area_id": area[0],
        "name": area[1],
        "unit": column.indicator.unit.in_language(language),
    }


def _course_rows(
    view: ComparisonView, column: ComparedIndicator, tr: Translate, language: str
) -> Iterator[dict[str, Cell]]:
    places = [_town(view), *((a.id, a.name) for a in view.areas)]
    for area, course in zip(places, (column.city_course, *column.courses), strict=True):
        for point in course:
            yield _point(point, tr) | _key(column, point.period, area, language)


def _point(point: CoursePoint, tr: Translate) -> dict[str, Cell]:
    is_shown = point.state in SHOWN_STATES and point.value is not None
    state = State.NOT_COLLECTED if point.state is State.OK and not is_shown else point.state
    return {
        "value": _rounded(point.value) if is_shown else None,
        "state": tr(f"state.{state}"),
        "flags": _flags(point.flags, tr),
        "lower": _rounded(point.lower) if is_shown else None,
        "upper": _rounded(point.upper) if is_shown else None,
    }


def _flags(flags: str, tr: Translate) -> str:
    return ", ".join(tr(f"flag.{f}") if f in set(Flag) else f for f in flags.split())


def _rounded(number: float | None) -> float | None:
    """Round as views do, so that the town's own value equals the one areas are compared with."""
    return None if number is None else round(number, _PLACES)


def _notes(export: ComparisonExport, tr: Translate) -> Iterator[Note]:
    """Give label and text of every note, in the order a reader needs them."""
    view, language = export.view, export.view.query.lang
    yield tr("web.table.title"), page_title(view, tr)
    yield tr("web.table.title"), table_title(view, tr)
    for key, params in export.hints:
        yield tr("web.table.note"), hint_text(tr, key, params)
    if view.catalogue.town.fictional:
        yield tr("web.table.note"), tr("web.table.fictional")
    level = tr("export.level", level=view.level.name.in_language(language), vintage="")
    yield tr("web.table.level"), level.strip()
    for column in view.indicators:
        yield from _about(column, tr, language)
    for source in dict.fromkeys(x.source for x in view.indicators if x.source):
        yield tr("web.table.source"), f"{source.office}: {source.title}".removesuffix(": ")
        yield tr("web.table.date"), written_date(source.date, language)
        yield tr("web.table.licence"), source.licence or view.catalogue.town.licence
    yield tr("web.table.release"), view.query.release
    yield tr("export.address"), export.address
    yield tr("export.day"), date(export.day, language)
    yield from states_notes(tr)


def _about(column: ComparedIndicator, tr: Translate, language: str) -> Iterator[Note]:
    indicator = column.indicator
    source = f" ({column.source.office})" if column.source else ""
    yield (
        indicator.name.in_language(language),
        indicator.definition.in_language(language) + source,
    )
    for told in indicator.series_breaks:
        when = period_label(told.period, language)
        yield tr("flag.break"), f"{when}: {told.text.in_language(language)}"
