"""``/intern/daten/hochladen``: a file comes in; what came before, and the names learnt from it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response

from domain.findings import RefusedFileError
from services.learned_names import LearnedName, forget_name, read_names
from services.uploads import LOOK, Incoming, Upload
from web.errors import RefusedRequestError
from web.staff.deliveries import UPLOAD, names_problem, started
from web.staff.guard import own_session
from web.staff.page import Desk, field
from web.staff.receiving import Landing, receive


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the form for a file, and the one that forgets a name."""

    @blueprint.get("/daten/hochladen")
    def upload_page() -> Response:
        return _overview(desk)

    @blueprint.post("/daten/hochladen")
    def upload_file() -> Response:
        upload = receive(_landing(desk), desk.guard)
        return started(desk, upload.id, LOOK)

    @blueprint.post("/daten/namen")
    def forget() -> Response:
        try:
            is_forgotten = forget_name(desk.services.data_dir, field("level"), field("written"))
        except RefusedFileError as damaged:
            return _overview(desk, damaged)
        if is_forgotten:
            about = f"name {field('level')} {field('written')}"
            actor = own_session().account.name
            desk.services.staff.log.note(actor, "name_forgotten", "done", about)
        return desk.pages.leads_to(UPLOAD, done="forgotten")


def _landing(desk: Desk) -> Landing[Upload]:
    uploads, told = desk.services.uploads, {"base": ""}

    def check(fields: Mapping[str, str]) -> None:
        told["base"] = fields.get("base", "")
        if told["base"] not in {one.id for one in uploads.bases()}:
            raise RefusedRequestError(400, "upload_base")

    def keep(incoming: Incoming, given: str) -> Upload:
        actor = own_session().account.name
        upload = uploads.keep(incoming, given, actor, told["base"])
        desk.services.staff.log.note(actor, "upload_loaded", "done", f"upload {upload.given}")
        return upload

    return Landing(UPLOAD, uploads.most_bytes, "upload_large", check, uploads.receiving, keep)


def _overview(desk: Desk, damaged: RefusedFileError | None = None) -> Response:
    uploads = desk.services.uploads
    uploads.sweep()
    names: tuple[LearnedName, ...] = ()
    try:
        names = read_names(desk.services.data_dir)
    except RefusedFileError as refused:
        damaged = refused
    return desk.pages.draw(
        "upload",
        problem=names_problem(damaged) if damaged else None,
        bases=uploads.bases(),
        most=uploads.most_bytes >> 20,
        views=[uploads.view_of(one) for one in uploads.store.all()],
        names=names,
    )
