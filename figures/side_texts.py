"""What the page of a comparison says in sentences: titles, standings, and its charts as tables."""

from __future__ import annotations

from collections.abc import Sequence

from domain.model import Flag, Kind, Polarity, State
from domain.side_by_side import ComparedIndicator, ComparisonView, CoursePoint
from domain.side_by_side_findings import (
    closer_and_wider,
    differing,
    gaps,
    has_town_course,
    has_town_mark,
    range_of,
    standings,
    widest,
)
from figures.heat_table import heat_cell
from figures.sentences import quantity
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

_MOST_NAMED = 3
Rows = tuple[tuple[str, ...], ...]


def page_title(view: ComparisonView, tr: Translate) -> str:
    """Name the chosen areas in the order of choice; more than three are counted."""
    names = [a.name for a in sorted(view.areas, key=lambda a: a.slot)]
    if len(names) == 1:
        return tr("side.title_one", name=names[0])
    if len(names) <= _MOST_NAMED:
        return tr("side.title", first=", ".join(names[:-1]), last=names[-1])
    first = ", ".join(names[: _MOST_NAMED - 1])
    return tr("side.title_more", first=first, n=len(names) - _MOST_NAMED + 1)


def lead(view: ComparisonView, tr: Translate, language: str) -> tuple[str, ...]:
    """Say what is shown, and for which period."""
    query = view.query
    theme = next((t for t in view.catalogue.themes if t.id == query.theme), None)
    what = theme.name.in_language(language) if theme else tr("side.own_list")
    period = period_label(query.period, language) if query.period else tr("side.newest")
    return (
        tr(
            "side.lead",
            theme=what,
            level=view.level.name.in_language(language),
            period=period,
            release=query.release,
        ),
    )


def recut_texts(view: ComparisonView, tr: Translate) -> tuple[str, ...]:
    """Say of each area without a value in the boundaries of a period where its figures are."""
    lines = []
    for place, area in enumerate(view.areas):
        absent = [x for x in view.indicators if x.cells[place].reason == "absent"]
        if absent:
            names = (x.level.vintage for x in absent)
            others = ", ".join(dict.fromkeys(names))
            told = {"name": area.name, "n": len(absent), "vintage": area.vintage, "others": others}
            lines.append(tr("side.recut_area", **told))
    return tuple(lines)


def table_title(view: ComparisonView, tr: Translate) -> str:
    """Say in how many indicators any chosen area differs from its benchmark."""
    found, told = differing(view)
    if not told:
        return tr("side.table_title_none")
    against = tr(f"side.against_{view.query.compare}", town=view.catalogue.town.name)
    return tr("side.table_title", found=found, told=told, against=against)


def standing_texts(view: ComparisonView, tr: Translate) -> tuple[str, ...]:
    """Say of each area in how many indicators it is burdened more, or less, than by chance."""
    return tuple(
        tr("side.standing_text", worse=s.worse, better=s.better, compared=s.judged)
        if s.judged
        else tr("side.standing_unjudged" if s.compared else "side.standing_none")
        for s in standings(view)
    )


SHADES = ("side.table_sub", "side.table_sub_neutral", "side.table_sub_plain")
SHADES_ON_PAPER = ("document.heat_sub", "document.heat_sub_neutral", "document.heat_sub_plain")
"""What shades mean: burden, a high value that is not judged, nothing because there are none."""

COURSES = ("side.courses_sub", "side.courses_sub_alone")
COURSES_ON_PAPER = ("document.courses_sub", "document.courses_sub_alone")
"""How small charts are read, with the line of the town and without one."""


def shades_text(view: ComparisonView, tr: Translate, keys: tuple[str, str, str] = SHADES) -> str:
    """Say what the shades of the table mean."""
    burden, neutral, plain = keys
    polarities = {x.indicator.polarity for x in view.indicators if x.breaks}
    if polarities - {Polarity.NONE}:
        return tr(burden)
    return tr(neutral if polarities else plain)


def strips_title(view: ComparisonView, tr: Translate, language: str) -> str:
    """Say where the chosen areas lie farthest apart."""
    column = widest(view)
    found = range_of(column) if column else None
    if column is None or found is None:
        return tr("side.strips_plain")
    return tr(
        "side.strips_title",
        indicator=column.indicator.short_name.in_language(language),
        low=number(found[0], column.indicator.decimals, language),
        high=quantity(found[1], column.indicator, language),
    )


def strips_sub(view: ComparisonView, tr: Translate, language: str) -> str:
    """Say how a strip is read."""
    words = view.level.area_word.in_language(language)
    if not any(has_town_mark(x) for x in view.indicators):
        return tr("side.strips_sub_alone", words=words)
    return tr("side.strips_sub", words=words, town=view.catalogue.town.name)


def courses_sub(view: ComparisonView, tr: Translate, keys: tuple[str, str] = COURSES) -> str:
    """Say how the small charts are read; the line of the town is named where there is one."""
    beside, alone = keys
    if not any(has_town_course(x) for x in view.indicators):
        return tr(alone)
    return tr(beside, town=view.catalogue.town.name)


