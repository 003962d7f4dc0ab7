"""``/intern/daten/ausgabe/…/karte``: what a release changes, area by area, as map and table."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, request

from domain.difference_map import STILL, ChangedArea, DifferenceMap, Sided
from domain.model import TOTAL
from figures.difference_map import change_swatch, difference_map_svg
from i18n.formats import number
from i18n.periods import period_label
from services.difference_maps import Cut, Offer
from services.release_drafts import Draft
from services.releases import DamagedBundleError, UnknownReleaseError
from web.errors import RefusedRequestError
from web.staff.page import Desk

ROWS = 500
"""The table names so many areas, those that changed first; the rest is counted."""
_DESK = "/intern/daten"


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the map of what a release changes."""

    @blueprint.get("/daten/ausgabe/<release>/karte")
    def changes_page(release: str) -> Response:
        try:
            draft = desk.services.desk.draft(release)
        except UnknownReleaseError:
            raise RefusedRequestError(404, "unknown_release", link=_DESK) from None
        return _page(desk, draft)


def _page(desk: Desk, draft: Draft) -> Response:
    release, asked = draft.info.id, request.args
    cut = Cut(*(asked.get(name, "") for name in ("indicator", "level", "period", "category")))
    reason = "changes.no_figures"
    try:
        offer = desk.services.changes.offer(release, cut, _first(draft))
        parts = _parts(desk, release, offer) if offer else {}
    except UnknownReleaseError:
        offer, parts, reason = None, {}, "changes.no_base"
    except DamagedBundleError:
        offer, parts, reason = None, {}, "desk.problem.damaged"
    return desk.pages.draw("changes", release=release, offer=offer, reason=reason, **parts)


def _first(draft: Draft) -> str:
    """Return the first indicator that the check saw differ."""
    told = json.loads(draft.check.report)["difference"] if draft.check else None
    return next((one["id"] for one in (told or {}).get("indicators", ())), "")


def _parts(desk: Desk, release: str, offer: Offer) -> dict[str, Any]:
    lang, tr = desk.pages.language, desk.pages.tr
    view = desk.services.changes.compare(release, offer)
    outlines = desk.services.changes.outlines(release, offer)
    words = _Words(desk, view)
    name = view.indicator.name.in_language(lang)
    level = view.level.name.in_language(lang)
    period = period_label(view.period, lang)
    label = tr("changes.label", indicator=name, level=level, period=period)
    listed = [words.row(n, area) for n, area in enumerate(view.to_look_at()[:ROWS], start=1)]
    return {
        "view": view,
        "label": label,
        "svg": difference_map_svg(view, outlines, words.sentence, label) if outlines else "",
        "swatch": change_swatch,
        "counts": list(view.counts().items()),
        "changed": sum(a.change not in STILL for a in view.areas),
        "rows": [row for row in listed if row["change"] not in STILL],
        "still": [row for row in listed if row["change"] in STILL],
        "rest": max(len(view.areas) - ROWS, 0),
        "indicators": [(i.id, i.name.in_language(lang)) for i in offer.indicators],
        "levels": [(x.key, f"{x.name.in_language(lang)} ({x.vintage})") for x in offer.levels],
        "periods": [(p, period_label(p, lang)) for p in offer.periods],
        "categories": [
            (word, tr("changes.total") if word == TOTAL else text.in_language(lang))
            for word, text in offer.categories
        ],
    }


class _Words:
    """What is said of an area."""

    def __init__(self, desk: Desk, view: DifferenceMap) -> None:
        self._tr = desk.pages.tr
        self._language = desk.pages.language
        self._indicator = view.indicator

    def row(self, place: int, area: ChangedArea) -> dict[str, Any]:
        """Return the cells of a row of the table."""
        return {"number": place, **self._cells(area)}

    def _cells(self, area: ChangedArea) -> dict[str, Any]:
        return {
            "name": f"{area.id} {area.name}".strip(),
            "change": area.change,
            "before": self._cell(area.before),
            "after": self._cell(area.after),
        }

    def sentence(self, area: ChangedArea) -> str:
        """Return what the title of an area says."""
        cells = self._cells(area)
        kind = self._tr(f"changes.kind.{area.change}")
        return self._tr("changes.area", **{**cells, "change": kind})

    def _cell(self, sided: Sided) -> str:
        if sided.value is None:
            return self._tr(f"state.{sided.state}") if sided.state else "–"
        unit = self._indicator.unit.in_language(self._language)
        written = number(sided.value, self._indicator.decimals, self._language)
        return f"{written} {unit}"
