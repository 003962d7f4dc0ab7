"""``/intern/einrichtungen``: carriers keep their facilities, editors take the changes over."""

from __future__ import annotations

from flask import Blueprint, Response

from domain.facility_fields import COUNTS, FIELDS, LONGEST, FacilityFieldError, shown
from domain.roles import Right, may
from services.catalogue_edits import EditConflictError, EditRefusedError
from services.facility_edits import Kept
from web.errors import RefusedRequestError
from web.staff.guard import own_session
from web.staff.page import Desk, Said, field, number_in

PATH = "/intern/einrichtungen"
_BAD, _CONFLICT = 400, 409


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the list, the page of a facility, and what its forms do."""

    @blueprint.get("/einrichtungen")
    def facilities_page() -> Response:
        account = own_session().account
        return desk.pages.draw(
            "facilities",
            kept=desk.services.facility_edits.kept(account),
            kinds=_kinds(desk),
            account=account,
            may_release=may(account.role, Right.HAND_IN),
        )

    @blueprint.get("/einrichtungen/<facility>")
    def facility_page(facility: str) -> Response:
        return _page(desk, _open(desk, facility))

    @blueprint.post("/einrichtungen/<facility>/vorschlagen")
    def propose(facility: str) -> Response:
        return _propose(desk, _open(desk, facility))

    @blueprint.post("/einrichtungen/<facility>/<any(uebernehmen, ablehnen):deed>")
    def decide(facility: str, deed: str) -> Response:
        return _decide(desk, _open(desk, facility), deed)


def _open(desk: Desk, facility: str) -> Kept:
    found = desk.services.facility_edits.one(own_session().account, facility)
    if found is None:
        raise RefusedRequestError(404, "not_found", link=PATH)
    return found


def _propose(desk: Desk, kept: Kept) -> Response:
    typed = {name: field(name) for name in FIELDS}
    edits, account = desk.services.facility_edits, own_session().account
    try:
        edits.propose(account, kept, typed, seen=number_in(field("seen")))
    except FacilityFieldError as wrong:
        params = dict(wrong.params)
        if "field" in params:
            params["field"] = desk.pages.tr(f"facility.field.{params['field']}")
        return _page(desk, kept, Said((wrong.key, params)), _BAD, typed)
    except EditConflictError as late:
        return _late(desk, kept, late, typed)
    return desk.pages.leads_to(f"{PATH}/{kept.id}", done="proposed")


def _decide(desk: Desk, kept: Kept, deed: str) -> Response:
    edits, account = desk.services.facility_edits, own_session().account
    try:
        if deed == "uebernehmen":
            edits.release(account, kept, seen=number_in(field("seen")))
        else:
            edits.decline(account, kept, seen=number_in(field("seen")))
    except EditRefusedError as refused:
        return _page(desk, kept, Said((refused.key, refused.params)), _BAD)
    except EditConflictError as late:
        return _late(desk, kept, late)
    return desk.pages.leads_to(PATH, done="taken_over" if deed == "uebernehmen" else "declined")


def _late(
    desk: Desk, kept: Kept, late: EditConflictError, typed: dict[str, str] | None = None
) -> Response:
    told = {"by": late.latest.actor, "at": desk.pages.moment(late.latest.at)}
    fresh = desk.services.facility_edits.one(own_session().account, kept.id) or kept
    return _page(desk, fresh, Said(("facility.problem.conflict", told)), _CONFLICT, typed)


def _kinds(desk: Desk) -> dict[str, str]:
    language = desk.pages.language
    return {k.id: k.name.in_language(language) for k in desk.services.facility_edits.kinds()}


def _page(
    desk: Desk,
    kept: Kept,
    problem: Said | None = None,
    status: int = 200,
    typed: dict[str, str] | None = None,
) -> Response:
    account = own_session().account
    before, wished = shown(kept.now), shown(kept.wished())
    return desk.pages.draw(
        "facility",
        status=status,
        problem=problem,
        one=kept,
        typed=typed or wished,
        differs=[(n, before[n], wished[n]) for n in FIELDS if before[n] != wished[n]],
        kinds=_kinds(desk),
        counts=COUNTS,
        longest=LONGEST,
        may_release=may(account.role, Right.HAND_IN),
    )
