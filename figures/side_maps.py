"""Maps beside each other as the page and its script need them: texts, legends, one letter an area.

Classes, colours and sentences are those of the Atlas, so that one indicator looks the same on
both pages; nothing is worked out here but what is written.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from domain.model import SHOWN_STATES, TOTAL, State
from domain.side_maps import CITY, SideMaps
from domain.view import AtlasContent, PeriodView
from figures import theme
from figures.captions import period_texts
from figures.choropleth import circle_sizes, largest_value
from figures.layers import UNTOLD
from figures.packing import STATE_CODES
from figures.payload import circle_steps
from figures.sentences import dated, unit_suffix
from figures.side_map_layers import Painted, painted_change, painted_values, painted_words
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label


@dataclass(frozen=True)
class LegendRow:
    """One line of a legend: a colour, or the pattern of a kind of empty, and how many areas."""

    label: str
    count: str
    colour: str = ""
    pattern: str = ""
    size: float = 0.0
    """Diameter in pixels where a circle stands in place of a colour."""


@dataclass(frozen=True)
class MapPicture:
    """One map: what is written around it, and what its script paints.

    ``texts`` are what each area says, in the order of the view's areas; ``paint`` holds plain
    JSON types that ``late-side-maps.js`` reads.
    """

    place: str
    title: str
    sub: str
    source: str
    legend_title: str
    legend: tuple[LegendRow, ...]
    texts: tuple[str, ...]
    paint: dict[str, Any]
    file: str


def map_pictures(maps: SideMaps, tr: Translate, language: str) -> tuple[MapPicture, ...]:
    """Return both maps, and the third where there is one."""
    found = [
        _picture("left", maps.left, painted_values(maps.left, tr, language), tr, language),
        _picture("right", maps.right, painted_values(maps.right, tr, language), tr, language),
    ]
    if maps.third is not None:
        painted = painted_words if maps.query.third == CITY else painted_change
        found.append(_picture("third", maps.third, painted(maps.third, tr, language), tr, language))
    return tuple(found)


def maps_title(maps: SideMaps, tr: Translate, language: str) -> str:
    """Say what stands side by side."""
    names = [c.view.indicator.short_name.in_language(language) for c in (maps.left, maps.right)]
    periods = [period_label(c.period, language) for c in (maps.left, maps.right)]
    if maps.query.is_one_indicator:
        first, second = dated(names[0], periods[0]), periods[1]
    else:
        first, second = (dated(*told) for told in zip(names, periods, strict=True))
    return tr("sidemap.title", first=first, second=second)


def _picture(
    place: str, content: AtlasContent, painted: Painted, tr: Translate, language: str
) -> MapPicture:
    view = content.view
    shown = view.by_period[content.period]
    about = period_texts(content, content.period, None, tr, language)
    return MapPicture(
        place=place,
        title=painted.title,
        sub=painted.sub,
        source=about["source"],
        legend_title=painted.legend_title,
        legend=(
            *(_circles(content, language) if painted.shows_circles else ()),
            *_legend(shown, painted, tr, language),
        ),
        texts=painted.texts,
        paint=_paint(place, content, painted),
        file=_file(content, language),
    )


def _paint(place: str, content: AtlasContent, painted: Painted) -> dict[str, Any]:
    view, frame = content.view, content.frame
    shown = view.by_period[content.period]
    points = (
        [[round(x, 5), round(y, 5)] for x, y in zip(frame.longitudes, frame.latitudes, strict=True)]
        if frame and view.mark != "fill"
        else []
    )
    sizes = (
        [round(s, 1) for s in circle_sizes(shown.values, largest_value(view))]
        if painted.shows_circles
        else []
    )
    return {
        "place": place,
        "geometry": frame.geometry_url if frame else "",
        "bounds": list(frame.bounds) if frame else [],
        "level": view.level.key,
        "areas": list(view.area_ids),
        "names": list(view.area_names),
        "letters": painted.letters,
        "states": "".join(STATE_CODES[s] for s in shown.states),
        "codes": {code: state.value for state, code in STATE_CODES.items()},
        "colours": {key: colour for key, colour, _ in painted.rows if key not in painted.patterns},
        "untold": sorted(painted.patterns),
        "mark": "fill" if view.mark == "circle" and not painted.shows_circles else view.mark,
        "points": points,
        "sizes": sizes,
        "dot": theme.DOT,
        "texts": list(painted.texts),
    }


def _legend(
    shown: PeriodView, painted: Painted, tr: Translate, language: str
) -> tuple[LegendRow, ...]:
    """Return the classes with counts, then each kind of empty that occurs."""
    counts = Counter(painted.letters)
    rows = [
        LegendRow(
            label,
            number(counts[key], 0, language),
            colour="" if key in painted.patterns else colour,
            pattern=UNTOLD if key in painted.patterns else "",
        )
        for key, colour, label in painted.rows
        if counts[key] or key not in painted.patterns
    ]
    states = Counter(shown.states)
    rows += [
        LegendRow(tr(f"state.{s}"), number(states[s], 0, language), pattern=s.value)
        for s in State
        if states[s] and (s not in SHOWN_STATES or s is State.LIMITED)
    ]
    return tuple(rows)


def _circles(content: AtlasContent, language: str) -> tuple[LegendRow, ...]:
    """Return what three sizes of circles mean."""
    steps = circle_steps(content.view, language)
    sizes = circle_sizes(tuple(s["value"] for s in steps), largest_value(content.view))
    return tuple(
        LegendRow(step["text"], "", size=round(size, 1))
        for step, size in zip(steps, sizes, strict=True)
    )


def _file(content: AtlasContent, language: str) -> str:
    """Return the address of the numbers of a map as a file for a spreadsheet."""
    view, layer = content.view, content.layer
    pairs = {
        "indicator": view.indicator.id,
        "category": "" if view.category == TOTAL else view.category,
        "period": content.period,
        "level": view.level.id,
        "layer": layer.id if layer else "",
        "since": layer.since if layer else "",
        "lang": language,
    }
    query = urlencode({k: v for k, v in pairs.items() if v}, safe=",:/@")
    return f"/export/{view.town}/{view.release}/atlas.csv?{query}"


def column_name(content: AtlasContent, language: str) -> str:
    """Return the name of a column of values: indicator, unit, period."""
    indicator = content.view.indicator
    unit = unit_suffix(indicator, language).strip()
    name = indicator.short_name.in_language(language)
    return f"{name} ({unit}), {period_label(content.period, language)}"
