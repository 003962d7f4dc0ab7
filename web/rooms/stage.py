"""The stage of a workshop: the page everybody looks at, the notes beside it, and its steps."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request

from domain.workshop_room import GO, MOVES, QUESTION, MoveError
from domain.workshop_script import LONGEST_VIEW
from i18n import LANGUAGES, translator
from i18n.formats import moment
from services.workshop_live import Live
from services.workshops import LedByAnotherError, UnknownWorkshopError
from web.callback_body import BodyError, parse_body
from web.errors import RefusedRequestError
from web.rooms.stage_desk import StageDesk
from web.rooms.stage_join import joins

STAY = "stay"
"""A step that changes nothing: the stage is open, and its presenter goes on to lead."""
_FARTHEST = 10_000
_CONFLICT = 409


def register(blueprint: Blueprint, desk: StageDesk) -> None:
    """Mount ``/werkstatt/<id>`` and what lies below it."""

    @blueprint.get("/werkstatt/<workshop>")
    def stage_page(workshop: str) -> Response:
        return _page(desk, desk.look(workshop))

    @blueprint.get("/werkstatt/<workshop>/notizen")
    def notes_page(workshop: str) -> Response:
        live = desk.look(workshop)
        desk.note_presenter(live)
        return desk.draw("notes", live, told=desk.state(live), opened=_opened(live))

    @blueprint.get("/werkstatt/<workshop>/stand")
    def stage_state(workshop: str) -> Response:
        live = desk.look(workshop)
        if request.args.get("v") == desk.token(live):
            return _unkept(Response(status=204))
        return _unkept(jsonify(desk.state(live)))

    @blueprint.post("/werkstatt/<workshop>/schritt")
    def stage_step(workshop: str) -> Response:
        who = desk.note_presenter(desk.look(workshop, now=True))
        try:
            _make(desk, workshop, who)
        except MoveError as wrong:
            return _refused(wrong.key)
        except LedByAnotherError as other:
            return _refused("workshop.stage.led", until=other.until)
        return _unkept(jsonify(desk.state(desk.look(workshop, now=True))))


def _page(desk: StageDesk, live: Live) -> Response:
    if live.room.kind == QUESTION:
        # nobody leads a question: it has a page for phones and no stage
        return redirect(f"/w/{live.room.code}", 303)  # type: ignore[return-value]
    return desk.draw(
        "page", live, joins=joins(live.room.code, desk.settings), told=desk.state(live)
    )


def _make(desk: StageDesk, workshop: str, who: str) -> None:
    """Make the step that was sent; one that only stays prolongs the lead."""
    deed, more = _step()
    kept = desk.workshops.kept
    try:
        if deed == STAY:
            kept.lead(workshop, who)
        else:
            kept.move(workshop, who, deed, **more)
    except UnknownWorkshopError:
        raise RefusedRequestError(410, "workshop_gone", link="/werkstatt") from None


def _opened(live: Live) -> int:
    return int(live.room.opened.timestamp() * 1000) if live.room.opened else 0


def _unkept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _step() -> tuple[str, dict[str, Any]]:
    """Return the deed that was sent and what belongs to it, checked.

    Raises
    ------
    RefusedRequestError
        It is none that the stage sends.
    """
    try:
        sent = parse_body(request.get_data())
    except BodyError as bad:
        raise RefusedRequestError(400, "stage_step") from bad
    told = sent if isinstance(sent, dict) else {}
    deed, position = told.get("deed"), told.get("position", 0)
    view, follows = told.get("view", ""), told.get("follows", True)
    is_sound = (
        isinstance(deed, str)
        and deed in (*MOVES, STAY)
        and isinstance(position, int)
        and not isinstance(position, bool)
        and abs(position) < _FARTHEST
        and isinstance(view, str)
        and len(view) <= LONGEST_VIEW
        and isinstance(follows, bool)
    )
    if not is_sound or (deed == GO and "position" not in told):
        raise RefusedRequestError(400, "stage_step")
    return str(deed), {"position": position, "view": view, "follows": follows}


def _refused(key: str, **params: Any) -> Response:
    """Return why a step was not made, in both languages; the room is in another state."""
    said = {}
    for language in LANGUAGES:
        written = {name: moment(value, language) for name, value in params.items()}
        said[f"message_{language}"] = translator(language)(key, **written)
    answer = jsonify({"error": {"code": key.rpartition(".")[2], **said}})
    answer.status_code = _CONFLICT
    return _unkept(answer)
