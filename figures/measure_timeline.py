"""When measures ran and when they are reviewed, as bars over the years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from domain.effects_view import Entry
from domain.measure import ENDED, PLANNED, RUNNING
from figures import theme
from figures.effects import note, upright, year_at
from figures.resources import rows_layout
from i18n import Translate

MOST_BARS = 25
BARS = {RUNNING: theme.DOT, PLANNED: "#a9cdea", ENDED: "#b7b2a5"}
REVIEW = "#c2570c"
_PATTERNS = {RUNNING: "", PLANNED: "/", ENDED: "."}
_MOST_TICKS = 5


def timeline_figure(
    entries: Sequence[Entry], today: dt.date, tr: Translate, language: str
) -> dict[str, Any]:
    """Return the measures as bars over the years, with a mark at the day of each review.

    A measure without an end runs to the later of today and its review.
    """
    rows = list(entries[:MOST_BARS])
    starts = [year_at(e.facts.since) for e in rows]
    ends = [year_at(e.facts.until or max(today, e.facts.review, e.facts.since)) for e in rows]
    places = list(range(len(rows)))
    bars = {
        "type": "bar",
        "orientation": "h",
        "base": starts,
        "x": [round(b - a, 3) for a, b in zip(starts, ends, strict=True)],
        "y": places,
        "marker": {
            "color": [BARS[e.standing] for e in rows],
            "pattern": {"shape": [_PATTERNS[e.standing] for e in rows], "solidity": 0.25},
            "line": {"width": 0.5, "color": theme.MUTE},
        },
        "hoverinfo": "skip",
    }
    marks = {
        "type": "scatter",
        "mode": "markers",
        "x": [year_at(e.facts.review) for e in rows],
        "y": places,
        "marker": {
            "symbol": "diamond",
            "size": 13,
            "color": REVIEW,
            "line": {"width": 1.5, "color": "#ffffff"},
        },
        "hoverinfo": "skip",
    }
    layout = rows_layout([e.facts.name for e in rows], language, title="")
    now = year_at(today)
    points = [*starts, *ends, *(year_at(e.facts.review) for e in rows), now]
    first, last = int(min(points)), int(max(points)) + 1
    step = max(1, -(-(last - first) // _MOST_TICKS))
    layout["height"] = 34 * len(rows) + 70
    layout["margin"] = {**layout["margin"], "t": 24, "b": 26}
    layout["xaxis"] = {
        **layout["xaxis"],
        "zeroline": False,
        "range": [first - 0.1, last + 0.1],
        "tickvals": list(range(first, last + 1, step)),
        "ticktext": [str(y) for y in range(first, last + 1, step)],
    }
    layout["shapes"] = [upright(now, "dot")]
    layout["annotations"] = [note(now, tr("effects.today"))]
    return {"data": [bars, marks], "layout": layout}
