"""The classes of an index of need as a map."""

from __future__ import annotations

from collections import Counter

from domain.model import Polarity, State
from domain.needs_index import CUTS
from domain.palettes import Palette
from domain.resource_view import HIDDEN, MISSING, SMALL, IndexView
from domain.view import MapFrame
from figures.lettered_map import Lettered, lettered_paint
from figures.packing import STATE_CODES
from figures.palettes import class_colours
from figures.resource_texts import class_names, index_title
from figures.side_maps import LegendRow, MapPicture
from i18n import Translate
from i18n.formats import number

PLACE = "index"
_STATES = {SMALL: State.NOT_APPLICABLE, HIDDEN: State.SUPPRESSED, MISSING: State.NOT_COLLECTED}
_LETTERS = "abcde"


def index_picture(view: IndexView, frame: MapFrame, tr: Translate, language: str) -> MapPicture:
    """Return the map of an index: dark is high burden, areas left out have the pattern of why."""
    names = class_names(view, tr)
    n = len(CUTS[view.query.classes]) + 1
    colours = dict(
        zip(_LETTERS, class_colours(n, Polarity.HIGH_BURDEN, Palette.AUTOMATIC), strict=False)
    )
    states = [_STATES[why] if why else State.OK for why in view.left_out]
    places = view.index.classes.tolist()
    texts = [
        tr(f"resources.why_{why}")
        if why
        else f"{names[place]} ({number(float(burden), 2, language)})"
        for why, place, burden in zip(view.left_out, places, view.index.burden, strict=True)
    ]
    told = Lettered(
        areas=view.area_ids,
        names=view.area_names,
        letters="".join(_LETTERS[max(0, place)] for place in places),
        states="".join(STATE_CODES[s] for s in states),
        colours=colours,
        texts=texts,
    )
    counts = Counter(p for p in places if p >= 0)
    legend = [
        LegendRow(name, number(counts[p], 0, language), colour=colours[_LETTERS[p]])
        for p, name in enumerate(names)
    ]
    reasons = Counter(w for w in view.left_out if w)
    legend += [
        LegendRow(
            tr(f"resources.why_{why}"),
            number(count, 0, language),
            pattern=_STATES[why].value,
        )
        for why, count in sorted(reasons.items())
    ]
    return MapPicture(
        place=PLACE,
        title=index_title(view, tr, language),
        sub=tr("resources.map_sub"),
        source="",
        legend_title=tr("resources.legend"),
        legend=tuple(legend),
        texts=tuple(texts),
        paint=lettered_paint(PLACE, view.level, frame, told),
        file="",
    )
