"""The use of an offer in words, charts and tables: what is taken, what is free, who waits."""

from __future__ import annotations

from typing import Any

from domain.offer_use import CUT_BACK, UNTOLD, WIDEN, Offer, OfferView, Use
from domain.opening_hours import DAYS
from figures import theme
from figures.need import COLOURS
from figures.resources import drawn_rows, rows_layout
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

_DASH = "–"
TAKEN, FREE = theme.DOT, "#c9c3b4"
VERDICT_COLOURS = {WIDEN: COLOURS["under"], CUT_BACK: COLOURS["over"]}
_FIRST_HOUR, _LAST_HOUR = 6, 22
_HOURS_HEIGHT = 420


def offer_title(view: OfferView, tr: Translate, language: str) -> str:
    """Say how far an offer is used, or how many places there are where nobody tells."""
    told = {
        "offer": view.offer,
        "period": period_label(view.period, language) if view.period else _DASH,
        "places": number(view.town.places, 0, language),
        "offers": view.town.offers,
    }
    if view.town.take_up is None:
        return tr("need.offer_title_places", **told)
    told |= {
        "places": number(view.town.told_places, 0, language),
        "share": number(100 * view.town.take_up, 0, language),
        "free": number(view.town.free or 0.0, 0, language),
    }
    if view.town.waiting is None:
        return tr("need.offer_title_unlisted", **told)
    return tr("need.offer_title", **told, waiting=number(view.town.waiting, 0, language))


def offer_lead(view: OfferView, tr: Translate) -> tuple[str, ...]:
    """Say what suggests to widen or to cut back, and what could not be counted."""
    unknown = "need.offer_nobody" if view.is_internal else "need.offer_internal"
    lines = [tr("need.offer_rule" if view.is_told else unknown)]
    if view.is_told:
        for wanted in (WIDEN, CUT_BACK):
            names = [a.name for a in view.areas if a.verdict == wanted]
            if names:
                lines.append(tr(f"need.offer_{wanted}", count=len(names), names=", ".join(names)))
        if view.town.untold:
            lines.append(tr("need.offer_untold", count=view.town.untold))
        if view.town.unlisted:
            lines.append(tr("need.offer_unlisted", count=view.town.unlisted))
    if view.outside:
        lines.append(tr("need.outside", count=view.outside))
    return tuple(lines)


def areas_title(view: OfferView, tr: Translate, language: str) -> str:
    """Say where an offer is taken up most and least, or has the most and fewest places."""
    told = [(a.take_up if view.is_told else a.places, a.name) for a in view.areas if a.offers]
    known = sorted((100 * x if view.is_told else x, name) for x, name in told if x is not None)
    if not known:
        return tr("need.offer_areas")
    (low, least), (high, most) = known[0], known[-1]
    key = "need.offer_areas_use" if view.is_told else "need.offer_areas_places"
    ends = {"high": number(high, 0, language), "low": number(low, 0, language)}
    # equal ends part nothing
    is_flat = ends["high"] == ends["low"]
    return tr(f"{key}_flat" if is_flat else key, most=most, least=least, **ends)


def hours_title(view: OfferView, tr: Translate) -> str:
    """Say between which hours and on how many days of the week places are open."""
    hours = [h for h in range(24) if any(view.grid[d][h] for d in range(len(DAYS)))]
    days = sum(any(row) for row in view.grid)
    if not hours:
        return tr("need.offer_hours")
    return tr("need.offer_hours_title", start=hours[0], end=hours[-1] + 1, days=days)


def use_figure(view: OfferView, tr: Translate, language: str) -> dict[str, Any]:
    """Return taken and free places of every area as bars; places alone where nobody tells."""
    order = sorted((a for a in view.areas if a.offers), key=lambda a: (-a.places, a.name))
    rows = [order[i] for i in drawn_rows(tuple(range(len(order))))]
    taken = [(a.taken or 0.0) if view.is_told else a.places for a in rows]
    parts = [(taken, TAKEN)]
    if view.is_told:
        parts.append(([a.free or 0.0 for a in rows], FREE))
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "x": values,
            "y": list(range(len(rows))),
            "marker": {"color": colour},
            "hoverinfo": "skip",
        }
        for values, colour in parts
    ]
    return {
        "data": bars,
        "layout": rows_layout([a.name for a in rows], language, title=tr("need.offer_axis")),
    }


