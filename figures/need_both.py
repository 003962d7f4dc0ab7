"""Need against supply on one map: thirds of both, dark where need is high and places are few."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import Any

from domain.association import pearson
from domain.model import SHOWN_STATES, Polarity, State
from domain.need_view import Burden, NeedView
from domain.thirds import KEYS, limits_of_thirds, third_keys
from domain.view import MapFrame
from figures import theme
from figures.lettered_map import Lettered, lettered_paint
from figures.need import empty_rows
from figures.packing import STATE_CODES
from figures.sentences import unit_suffix
from figures.side_maps import LegendRow, MapPicture
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

_DASH = "–"
_WORST = KEYS[-1]
_HEIGHT = 420
_MOST_NAMES = 12
_WORDS = ("low", "middle", "high")


def keys_of(view: NeedView, burden: Burden) -> list[str]:
    """Return the class of every area, empty where either is unknown.

    The second runs over thirds of coverage; few places are the burden.
    """
    supply = [a.coverage for a in view.areas]
    limits = [limits_of_thirds([_nan(v) for v in told]) for told in (burden.values, supply)]
    first, second = limits
    if first is None or second is None:
        return [""] * len(view.areas)
    polarities = (burden.indicator.polarity, Polarity.LOW_BURDEN)
    return third_keys(burden.values, supply, (first, second), polarities)


def _nan(value: float | None) -> float:
    return float("nan") if value is None else value


def both_title(view: NeedView, burden: Burden | None, tr: Translate, language: str) -> str:
    """Say where high need meets few places."""
    if burden is None:
        return tr("need.both_none")
    keys = keys_of(view, burden)
    names = sorted(
        (a.name for a, key in zip(view.areas, keys, strict=True) if key == _WORST),
        key=str.casefold,
    )
    name = burden.indicator.short_name.in_language(language)
    if not any(keys):
        return tr("need.both_unknown", name=name)
    if not names:
        return tr("need.both_nowhere", name=name)
    shown = ", ".join(names[:4])
    more = len(names) - 4
    return tr(
        "need.both_more" if more > 0 else "need.both_title", name=name, names=shown, more=more
    )


def both_lead(
    view: NeedView, burden: Burden | None, tr: Translate, language: str
) -> tuple[str, ...]:
    """Say what is put against what."""
    if burden is None:
        return (tr("need.both_choose"),)
    return (
        tr(
            "need.both_lead",
            name=burden.indicator.name.in_language(language),
            period=period_label(burden.period, language),
            kind=view.kind.name.in_language(language),
        ),
    )


def both_map(
    view: NeedView, burden: Burden, frame: MapFrame, tr: Translate, language: str
) -> MapPicture:
    """Return the map of nine classes."""
    keys = keys_of(view, burden)
    states = [_state(view, burden, n, key) for n, key in enumerate(keys)]
    texts = [_text(view, burden, n, key, tr, language) for n, key in enumerate(keys)]
    told = Lettered(
        areas=[a.id for a in view.areas],
        names=[a.name for a in view.areas],
        letters="".join(key or KEYS[0] for key in keys),
        states="".join(STATE_CODES[s] for s in states),
        colours=dict(zip(KEYS, theme.BIVARIATE, strict=True)),
        texts=texts,
    )
    counts = Counter(keys)
    legend = [
        LegendRow(_class_words(key, tr), number(counts[key], 0, language), colour=colour)
        for key, colour in reversed(list(zip(KEYS, theme.BIVARIATE, strict=True)))
        if counts[key]
    ]
    return MapPicture(
        place="both",
        title=both_title(view, burden, tr, language),
        sub="",
        source="",
        legend_title=tr("need.both_legend"),
        legend=(*legend, *empty_rows(states, tr, language)),
        texts=tuple(texts),
        paint=lettered_paint("both", view.level, frame, told),
        file="",
    )


def _state(view: NeedView, burden: Burden, n: int, key: str) -> State:
    """Return why an area has no class: the state of the need, else of the children."""
    if key:
        return State.OK
    states = (burden.states[n], view.areas[n].state)
    return next((s for s in states if s not in SHOWN_STATES), State.NOT_COLLECTED)


def sources_of(view: NeedView, burden: Burden) -> tuple[str, ...]:
    """Return ids of the sources of both."""
    return (burden.indicator.source, *view.sources)


def scatter_title(view: NeedView, burden: Burden, tr: Translate, language: str) -> str:
    """Say whether there are fewer places where need is higher, as far as chance allows."""
    turn = -1 if burden.indicator.polarity is Polarity.LOW_BURDEN else 1
    need = [None if v is None else turn * v for v in burden.values]
    found = pearson(need, [a.coverage for a in view.areas])
    if "reason" in found:
        return tr("need.both_chart")
    low, high = found["ci95"]
    word = "fewer" if high < 0 else "more" if low > 0 else "unsure"
    return tr(f"need.both_chart_{word}", r=number(found["r"], 2, language).replace("-", "−"))


def both_figure(
    view: NeedView, burden: Burden, tr: Translate, language: str
) -> dict[str, Any] | None:
    """Return need against coverage, an area a point in the colour of its class; None without any.

    Names stand at the areas where high need meets few places.
    """
    points = [
        (x, a.coverage, a.name, key)
        for x, a, key in zip(burden.values, view.areas, keys_of(view, burden), strict=True)
        if key and x is not None and a.coverage is not None
    ]
    if not points:
        return None
    base = theme.PLAIN_LAYOUT
    # Plotly reads tags
    names = [escape(name, quote=False) if key == _WORST else "" for _, _, name, key in points]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [round(x, 3) for x, _, _, _ in points],
                "y": [round(y, 2) for _, y, _, _ in points],
                "text": names if names.count("") >= len(names) - _MOST_NAMES else None,
                "textposition": "top center",
                "cliponaxis": False,
                "textfont": {"size": 11, "color": theme.INK},
                "marker": {
                    "size": 11,
                    "color": [theme.BIVARIATE[KEYS.index(key)] for _, _, _, key in points],
                    "line": {"width": 1, "color": theme.MUTE},
                },
                "hoverinfo": "skip",
            }
        ],
        "layout": {
            **base,
            "height": _HEIGHT,
            "margin": {"l": 58, "r": 40, "t": 14, "b": 50},
            "separators": theme.SEPARATORS[language],
            "xaxis": {
                **base["xaxis"],
                "title": {"text": _axis_name(burden, language)},
            },
            "yaxis": {**base["yaxis"], "title": {"text": tr("need.both_axis")}},
        },
    }


def _axis_name(burden: Burden, language: str) -> str:
    """Return the name of the need with its unit."""
    name = burden.indicator.short_name.in_language(language)
    unit = burden.indicator.unit.in_language(language)
    return f"{name} ({unit})" if unit else name


def _class_words(key: str, tr: Translate) -> str:
    x, y = KEYS.index(key) % 3, KEYS.index(key) // 3
    return tr(
        "need.both_class",
        need=tr(f"need.third_{_WORDS[x]}"),
        places=tr(f"need.third_{_WORDS[2 - y]}"),
    )


def _text(view: NeedView, burden: Burden, n: int, key: str, tr: Translate, language: str) -> str:
    value, supply = burden.values[n], view.areas[n].coverage
    if not key or value is None or supply is None:
        return tr("need.both_area_none")
    return tr(
        "need.both_text",
        value=number(value, burden.indicator.decimals, language)
        + unit_suffix(burden.indicator, language),
        coverage=number(supply, 1, language),
        words=_class_words(key, tr),
    )


def both_table(
    view: NeedView, burden: Burden | None, tr: Translate, language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows of every area, high need and few places first."""
    if burden is None:
        return (tr("need.col_area"),), ()
    head = (
        tr("need.col_area"),
        burden.indicator.short_name.in_language(language),
        tr("need.col_coverage"),
        tr("need.col_both"),
    )
    keys = keys_of(view, burden)
    order = sorted(range(len(keys)), key=lambda n: (-int(keys[n] or 0), view.areas[n].name))
    return head, tuple(_row(view, burden, n, keys[n], tr, language) for n in order)


def _row(
    view: NeedView, burden: Burden, n: int, key: str, tr: Translate, language: str
) -> tuple[str, ...]:
    value, supply = burden.values[n], view.areas[n].coverage
    decimals = burden.indicator.decimals
    return (
        view.areas[n].name,
        tr(f"state.{burden.states[n]}")
        if value is None
        else number(value, decimals, language) + unit_suffix(burden.indicator, language),
        _DASH if supply is None else number(supply, 1, language),
        _class_words(key, tr) if key else _DASH,
    )
