"""``/intern/szenarien/vergleich``: two to four scenarios side by side, on a page and as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from domain.model import Audience
from domain.scenario import address_of
from figures.scenario_texts import SideBySide, on_one_level, side_by_side
from figures.sentences import page_hints
from figures.supply_scenarios import same_areas, supply_side_by_side
from i18n import Translate
from services.releases import UnknownReleaseError
from services.scenarios import KeptScenario, UnknownScenarioError
from web.downloads import MIMETYPES, encode_table, offer_by_name
from web.errors import RefusedRequestError
from web.staff.page import Desk
from web.staff.scenario_table import scenario_table
from web.staff.scenarios import PATH
from web.staff.supply_table import supply_table
from web.tables import Table

FEWEST, MOST = 2, 4


@dataclass(frozen=True)
class _Kind:
    """What scenarios of a kind are compared by.

    ``view`` works out what an address asks for with what had to be replaced, None for nothing.
    """

    view: Callable[[Desk, str], tuple[Any, Sequence[Any], str]]
    told: Callable[[Sequence[Any], Translate, str], SideBySide]
    is_one_level: Callable[[Sequence[Any]], bool]
    table: Callable[[Sequence[Any], Sequence[str], Translate, str], Table]
    lead: str


def _shares(desk: Desk, search: str) -> tuple[Any, Sequence[Any], str]:
    query, hints = desk.services.resources.query(Audience.INTERNAL, search)
    shared = desk.services.resources.shares
    return shared(Audience.INTERNAL, query) if query.level else None, hints, query.release


def _supply(desk: Desk, search: str) -> tuple[Any, Sequence[Any], str]:
    query, hints = desk.services.needs.query(Audience.INTERNAL, search)
    found = desk.services.needs.view(Audience.INTERNAL, query) if query.level else None
    return found, hints, query.release


_KINDS: Mapping[str, _Kind] = {
    "allocation": _Kind(
        _shares, side_by_side, on_one_level, scenario_table, "scenarios.areas_lead"
    ),
    "supply": _Kind(
        _supply, supply_side_by_side, same_areas, supply_table, "scenarios.supply_lead"
    ),
}


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the comparison."""

    @blueprint.get("/szenarien/vergleich")
    def compared_scenarios() -> Response:
        chosen = _chosen(desk)
        if not chosen:
            return desk.pages.draw("scenario_comparison", status=400, compared=None, titles=())
        return _page(desk, chosen)

    @blueprint.get("/szenarien/vergleich.<any(csv, xlsx):suffix>")
    def compared_scenarios_file(suffix: str) -> Response:
        chosen = _chosen(desk)
        kind = _kind_of(chosen)
        views, _ = _views(desk, chosen)
        if kind is None or len(views) < len(chosen) or not kind.is_one_level(views):
            raise RefusedRequestError(400, "scenarios_file", link=PATH)
        names = [one.name for one in chosen]
        table = kind.table(views, names, desk.pages.tr, desk.pages.language)
        response = Response(encode_table(table, suffix), mimetype=MIMETYPES[suffix])
        offer_by_name(response, f"{table.title}.{suffix}")
        return response


def _chosen(desk: Desk) -> list[KeptScenario]:
    """Return the scenarios an address names, none where they are too few or too many."""
    wanted = list(dict.fromkeys(request.args.getlist("id")))
    if not FEWEST <= len(wanted) <= MOST:
        return []
    try:
        return [desk.services.scenarios.get(one) for one in wanted]
    except UnknownScenarioError:
        raise RefusedRequestError(404, "not_found", link=PATH) from None


def _kind_of(chosen: Sequence[KeptScenario]) -> _Kind | None:
    """Return what these are compared by, None where they are of several kinds or none."""
    kinds = {one.kind for one in chosen}
    return _KINDS[kinds.pop()] if len(kinds) == 1 else None


def _views(desk: Desk, chosen: list[KeptScenario]) -> tuple[list[Any], list[str]]:
    """Return what each scenario gives, without those that give nothing, and what to say."""
    views: list[Any] = []
    told: list[str] = []
    for one in chosen:
        view, hints = _view(desk, one)
        told += [f"{one.name}: {hint}" for hint in hints]
        if view is None:
            told.append(desk.pages.tr("scenarios.not_computed", name=one.name))
        else:
            views.append(view)
    return views, told


def _page(desk: Desk, chosen: list[KeptScenario]) -> Response:
    lang, tr = desk.pages.language, desk.pages.tr
    kind = _kind_of(chosen)
    views, told = _views(desk, chosen) if kind else ([], [tr("scenarios.mixed")])
    is_whole = kind is not None and len(views) == len(chosen)
    return desk.pages.draw(
        "scenario_comparison",
        compared=kind.told(views, tr, lang) if kind and is_whole else None,
        areas_lead=tr(kind.lead) if kind else "",
        titles=[(one, address_of(one.kind, one.parameters)) for one in chosen],
        told=told,
        switch=_again(chosen, "en" if lang == "de" else "de"),
        files=[(x, f"{PATH}/vergleich.{x}{_again(chosen, lang)}") for x in ("xlsx", "csv")],
    )


def _again(chosen: list[KeptScenario], language: str) -> str:
    """Return the query string of the same scenarios in a language."""
    return "?" + urlencode([*(("id", one.id) for one in chosen), ("lang", language)])


def _view(desk: Desk, one: KeptScenario) -> tuple[Any, tuple[str, ...]]:
    """Return what a scenario gives, None where it gives nothing; and what had to be replaced."""
    search = "?" + urlencode({**one.parameters, "lang": desk.pages.language})
    try:
        view, hints, release = _KINDS[one.kind].view(desk, search)
    except UnknownReleaseError:
        return None, ()
    told = page_hints(desk.pages.tr, hints)
    if release != one.release_id:
        gone = {"release": one.release_id, "current": release}
        told = (*told, desk.pages.tr("scenarios.release_gone", **gone))
    return view, told
