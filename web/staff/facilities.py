"""``/intern/einrichtungen``: carriers keep their facilities, editors take the changes over."""

from __future__ import annotations

from flask import Blueprint, Response

from domain.facility_fields import COUNTS, FIELDS, LONGEST, FacilityFieldError, shown
from domain.offer_fields import shown as shown_offer
from domain.roles import Right, may
from services.catalogue_edits import EditConflictError, EditRefusedError
from services.facility_edits import Kept
from web.errors import RefusedRequestError
from web.staff.guard import own_session
from web.staff.page import Desk, Said, field, number_in

PATH = "/intern/einrichtungen"
BAD, CONFLICT = 400, 409
DONE = {"uebernehmen": "taken_over", "ablehnen": "declined", "zuruecknehmen": "recalled"}
"""What a page says was done, by the last part of the address that does it."""


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
        return _page(desk, open_facility(desk, facility))

    @blueprint.post("/einrichtungen/<facility>/<any(vorschlagen, zuruecknehmen):deed>")
    def propose(facility: str, deed: str) -> Response:
        kept = open_facility(desk, facility)
        return _propose(desk, kept) if deed == "vorschlagen" else _decide(desk, kept, deed)

    @blueprint.post("/einrichtungen/<facility>/<any(uebernehmen, ablehnen):deed>")
    def decide(facility: str, deed: str) -> Response:
        return _decide(desk, open_facility(desk, facility), deed)


def open_facility(desk: Desk, facility: str) -> Kept:
    """Return a facility the account may change; any other is "not found"."""
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
        return _page(desk, kept, said_of_field(desk, wrong, "facility"), BAD, typed)
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
        return _page(desk, kept, Said((refused.key, refused.params)), BAD)
    except EditConflictError as late:
        return _late(desk, kept, late)
    return desk.pages.leads_to(PATH, done=DONE[deed])


def said_of_field(desk: Desk, wrong: FacilityFieldError, kind: str) -> Said:
    """Return what is wrong with a field of a facility or an offer, the field named in words."""
    params = dict(wrong.params)
    if "field" in params:
        params["field"] = desk.pages.tr(f"{kind}.field.{params['field']}")
    return Said((wrong.key, params))


def _late(
    desk: Desk, kept: Kept, late: EditConflictError, typed: dict[str, str] | None = None
) -> Response:
    fresh = desk.services.facility_edits.one(own_session().account, kept.id) or kept
    return _page(desk, fresh, said_late(desk, late), CONFLICT, typed)


def said_late(desk: Desk, late: EditConflictError) -> Said:
    """Return who saved while somebody wrote, and when."""
    told = {"by": late.latest.actor, "at": desk.pages.moment(late.latest.at)}
    return Said(("facility.problem.conflict", told))


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
    offers = desk.services.offer_edits.kept(kept)
    return desk.pages.draw(
        "facility",
        status=status,
        problem=problem,
        one=kept,
        typed=typed or wished,
        differs=[(n, before[n], wished[n]) for n in FIELDS if before[n] != wished[n]],
        kinds=_kinds(desk),
        offers=[(offer, shown_offer(offer.wished())) for offer in offers],
        counts=COUNTS,
        longest=LONGEST,
        may_release=may(account.role, Right.HAND_IN),
    )
