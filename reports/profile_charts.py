"""Charts of a profile: courses of the figures that stand out, and children by age."""

from __future__ import annotations

from itertools import pairwise

from domain.model import SHOWN_STATES, Polarity
from domain.profile import AgeTable, KeyFigure, ProfileView
from domain.view import CityValue
from figures import theme
from figures.packing import SIGNS
from figures.profile_captions import ages_title, recut_texts
from figures.sentences import quantity
from i18n import Translate
from i18n.periods import period_label
from reports.atlas import TEXT_WIDTH
from reports.course_data import line_data
from reports.document import BarData, Block, Heading, Picture, Row
from reports.drawing.ages import AgePlan, AgeRow, ages_drawing, count_text
from reports.drawing.trend import Course, TrendPlan, trend_drawing

_WIDTH, _HEIGHT = 238.0, 92.0
_MOST_COURSES = 4
_FEWEST_PERIODS = 3
_AGES_WIDTH = TEXT_WIDTH


def course_rows(view: ProfileView, tr: Translate, language: str) -> list[Block]:
    """Return up to four courses, strengths beside burdens, two beside each other."""
    chosen = _chosen(view)
    if not chosen:
        return []
    pictures = [_course(view, figure, tr, language) for figure in chosen]
    rows = [Row(tuple(pictures[i : i + 2])) for i in range(0, len(pictures), 2)]
    return [Heading(tr("document.profile.courses", town=view.town.name)), *rows]


def _chosen(view: ProfileView) -> list[KeyFigure]:
    """Take the figures that stand out, alternately, then others whose sign is judged."""
    pairs = [f for pair in zip(view.burdens, view.strengths, strict=False) for f in pair]
    judged = [f for f in view.figures if f.indicator.polarity is not Polarity.NONE]
    ordered = (*pairs, *view.burdens, *view.strengths, *judged)
    unique = {f.indicator.id: f for f in ordered if _is_long(f)}
    return list(unique.values())[:_MOST_COURSES]


def _is_long(figure: KeyFigure) -> bool:
    return sum(c.value is not None for c in figure.series) >= _FEWEST_PERIODS


def _shown(found: CityValue) -> float | None:
    return found.value if found.state in SHOWN_STATES else None


def _course(view: ProfileView, figure: KeyFigure, tr: Translate, language: str) -> Picture:
    indicator = figure.indicator
    own = [_shown(c) for c in figure.series]
    town = [_shown(c) for c in figure.town_series]
    known = [v for v in (*own, *town) if v is not None]

    def end(values: list[float | None]) -> str:
        last = [v for v in values if v is not None]
        return quantity(last[-1], indicator, language) if last else ""

    courses = tuple(
        Course(
            name,
            colour,
            _stretches(figure, values),
            is_town=colour == theme.INK,
            end_text=end(values),
        )
        for name, colour, values in (
            (view.town.name, theme.INK, town),
            (view.area.name, theme.SELECTED[0], own),
        )
        if any(v is not None for v in values)
    )
    labels = tuple(period_label(p, language) for p in figure.periods)
    plan = TrendPlan(
        courses=courses,
        times=tuple(zip(figure.positions, labels, strict=True)),
        low=min([0.0, *known]),
        high=max(known, default=1.0) * 1.04 or 1.0,
        unit=indicator.unit.in_language(language),
        breaks=tuple((at, f"{tr('atlas.recut')} {vintage}") for at, vintage in figure.recuts),
        language=language,
    )
    title = indicator.short_name.in_language(language)
    said = "; ".join(f"{c.name} {c.end_text}" for c in courses)
    recuts = recut_texts(figure, tr, sign="flag.boundary")
    return Picture(
        title=title,
        sub=" · ".join((said, *recuts)),
        drawing=trend_drawing(plan, _WIDTH, _HEIGHT, with_values=False),
        alt=tr("document.trend_alt", title=title, lines=said),
        headline=f"{title}: {said}",
        data=line_data(plan, indicator.decimals),
    )


def _stretches(
    figure: KeyFigure, values: list[float | None]
) -> tuple[tuple[tuple[float, float | None], ...], ...]:
    """Part a course where other boundaries begin: nothing joins over a re-cut."""
    edges = [float("-inf"), *(at for at, _ in figure.recuts), float("inf")]
    points = list(zip(figure.positions, values, strict=True))
    parts = (tuple(p for p in points if low <= p[0] < high) for low, high in pairwise(edges))
    return tuple(part for part in parts if part)


def age_picture(view: ProfileView, ages: AgeTable, tr: Translate, language: str) -> Picture:
    """Return children by age; a hidden number is hatched and has its sign."""
    names = tuple(name.in_language(language) for name in ages.sexes)

    def row(bar: object) -> AgeRow:
        cells: tuple[CityValue, ...] = bar.cells  # type: ignore[attr-defined]
        values = tuple(_shown(c) for c in cells)
        return AgeRow(
            name=bar.name.in_language(language),  # type: ignore[attr-defined]
            values=values,
            states=tuple(c.state.value for c in cells),
            texts=tuple(
                count_text(v, SIGNS.get(c.state, ""), language)
                for v, c in zip(values, cells, strict=True)
            ),
        )

    plan = AgePlan(tuple(row(bar) for bar in ages.bars), names, language)
    known = [v for r in plan.rows for v in r.values if v is not None]
    when = period_label(ages.period, language)
    # not the name of the indicator: that of a table of all ages would promise all people
    name = ages_title(ages, tr, language)
    title = tr("document.profile.ages", name=name, period=when)
    if len(known) < sum(len(r.values) for r in plan.rows):
        title = tr("document.profile.ages_part", name=name, period=when)
    unit = ages.indicator.unit.in_language(language)
    return Picture(
        title=title,
        drawing=ages_drawing(plan, _AGES_WIDTH),
        alt=tr("document.profile.ages_alt", area=view.area.name, title=title),
        data=_age_bars(plan.rows, unit, tr) if len(names) <= 1 else None,
    )


def _age_bars(rows: tuple[AgeRow, ...], unit: str, tr: Translate) -> BarData:
    """Return the numbers of the bars in the order in which they are drawn: the oldest on top."""
    drawn = rows[::-1]
    return BarData(
        names=tuple(r.name for r in drawn),
        values=tuple(r.values[0] for r in drawn),
        colours=(theme.DOT,) * len(drawn),
        unit=unit,
        decimals=0,
        texts=tuple(
            tr(f"state.{r.states[0]}") if r.values[0] is None else r.texts[0] for r in drawn
        ),
    )
