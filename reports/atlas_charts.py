"""Ranking and trend of an Atlas view, drawn for paper and as numbers for charts that are edited."""

from __future__ import annotations

from itertools import pairwise

from domain.model import Kind, State
from domain.view import OtherVintage
from figures import theme
from figures.atlas_view import AtlasView
from figures.palettes import colours_of
from figures.payload import series_breaks
from figures.ranking import value_range, visible_rows, with_group_rows
from figures.sentences import quantity
from figures.together import group_texts
from i18n.periods import period_label
from reports.document import BarData
from reports.drawing.ranking import Bar, BarPlan
from reports.drawing.trend import Course, Point, TrendPlan

MOST_BARS = 34
_USUAL_GAP = 1.5


def bar_plan(atlas: AtlasView, most: int = MOST_BARS) -> BarPlan:
    """Return the bars of the period: all, or top, bottom and chosen with the gaps counted."""
    view = atlas.view
    shown = with_group_rows(atlas.shown, view.indicator.polarity)
    groups = group_texts(view, atlas.period, atlas.tr, atlas.language)
    n_areas = len(view.area_ids)
    colours = colours_of(view.indicator, len(view.breaks))
    chosen = atlas.chosen

    def bar(row: int | None, hidden: int) -> Bar:
        if row is None:
            return Bar(atlas.tr("script.word.more", n=hidden), is_gap=True)
        is_area = row < n_areas
        state = shown.states[row]
        place = shown.classes[row]
        return Bar(
            name=view.area_names[row] if is_area else groups[row - n_areas][0],
            value=shown.values[row],
            text=atlas.value_text(row) if is_area else groups[row - n_areas][1],
            colour=theme.DOT if place is None else colours[place],
            lower=shown.lowers[row],
            upper=shown.uppers[row],
            mark=chosen.get(row, ""),
            state="" if state in (State.OK, State.NIL) else state.value,
        )

    line = None if view.indicator.kind is Kind.COUNT else shown.city.value
    if view.compare == "target":
        line = next((b for b in shown.benchmarks if b is not None), None)
    low, high = value_range(view)
    return BarPlan(
        bars=tuple(bar(*row) for row in visible_rows(shown.order, set(chosen), most)),
        low=low,
        high=high,
        unit=atlas.unit(),
        line=line,
        line_text=_line_text(atlas, line),
        language=atlas.language,
    )


def _line_text(atlas: AtlasView, line: float | None) -> str:
    if line is None:
        return ""
    name = atlas.content.town_name
    if atlas.view.compare == "target":
        name = atlas.tr("atlas.compare_short_target", town=name)
    return f"{name} {quantity(line, atlas.view.indicator, atlas.language)}"


def bar_data(atlas: AtlasView, plan: BarPlan) -> BarData:
    """Return the numbers of the bars that are drawn, chosen areas in their own colours."""
    bars = [b for b in plan.bars if not b.is_gap]
    return BarData(
        names=tuple(b.name for b in bars),
        values=tuple(b.value for b in bars),
        colours=tuple(b.mark or b.colour for b in bars),
        unit=plan.unit,
        decimals=atlas.view.indicator.decimals,
        texts=tuple(_said(atlas, b) for b in bars),
        reference=plan.line_text,
    )


def _said(atlas: AtlasView, bar: Bar) -> str:
    """Return the text at a bar, the state in words where there is no value."""
    return bar.text if bar.value is not None else atlas.tr(f"state.{bar.state}")


def trend_plan(atlas: AtlasView) -> TrendPlan:
    """Return the courses of town and chosen areas over all boundary vintages."""
    view, content = atlas.view, atlas.content
    parts = _parts(atlas)
    breaks = [(b["position"], b["text"]) for b in series_breaks(content, atlas.language)]
    breaks += [(p.positions[0], f"{atlas.tr('atlas.recut')} {p.vintage}") for p in parts[1:]]
    is_count = view.indicator.kind is Kind.COUNT
    courses = []
    if not (is_count and atlas.chosen):
        courses.append(_course(atlas, None, parts, breaks))
    courses += [_course(atlas, i, parts, breaks) for i in atlas.chosen][:8]
    known = [y for c in courses for s in c.stretches for _, y in s if y is not None]
    low, high = value_range(view)
    if is_count:
        low, high = 0.0, max(known, default=1.0) * 1.08
    times = sorted((x, period_label(p, atlas.language)) for x, p in _times(atlas))
    return TrendPlan(
        courses=tuple(courses),
        times=tuple(times),
        low=min([low, *known]),
        high=max([high, *known]),
        unit=atlas.unit(),
        breaks=tuple(breaks),
        language=atlas.language,
    )


def _times(atlas: AtlasView) -> list[tuple[float, str]]:
    content = atlas.content
    own = list(zip(content.positions, content.view.periods, strict=True))
    return own + [p for o in content.elsewhere for p in zip(o.positions, o.periods, strict=True)]


def _parts(atlas: AtlasView) -> list[OtherVintage]:
    """Return the vintages in time order; that of the view stands among them without values."""
    content = atlas.content
    own = OtherVintage(
        vintage=content.view.level.vintage,
        periods=content.view.periods,
        positions=content.positions,
        values={},
        city=tuple(content.view.by_period[p].city.value for p in content.view.periods),
    )
    return sorted([*content.elsewhere, own], key=lambda part: part.positions[0])


def _course(
    atlas: AtlasView,
    area: int | None,
    parts: list[OtherVintage],
    breaks: list[tuple[float, str]],
) -> Course:
    """Return the line of an area, or of the town without one, parted at breaks and lost years."""
    view = atlas.view
    points: list[Point] = []
    for part in parts:
        is_own = part.periods == view.periods
        if area is None:
            values = part.city
        elif is_own:
            values = tuple(view.by_period[p].values[area] for p in view.periods)
        else:
            values = part.values.get(area) or (None,) * len(part.periods)
        points += zip(part.positions, values, strict=True)
    points.sort(key=lambda point: point[0])
    known = [y for _, y in points if y is not None]
    end = quantity(known[-1], view.indicator, atlas.language) if known else ""
    if area is None:
        stretches = _stretches(points, [x for x, _ in breaks])
        return Course(atlas.content.town_name, theme.INK, stretches, is_town=True, end_text=end)
    stretches = _stretches(points, [x for x, _ in breaks])
    return Course(view.area_names[area], atlas.chosen[area], stretches, end_text=end)


def _stretches(points: list[Point], breaks: list[float]) -> tuple[tuple[Point, ...], ...]:
    """Part points at breaks, and where a period is missing."""
    gaps = sorted(b[0] - a[0] for a, b in pairwise(points))
    usual = gaps[len(gaps) // 2] if gaps else 1.0
    found: list[list[Point]] = [[]]
    for place, point in enumerate(points):
        before = points[place - 1][0] if place else point[0]
        is_broken = any(before < b <= point[0] for b in breaks)
        if place and (is_broken or point[0] - before > usual * _USUAL_GAP):
            found.append([])
        found[-1].append(point)
    return tuple(tuple(s) for s in found if s)
