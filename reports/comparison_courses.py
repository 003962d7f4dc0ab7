"""Small courses of a comparison: one chart an indicator, chosen areas and town over the years."""

from __future__ import annotations

from domain.model import Kind
from domain.side_by_side import ComparedIndicator, ComparisonView, CoursePoint
from domain.side_by_side_findings import range_of
from figures import theme
from figures.sentences import quantity
from figures.side_courses import parted
from figures.side_texts import course_sub
from i18n import Translate
from i18n.periods import period_label
from reports.course_data import line_data
from reports.document import Picture
from reports.drawing.trend import Course, Point, TrendPlan, trend_drawing

_WIDTH, _HEIGHT = 238.0, 104.0
_FEWEST_PERIODS = 2


def course_pictures(view: ComparisonView, tr: Translate, language: str) -> list[Picture]:
    """Return a chart for every indicator with two periods and any value."""
    found = (_picture(view, column, tr, language) for column in view.indicators)
    return [picture for picture in found if picture is not None]


def _picture(
    view: ComparisonView, column: ComparedIndicator, tr: Translate, language: str
) -> Picture | None:
    plan = _plan(view, column, tr, language)
    if len(plan.times) < _FEWEST_PERIODS or not any(c.end_text for c in plan.courses):
        return None
    title = column.indicator.short_name.in_language(language)
    found = range_of(column)
    headline = title
    if found is not None:
        low, high = (quantity(x, column.indicator, language) for x in found)
        headline = tr("document.course_headline", indicator=title, low=low, high=high)
    said = "; ".join(f"{c.name} {c.end_text}" for c in plan.courses if c.end_text)
    return Picture(
        title=title,
        sub=course_sub(view, column, tr, language),
        drawing=trend_drawing(plan, _WIDTH, _HEIGHT, with_values=False),
        alt=tr("document.trend_alt", title=title, lines=said),
        headline=headline,
        data=line_data(plan, column.indicator.decimals),
    )


def _plan(
    view: ComparisonView, column: ComparedIndicator, tr: Translate, language: str
) -> TrendPlan:
    marks = [m.position for m in column.marks]
    indicator = column.indicator

    def course(name: str, colour: str, points: tuple[CoursePoint, ...]) -> Course:
        known = [p.value for p in points if p.value is not None]
        end = quantity(known[-1], indicator, language) if known else ""
        is_town = colour == theme.INK
        return Course(name, colour, _stretches(points, marks), is_town=is_town, end_text=end)

    courses = [
        course(area.name, theme.SELECTED[area.slot % len(theme.SELECTED)], points)
        for area, points in zip(view.areas, column.courses, strict=True)
    ]
    if indicator.kind is not Kind.COUNT:
        courses.insert(0, course(view.catalogue.town.name, theme.INK, column.city_course))
    periods = {p.position: p.period for c in (*column.courses, column.city_course) for p in c}
    known = [y for c in courses for s in c.stretches for _, y in s if y is not None]
    return TrendPlan(
        courses=tuple(courses),
        times=tuple((x, period_label(periods[x], language)) for x in sorted(periods)),
        low=min([0.0, *known]),
        high=max(known, default=1.0) * 1.04 or 1.0,
        unit=indicator.unit.in_language(language),
        breaks=tuple(dict.fromkeys((m.position, _mark_text(m.kind, tr)) for m in column.marks)),
        language=language,
    )


def _mark_text(kind: str, tr: Translate) -> str:
    return tr("side.recut") if kind == "recut" else tr("flag.break")


def _stretches(
    points: tuple[CoursePoint, ...], marks: list[float]
) -> tuple[tuple[Point, ...], ...]:
    found: list[list[Point]] = [[]]
    for point in parted(points, marks):
        if point is None:
            found.append([])
        else:
            found[-1].append((point.position, point.value))
    return tuple(tuple(s) for s in found if s)
