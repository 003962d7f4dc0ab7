"""``/intern/einrichtungen/…/angebote/…``: carriers keep their offers, editors take them over."""

from __future__ import annotations

from flask import Blueprint, Response, request

from domain.facility_fields import LONGEST, FacilityFieldError
from domain.offer_fields import COUNTS, FIELDS, shown
from domain.roles import Right, may
from services.catalogue_edits import EditConflictError, EditRefusedError
from services.facility_edits import Kept
from services.offer_edits import KeptOffer
from web.errors import RefusedRequestError
from web.staff.facilities import (
    BAD,
    CONFLICT,
    DONE,
    PATH,
    open_facility,
    said_late,
    said_of_field,
)
from web.staff.guard import own_session
from web.staff.page import Desk, Said, field, number_in

NEW = "neu"
_OFFER = "/einrichtungen/<facility>/angebote/<offer>"
_FOR_A_YEAR = ("offer", "target_group", "hours", "places")
"""What an offer of another year begins with; who comes and who waits is counted anew."""


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the page of an offer, and what its forms do."""

    @blueprint.get(_OFFER)
    def offer_page(facility: str, offer: str) -> Response:
        kept = open_facility(desk, facility)
        return _page(desk, kept, _open(desk, kept, offer), typed=_template(desk, kept, offer))

    @blueprint.post(f"{_OFFER}/<any(vorschlagen, beenden, zuruecknehmen):deed>")
    def propose_offer(facility: str, offer: str, deed: str) -> Response:
        kept = open_facility(desk, facility)
        return _do(desk, kept, _open(desk, kept, offer), deed)

    @blueprint.post(f"{_OFFER}/<any(uebernehmen, ablehnen):deed>")
    def decide_offer(facility: str, offer: str, deed: str) -> Response:
        kept = open_facility(desk, facility)
        return _do(desk, kept, _open(desk, kept, offer), deed)


def _open(desk: Desk, kept: Kept, key: str) -> KeptOffer:
    edits = desk.services.offer_edits
    found = edits.new(kept) if key == NEW else edits.one(kept, key)
    if found is None:
        raise RefusedRequestError(404, "not_found", link=f"{PATH}/{kept.id}")
    return found


def _template(desk: Desk, kept: Kept, key: str) -> dict[str, str] | None:
    """Return what a new offer begins with: those fields of the offer that an address names."""
    given = request.args.get("von", "") if key == NEW else ""
    found = desk.services.offer_edits.one(kept, given) if given else None
    if found is None:
        return None
    fields = shown(found.wished())
    return {name: fields[name] if name in _FOR_A_YEAR else "" for name in FIELDS}


def _do(desk: Desk, kept: Kept, offer: KeptOffer, deed: str) -> Response:
    """Propose, take over, decline or take back; what cannot be is told on the page again."""
    typed = {name: field(name) for name in FIELDS} if deed == "vorschlagen" else None
    try:
        _save(desk, kept, offer, deed)
    except FacilityFieldError as wrong:
        return _page(desk, kept, offer, said_of_field(desk, wrong, "offer"), BAD, typed)
    except EditRefusedError as refused:
        return _page(desk, kept, offer, Said((refused.key, refused.params)), BAD, typed)
    except EditConflictError as late:
        fresh = desk.services.offer_edits.one(kept, offer.key) or offer
        return _page(desk, kept, fresh, said_late(desk, late), CONFLICT, typed)
    return desk.pages.leads_to(f"{PATH}/{kept.id}", done=DONE.get(deed, "proposed"))


def _save(desk: Desk, kept: Kept, offer: KeptOffer, deed: str) -> None:
    edits, account, seen = (
        desk.services.offer_edits,
        own_session().account,
        number_in(field("seen")),
    )
    match deed:
        case "vorschlagen":
            typed = {name: field(name) for name in FIELDS}
            edits.propose(account, kept, offer, typed, seen=seen)
        case "beenden":
            edits.withdraw(account, offer, seen=seen)
        case "uebernehmen":
            edits.release(account, offer, seen=seen)
        case _:
            edits.decline(account, offer, seen=seen)


def _page(
    desk: Desk,
    kept: Kept,
    offer: KeptOffer,
    problem: Said | None = None,
    status: int = 200,
    typed: dict[str, str] | None = None,
) -> Response:
    before, wished = shown(offer.now), shown(offer.wished())
    is_new = not offer.now and not offer.proposed
    return desk.pages.draw(
        "offer",
        status=status,
        problem=problem,
        facility=kept,
        one=offer,
        is_new=is_new,
        key=NEW if is_new else offer.key,
        typed=typed or wished,
        differs=[(n, before[n], wished[n]) for n in FIELDS if before[n] != wished[n]],
        counts=COUNTS,
        longest=LONGEST,
        may_release=may(own_session().account.role, Right.HAND_IN),
    )
