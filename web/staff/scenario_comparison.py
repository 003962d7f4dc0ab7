"""``/intern/szenarien/vergleich``: two to four scenarios of a distribution side by side."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, request

from domain.model import Audience
from domain.resource_view import ShareView
from domain.scenario import address_of
from figures.scenario_texts import side_by_side
from figures.sentences import page_hints
from services.releases import UnknownReleaseError
from services.scenarios import KeptScenario, UnknownScenarioError
from web.errors import RefusedRequestError
from web.staff.page import Desk
from web.staff.scenarios import PATH

FEWEST, MOST = 2, 4


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the comparison."""

    @blueprint.get("/szenarien/vergleich")
    def compared_scenarios() -> Response:
        wanted = list(dict.fromkeys(request.args.getlist("id")))
        if not FEWEST <= len(wanted) <= MOST:
            return desk.pages.draw("scenario_comparison", status=400, compared=None, titles=())
        try:
            chosen = [desk.services.scenarios.get(one) for one in wanted]
        except UnknownScenarioError:
            raise RefusedRequestError(404, "not_found", link=PATH) from None
        return _page(desk, chosen)


def _page(desk: Desk, chosen: list[KeptScenario]) -> Response:
    lang, tr = desk.pages.language, desk.pages.tr
    views: list[ShareView] = []
    told: list[str] = []
    for one in chosen:
        view, hints = _view(desk, one)
        told += [f"{one.name}: {hint}" for hint in hints]
        if view is None:
            told.append(tr("scenarios.not_computed", name=one.name))
        else:
            views.append(view)
    is_whole = len(views) == len(chosen)
    return desk.pages.draw(
        "scenario_comparison",
        compared=side_by_side(views, tr, lang) if is_whole else None,
        titles=[(one, address_of(one.kind, one.parameters)) for one in chosen],
        told=told,
        switch=_other_language(desk, chosen),
    )


def _other_language(desk: Desk, chosen: list[KeptScenario]) -> str:
    """Return the address of the same scenarios in the other language."""
    other = "en" if desk.pages.language == "de" else "de"
    return "?" + urlencode([*(("id", one.id) for one in chosen), ("lang", other)])


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
