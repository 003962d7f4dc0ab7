"""What changes to places and homes would do: words, tables, chart and map of before and after."""

from __future__ import annotations

from collections import Counter
from typing import Any

from domain.model import SHOWN_STATES, State
from domain.need_view import UNDER, AreaNeed, NeedView
from domain.supply_plan import HOMES, MOVE, OPEN, Change
from domain.view import MapFrame
from figures import theme
from figures.lettered_map import Lettered, lettered_paint
from figures.need import COLOURS, empty_rows
from figures.need_texts import gap_text, way_text
from figures.packing import STATE_CODES
from figures.resources import MOST_ROWS, rows_layout
from figures.side_maps import LegendRow, MapPicture
from i18n import Translate
from i18n.formats import number

Pair = tuple[AreaNeed, AreaNeed]
"""An area as it is, and as it would be."""
GAINS, SAME, LOSES = "gains", "same", "loses"
_LETTERS = {GAINS: "a", SAME: "b", LOSES: "c"}
_COLOURS = {GAINS: COLOURS["over"], SAME: COLOURS["balanced"], LOSES: COLOURS["under"]}
_NOTICED = 0.05
"""Places for 100 children that are shown as a difference: half of the last digit."""
_TOLD = ("children", "places", "facilities", "coverage", "gap", "class", "reach", "nearest")
_DASH = "–"


def change_text(change: Change, view: NeedView, tr: Translate, language: str) -> str:
    """Say one change in words, with names instead of ids."""
    facility = next((f for f in view.facilities if f.id == change.facility), None)
    area = next((a.name for a in view.areas if a.id == change.area), "")
    known = facility.places if facility else None
    before = tr("need.places_unknown") if known is None else number(known, 0, language)
    return tr(
        f"need.change_{change.kind}",
        name=facility.name if facility else "",
        area=area,
        before=before,
        places=number(change.places, 0, language),
        dwellings=number(change.dwellings, 0, language),
        each=number(change.per_dwelling, 2, language),
        children=number(change.children, 0, language),
    )


def changes_told(view: NeedView, tr: Translate, language: str) -> tuple[str, ...]:
    """Return every change in words."""
    return tuple(change_text(change, view, tr, language) for change in view.changes)


def touched(view: NeedView) -> tuple[Pair, ...]:
    """Return the areas that differ, those whose reach changes most first."""
    pairs = [(a, b) for a, b in zip(view.areas, view.after, strict=True) if _differs(a, b)]
    return tuple(sorted(pairs, key=lambda p: (-abs(_moved(p)), -abs(_more(p)), p[0].name)))


def _differs(now: AreaNeed, after: AreaNeed) -> bool:
    is_other = (now.children, now.places, now.facilities) != (
        after.children,
        after.places,
        after.facilities,
    )
    return is_other or effect_of(now, after) not in (SAME, "")


def effect_of(now: AreaNeed, after: AreaNeed) -> str:
    """Return whether places in reach gain, stay or lose; empty where nobody can tell."""
    if now.reach is None or after.reach is None:
        return ""
    change = after.reach - now.reach
    if abs(change) < _NOTICED:
        return SAME
    return GAINS if change > 0 else LOSES


def _moved(pair: Pair) -> float:
    return (pair[1].reach or 0.0) - (pair[0].reach or 0.0)


def _more(pair: Pair) -> float:
    return pair[1].places - pair[0].places


def plan_title(view: NeedView, tr: Translate, language: str) -> str:
    """Say what the changes do together, or that there is none yet."""
    if not view.changes:
        return tr("need.plan_none")
    name = view.query.title or tr("need.plan_unnamed")
    effects = Counter(effect_of(a, b) for a, b in zip(view.areas, view.after, strict=True))
    told = {
        "name": name,
        "effect": _effect_text(effects, tr),
        "before": number(sum(a.places for a in view.areas), 0, language),
        "after": number(sum(a.places for a in view.after), 0, language),
    }
    if view.target is None:
        return tr("need.plan_title_places", **told)
    lacking = [missing_places(areas) for areas in (view.areas, view.after)]
    return tr(
        "need.plan_title",
        **told,
        missing_before=number(lacking[0], 0, language),
        missing_after=number(lacking[1], 0, language),
    )


def _effect_text(effects: Counter[str], tr: Translate) -> str:
    """Say in how many areas places in reach become more and fewer; a count of none is a word."""
    gains, loses = effects[GAINS], effects[LOSES]
    if gains and loses:
        return tr("need.plan_effect_both", gains=gains, loses=loses)
    if gains:
        return tr("need.plan_effect_gains", gains=gains)
    return tr("need.plan_effect_loses", loses=loses) if loses else tr("need.plan_effect_same")


def missing_places(areas: tuple[AreaNeed, ...]) -> float:
    """Return the places that are missing in areas below their target."""
    return -sum(a.gap or 0.0 for a in areas if a.kind == UNDER)


