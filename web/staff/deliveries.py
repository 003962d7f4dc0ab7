"""``/intern/daten/lieferung``: what a file is taken for, what is decided, what it becomes."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request

from domain.findings import RefusedFileError
from services.heavy_exports import ExportsBusyError
from services.learned_names import LearnedName, learn_names
from services.uploads import (
    IMPORT,
    LOOK,
    LostBaseError,
    Stage,
    UnknownUploadError,
    UploadBusyError,
    UploadChangedError,
    UploadsBusyError,
    UploadView,
)
from web.downloads import MIMETYPES, offer_by_name
from web.errors import RefusedRequestError
from web.staff.delivery_form import BadChoiceError, Decisions, decisions_of
from web.staff.delivery_page import delivery_parts, known_places
from web.staff.guard import own_session
from web.staff.page import Desk, Said, field
from web.staff.releases import PATH

UPLOAD = f"{PATH}/hochladen"
_RETRY_SECONDS = 30


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the page of a delivery, its marked copy, and what its forms do."""

    @blueprint.get("/daten/lieferung/<upload>")
    def delivery_page(upload: str) -> Response:
        return _page(desk, _open(desk, upload))

    @blueprint.get("/daten/lieferung/<upload>/befunde.xlsx")
    def marked_file(upload: str) -> Response:
        return _marked(desk, _open(desk, upload))

    deeds = ", ".join(_DEEDS)

    @blueprint.post(f"/daten/lieferung/<upload>/<any({deeds}):deed>")
    def change_delivery(upload: str, deed: str) -> Response:
        view = _open(desk, upload)
        try:
            return _DEEDS[deed](desk, view)
        except UploadBusyError:
            return _page(desk, _open(desk, upload), Said(("upload.problem.working", {})), 409)
        except UploadChangedError:
            return _page(desk, _open(desk, upload), Said(("upload.problem.changed", {})), 409)
        except BadChoiceError as bad:
            return _page(desk, view, Said((bad.key, bad.params)), 400)
        except UnknownUploadError:
            raise _gone() from None


def _open(desk: Desk, upload: str) -> UploadView:
    try:
        return desk.services.uploads.view(upload)
    except UnknownUploadError:
        raise _gone() from None


def _gone() -> RefusedRequestError:
    return RefusedRequestError(404, "upload_unknown", link=UPLOAD)


def started(desk: Desk, upload: str, kind: str, done: str = "") -> Response:
    """Begin work on an upload and lead to its page; what cannot begin now can be tried again."""
    try:
        desk.services.uploads.start(upload, kind, own_session().account.name)
    except UploadsBusyError:
        said = Said(("upload.problem.busy", {}))
        return _page(desk, _open(desk, upload), said, 503)
    except LostBaseError as lost:
        said = Said(("upload.problem.lost_base", {"release": str(lost)}))
        return _page(desk, _open(desk, upload), said, 409)
    return desk.pages.leads_to(f"{PATH}/lieferung/{upload}", done=done)


def _match(desk: Desk, view: UploadView) -> Response:
    """Keep what was decided and look again."""
    _decide(desk, view)
    return started(desk, view.upload.id, LOOK)


def _import(desk: Desk, view: UploadView) -> Response:
    """Import a delivery as it was understood; decisions that changed are looked at first."""
    if _decide(desk, view):
        return started(desk, view.upload.id, LOOK, done="looks_again")
    if not view.is_ready and not view.upload.replaces:
        raise BadChoiceError("upload.problem.not_ready")
    return started(desk, view.upload.id, IMPORT)


def _decide(desk: Desk, view: UploadView) -> bool:
    """Keep the decisions of the form; return whether the file must be looked at again."""
    made: Decisions = decisions_of(request.form, view, known_places(desk, view))
    service = desk.services.uploads
    choice = service.file_choice(view.upload.id, made.replaced) if view.told else {}
    service.decide(
        view.upload.id,
        seen=field("seen"),
        reading=made.reading,
        sets=made.sets,
        indicators=made.indicators,
        **choice,
    )
    if made.names:
        _learn(desk, made.names)
    is_other = (made.reading, made.sets) != (view.upload.reading, view.upload.sets)
    return is_other or bool(made.names)


def _learn(desk: Desk, names: list[LearnedName]) -> None:
    try:
        learn_names(desk.services.data_dir, names)
    except RefusedFileError as damaged:
        (sentence,) = names_problem(damaged).sentences
        raise BadChoiceError(sentence[0], **sentence[1]) from None
    for one in names:
        _note(desk, "name_learned", f"name {one.level} {one.written} → {one.area}")


def _note(desk: Desk, action: str, about: str) -> None:
    desk.services.staff.log.note(own_session().account.name, action, "done", about)


def _cancel(desk: Desk, view: UploadView) -> Response:
    desk.services.uploads.cancel(view.upload.id)
    _note(desk, "upload_cancelled", _about(view))
    return desk.pages.leads_to(f"{PATH}/lieferung/{view.upload.id}", done="cancelling")


def _remove(desk: Desk, view: UploadView) -> Response:
    desk.services.uploads.remove(view.upload.id)
    _note(desk, "upload_removed", _about(view))
    return desk.pages.leads_to(UPLOAD, done="upload_removed")


def _about(view: UploadView) -> str:
    return f"upload {view.upload.given}"


_DEEDS: dict[str, Callable[[Desk, UploadView], Response]] = {
    "zuordnen": _match,
    "einlesen": _import,
    "abbrechen": _cancel,
    "loeschen": _remove,
}


def names_problem(damaged: RefusedFileError) -> Said:
    """Return what is said of a damaged list of learnt names."""
    reason = str(damaged.findings[0].params.get("reason", ""))
    return Said(("upload.problem.names", {"reason": reason}))


def _page(desk: Desk, view: UploadView, problem: Said | None = None, status: int = 200) -> Response:
    answer = desk.pages.draw(
        "delivery",
        status=status,
        problem=problem,
        view=view,
        stage=Stage,
        **delivery_parts(desk, view),
    )
    if status == 503:  # noqa: PLR2004 - it is worth trying again
        answer.headers["Retry-After"] = str(_RETRY_SECONDS)
    return answer


def _marked(desk: Desk, view: UploadView) -> Response:
    try:
        with desk.services.heavy.turn():
            content = desk.services.uploads.marked(view, desk.pages.language)
    except ExportsBusyError:
        raise RefusedRequestError(503, "exports_busy", retry_after=_RETRY_SECONDS) from None
    if content is None:
        raise RefusedRequestError(404, "upload_no_cells", link=f"{PATH}/lieferung/{view.upload.id}")
    response = Response(content, mimetype=MIMETYPES["xlsx"])
    stem = view.upload.given.rpartition(".")[0] or view.upload.given
    offer_by_name(response, f"{stem}-{desk.pages.tr('upload.marked_suffix')}.xlsx")
    return response