def hours_figure(view: OfferView, tr: Translate, language: str) -> dict[str, Any]:
    """Return places by weekday and hour as circles, free ones inside where they are told."""
    hours = range(_FIRST_HOUR, _LAST_HOUR)
    cells = [(day, hour) for day in range(len(DAYS)) for hour in hours]
    most = max((view.grid[d][h] for d, h in cells), default=0.0) or 1.0
    base = theme.PLAIN_LAYOUT
    circles = [_circles(view.grid, cells, most, TAKEN)]
    if view.free_grid:
        circles.append(_circles(view.free_grid, cells, most, FREE))
    return {
        "data": circles,
        "layout": {
            **base,
            "height": _HOURS_HEIGHT,
            "margin": {"l": 58, "r": 16, "t": 24, "b": 16},
            "separators": theme.SEPARATORS[language],
            "xaxis": {
                **base["xaxis"],
                "side": "top",
                "tickvals": list(range(len(DAYS))),
                "ticktext": [tr(f"need.day_{name}") for name in DAYS],
                "range": [-0.6, len(DAYS) - 0.4],
                "showgrid": False,
            },
            "yaxis": {
                **base["yaxis"],
                "tickvals": [h - 0.5 for h in hours if h % 2 == 0],
                "ticktext": [tr("need.hour", hour=h) for h in hours if h % 2 == 0],
                "range": [_LAST_HOUR - 0.4, _FIRST_HOUR - 0.7],
            },
        },
    }


def _circles(
    grid: tuple[tuple[float, ...], ...], cells: list[tuple[int, int]], most: float, colour: str
) -> dict[str, Any]:
    """Return circles whose area grows with the places; hours that are closed have none."""
    shown = [(d, h, grid[d][h]) for d, h in cells if grid[d][h] > 0]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [d for d, _, _ in shown],
        "y": [h for _, h, _ in shown],
        "marker": {
            "size": [round(4 + 18 * (v / most) ** 0.5, 1) for _, _, v in shown],
            "color": colour,
            "line": {"width": 0.5, "color": theme.MUTE},
        },
        "hoverinfo": "skip",
    }


def use_table(
    view: OfferView, tr: Translate, language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows of every area, all areas first; earlier periods follow.

    Where nobody may read of use there are no columns of it, rather than columns of dashes.
    """
    use = ("taken", "free", "take_up", "waiting", "verdict") if view.is_told else ()
    head = tuple(tr(f"need.col_{name}") for name in ("area", "offers", "places", *use))
    areas = sorted((a for a in view.areas if a.offers), key=lambda a: a.name.casefold())
    told = [
        (tr("need.offer_all", period=period_label(view.period, language)), view.town),
        *((a.name, a) for a in areas),
        *(
            (tr("need.offer_all", period=period_label(period, language)), found)
            for period, found in reversed(view.earlier)
        ),
    ]
    width = len(head) - 1
    return head, tuple((name, *_use(found, tr, language)[:width]) for name, found in told)


def _use(use: Use, tr: Translate, language: str) -> tuple[str, ...]:
    share = None if use.take_up is None else 100 * use.take_up
    return (
        number(use.offers, 0, language),
        number(use.places, 0, language),
        _shown(use.taken, language),
        _shown(use.free, language),
        _DASH if share is None else f"{number(share, 0, language)} %",
        _shown(use.waiting, language),
        _DASH if use.verdict == UNTOLD else tr(f"need.verdict_{use.verdict}"),
    )


def offers_table(
    view: OfferView, tr: Translate, language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows of the single offers of the chosen area, or of all."""
    use = ("taken", "waiting", "verdict") if view.is_told else ()
    names = ("name", "operator", "area", "target_group", "hours", "places", *use)
    areas = {a.area: a.name for a in view.areas}
    head = tuple(tr(f"need.col_{name}") for name in names)
    return head, tuple(_offer(o, areas, tr, language)[: len(head)] for o in view.offers)


def offers_list_title(view: OfferView, tr: Translate) -> str:
    """Say how many facilities of the chosen area, or of all, have the offer."""
    count = len({o.facility for o in view.offers})
    name = next((a.name for a in view.areas if a.area == view.query.area), "")
    if name:
        return tr("need.offer_list_in", count=count, name=name)
    return tr("need.offer_list", count=count)


def _offer(o: Offer, areas: dict[str, str], tr: Translate, language: str) -> tuple[str, ...]:
    return (
        o.facility,
        o.operator or _DASH,
        areas.get(o.area, tr("need.no_area")),
        o.target_group or _DASH,
        o.hours or _DASH,
        _shown(o.places, language),
        _shown(o.taken, language),
        _shown(o.waiting, language),
        _DASH if o.verdict == UNTOLD else tr(f"need.verdict_{o.verdict}"),
    )


def hours_table(
    view: OfferView, tr: Translate, language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return open places (and free ones) of every hour of the week that is open anywhere."""
    head = (tr("need.col_hour"), *(tr(f"need.day_{name}") for name in DAYS))
    hours = [h for h in range(24) if any(view.grid[d][h] for d in range(len(DAYS)))]
    return head, tuple(
        (
            tr("need.hours", start=h, end=h + 1),
            *(_cell(view, d, h, language) for d in range(len(DAYS))),
        )
        for h in hours
    )


def _cell(view: OfferView, day: int, hour: int, language: str) -> str:
    places = view.grid[day][hour]
    if not places:
        return _DASH
    if view.free_grid is None:
        return number(places, 0, language)
    return f"{number(places, 0, language)} ({number(view.free_grid[day][hour], 0, language)})"


def _shown(value: float | None, language: str) -> str:
    return _DASH if value is None else number(value, 0, language)