def hidden_texts(view: ComparisonView, tr: Translate, language: str) -> tuple[str, ...]:
    """Count the areas that have no mark on a strip, by the reason why."""
    lines = []
    for column in view.indicators:
        if not column.spread.hidden:
            continue
        counted = ", ".join(
            tr("side.hidden_part", n=n, state=tr(f"state.{s}")) for s, n in column.spread.hidden
        )
        lines.append(
            tr("side.hidden", name=column.indicator.short_name.in_language(language), parts=counted)
        )
    return tuple(lines)


def strips_table(
    view: ComparisonView, tr: Translate, language: str
) -> tuple[tuple[str, ...], Rows]:
    """Return the strips as a table: lowest, median and highest of all areas, town, chosen areas."""
    head = (
        *(tr(f"side.column_{name}") for name in ("indicator", "low", "middle", "high")),
        view.catalogue.town.name,
        *(a.name for a in view.areas),
    )
    return head, tuple(_strip_row(column, tr, language) for column in view.indicators)


def _strip_row(column: ComparedIndicator, tr: Translate, language: str) -> tuple[str, ...]:
    spread = column.spread
    of_all = (
        "–" if v is None else quantity(v, column.indicator, language)
        for v in (spread.low, spread.middle, spread.high)
    )
    cells = (heat_cell(column, c, tr, language) for c in (column.city, *column.cells))
    name = f"{column.indicator.short_name.in_language(language)} ({_about(column, language)})"
    return (name, *of_all, *((c.remark if c.state else c.text) for c in cells))


def _about(column: ComparedIndicator, language: str) -> str:
    return f"{column.indicator.unit.in_language(language)}, {period_label(column.period, language)}"


def courses_title(view: ComparisonView, tr: Translate) -> str:
    """Say in how many indicators the chosen areas came closer together, or moved apart."""
    closer, wider, told = closer_and_wider(view)
    if not told:
        return tr("side.courses_plain")
    return tr("side.courses_title", closer=closer, wider=wider, told=told)


def course_title(column: ComparedIndicator, tr: Translate, language: str) -> str:
    """Say whether the chosen areas came closer together, by the numbers as they are written."""
    name = column.indicator.short_name.in_language(language)
    found = gaps(column)
    if found is None:
        return name
    before, after = (number(x, column.indicator.decimals, language) for _, x in found)
    change = round(found[1][1], column.indicator.decimals) - round(
        found[0][1], column.indicator.decimals
    )
    word = "same" if not change else "wider" if change > 0 else "closer"
    return tr(f"side.course_{word}", name=name, before=before, after=after)


def course_sub(view: ComparisonView, column: ComparedIndicator, tr: Translate, lang: str) -> str:
    """Name the unit, the years between which the distance is told, and where the series breaks."""
    parts = [column.indicator.unit.in_language(lang)]
    found = gaps(column)
    if found:
        first, last = (period_label(period, lang) for period, _ in found)
        parts.append(tr("side.course_gap", first=first, last=last))
    parts += [
        mark.text.in_language(lang) if mark.kind == "break" else tr("side.recut")
        for mark in column.marks
    ]
    if column.indicator.kind is Kind.COUNT:
        parts.append(tr("side.course_no_town", town=view.catalogue.town.name))
    return " · ".join(parts)


def course_table(
    view: ComparisonView, column: ComparedIndicator, tr: Translate, language: str
) -> tuple[tuple[str, ...], Rows]:
    """Return the courses as a table: one row a period, the town and the areas across."""
    head = (tr("side.column_period"), view.catalogue.town.name, *(a.name for a in view.areas))
    lines = (column.city_course, *column.courses)
    periods = {p.position: p.period for line in lines for p in line}
    by_place = [{p.position: p for p in line} for line in lines]
    rows = tuple(
        (
            period_label(periods[at], language),
            *(_point_text(column, points.get(at), tr, language) for points in by_place),
        )
        for at in sorted(periods)
    )
    return head, rows


def _point_text(
    column: ComparedIndicator, point: CoursePoint | None, tr: Translate, language: str
) -> str:
    if point is None:
        return tr("side.reason.absent")
    if point.value is None:
        return tr(f"state.{State.NOT_COLLECTED if point.state is State.OK else point.state}")
    text = quantity(point.value, column.indicator, language)
    flags = [tr(f"flag.{f}") for f in point.flags.split() if f in set(Flag)]
    return f"{text} ({'; '.join(flags)})" if flags else text


def source_text(columns: Sequence[ComparedIndicator], view: ComparisonView, tr: Translate) -> str:
    """Name the offices and licences behind some indicators, and the release."""
    licence = view.catalogue.town.licence
    told = dict.fromkeys(
        f"{x.source.office} ({x.source.licence or licence})" for x in columns if x.source
    )
    return tr("side.source", sources="; ".join(told), release=view.query.release)
