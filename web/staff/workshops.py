"""``/intern/werkstatt``: the workshops of a town; copying, deleting, and scripts as files."""

from __future__ import annotations

from flask import Blueprint, Response

from domain.roles import Right, may
from domain.workshop_file import write_script
from domain.workshop_room import ENDED, MEETING, OPEN
from domain.workshop_script import LONGEST_TITLE, ScriptError
from services.catalogue_edits import EditRefusedError
from services.workshops import KeptWorkshop, UnknownWorkshopError
from web.downloads import offer_by_name
from web.errors import RefusedRequestError
from web.staff.guard import own_session
from web.staff.page import Desk, Said, field
from web.staff.workshops_told import PATH, kind_text, state_text

BAD, CONFLICT = 400, 409


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount list, file, and what is done with a whole workshop."""

    @blueprint.get("/werkstatt")
    def workshops_page() -> Response:
        return _list(desk)

    @blueprint.get("/werkstatt/<workshop>/ablauf.json")
    def script_file(workshop: str) -> Response:
        return _file(known(desk, workshop))

    @blueprint.get("/werkstatt/<workshop>/<any(kopieren, loeschen):deed>")
    def ask_about_workshop(workshop: str, deed: str) -> Response:
        return _ask(desk, known(desk, workshop), deed)

    @blueprint.post("/werkstatt/<workshop>/<any(kopieren, loeschen):deed>")
    def copy_or_delete_workshop(workshop: str, deed: str) -> Response:
        return _act(desk, known(desk, workshop), deed)


def known(desk: Desk, workshop_id: str) -> KeptWorkshop:
    """Return a workshop, or answer that there is none."""
    try:
        return desk.services.workshops.kept.get(workshop_id)
    except UnknownWorkshopError:
        raise gone() from None


def gone() -> RefusedRequestError:
    """Return the answer for a workshop that is not there, or no more."""
    return RefusedRequestError(404, "not_found", link=PATH)


def may_write() -> bool:
    """Return whether whoever asks may change scripts."""
    return may(own_session().account.role, Right.HAND_IN)


def actor() -> str:
    """Return who asks."""
    return own_session().account.name


def to_slide(desk: Desk, workshop_id: str, slide_id: str, done: str, way: str = "") -> Response:
    """Return the way to the row of a slide in the editor, which is at hand there.

    ``way`` is ``down`` where it was moved down, so that it can be moved on.
    """
    return desk.pages.leads_to(f"{PATH}/{workshop_id}", done=done, at=slide_id, way=way)


def _list(desk: Desk) -> Response:
    editors = desk.services.workshops.settings.editors()
    rows = [
        {
            "one": one,
            "kind": kind_text(desk.pages.tr, one),
            "state": state_text(desk, one),
            "by": editors.get(one.id, one.author),
            "is_open": one.state.phase == OPEN,
            "has_stage": one.kind == MEETING and one.state.phase != ENDED,
        }
        for one in desk.services.workshops.kept.all()
    ]
    return desk.pages.draw("workshops", rows=rows, may_write=may_write())


def _file(one: KeptWorkshop) -> Response:
    response = Response(write_script(one.script) + "\n", mimetype="application/json")
    offer_by_name(response, f"{one.script.title}.json")
    return response


def _ask(
    desk: Desk, one: KeptWorkshop, deed: str, problem: Said | None = None, title: str = ""
) -> Response:
    suggested = desk.pages.tr("workshop.copy_of", title=one.script.title)[:LONGEST_TITLE]
    return desk.pages.draw(
        "workshop_ask",
        status=BAD if problem else 200,
        problem=problem,
        one=one,
        deed=deed,
        title=title or suggested,
        longest=LONGEST_TITLE,
        is_open=one.state.phase == OPEN,
        joined=desk.services.workshops.rooms.joined(one),
    )


def _act(desk: Desk, one: KeptWorkshop, deed: str) -> Response:
    kept = desk.services.workshops.kept
    try:
        if deed == "loeschen":
            kept.delete(one.id, actor=actor())
            return desk.pages.leads_to(PATH, done="workshop_deleted")
        copy = kept.copy(one.id, field("title"), actor=actor())
    except (EditRefusedError, ScriptError) as refused:
        said = Said((refused.key, refused.params))
        return _ask(desk, one, deed, said, field("title")[:LONGEST_TITLE])
    except UnknownWorkshopError:
        raise gone() from None
    return desk.pages.leads_to(f"{PATH}/{copy.id}", done="workshop_copied")