def plan_lead(view: NeedView, tr: Translate) -> tuple[str, ...]:
    """Say where what is built is taken to stand, and what the comparison holds still."""
    placed = any(c.kind in (OPEN, MOVE, HOMES) for c in view.changes)
    lines = [tr("need.plan_same")]
    if placed:
        lines.append(tr("need.plan_placed"))
    unknown = [
        c.area
        for c in view.changes
        if c.kind == HOMES and any(a.id == c.area and a.children is None for a in view.areas)
    ]
    if unknown:
        names = sorted(a.name for a in view.areas if a.id in unknown)
        lines.append(tr("need.plan_hidden", names=", ".join(names)))
    return tuple(lines)


def plan_table(
    view: NeedView, tr: Translate, language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows of the areas that differ: before → after where both are told."""
    head = tuple(tr(f"need.col_{name}") for name in ("area", *_TOLD))
    return head, tuple(_row(pair, tr, language) for pair in touched(view))


def _row(pair: Pair, tr: Translate, language: str) -> tuple[str, ...]:
    told = [_told(area, tr, language) for area in pair]
    return (
        pair[0].name,
        *(a if a == b else f"{a} → {b}" for a, b in zip(*told, strict=True)),
    )


def _told(a: AreaNeed, tr: Translate, language: str) -> tuple[str, ...]:
    def shown(value: float | None, places: int = 0) -> str:
        return _DASH if value is None else number(value, places, language)

    return (
        shown(a.children) if a.state in SHOWN_STATES else tr(f"state.{a.state}"),
        shown(a.places),
        shown(float(a.facilities)),
        shown(a.coverage, 1),
        gap_text(a.gap, language),
        tr(f"need.class_{a.kind}") if a.kind else _DASH,
        shown(a.reach, 1),
        way_text(a.nearest_m, language),
    )


def plan_figure(
    view: NeedView, tr: Translate, language: str, *, of_gap: bool
) -> dict[str, Any] | None:
    """Return gap or places in reach, before and after, of the areas that change most.

    None where none of them changes in it.
    """
    told = [
        (a.name, x, y)
        for a, b in touched(view)
        for x, y in [(a.gap, b.gap) if of_gap else (a.reach, b.reach)]
        if x is not None and y is not None and abs(y - x) >= _NOTICED
    ]
    if not told:
        return None
    rows = sorted(told, key=lambda t: -abs(t[2] - t[1]))[: MOST_ROWS // 2]
    places = list(range(len(rows)))
    lines = {
        "type": "scatter",
        "mode": "lines",
        "x": [v for _, x, y in rows for v in (round(x, 2), round(y, 2), None)],
        "y": [v for n in places for v in (n, n, None)],
        "line": {"width": 3, "color": theme.CONTROL},
        "hoverinfo": "skip",
    }
    return {
        "data": [
            lines,
            _dots([x for _, x, _ in rows], places, "circle-open"),
            _dots([y for _, _, y in rows], places, "circle"),
        ],
        "layout": rows_layout(
            [name for name, _, _ in rows],
            language,
            title=tr("need.axis_gap" if of_gap else "need.reach_legend"),
        ),
    }


def _dots(values: list[float], places: list[int], symbol: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(v, 2) for v in values],
        "y": places,
        "marker": {
            "symbol": symbol,
            "size": 10,
            "color": theme.DOT,
            "line": {"width": 2, "color": theme.DOT},
        },
        "hoverinfo": "skip",
    }


def plan_map(view: NeedView, frame: MapFrame, tr: Translate, language: str) -> MapPicture:
    """Return the map of places in reach: more, as many, or fewer than now."""
    effects = [effect_of(a, b) for a, b in zip(view.areas, view.after, strict=True)]
    states = [State.OK if effect else State.NOT_COLLECTED for effect in effects]
    texts = [
        tr(
            "need.plan_text",
            before=number(a.reach, 1, language),
            after=number(b.reach, 1, language),
        )
        if a.reach is not None and b.reach is not None
        else tr("need.reach_none")
        for a, b in zip(view.areas, view.after, strict=True)
    ]
    told = Lettered(
        areas=[a.id for a in view.areas],
        names=[a.name for a in view.areas],
        letters="".join(_LETTERS.get(effect, "b") for effect in effects),
        states="".join(STATE_CODES[s] for s in states),
        colours={_LETTERS[k]: c for k, c in _COLOURS.items()},
        texts=texts,
    )
    counts = Counter(effects)
    legend = [
        LegendRow(tr(f"need.effect_{k}"), number(counts[k], 0, language), colour=_COLOURS[k])
        for k in (GAINS, SAME, LOSES)
        if counts[k]
    ]
    return MapPicture(
        place="plan",
        title=plan_title(view, tr, language),
        sub="",
        source="",
        legend_title=tr("need.plan_legend"),
        legend=(*legend, *empty_rows(states, tr, language)),
        texts=tuple(texts),
        paint=lettered_paint("plan", view.level, frame, told),
        file="",
    )
