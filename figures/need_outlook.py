"""The outlook of children in words, charts and a table: a band, never a single true number."""

from __future__ import annotations

from collections import Counter
from typing import Any

from domain.outlook_view import KNOWN, AreaOutlook, OutlookView, Steps
from figures import theme
from figures.need_texts import gap_text
from figures.resource_changes import percent_text
from figures.resources import drawn_rows, rows_layout
from i18n import Translate
from i18n.formats import number

_DASH = "–"
_HEIGHT = 340


def shown_area(view: OutlookView) -> AreaOutlook | None:
    """Return the chosen area, else all areas together; None where neither has an outlook."""
    chosen = next((a for a in view.areas if a.id == view.query.area), None)
    return chosen if chosen and view.query.area else view.town


def _name(view: OutlookView, area: AreaOutlook, tr: Translate) -> str:
    town = view.catalogue.town.name
    if area.name or all(a.state == KNOWN for a in view.areas):
        return area.name or town
    return tr("need.outlook_all", town=town)


def outlook_title(view: OutlookView, tr: Translate, language: str) -> str:
    """Say how many children there will be, as a span, or why nobody can tell."""
    area = shown_area(view)
    if view.reason or area is None:
        return tr(f"need.outlook_{view.reason or 'small'}_title")
    group = tr(f"need.outlook_group_{view.query.group}")
    if area.state != KNOWN or area.now is None:
        return tr("need.outlook_area_none", name=_name(view, area, tr))
    return tr(
        "need.outlook_title",
        name=_name(view, area, tr),
        year=str(view.next_years[-1]),
        low=number(area.low[-1], 0, language),
        high=number(area.high[-1], 0, language),
        group=group,
        now=number(area.now, 0, language),
        this=str(view.years[-1]),
    )


def outlook_lead(view: OutlookView, tr: Translate, language: str) -> tuple[str, ...]:
    """Say how it is worked out, how far it was off before, and what is left out."""
    if view.reason or view.indicator is None:
        return (tr(f"need.outlook_{view.reason or 'no_ages'}"),)
    lines = [
        tr("need.outlook_rule", name=view.indicator.name.in_language(language)),
        tr("need.outlook_no_target")
        if view.target is None
        else tr("need.outlook_places", target=number(view.target, 0, language)),
    ]
    if view.mean_error is None:
        lines.append(tr("need.outlook_no_error"))
    else:
        town = view.town.error if view.town else None
        lines.append(
            tr(
                "need.outlook_error",
                error=number(100 * view.mean_error, 1, language),
                town=_DASH if town is None else number(100 * abs(town), 1, language),
                year=str(view.years[-1]),
                before=str(view.years[-1] - len(view.next_years)),
            )
        )
    states = Counter(a.state for a in view.areas if a.state != KNOWN)
    lines += [tr(f"need.outlook_left_{state}", count=n) for state, n in sorted(states.items())]
    if limited := sum(a.is_limited for a in view.areas):
        lines.append(tr("need.outlook_limited", count=limited))
    return tuple(lines)


def outlook_warnings(view: OutlookView, tr: Translate) -> tuple[str, ...]:
    """Say what to keep in mind; a band narrower than the error of the past is told to be so."""
    if view.reason:
        return ()
    is_short = _is_band_short(view.town)
    return (tr("need.outlook_caution"), *([tr("need.outlook_band_short")] if is_short else []))


def _is_band_short(town: AreaOutlook | None) -> bool:
    """Return whether the rule missed all areas together by more than half of today's band."""
    if town is None or town.error is None or not town.central or not town.central[-1]:
        return False
    low, high = town.low[-1], town.high[-1]
    if low is None or high is None:
        return False
    return abs(town.error) > (high - low) / 2 / town.central[-1]


