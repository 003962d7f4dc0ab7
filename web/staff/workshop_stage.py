"""Opening the stage of a workshop: whoever is signed in takes the lead, by force if need be."""

from __future__ import annotations

from flask import Blueprint, Response

from domain.workshop_room import QUESTION
from i18n.formats import moment
from services.audit_log import LogQuery
from services.workshops import LedByAnotherError, UnknownWorkshopError
from web.errors import RefusedRequestError
from web.rooms.stage_token import give_token, new_token, presenter_of
from web.staff.guard import own_session
from web.staff.page import Desk, field

PATH = "/intern/werkstatt"
_CONFLICT = 409
_LEAD = "workshop_lead"


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount ``/intern/werkstatt/<id>/buehne``."""

    @blueprint.post("/werkstatt/<workshop>/buehne")
    def open_stage(workshop: str) -> Response:
        kept, me = desk.services.workshops.kept, own_session().account.name
        token = new_token()
        try:
            one = kept.get(workshop)
            if one.kind == QUESTION:
                raise RefusedRequestError(400, "question_has_no_stage", link=f"{PATH}/{workshop}")
            # coming back to a stage one has closed asks for nothing
            by_force = field("force") == "1" or _leader(desk, workshop) == me
            kept.lead(workshop, presenter_of(token), by_force=by_force)
        except UnknownWorkshopError:
            raise RefusedRequestError(404, "workshop_unknown", link=PATH) from None
        except LedByAnotherError as other:
            return desk.pages.draw(
                "workshop_stage",
                status=_CONFLICT,
                workshop=one,
                path=PATH,
                leader=_leader(desk, workshop),
                until=moment(other.until, desk.pages.language),
            )
        desk.services.staff.log.note(me, _LEAD, "done", _about(workshop))
        return give_token(desk.pages.leads_to(f"/werkstatt/{workshop}"), workshop, token)


def _about(workshop_id: str) -> str:
    return f"workshop {workshop_id}"


def _leader(desk: Desk, workshop_id: str) -> str:
    """Return the name of who took the lead of a room last; empty where nobody did."""
    _, rows = desk.services.staff.log.rows(LogQuery(action=_LEAD))
    return next((row.actor for row in rows if row.object == _about(workshop_id)), "")
