"""``/intern/szenarien/vergleich``: two to four scenarios side by side, on a page and as a file."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, request

from domain.model import Audience
from domain.resource_view import ShareView
from domain.scenario import address_of
from figures.scenario_texts import on_one_level, side_by_side
from figures.sentences import page_hints
from services.releases import UnknownReleaseError
from services.scenarios import KeptScenario, UnknownScenarioError
from web.downloads import MIMETYPES, encode_table, offer_by_name
from web.errors import RefusedRequestError
from web.staff.page import Desk
from web.staff.scenario_table import scenario_table
from web.staff.scenarios import PATH

FEWEST, MOST = 2, 4


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
        views, _ = _views(desk, chosen)
        if not chosen or len(views) < len(chosen) or not on_one_level(views):
            raise RefusedRequestError(400, "scenarios_file", link=PATH)
        names = [one.name for one in chosen]
        table = scenario_table(views, names, desk.pages.tr, desk.pages.language)
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


def _views(desk: Desk, chosen: list[KeptScenario]) -> tuple[list[ShareView], list[str]]:
    """Return what each scenario gives, without those that share nothing, and what to say."""
    views: list[ShareView] = []
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
    views, told = _views(desk, chosen)
    is_whole = len(views) == len(chosen)
    return desk.pages.draw(
        "scenario_comparison",
        compared=side_by_side(views, tr, lang) if is_whole else None,
        titles=[(one, address_of(one.kind, one.parameters)) for one in chosen],
        told=told,
        switch=_again(chosen, "en" if lang == "de" else "de"),
        files=[(x, f"{PATH}/vergleich.{x}{_again(chosen, lang)}") for x in ("xlsx", "csv")],
    )


def _again(chosen: list[KeptScenario], language: str) -> str:
    """Return the query string of the same scenarios in a language."""
    return "?" + urlencode([*(("id", one.id) for one in chosen), ("lang", language)])


def _view(desk: Desk, one: KeptScenario) -> tuple[ShareView | None, tuple[str, ...]]:
    """Return what a scenario gives, None where it shares nothing; and what had to be replaced."""
    if one.kind != "allocation":
        return None, ()
    resources, lang = desk.services.resources, desk.pages.language
    search = "?" + urlencode({**one.parameters, "lang": lang})
    try:
        query, hints = resources.query(Audience.INTERNAL, search)
    except UnknownReleaseError:
        return None, ()
    told = page_hints(desk.pages.tr, hints)
    if query.release != one.release_id:
        gone = {"release": one.release_id, "current": query.release}
        told = (*told, desk.pages.tr("scenarios.release_gone", **gone))
    return (resources.shares(Audience.INTERNAL, query) if query.level else None), told