def outlook_figure(view: OutlookView, area: AreaOutlook, tr: Translate, language: str) -> Any:
    """Return children of the past, and of the next years as dashed line with its band."""
    ahead = [view.years[-1], *view.next_years]
    low, high = (_from_now(area, steps) for steps in (area.low, area.high))
    base = theme.PLAIN_LAYOUT
    enough = 100 * area.places / view.target if view.target else None
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": [*ahead, *reversed(ahead)],
        "y": [*low, *reversed(high)],
        "fill": "toself",
        "fillcolor": "rgba(53, 121, 168, 0.22)",
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
    return {
        "data": [
            band,
            _line(list(view.years), list(area.past), "solid", theme.DOT),
            _line(ahead, _from_now(area, area.central), "dash", theme.DOT),
            *(
                [_line([view.years[0], ahead[-1]], [enough, enough], "dot", theme.CONTROL)]
                if enough is not None
                else []
            ),
        ],
        "layout": {
            **base,
            "height": _HEIGHT,
            "margin": {"l": 58, "r": 16, "t": 10, "b": 40},
            "separators": theme.SEPARATORS[language],
            "xaxis": {**base["xaxis"], "dtick": 2, "tickformat": "d"},
            "yaxis": {
                **base["yaxis"],
                "rangemode": "tozero",
                "title": {"text": tr("need.outlook_axis")},
            },
        },
    }


def _from_now(area: AreaOutlook, steps: Steps) -> list[float | None]:
    return [area.now, *(None if s is None else round(s, 1) for s in steps)]


def _line(x: list[Any], y: list[Any], dash: str, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"width": 2.5, "dash": dash, "color": colour},
        "hoverinfo": "skip",
    }


def changes_figure(view: OutlookView, tr: Translate, language: str) -> dict[str, Any]:
    """Return how many children more or fewer every area will have, with the band."""
    known = [a for a in view.areas if a.change is not None]
    order = sorted(known, key=lambda a: (-(a.change or 0.0), a.name))
    rows = [order[i] for i in drawn_rows(tuple(range(len(order))))]
    values = [round(a.change or 0.0, 1) for a in rows]
    spans = [(a.high[-1] or 0.0, a.low[-1] or 0.0, a.central[-1] or 0.0) for a in rows]
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": values,
                "y": list(range(len(rows))),
                "marker": {"color": [theme.DOT if v >= 0 else theme.CONTROL for v in values]},
                "error_x": {
                    "type": "data",
                    "symmetric": False,
                    "array": [round(high - mid, 1) for high, _, mid in spans],
                    "arrayminus": [round(mid - low, 1) for _, low, mid in spans],
                    "color": theme.INK,
                    "thickness": 1,
                    "width": 3,
                },
                "hoverinfo": "skip",
            }
        ],
        "layout": rows_layout(
            [a.name for a in rows],
            language,
            title=tr("need.outlook_axis_change", year=str(view.next_years[-1])),
        ),
    }


def outlook_table(
    view: OutlookView, tr: Translate, language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows of every area, by name; all areas together stand first."""
    if view.reason:
        return (tr("need.col_area"),), ()
    head = (
        tr("need.col_area"),
        str(view.years[-1]),
        *(str(year) for year in view.next_years),
        tr("need.col_band", year=str(view.next_years[-1])),
        tr("need.col_change"),
        tr("need.col_places"),
        tr("need.col_gap"),
        tr("need.col_gap_then", year=str(view.next_years[-1])),
        tr("need.col_error"),
    )
    areas = sorted(view.areas, key=lambda a: a.name.casefold())
    rows = [*([view.town] if view.town else []), *areas]
    return head, tuple(_row(view, area, tr, language) for area in rows)


def _row(view: OutlookView, a: AreaOutlook, tr: Translate, language: str) -> tuple[str, ...]:
    steps = a.central or (None,) * len(view.next_years)
    is_known = a.state == KNOWN
    band = (
        tr(
            "need.outlook_span",
            low=number(a.low[-1], 0, language),
            high=number(a.high[-1], 0, language),
        )
        if is_known
        else tr(f"need.outlook_state_{a.state}")
    )
    change = None if a.change is None or not a.now else a.change / a.now
    return (
        _name(view, a, tr),
        _shown(a.now, language),
        *(_shown(step, language) for step in steps),
        band,
        _DASH if change is None else percent_text(change, language, 0),
        _shown(a.places, language),
        gap_text(a.gap, language),
        gap_text(a.gap_then, language),
        _DASH if a.error is None else percent_text(a.error, language, 0),
    )


def _shown(value: float | None, language: str) -> str:
    return _DASH if value is None else number(value, 0, language)
