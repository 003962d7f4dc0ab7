"""``/intern/daten/vorlage``: a workbook for an office to fill in."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import Blueprint, Response, request

from domain.findings import RefusedFileError
from domain.model import Audience
from domain.roles import Right, may
from services.delivery_template import TemplateOrder, write_template
from services.heavy_exports import RETRY_SECONDS, ExportsBusyError
from services.releases import UnknownReleaseError
from web.downloads import MIMETYPES, offer_by_name
from web.errors import RefusedRequestError
from web.staff.guard import own_session
from web.staff.page import Desk
from web.staff.releases import PATH

MOST_INDICATORS = 60
_LONGEST = 400


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the choice and the file."""

    @blueprint.get("/daten/vorlage")
    def template_page() -> Response:
        return _page(desk)

    @blueprint.get("/daten/vorlage.xlsx")
    def template_file() -> Response:
        order = _order()
        if not order.indicators:
            return _page(desk, "template.problem.nothing", status=400)
        try:
            content = _written(desk, order)
        except RefusedFileError as refused:
            return _page(desk, refused=refused, status=400)
        response = Response(content, mimetype=MIMETYPES["xlsx"])
        level = order.level.partition("@")[0]
        years = "-".join(order.periods)
        offer_by_name(response, f"vorlage-{level}{'-' + years if years else ''}.xlsx")
        return response


def _order() -> TemplateOrder:
    years = request.args.get("years", "")[:_LONGEST]
    return TemplateOrder(
        tuple(dict.fromkeys(request.args.getlist("indicator")[:MOST_INDICATORS])),
        request.args.get("level", "")[:_LONGEST],
        tuple(dict.fromkeys(part.strip() for part in years.split(",") if part.strip())),
    )


def _written(desk: Desk, order: TemplateOrder) -> bytes:
    try:
        reader = desk.services.releases.current_reader(Audience.INTERNAL)
    except UnknownReleaseError:
        raise RefusedRequestError(404, "no_release", link=PATH) from None
    try:
        with (
            desk.services.heavy.turn(),
            tempfile.TemporaryDirectory(prefix="keck-template-") as folder,
        ):
            path = Path(folder) / "template.xlsx"
            write_template(path, reader, order)
            return path.read_bytes()
    except ExportsBusyError:
        raise RefusedRequestError(503, "exports_busy", retry_after=RETRY_SECONDS) from None


def _page(
    desk: Desk, problem: str = "", *, refused: RefusedFileError | None = None, status: int = 200
) -> Response:
    """Draw the choice again, with what was chosen."""
    release = desk.services.releases.current()
    if release is None:
        raise RefusedRequestError(404, "no_release", link=PATH)
    catalogue = desk.services.monitoring.catalogue(Audience.INTERNAL, release)
    return desk.pages.draw(
        "template",
        status=status,
        problem=problem or None,
        findings=refused.findings if refused else [],
        catalogue=catalogue,
        chosen=_order(),
        may_upload=may(own_session().account.role, Right.HAND_IN),
    )
