"""The parts of the page of need and supply as tables of numbers for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from domain.model import SHOWN_STATES
from domain.need_query import NeedQuery
from domain.need_view import AreaNeed, NeedView
from domain.offer_use import UNTOLD, OfferView, Use
from domain.outlook_view import KNOWN, AreaOutlook, OutlookView
from figures.need_offers import offer_lead, offer_title
from figures.need_outlook import outlook_lead, outlook_title
from figures.need_plan import changes_told, plan_lead, plan_title
from figures.need_texts import lead, reach_lead, title
from i18n import Translate, translator
from web.asked_tables import Occasion
from web.tables import Cell, Table

_PLACES = 4
_NOW = (
    "area_id", "area", "children", "state", "in_care", "places", "facilities", "unknown",
    "coverage", "attendance", "gap", "class", "reach", "nearest", "edge",
)  # fmt: skip
_AFTER = ("children", "places", "facilities", "coverage", "gap", "class", "reach", "nearest")


def places_table(view: NeedView, occasion: Occasion) -> Table:
    """Return children, places and ways of every area as they are."""
    tr = translator(view.query.lang)
    rows = [_now(a, tr) for a in view.areas]
    told = (*lead(view, tr, view.query.lang), *reach_lead(view, tr, view.query.lang))
    head = [tr(f"need.col_{c}") for c in _NOW]
    return _table(view.query, occasion, title(view, tr, view.query.lang), (head, rows), told)


def plan_table(view: NeedView, occasion: Occasion) -> Table:
    """Return every area as it is, and as the changes would make it."""
    lang = view.query.lang
    tr = translator(lang)
    head = [
        *(tr(f"need.col_{c}") for c in _NOW),
        *(tr("need.col_after", name=tr(f"need.col_{c}")) for c in _AFTER),
    ]
    rows = [(*_now(a, tr), *_after(b, tr)) for a, b in zip(view.areas, view.after, strict=True)]
    told = (*changes_told(view, tr, lang), *plan_lead(view, tr), *lead(view, tr, lang))
    return _table(view.query, occasion, plan_title(view, tr, lang), (head, rows), told)


def _now(a: AreaNeed, tr: Translate) -> tuple[Cell, ...]:
    is_shown = a.state in SHOWN_STATES
    return (
        a.id,
        a.name,
        a.children if is_shown else None,
        tr(f"state.{a.state}"),
        a.in_care,
        a.places,
        a.facilities,
        a.unknown,
        _rounded(a.coverage),
        _rounded(a.attendance),
        _rounded(a.gap),
        tr(f"need.class_{a.kind}") if a.kind else None,
        _rounded(a.reach),
        _rounded(a.nearest_m),
        tr("need.yes") if a.is_edge else tr("need.no"),
    )


def _after(a: AreaNeed, tr: Translate) -> tuple[Cell, ...]:
    return (
        _rounded(a.children) if a.state in SHOWN_STATES else None,
        a.places,
        a.facilities,
        _rounded(a.coverage),
        _rounded(a.gap),
        tr(f"need.class_{a.kind}") if a.kind else None,
        _rounded(a.reach),
        _rounded(a.nearest_m),
    )


def outlook_table(view: OutlookView, occasion: Occasion) -> Table:
    """Return children of every area so far and in the next years, with the band."""
    lang = view.query.lang
    tr = translator(lang)
    last = str(view.next_years[-1]) if view.next_years else ""
    head = [
        *(tr(f"need.col_{c}") for c in ("area_id", "area", "outlook_state")),
        *(str(year) for year in view.years),
        *(
            text
            for year in view.next_years
            for text in (
                tr("need.col_central", year=str(year)),
                tr("need.col_low", year=str(year)),
                tr("need.col_high", year=str(year)),
            )
        ),
        tr("need.col_places"),
        tr("need.col_gap"),
        tr("need.col_gap_then", year=last),
        tr("need.col_error"),
    ]
    rows = [] if view.reason else [_outlook(a, tr) for a in view.areas]
    told = outlook_lead(view, tr, lang)
    return _table(view.query, occasion, outlook_title(view, tr, lang), (head, rows), told)


def _outlook(a: AreaOutlook, tr: Translate) -> tuple[Cell, ...]:
    steps = zip(a.central, a.low, a.high, strict=True)
    return (
        a.id,
        a.name,
        tr("need.yes") if a.state == KNOWN else tr(f"need.outlook_state_{a.state}"),
        *a.past,
        *(_rounded(value) for step in steps for value in step),
        a.places,
        _rounded(a.gap),
        _rounded(a.gap_then),
        _rounded(a.error),
    )


def offers_table(view: OfferView, occasion: Occasion) -> Table:
    """Return the use of an offer by area in its newest period, and of all areas before."""
    lang = view.query.lang
    tr = translator(lang)
    names = ("period", "area_id", "area", "offers", "places", "taken", "free", "take_up",
             "waiting", "verdict")  # fmt: skip
    rows = [
        *(_use(view.period, a, tr) for a in view.areas if a.offers),
        _use(view.period, view.town, tr),
        *(_use(period, use, tr) for period, use in reversed(view.earlier)),
    ]
    head = [tr(f"need.col_{c}") for c in names]
    told = offer_lead(view, tr)
    return _table(view.query, occasion, offer_title(view, tr, lang), (head, rows), told)


def _use(period: str, use: Use, tr: Translate) -> tuple[Cell, ...]:
    return (
        period,
        use.area or None,
        use.name or tr("need.area_all"),
        use.offers,
        use.places,
        use.taken,
        use.free,
        None if use.take_up is None else _rounded(100 * use.take_up),
        use.waiting,
        None if use.verdict == UNTOLD else tr(f"need.verdict_{use.verdict}"),
    )


def _table(
    query: NeedQuery,
    occasion: Occasion,
    name: str,
    content: tuple[Sequence[str], Sequence[tuple[Cell, ...]]],
    told: Sequence[str],
) -> Table:
    tr = translator(query.lang)
    label = tr("resources.sheet_notes")
    release = tr("resources.sheet_release", release=query.release, address=occasion.address)
    return Table(
        title=name,
        columns=tuple(content[0]),
        rows=tuple(content[1]),
        notes=tuple((label, line) for line in (*told, release)),
        sheet=tr("need.sheet"),
        notes_sheet=label,
        day=occasion.day,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _PLACES)
