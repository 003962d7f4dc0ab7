"""Layers of the map as the scripts paint them: classes with words and colours, one letter an area.

The scripts know no statistics: what a class means, how it is coloured and what it rests on is
said here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.change_classes import DIP, FALL, RISE, SAME, SURGE
from domain.layers import UNKNOWN, LayerOffer, PaintedLayer
from domain.model import Indicator, Polarity
from domain.periods import in_time
from domain.thirds import KEYS
from domain.view import AtlasContent
from domain.wording import Message
from figures import theme
from figures.captions import class_labels
from figures.packing import power_of, scaled
from figures.palettes import colours_of
from figures.sentences import Context, sentence, unit_suffix
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

Row = dict[str, Any]

UNTOLD = "untold"
"""Name of the pattern of areas with a value of which a layer can say nothing."""

_CLUSTER_WORDS = {
    "H": "high_high", "x": "high_low", "s": "none", "y": "low_high", "L": "low_low",
    "o": "no_neighbours",
}  # fmt: skip
_THIRDS = ("low", "middle", "high")


def layer_options(offers: tuple[LayerOffer, ...], tr: Translate) -> list[Row]:
    """Return every layer with its name; one that cannot be shown says why."""
    return [
        {"id": offer.id, "name": tr(f"layer.{offer.id}"), "reason": _reason(offer, tr)}
        for offer in offers
    ]


def _reason(offer: LayerOffer, tr: Translate) -> str:
    return tr(f"layer.reason.{offer.reason}") if offer.reason else ""


def layer_payload(content: AtlasContent, tr: Translate, language: str) -> Row | None:
    """Return what a painted layer says over all periods, None where values are painted."""
    layer, view = content.layer, content.view
    if layer is None:
        return None
    words = view.level.area_word.in_language(language)
    return {
        "id": layer.id,
        "since": layer.since,
        "legend_title": tr(
            f"layer.legend.{layer.id}", words=words, unit=points_of(view.indicator, tr, language)
        ),
        "legend": _rows(content, layer, tr, language),
        "numbers": [_column(name, view.indicator, tr, language) for name in layer.numbers],
        "note": tr("layer.note.smoothed") if layer.id == "smoothed" else "",
        "is_hatched": layer.id == "smoothed",
        "square": _square(content, tr, language) if layer.id == "bivariate" else None,
        "starts": [
            {"value": p, "label": period_label(p, language)} for p in _all_starts(content, layer)
        ],
        "start_default": tr("layer.since_first"),
        "start_off": tr("layer.since_off"),
    }


def layer_period(content: AtlasContent, period: str, tr: Translate, language: str) -> Row | None:
    """Return classes, numbers and sentences of one period of a painted layer."""
    layer = content.layer
    if layer is None:
        return None
    found = layer.by_period[period]
    about = Context(
        content.view.indicator,
        period,
        content.town_name,
        content.view.level.area_word,
        content.second.indicator if content.second else None,
    )

    points = points_of(content.view.indicator, tr, language)

    def write(message: Message) -> str:
        return sentence(_in_words(message, points, language), tr, language, about)

    return {
        "c": "".join(key or "-" for key in found.keys),
        "v": [
            scaled(values, _power(name, content.view.indicator))
            for name, values in zip(layer.numbers, found.numbers, strict=False)
        ],
        "title": write(found.message),
        "sub": " ".join(write(note) for note in found.notes),
        "from": [
            place
            for place, start in enumerate(_all_starts(content, layer))
            if start in layer.reach.get(period, ())
        ],
    }


def layer_title(content: AtlasContent, period: str, tr: Translate, language: str) -> str:
    """Return what a painted layer says of one period, empty where values are painted."""
    told = layer_period(content, period, tr, language)
    return str(told["title"]) if told else ""


def _in_words(message: Message, points: str, language: str) -> Message:
    """Return the message with the unit of a difference, and its other period in words."""
    since = message.params.get("since")
    written = {"since": period_label(since, language)} if isinstance(since, str) else {}
    return replace(message, params={**message.params, **written, "points": points})


def _all_starts(content: AtlasContent, layer: PaintedLayer) -> list[str]:
    """Return the periods a change might be counted from, also those of other boundaries."""
    elsewhere = [p for other in content.elsewhere for p in other.periods]
    return sorted({*layer.starts, *elsewhere}, key=in_time) if layer.starts else []


def points_of(indicator: Indicator, tr: Translate, language: str) -> str:
    """Return the unit of a difference: percentage points where values are percent."""
    unit = indicator.unit.in_language(language)
    return tr("layer.points") if unit.startswith("%") else unit


def _power(name: str, indicator: Indicator) -> int:
    return 10 if name == "percent" else power_of(indicator)


def _column(name: str, indicator: Indicator, tr: Translate, language: str) -> Row:
    suffix = {
        "smoothed": unit_suffix(indicator, language),
        "points": f" {points_of(indicator, tr, language)}",
        "percent": "\N{NO-BREAK SPACE}%" if language == "de" else "%",
    }[name]
    return {
        "name": tr(f"layer.number.{name}"),
        "decimals": 0 if name == "percent" else indicator.decimals,
        "power": _power(name, indicator),
        "suffix": suffix.rstrip(),
        "is_signed": name != "smoothed",
    }


def _rows(content: AtlasContent, layer: PaintedLayer, tr: Translate, language: str) -> list[Row]:
    """Return the classes in the order of the legend; the untold last."""
    polarity = content.view.indicator.polarity
    rows = {
        "conspicuous": lambda: _conspicuous_rows(polarity, tr),
        "change": lambda: _change_rows(content, layer, tr, language),
        "smoothed": lambda: _smoothed_rows(content, tr, language),
        "cluster": lambda: _cluster_rows(polarity, tr),
        "bivariate": lambda: _bivariate_rows(content, tr, language),
    }[layer.id]()
    untold = {"key": UNKNOWN, "label": tr(f"layer.untold.{layer.id}"), "pattern": UNTOLD}
    return [*rows, untold]


def _row(key: str, label: str, colour: str) -> Row:
    return {"key": key, "label": label, "colour": colour}


def _conspicuous_rows(polarity: Polarity, tr: Translate) -> list[Row]:
    down, _, middle, _, up = theme.diverging_colours(polarity)
    return [
        _row("h", tr("layer.class.higher"), up),
        _row("s", tr("layer.class.inconspicuous"), middle),
        _row("l", tr("layer.class.lower"), down),
    ]


def _change_rows(
    content: AtlasContent, layer: PaintedLayer, tr: Translate, language: str
) -> list[Row]:
    indicator = content.view.indicator
    step = number(layer.limits[0], indicator.decimals, language)
    colours = theme.diverging_colours(indicator.polarity)
    middle = "chance" if layer.is_tested else "same"
    words = {SURGE: "surge", RISE: "rise", SAME: middle, DIP: "dip", FALL: "fall"}
    by_key = dict(zip((FALL, DIP, SAME, RISE, SURGE), colours, strict=True))
    return [_row(k, tr(f"layer.class.{w}", step=step), by_key[k]) for k, w in words.items()]


def _smoothed_rows(content: AtlasContent, tr: Translate, language: str) -> list[Row]:
    view = content.view
    labels = class_labels(view.breaks, view.indicator.decimals, tr, language)
    colours = colours_of(view.indicator, len(view.breaks))
    return [_row(str(i), *pair) for i, pair in enumerate(zip(labels, colours, strict=True))]


def _cluster_rows(polarity: Polarity, tr: Translate) -> list[Row]:
    down, dip, middle, rise, up = theme.diverging_colours(polarity)
    colours = {"H": up, "x": rise, "s": middle, "y": dip, "L": down, "o": theme.NEUTRAL_FILL}
    return [
        _row(k, tr(f"layer.class.{w}"), colours[k]) | {"is_rare": k == "o"}
        for k, w in _CLUSTER_WORDS.items()
    ]


def _names(content: AtlasContent, language: str) -> tuple[str, str]:
    pair = (content.view, content.second)
    first, second = (v.indicator.short_name.in_language(language) if v else "" for v in pair)
    return first, second


def _thirds(content: AtlasContent) -> list[tuple[str, ...]]:
    """Return the words of the thirds of both indicators, in the order of their classes."""
    both = [v.indicator.polarity for v in (content.view, content.second) if v]
    is_burden = Polarity.NONE not in both
    return [_THIRDS[::-1] if is_burden and p is Polarity.LOW_BURDEN else _THIRDS for p in both]


def _bivariate_rows(content: AtlasContent, tr: Translate, language: str) -> list[Row]:
    first, second = _names(content, language)
    x_words, y_words = _thirds(content)
    return [
        _row(
            key,
            tr(
                "layer.class.pair",
                first=first,
                x=tr(f"layer.third.{x_words[i % 3]}"),
                second=second,
                y=tr(f"layer.third.{y_words[i // 3]}"),
            ),
            theme.BIVARIATE[i],
        )
        for i, key in enumerate(KEYS)
    ]


def _square(content: AtlasContent, tr: Translate, language: str) -> dict[str, str]:
    """Return the words on the two axes of the legend: where each of them leads."""
    return {
        axis: tr(f"layer.axis_{axis}", indicator=name, end=tr(f"layer.third.{words[-1]}"))
        for axis, name, words in zip("xy", _names(content, language), _thirds(content), strict=True)
    }
