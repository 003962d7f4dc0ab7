"""Charts of a measure: how its areas moved, and what chance makes of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from domain.effects_view import LINES, OWN, SIMILAR, TOWN, Course, EffectView
from domain.periods import position
from figures import theme
from figures.side_courses import left_room
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

HEIGHT = 300
COLOURS = {OWN: theme.DOT, SIMILAR: "#c2570c", TOWN: "#7b8494"}
"""Each can be told from a white and from a dark ground (3:1 and more)."""
_DASHES = {OWN: "solid", SIMILAR: "dash", TOWN: "dot"}
_SYMBOLS = {OWN: "circle", SIMILAR: "diamond", TOWN: "square"}
BEYOND, WITHIN = "#c2570c", "#c9c4b6"
_BINS = 25
_MOST_TICKS = 8
_YEAR = 365.25
_FEW = 8
_EDGE = 1e-9
_NAME_ROOM = 16
"""Pixels that the upright name of an axis takes beside its numbers."""


def development_figure(view: EffectView, tr: Translate, language: str) -> dict[str, Any]:
    """Return the courses of the areas, of similar ones and of the town, with the start marked."""
    lines = [_line(view, c, list(c.values)) for c in view.courses]
    values = [v for c in view.courses for v in c.values if v is not None]
    low, high = min([0.0, *values]), max(values, default=1.0)
    layout = _course_layout(view, [low, high * 1.12], tr, language)
    indicator = view.entry.indicator
    layout["yaxis"] |= {
        "title": {"text": indicator.unit.in_language(language) if indicator else ""}
    }
    layout["margin"]["l"] += _NAME_ROOM
    return {"data": lines, "layout": layout}


def parallel_figure(view: EffectView, tr: Translate, language: str) -> dict[str, Any]:
    """Return the courses as points above and below the last year before the start."""
    lines, values = [], [0.0]
    for course in view.courses:
        base = base_of(view, course)
        if base is None:
            continue
        moved = [None if v is None else round(v - base, 6) for v in course.values]
        values += [v for v in moved if v is not None]
        lines.append(_line(view, course, moved))
    room = 0.12 * ((max(values) - min(values)) or 1.0)
    layout = _course_layout(view, [min(values) - room, max(values) + 2 * room], tr, language)
    layout["yaxis"] |= {
        "zeroline": True,
        "zerolinecolor": theme.MUTE,
        "title": {"text": axis_name(view, "change", tr, language)},
    }
    layout["margin"]["l"] += _NAME_ROOM
    return {"data": lines, "layout": layout}


def axis_name(view: EffectView, name: str, tr: Translate, language: str) -> str:
    """Return what an axis of differences shows, with its unit: points where it is percent."""
    indicator = view.entry.indicator
    unit = indicator.unit.in_language(language) if indicator else ""
    if unit.startswith("%"):
        unit = tr("effects.unit_points")
    return f"{tr(f'effects.axis_{name}')} ({unit})" if unit else tr(f"effects.axis_{name}")


def base_of(view: EffectView, course: Course) -> float | None:
    """Return the value of the last year before the start, None where it is not shown."""
    if not view.windows.pre:
        return None
    return course.values[view.periods.index(view.windows.pre[-1])]


def placebo_bins(view: EffectView) -> list[tuple[float, float, int]]:
    """Return the differences of all sets of areas by classes: from, to, how many."""
    if view.found is None or not len(view.found.placebos):
        return []
    counts, edges = np.histogram(view.found.placebos, bins=_BINS)
    ends = edges.tolist()
    return [(ends[n], ends[n + 1], int(c)) for n, c in enumerate(counts)]


def placebo_figure(view: EffectView, tr: Translate, language: str) -> dict[str, Any]:
    """Return how large the difference would be for sets of areas without the measure."""
    bins = placebo_bins(view)
    own = view.found.difference if view.found else 0.0
    middles = [(a + b) / 2 for a, b, _ in bins]
    base = theme.PLAIN_LAYOUT
    low, high = (min(bins[0][0], own), max(bins[-1][1], own)) if bins else (-1.0, 1.0)
    room = 0.06 * ((high - low) or 1.0)
    most = max((n for _, _, n in bins), default=0)
    return {
        "data": [
            {
                "type": "bar",
                "x": middles,
                "y": [n for _, _, n in bins],
                "width": [b - a for a, b, _ in bins],
                "marker": {
                    "color": [BEYOND if _reaches(b, own) else WITHIN for b in bins],
                    "line": {"width": 0.5, "color": theme.MUTE},
                },
                "hoverinfo": "skip",
            }
        ],
        "layout": {
            **base,
            "height": HEIGHT,
            "margin": {"l": 52, "r": 14, "t": 26, "b": 50},
            "separators": theme.SEPARATORS[language],
            "xaxis": {
                **base["xaxis"],
                "range": [low - room, high + room],
                "title": {"text": axis_name(view, "difference", tr, language)},
            },
            "yaxis": {
                **base["yaxis"],
                "title": {"text": tr("effects.axis_sets")},
                "tickformat": ",d",
                **({"dtick": 1} if most <= _FEW else {}),
            },
            "shapes": [upright(own, "solid")],
            "annotations": [
                {
                    **note(own, tr("effects.own_value")),
                    "xanchor": "right" if own > (low + high) / 2 else "left",
                }
            ],
        },
    }


def _reaches(found: tuple[float, float, int], own: float) -> bool:
    """Return whether a class holds differences at least as large as the own one."""
    low, high, _ = found
    return max(abs(low), abs(high)) >= abs(own) * (1 - _EDGE)


def _line(view: EffectView, course: Course, values: list[float | None]) -> dict[str, Any]:
    colour = COLOURS[course.kind]
    points: list[tuple[float, float | None]] = []
    breaks = [position(b) for b in view.breaks]
    for period, value in zip(view.periods, values, strict=True):
        at = position(period)
        if points and any(points[-1][0] < b <= at for b in breaks):
            points.append((at - 0.5, None))
        points.append((at, value))
    return {
        "type": "scatter",
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "mode": "lines+markers",
        "connectgaps": False,
        "hoverinfo": "skip",
        "line": {
            "color": colour,
            "width": 3 if course.kind == OWN else 2,
            "dash": _DASHES[course.kind],
        },
        "marker": {"size": 7, "color": colour, "symbol": _SYMBOLS[course.kind]},
    }


def _course_layout(
    view: EffectView, span: list[float], tr: Translate, language: str
) -> dict[str, Any]:
    base = theme.PLAIN_LAYOUT
    places = {position(p): p for p in view.periods}
    ordered = sorted(places)
    step = max(1, -(-len(ordered) // _MOST_TICKS))
    ticks = ordered[::-1][::step][::-1]
    start = _start(view)
    until = view.entry.facts.until
    ends = [_place(until)] if until and _place(until) < ordered[-1] else []
    return {
        **base,
        "height": HEIGHT,
        "margin": {"l": left_room(span, language), "r": 14, "t": 26, "b": 26},
        "separators": theme.SEPARATORS[language],
        "xaxis": {
            **base["xaxis"],
            "range": [min(ordered[0], start) - 0.5, max(ordered[-1], start) + 0.5],
            "tickvals": ticks,
            "ticktext": [period_label(places[t], language) for t in ticks],
            "showgrid": False,
        },
        "yaxis": {**base["yaxis"], "range": span, "nticks": 6},
        "shapes": [
            *(_window(w) for w in (view.windows.pre, view.windows.post) if w),
            upright(start, "solid"),
            *(upright(e, "dot") for e in ends),
            *(upright(position(b) - 0.5, "dash") for b in view.breaks if position(b) in places),
        ],
        "annotations": [
            note(start, tr("effects.start")),
            *(note(e, tr("effects.end")) for e in ends),
        ],
    }


def _window(periods: tuple[str, ...]) -> dict[str, Any]:
    """Return the band behind the years that are compared."""
    return {
        "type": "rect",
        "yref": "paper",
        "x0": position(periods[0]) - 0.4,
        "x1": position(periods[-1]) + 0.4,
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"width": 0},
        "fillcolor": "rgba(120, 130, 150, 0.13)",
    }


def upright(at: float, dash: str) -> dict[str, Any]:
    """Return a line from bottom to top at a place of the time axis, or of differences."""
    return {
        "type": "line",
        "yref": "paper",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "line": {"color": theme.MUTE, "width": 2, "dash": dash},
    }


def note(at: float, text: str) -> dict[str, Any]:
    """Return a word above an upright line."""
    return {
        "x": at,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": text,
        "showarrow": False,
        "font": {"size": 12},
    }


def year_at(day: dt.date) -> float:
    """Return a day as years: the first of January at the year itself."""
    return round(day.year + (day.timetuple().tm_yday - 1) / _YEAR, 3)


def _start(view: EffectView) -> float:
    return _place(view.entry.facts.since)


def _place(day: dt.date) -> float:
    """Return where a day stands among periods, whose middles stand at the number of their year."""
    return year_at(day) - 0.5


def line_key(view: EffectView, tr: Translate) -> tuple[tuple[str, str], ...]:
    """Return colour and name of every line that is drawn."""
    names = {
        OWN: tr("effects.line_own", count=view.n_treated or len(view.entry.facts.areas)),
        SIMILAR: tr("effects.line_similar", count=len(view.others)),
        TOWN: tr("effects.line_town"),
    }
    return tuple((COLOURS[k], names[k]) for k in LINES if view.course(k))


def placebo_label(low: float, high: float, decimals: int, language: str) -> str:
    """Return a class of differences as it is written in a table."""
    return f"{number(low, decimals, language)} … {number(high, decimals, language)}"
