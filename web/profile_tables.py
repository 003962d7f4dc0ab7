"""A profile as a table: one row a key figure, every number the page shows and none it does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from domain.comparison import NOT_COMPARED
from domain.model import SHOWN_STATES, Catalogue, Flag, Indicator
from domain.profile import KeyFigure, ProfileView
from domain.profile_query import ProfileQuery
from domain.selection import Hint
from domain.view import CityValue
from figures.profile_captions import trust_text
from figures.profile_texts import HEADLINE, PARAGRAPH, finding_texts, statement_text
from figures.sentences import hint_text
from figures.signs import badge_texts, trend_texts
from i18n import Translate, translator
from i18n.formats import date, written_date
from i18n.periods import period_label
from web.export_notes import Note, states_notes
from web.tables import Cell, Table

_COLUMNS = (
    "theme", "indicator", "period", "area_id", "name", "value", "unit", "state", "flags", "lower",
    "upper", "numerator", "denominator", "town", "parent", "twins",
    "twins_lower", "twins_upper", "comparison", "trend",
)  # fmt: skip
_COURSE_COLUMNS = _COLUMNS[:13]
_BY_INDICATOR = (
    "value", "lower", "upper", "town", "parent", "twins", "twins_lower", "twins_upper",
)  # fmt: skip
_PLACES = 6
_SIGNS = "▲△▼▽●↗↘→ "


@dataclass(frozen=True)
class ProfileExport:
    """One profile to be written as a table; ``all_periods`` gives the courses instead."""

    view: ProfileView
    query: ProfileQuery
    catalogue: Catalogue
    hints: tuple[Hint, ...]
    address: str
    day: dt.date
    all_periods: bool


def profile_table(export: ProfileExport) -> Table:
    """Return the table with its notes, in the language of the query."""
    tr = translator(export.query.lang)
    columns = _COURSE_COLUMNS if export.all_periods else _COLUMNS
    rows = _courses(export, tr) if export.all_periods else _rows(export, tr)
    most = max((f.indicator.decimals for f in export.view.figures), default=0)
    places = dict.fromkeys(_BY_INDICATOR, most) | {"numerator": 0, "denominator": 0}
    return Table(
        title=statement_text(tr, export.view.headline, HEADLINE, export.query.lang),
        columns=tuple(tr(f"export.column.{c}") for c in columns),
        rows=tuple(tuple(row.get(c) for c in columns) for row in rows),
        notes=tuple(_notes(export, tr)),
        sheet=tr("web.table.sheet"),
        notes_sheet=tr("web.table.notes_sheet"),
        decimals=tuple(places.get(c) for c in columns),
        day=export.day,
    )


def _rows(export: ProfileExport, tr: Translate) -> Iterator[dict[str, Cell]]:
    view, language = export.view, export.query.lang
    for theme in view.themes:
        for figure in theme.figures:
            badge = figure.badge + ("_clear" if figure.is_clear else "")
            polarity = figure.indicator.polarity
            told = badge_texts(polarity, tr)[badge] if figure.badge != NOT_COMPARED else ""
            trend = trend_texts(polarity, tr)[figure.trend] if figure.trend else ""
            yield {
                "theme": theme.name.in_language(language),
                **_key(figure.indicator, figure.period, (view.area.id, view.area.name), language),
                **_cell(figure.found, tr),
                "town": _shown(figure.city),
                "parent": _shown(figure.parent) if figure.parent else None,
                **_together(figure),
                "comparison": told.lstrip(_SIGNS),
                "trend": trend.lstrip(_SIGNS),
            }


def _together(figure: KeyFigure) -> dict[str, Cell]:
    """Give what similar areas have together, with its interval."""
    found = figure.twins
    if found is None:
        return {}
    return {
        "twins": _shown(found),
        "twins_lower": _rounded(found.lower),
        "twins_upper": _rounded(found.upper),
    }


def _courses(export: ProfileExport, tr: Translate) -> Iterator[dict[str, Cell]]:
    """Give the area and the town, one row a period."""
    view, language = export.view, export.query.lang
    places = (view.area.id, view.area.name), (view.town.id, view.town.name)
    for theme in view.themes:
        for figure in theme.figures:
            for place, series in zip(places, _both(figure), strict=True):
                for period, found in zip(figure.periods, series, strict=True):
                    yield {
                        "theme": theme.name.in_language(language),
                        **_key(figure.indicator, period, place, language),
                        **_cell(found, tr),
                    }


def _both(figure: KeyFigure) -> tuple[tuple[CityValue, ...], tuple[CityValue, ...]]:
    return figure.series, figure.town_series


def _key(
    indicator: Indicator, period: str, area: tuple[str, str], language: str
) -> dict[str, Cell]:
    return {
        "indicator": indicator.name.in_language(language),
        "period": period_label(period, language),
        "area_id": area[0],
        "name": area[1],
        "unit": indicator.unit.in_language(language),
    }


def _cell(found: CityValue, tr: Translate) -> dict[str, Cell]:
    """Write state and numbers; a state that shows none has none, whatever the view holds."""
    is_shown = found.state in SHOWN_STATES and found.value is not None
    numbers = ("lower", "upper", "numerator", "denominator")
    return {
        "value": _shown(found),
        "state": tr(f"state.{found.state}"),
        "flags": ", ".join(tr(f"flag.{f}") if f in set(Flag) else f for f in found.flags.split()),
        **{n: _rounded(getattr(found, n)) if is_shown else None for n in numbers},
    }


def _shown(found: CityValue) -> float | None:
    return _rounded(found.value) if found.state in SHOWN_STATES else None


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, _PLACES)


def _notes(export: ProfileExport, tr: Translate) -> Iterator[Note]:
    """Give label and text of every note, in the order a reader needs them."""
    view, language = export.view, export.query.lang
    yield tr("web.table.title"), statement_text(tr, view.headline, HEADLINE, language)
    for key, params in export.hints:
        yield tr("web.table.note"), hint_text(tr, key, params)
    if view.town.fictional:
        yield tr("web.table.note"), tr("web.table.fictional")
    level = view.area.level
    yield (
        tr("web.table.level"),
        tr("export.level", level=level.name.in_language(language), vintage=level.vintage),
    )
    for text in finding_texts(tr, view, PARAGRAPH, language):
        yield tr("profile.findings"), text
    trust = trust_text(view.trust, tr, language)
    for text in (trust.title, *trust.lines):
        yield tr("profile.trust"), text
    for figure in view.figures:
        indicator = figure.indicator
        yield indicator.name.in_language(language), indicator.definition.in_language(language)
    for source_id in dict.fromkeys(f.indicator.source for f in view.figures):
        source = export.catalogue.source(source_id)
        if source is not None:
            yield tr("web.table.source"), f"{source.office}: {source.title}".removesuffix(": ")
            yield tr("web.table.date"), written_date(source.date, language)
            yield tr("web.table.licence"), source.licence or view.licence
    yield tr("web.table.release"), view.release
    yield tr("export.address"), export.address
    yield tr("export.day"), date(export.day, language)
    yield from states_notes(tr)
