"""Charts and maps of need and supply."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

from domain.model import SHOWN_STATES, Polarity, State
from domain.need_view import BALANCED, CLASSES, NO_DEMAND, OVER, UNDER, NeedView
from domain.palettes import Palette
from domain.view import MapFrame
from figures import theme
from figures.lettered_map import Lettered, lettered_paint
from figures.need_texts import gap_text, reach_title, title
from figures.packing import STATE_CODES
from figures.palettes import class_colours
from figures.resources import drawn_rows, rows_layout
from figures.side_maps import LegendRow, MapPicture
from i18n import Translate
from i18n.formats import number

COLOURS = {UNDER: "#c2570c", BALANCED: "#ddd9cd", OVER: "#1f6fb2", NO_DEMAND: "#f3f1ea"}
"""Orange and blue as for differences: too few places are the burden."""
REACH_CLASSES = 5
_CLASSES = "abcdef"
"""Letters of none and of five classes."""
_LETTERS = dict(zip(CLASSES, "abcd", strict=True))


def gap_map(view: NeedView, frame: MapFrame, tr: Translate, language: str) -> MapPicture:
    """Return the map of classes: too few, balanced, more than asked for."""
    counts = Counter(a.kind for a in view.areas if a.kind)
    states = [a.state if a.state not in SHOWN_STATES else State.OK for a in view.areas]
    texts = [
        tr("need.map_text", word=tr(f"need.class_{a.kind}"), gap=gap_text(a.gap, language))
        if a.kind
        else tr(f"state.{a.state}")
        for a in view.areas
    ]
    told = Lettered(
        areas=[a.id for a in view.areas],
        names=[a.name for a in view.areas],
        letters="".join(_LETTERS.get(a.kind, "d") for a in view.areas),
        states="".join(STATE_CODES[s] for s in states),
        colours={_LETTERS[k]: c for k, c in COLOURS.items()},
        texts=texts,
    )
    legend = [
        LegendRow(tr(f"need.class_{k}"), number(counts[k], 0, language), colour=COLOURS[k])
        for k in CLASSES
        if counts[k]
    ]
    return _picture("gap", view, frame, told, (title(view, tr, language), tr("need.legend"), [
        *legend, *empty_rows(states, tr, language)]))  # fmt: skip


def reach_map(view: NeedView, frame: MapFrame, tr: Translate, language: str) -> MapPicture:
    """Return the map of places in reach for 100 children, in fifths of the areas.

    Areas that reach no place have a class of their own: nought is not "few".
    """
    some = sorted(a.reach for a in view.areas if a.reach)
    zero = int(any(a.reach == 0 for a in view.areas))
    fifths = range(1, REACH_CLASSES) if some else ()
    # a limit at the least value would leave the first class empty
    cuts = sorted({c for k in fifths if (c := some[len(some) * k // REACH_CLASSES]) > some[0]})
    words = [*([tr("need.span_zero")] * zero), *(_spans(cuts, tr, language) if some else [])]
    colours = class_colours(max(len(words), 1), Polarity.LOW_BURDEN, Palette.AUTOMATIC)
    places = [
        None if a.reach is None else zero + sum(a.reach >= c for c in cuts) if a.reach else 0
        for a in view.areas
    ]
    states = [State.OK if p is not None else State.NOT_COLLECTED for p in places]
    told = Lettered(
        areas=[a.id for a in view.areas],
        names=[a.name for a in view.areas],
        letters="".join(_CLASSES[p or 0] for p in places),
        states="".join(STATE_CODES[s] for s in states),
        colours=dict(zip(_CLASSES, colours, strict=False)),
        texts=[
            tr("need.reach_text", value=number(a.reach, 1, language))
            if a.reach is not None
            else tr("need.reach_none")
            for a in view.areas
        ],
    )
    counts = Counter(p for p in places if p is not None)
    legend = [
        LegendRow(word, number(counts[n], 0, language), colour=colours[n])
        for n, word in enumerate(words)
    ]
    heading = (reach_title(view, tr, language), tr("need.reach_legend"))
    return _picture(
        "reach", view, frame, told, (*heading, [*legend, *empty_rows(states, tr, language)])
    )


def _spans(cuts: list[float], tr: Translate, language: str) -> list[str]:
    ends = [number(c, 1, language) for c in cuts]
    if not ends:
        return [tr("need.span_all")]
    middle = [tr("need.span", low=a, high=b) for a, b in itertools.pairwise(ends)]
    return [tr("need.span_under", high=ends[0]), *middle, tr("need.span_from", low=ends[-1])]


def _picture(
    place: str,
    view: NeedView,
    frame: MapFrame,
    told: Lettered,
    words: tuple[str, str, list[LegendRow]],
) -> MapPicture:
    name, legend_title, legend = words
    return MapPicture(
        place=place,
        title=name,
        sub="",
        source="",
        legend_title=legend_title,
        legend=tuple(legend),
        texts=tuple(told.texts),
        paint=lettered_paint(place, view.level, frame, told),
        file="",
    )


def empty_rows(states: list[State], tr: Translate, language: str) -> list[LegendRow]:
    """Return the rows of a legend for areas that show no number, by their state."""
    counts = Counter(s for s in states if s not in SHOWN_STATES)
    return [
        LegendRow(tr(f"state.{s}"), number(n, 0, language), pattern=s.value)
        for s, n in counts.items()
    ]


def gap_figure(view: NeedView, tr: Translate, language: str) -> dict[str, Any]:
    """Return missing and spare places of every area as bars, the most missing at the top."""
    order = view.gaps
    rows = [order[i] for i in drawn_rows(tuple(range(len(order))))]
    return _bars(
        [a.name for a in rows],
        ([round(a.gap or 0.0, 2) for a in rows], [COLOURS[a.kind] for a in rows]),
        tr("need.axis_gap"),
        language,
    )


def reach_figure(view: NeedView, tr: Translate, language: str) -> dict[str, Any]:
    """Return places in reach for 100 children of every area as bars, the fewest at the top."""
    told = [(a.reach, a.name) for a in view.areas if a.reach is not None]
    return _ordered_bars(told, tr("need.reach_legend"), language)


def coverage_figure(view: NeedView, tr: Translate, language: str) -> dict[str, Any]:
    """Return places for 100 children of every area as bars, the fewest at the top."""
    told = [(a.coverage, a.name) for a in view.areas if a.coverage is not None]
    return _ordered_bars(told, tr("need.coverage_none"), language)


def _ordered_bars(told: list[tuple[float, str]], axis: str, language: str) -> dict[str, Any]:
    order = sorted(told)
    rows = [order[i] for i in drawn_rows(tuple(range(len(order))))]
    values = [round(value, 2) for value, _ in rows]
    return _bars([name for _, name in rows], (values, [theme.DOT] * len(rows)), axis, language)


def _bars(
    names: list[str], told: tuple[list[float], list[str]], axis: str, language: str
) -> dict[str, Any]:
    values, colours = told
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": values,
                "y": list(range(len(names))),
                "marker": {"color": colours, "line": {"width": 0.5, "color": theme.MUTE}},
                "hoverinfo": "skip",
            }
        ],
        "layout": rows_layout(names, language, title=axis),
    }
