"""The finished file of an order: handed out to who holds its number, for an hour."""

from __future__ import annotations

from flask import Response, send_file

from reports.files import MIMETYPES
from services.export_jobs import ExportOrder, ExportState
from services.heavy_exports import RETRY_SECONDS
from web.audience import audience
from web.downloads import offer_by_name
from web.errors import RefusedRequestError
from web.mounting import Mount
from web.releases import open_of_town
from web.report_sources import ReportSources

_TYPES = {**MIMETYPES, "zip": "application/zip"}


def register(server: Mount, sources: ReportSources) -> None:
    """Mount ``/export/<town>/<release>/auftrag/<job>.<suffix>``.

    A file that is not ready yet is answered with 503 and when to come back, one that is no longer
    kept with 410.
    """

    @server.get("/export/<town>/<release>/auftrag/<job>.<any(pdf, pptx, xlsx, zip):suffix>")
    def export_file(town: str, release: str, job: str, suffix: str) -> Response:
        status = sources.exports.status(job)
        order = status.order if status else None
        asked = (town, release, suffix, str(audience()))
        if status is None or (order and _named(order) != asked):
            raise RefusedRequestError(404, "unknown_order")
        # a release that was removed takes the files made of it along
        open_of_town(sources, town, release)
        if status.is_open:
            raise RefusedRequestError(503, "order_open", retry_after=RETRY_SECONDS)
        if status.state is not ExportState.READY or status.file is None or order is None:
            raise RefusedRequestError(410, "order_gone", link="/bericht")
        try:  # an archive of a whole level is handed on piece by piece, or in the parts asked for
            response = send_file(status.file, _TYPES[suffix], conditional=True)
        except FileNotFoundError as swept:  # its hour ended between the two looks
            raise RefusedRequestError(410, "order_gone", link="/bericht") from swept
        response.headers["Cache-Control"] = "private, no-store"
        offer_by_name(response, f"{order.name}.{suffix}")
        return response


def _named(order: ExportOrder) -> tuple[str, str, str, str]:
    return order.town, order.release, order.suffix, order.audience
