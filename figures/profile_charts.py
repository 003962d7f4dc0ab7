"""Charts of a profile: courses with the town, and children by age."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import plotly.graph_objects as go

from domain.model import Flag, Kind, State
from domain.periods import position
from domain.profile import AgeTable, KeyFigure
from domain.view import CityValue
from figures import theme
from figures.sentences import quantity
from figures.side_courses import left_room
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

AREA = theme.ACCENT
COURSE_SIZE = (340, 160)
AGES_WIDTH = 440
"""Widths and heights in pixels: fixed, so that a phone and paper scale them as a whole."""
_MOST_TICKS = 4
_GAP = CityValue(None, State.NOT_COLLECTED)
_BAR_HEIGHT = 15
_FEWEST_BARS_HEIGHT = 150
_EDGE = 1.2
"""How far the axis reaches, as a multiple of the longest bar: room for a number."""


def course_figure(figure: KeyFigure, *, area: str, town: str, language: str) -> go.Figure:
    """Draw the course of a figure beside that of the town.

    A hidden or missing year is a gap, never a zero and never bridged; no line runs over a break.
    """
    marks = breaks_of(figure)
    chart = go.Figure()
    if figure.indicator.kind is not Kind.COUNT:
        # the count of the town is so large that the area would lie flat beside it
        chart.add_trace(_line(figure, figure.town_series, (town, theme.INK, "dot"), language))
    guessed = [_is_estimated(found) for found in figure.series]
    for kind in (False, True) if any(guessed) else (False,):
        # what was converted by an estimate is dashed with open points, as in the Atlas
        pairs = zip(figure.series, guessed, strict=True)
        series = [found if g is kind else _GAP for found, g in pairs]
        look = (area, AREA, "dash" if kind else "solid")
        chart.add_trace(_line(figure, series, look, language))
    for at in marks:
        chart.add_vline(x=at - 0.5, line={"color": theme.MUTE, "width": 1, "dash": "dash"})
    chart.update_layout(
        template=theme.TEMPLATE,
        width=COURSE_SIZE[0],
        height=COURSE_SIZE[1],
        margin={"l": left_room(_range(figure), language), "r": 10, "t": 6, "b": 24},
        hovermode="closest",
        separators=theme.SEPARATORS[language],
        xaxis=_time_axis(figure, language),
        yaxis={"range": _range(figure), "nticks": 4},
    )
    return chart


def breaks_of(figure: KeyFigure) -> list[float]:
    """Return where the series is parted, in years, inside the course."""
    if not figure.positions:
        return []
    first, last = figure.positions[0], figure.positions[-1]
    found = {position(b.period) for b in figure.indicator.series_breaks if not b.comparable}
    return sorted(at for at in {*found, *(x for x, _ in figure.recuts)} if first < at <= last)


def _is_estimated(found: CityValue) -> bool:
    return Flag.BOUNDARY_ESTIMATED.value in found.flags.split()


def _line(
    figure: KeyFigure,
    series: Sequence[CityValue],
    look: tuple[str, str, str],
    language: str,
) -> go.Scatter:
    name, colour, dash = look
    x: list[float | None] = []
    y: list[float | None] = []
    text: list[str] = []
    marks = breaks_of(figure)
    for i, found in enumerate(series):
        at = figure.positions[i]
        if x and any(figure.positions[i - 1] < m <= at for m in marks):
            x, y, text = [*x, None], [*y, None], [*text, ""]
        x.append(at)
        y.append(found.value)
        text.append(_point_text(name, figure, i, found, language))
    return go.Scatter(
        x=x,
        y=y,
        text=text,
        name=name,
        mode="lines+markers",
        connectgaps=False,
        hovertemplate="%{text}<extra></extra>",
        line={"color": colour, "width": 2, "dash": dash},
        marker={
            "size": 4 if dash == "dot" else 6,
            "color": colour,
            "symbol": "circle-open" if dash == "dash" else "circle",
        },
    )


def _point_text(name: str, figure: KeyFigure, at: int, found: CityValue, language: str) -> str:
    if found.value is None:
        return ""
    period = period_label(figure.periods[at], language)
    return f"{name}, {period}: {quantity(found.value, figure.indicator, language)}"


def _time_axis(figure: KeyFigure, language: str) -> dict[str, object]:
    places, periods = figure.positions, figure.periods
    step = max(1, math.ceil((len(places) - 1) / (_MOST_TICKS - 1)))
    chosen = list(range(len(places)))[::-1][::step][::-1]
    margin = 0.4 + 0.06 * (places[-1] - places[0])
    return {
        "range": [places[0] - margin, places[-1] + margin],
        "tickvals": [places[i] for i in chosen],
        "ticktext": [period_label(periods[i], language) for i in chosen],
        "showgrid": False,
    }


def _range(figure: KeyFigure) -> list[float]:
    series = figure.series if figure.indicator.kind is Kind.COUNT else (
        *figure.series, *figure.town_series
    )  # fmt: skip
    values = [c.value for c in series if c.value is not None]
    low, high = min([0.0, *values]), max(values, default=1.0) or 1.0
    return [low * 1.05, high * 1.08]


def ages_figure(table: AgeTable, tr: Translate, language: str) -> go.Figure:
    """Draw children by age as bars, youngest below; two sexes as a pyramid.

    Where all ages are known, a mark says how many there would be with the ages of the town.
    """
    names = [b.name.in_language(language) for b in table.bars]
    chart = go.Figure()
    sides = (-1, 1) if len(table.sexes) == 2 else (1,)  # noqa: PLR2004 - a pyramid has two sides
    expected = expected_ages(table) if len(sides) == 1 else ()
    most = max((c.value or 0 for b in table.bars for c in b.cells), default=1) or 1
    most = max([most, *expected])
    for k, side in enumerate(sides):
        values = [b.cells[k].value if k < len(b.cells) else None for b in table.bars]
        label = table.sexes[k].in_language(language) if table.sexes else tr("profile.here")
        chart.add_trace(
            go.Bar(
                x=[None if v is None else side * v for v in values],
                y=names,
                orientation="h",
                name=label,
                marker={"color": AREA if k == 0 else theme.DOT, "line": {"width": 0}},
                text=["" if v is None else number(v, 0, language) for v in values],
                textposition="none" if expected else "outside",
                textfont={"size": 11},
                cliponaxis=False,
                hovertemplate="%{y}: %{text}<extra></extra>",
            )
        )
    if expected:
        chart.add_trace(_expected_marks(expected, names, tr, language))
        chart.add_trace(_numbers_at_the_edge(chart.data[0].text, names, _EDGE * most))
    chart.update_layout(
        template=theme.TEMPLATE,
        width=AGES_WIDTH,
        height=max(_FEWEST_BARS_HEIGHT, _BAR_HEIGHT * len(names) + 30),
        margin={"l": 118, "r": 12, "t": 6, "b": 22},
        barmode="overlay",
        bargap=0.22,
        hovermode="closest",
        separators=theme.SEPARATORS[language],
        xaxis={"range": [(-_EDGE if len(sides) > 1 else 0) * most, _EDGE * most], "nticks": 4},
        yaxis={"type": "category", "showgrid": False, "dtick": 1},
    )
    return chart


def _expected_marks(
    expected: Sequence[float], names: Sequence[str], tr: Translate, language: str
) -> go.Scatter:
    """Return strokes hardly taller than a bar, so that those of two ages do not run together."""
    told = tr("profile.ages_expected")
    return go.Scatter(
        x=list(expected),
        y=list(names),
        mode="markers",
        name=told,
        marker={"symbol": "line-ns-open", "size": 9, "color": theme.INK, "line": {"width": 2}},
        text=[number(v, 0, language) for v in expected],
        hovertemplate=told + ": %{text}<extra></extra>",
    )


def _numbers_at_the_edge(texts: Sequence[str], names: Sequence[str], edge: float) -> go.Scatter:
    """Return the counts in a column of their own: at the end of a bar a stroke may stand."""
    return go.Scatter(
        x=[edge] * len(names),
        y=list(names),
        mode="text",
        text=list(texts),
        textposition="middle left",
        textfont={"size": 11},
        cliponaxis=False,
        hoverinfo="skip",
    )


def expected_ages(table: AgeTable) -> tuple[float, ...]:
    """Return how many children each group would have with the ages of the town, or nothing."""
    own = [b.cells[0].value for b in table.bars if b.cells]
    town = [b.town[0].value for b in table.bars if b.town]
    known = [v for v in own if v is not None], [v for v in town if v is not None]
    if any(len(k) != len(table.bars) for k in known) or not sum(known[1]):
        return ()
    return tuple(v * sum(known[0]) / sum(known[1]) for v in known[1])


def drawn_courses(figures: Iterable[KeyFigure], most: int) -> tuple[KeyFigure, ...]:
    """Return the first few figures whose course has at least two neighbouring values."""
    found = [f for f in figures if _has_line(f)]
    return tuple(found[:most])


def _has_line(figure: KeyFigure) -> bool:
    return any(a.value is not None and b.value is not None for a, b in pairwise(figure.series))
