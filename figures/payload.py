"""What the painters of the Atlas page need, in one object: numbers, colours and sentences.

The scripts in ``assets/20-js`` only move what stands here; every sentence, class label and
colour is made in Python, where it is tested without a browser. Numbers travel as whole numbers
with one power of ten for a view (``scale``), states and words of comparison as one letter an
area: a view of 542 areas and 15 years is read by the browser in a few milliseconds.
"""

from __future__ import annotations

from typing import Any

from domain.layers import FIRST
from domain.model import Indicator, State
from domain.periods import first_from
from domain.view import (
    AtlasContent,
    IndicatorView,
    MapFrame,
    OtherVintage,
    PeriodView,
)
from figures import theme
from figures.captions import class_labels, period_texts, trend_title
from figures.choropleth import is_dense, largest_value
from figures.layers import layer_options, layer_payload, layer_period
from figures.links import links
from figures.packing import SIGNS, STATE_CODES, plain, power_of, scaled, written
from figures.palettes import colours_of
from figures.ranking import value_range
from figures.scatter import scatter_range
from figures.sentences import no_map_texts, unit_suffix
from figures.sheet import indicator_sheet
from figures.signs import period_signs, view_signs
from figures.together import group_names, together
from i18n import Translate
from i18n.formats import number
from i18n.periods import changed_labels


def value_text(view: IndicatorView, shown: PeriodView, row: int, language: str) -> str:
    """Write one value, or the sign of why there is none."""
    return written(shown.states[row], shown.values[row], view.indicator.decimals, language)


def areas_payload(view: IndicatorView, frame: MapFrame | None) -> dict[str, Any]:
    """Return ids, names and points of the areas: they travel once a level, not with each view.

    ``geometry`` is the address of the outlines where the scripts draw them themselves. Without
    outlines the areas have no points.
    """
    longitudes, latitudes = (frame.longitudes, frame.latitudes) if frame else ((), ())
    return {
        **({"geometry": frame.geometry_url} if frame and is_dense(view, frame) else {}),
        "key": view.level.key,
        "areas": list(view.area_ids),
        "names": list(view.area_names),
        "points": [[round(x, 5), round(y, 5)] for x, y in zip(longitudes, latitudes, strict=True)],
    }


def atlas_payload(
    content: AtlasContent, tr: Translate, language: str, *, classes: str = ""
) -> dict[str, Any]:
    """Return the payload as plain JSON types; keys are read by ``assets/20-js``.

    Parameters
    ----------
    classes
        Method or limits of the classes as the address names them; empty for those of the
        indicator.
    """
    view, second = content.view, content.second
    words = view.level.area_word.in_language(language)
    return {
        "lang": language,
        "town": view.town,
        "release": view.release,
        "request": {
            "indicator": view.indicator.id,
            "category": view.category,
            "level": view.level.id,
            "second": second.indicator.id if second else None,
            "compare": view.compare,
            "classes": classes,
            "layer": content.layer.id if content.layer else "",
            "since": content.layer.since if content.layer else FIRST,
        },
        "level": {"id": view.level.id, "vintage": view.level.vintage, "words": words},
        "mark": view.mark,
        "indicator": _indicator(view.indicator, language),
        "second": _indicator(second.indicator, language) if second else None,
        "scale": {
            "value": power_of(view.indicator),
            "second": power_of(second.indicator) if second else 1,
        },
        "periods": list(view.periods),
        "period_labels": changed_labels(_all_periods(content), language),
        "positions": list(content.positions),
        "series_breaks": series_breaks(content, language),
        "elsewhere": [_elsewhere(x, power_of(view.indicator)) for x in content.elsewhere],
        "recut": tr("atlas.recut"),
        "recut_estimated": tr("atlas.recut_estimated"),
        "breaks": list(view.breaks),
        "colours": list(colours_of(view.indicator, len(view.breaks))),
        "badge_colours": theme.badge_colours(view.indicator.polarity),
        "dot": theme.DOT,
        "largest": largest_value(view),
        "circle_steps": circle_steps(view, language),
        "range": {
            "value": value_range(view),
            "x": scatter_range(view),
            "y": scatter_range(second) if second else [0.0, 1.0],
        },
        **links(view, tr, language),
        "groups": group_names(view, tr, language),
        "by": {p: _period(content, p, tr, language) for p in view.periods},
        "layers": layer_options(content.layers, tr),
        "layer": layer_payload(content, tr, language),
        "no_map": [] if content.frame else no_map_texts(content, tr, language),
        "sheet": indicator_sheet(content, tr, language),
        **_texts(content, tr, language),
    }


