"""Map and chart of the early-warning list."""

from __future__ import annotations

from collections import Counter
from typing import Any

from domain.early_warning import BETTER, FEW, MIXED, NONE, STANDINGS, UNTESTED, WORSE
from domain.model import State
from domain.view import MapFrame
from domain.warning_view import WarningView
from figures import theme
from figures.layers import UNTOLD
from figures.lettered_map import Lettered, lettered_paint
from figures.packing import STATE_CODES
from figures.resources import drawn_rows, rows_layout
from figures.side_maps import LegendRow, MapPicture
from figures.warning_texts import standing_name, standing_text, title
from i18n import Translate
from i18n.formats import number

PLACE = "warning"
COLOURS = {
    WORSE: "#c2570c",
    BETTER: "#1f6fb2",
    MIXED: "#4a1942",
    FEW: "#c9c3b2",
    NONE: "#f3f1ea",
}
"""Orange and blue as for differences; what moved to both sides is much darker than either."""
_LETTERS = dict(zip(STANDINGS, "abcdeu", strict=True))


def warning_map(view: WarningView, frame: MapFrame, tr: Translate, language: str) -> MapPicture:
    """Return the map of standings; areas that could not be tested have the pattern of that."""
    texts = [
        standing_text(view, i, tr) if s not in (NONE, UNTESTED) else standing_name(view, s, tr)
        for i, s in enumerate(view.standings)
    ]
    told = Lettered(
        areas=view.area_ids,
        names=view.area_names,
        letters="".join(_LETTERS[s] for s in view.standings),
        states=STATE_CODES[State.OK] * len(view.standings),
        colours={_LETTERS[s]: c for s, c in COLOURS.items()},
        texts=texts,
        untold=[_LETTERS[UNTESTED]],
    )
    counts = Counter(view.standings)
    return MapPicture(
        place=PLACE,
        title=title(view, tr, language),
        sub="",
        source="",
        legend_title=tr("warning.legend"),
        legend=tuple(
            LegendRow(
                standing_name(view, s, tr),
                number(counts[s], 0, language),
                colour=COLOURS.get(s, ""),
                pattern=UNTOLD if s == UNTESTED else "",
            )
            for s in STANDINGS
            if counts[s]
        ),
        texts=tuple(texts),
        paint=lettered_paint(PLACE, view.level, frame, told),
        file="",
    )


def sides_of(view: WarningView, k: int) -> dict[str, int]:
    """Count the areas in which an indicator moved: to more burden, to less, without a side."""
    moved = view.warned.directions[k] != 0
    burden = view.burden[k][moved]
    return {
        WORSE: int((burden > 0).sum()),
        BETTER: int((burden < 0).sum()),
        MIXED: int((burden == 0).sum()),
    }


def moved_figure(view: WarningView, tr: Translate, language: str) -> dict[str, Any]:
    """Return how many areas moved on each indicator as stacked bars, the most at the top."""
    moved = (view.warned.directions != 0).sum(axis=1)
    order = sorted(moved.nonzero()[0].tolist(), key=lambda k: (-int(moved[k]), k))
    rows = [order[i] for i in drawn_rows(tuple(range(len(order))))]
    names = [view.tested[k].indicator.short_name.in_language(language) for k in rows]
    counts = [sides_of(view, k) for k in rows]
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "name": tr(f"warning.key_{side}"),
            "x": [c[side] for c in counts],
            "y": list(range(len(rows))),
            "marker": {"color": COLOURS[side], "line": {"width": 0.5, "color": theme.MUTE}},
            "hoverinfo": "skip",
        }
        for side in (WORSE, BETTER, MIXED)
    ]
    return {"data": bars, "layout": rows_layout(names, language, title=tr("warning.axis"))}