def _texts(content: AtlasContent, tr: Translate, language: str) -> dict[str, Any]:
    view = content.view
    indicator = view.indicator
    short = indicator.short_name.in_language(language)
    unit = indicator.unit.in_language(language)
    words = view.level.area_word.in_language(language)
    legend = "atlas.legend_circle" if view.mark == "circle" else "atlas.legend"
    return {
        "class_labels": class_labels(view.breaks, indicator.decimals, tr, language),
        "legend_title": tr(legend, unit=unit, words=words),
        "trend_title": trend_title(content, tr, language),
        "table_title": short,
        "city_name": content.town_name,
        "compare_name": tr(f"atlas.compare_short_{view.compare}", town=content.town_name),
        "axis": {
            "value": f"{short}, {unit}",
            "second": (
                content.second.indicator.short_name.in_language(language) if content.second else ""
            ),
            "second_unit": (
                content.second.indicator.unit.in_language(language) if content.second else ""
            ),
        },
        "sign": {s.value: SIGNS.get(s, "") for s in State},
        "state_names": {s.value: tr(f"state.{s.value}") for s in State},
        "no_own": tr("group.no_own"),
        "flag_names": {f: tr(f"flag.{f}") for f in ("p", "r", "s", "break", "boundary")},
        **view_signs(content, tr),
    }


def _indicator(indicator: Indicator, language: str) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "short": indicator.short_name.in_language(language),
        "unit_suffix": unit_suffix(indicator, language),
        "decimals": indicator.decimals,
        "kind": indicator.kind.value,
        "polarity": indicator.polarity.value,
    }


def series_breaks(content: AtlasContent, language: str) -> list[dict[str, Any]]:
    """Return the breaks within the view, each at the first period that lies behind it."""
    view = content.view
    found = []
    for told in view.indicator.series_breaks:
        at = first_from(view.periods, told.period)
        is_before_all = at == 0 and view.periods[0] != told.period
        if at is not None and not is_before_all and not told.comparable:
            text = told.text.in_language(language)
            found.append({"position": content.positions[at], "text": text})
    return found


def _all_periods(content: AtlasContent) -> list[str]:
    return [*content.view.periods, *(p for other in content.elsewhere for p in other.periods)]


def _elsewhere(other: OtherVintage, power: int) -> dict[str, Any]:
    return {
        "vintage": other.vintage,
        "periods": list(other.periods),
        "positions": list(other.positions),
        "v": {str(i): scaled(values, power) for i, values in other.values.items()},
        "city": list(other.city),
        "e": sorted(other.estimated),
        "s": {
            str(i): "".join(STATE_CODES[s] for s in states) for i, states in other.states.items()
        },
    }


def circle_steps(view: IndicatorView, language: str) -> list[dict[str, Any]]:
    """Return three round numbers for the size legend, largest first."""
    largest = largest_value(view)
    if view.mark != "circle" or largest <= 0:
        return []
    power = 10 ** (len(str(int(largest))) - 1)
    top = next((m * power for m in (5, 2, 1) if m * power <= largest), largest)
    steps = [top, top / 2, top / 10]
    unique = sorted({s for s in steps if s >= 1 or s == top}, reverse=True)
    return [{"value": s, "text": number(s, 0, language)} for s in unique]


def _period(content: AtlasContent, period: str, tr: Translate, language: str) -> dict[str, Any]:
    shown = content.view.by_period[period]
    relation = content.associations.get(period)
    power = power_of(content.view.indicator)
    second_power = power_of(content.second.indicator) if content.second else 1
    city = shown.city
    return {
        "v": scaled(shown.values, power),
        "s": "".join(STATE_CODES[s] for s in shown.states),
        "f": {str(i): flags for i, flags in enumerate(shown.flags) if flags},
        "lo": scaled(shown.lowers, power),
        "hi": scaled(shown.uppers, power),
        "n": plain(shown.numerators),
        "d": plain(shown.denominators),
        "c": "".join("-" if c is None else str(c) for c in shown.classes),
        "bm": _benchmarks(shown, power),
        "city": {"v": city.value, "lo": city.lower, "hi": city.upper, "f": city.flags},
        "w": scaled(relation.second_values, second_power) if relation else None,
        "fit": [relation.fit.slope, relation.fit.intercept] if relation and relation.fit else None,
        **period_texts(content, period, relation, tr, language),
        **period_signs(content, period, tr, language),
        **together(content.view, shown, tr, language),
        **({"layer": layer_period(content, period, tr, language)} if content.layer else {}),
    }


def _benchmarks(shown: PeriodView, power: int) -> int | list[int | None] | None:
    """Return one number where all areas share it, such as the value of the town."""
    found = scaled(shown.benchmarks, power)
    if found is None or any(v != found[0] for v in found):
        return found
    return found[0]
