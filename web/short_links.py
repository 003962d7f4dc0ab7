"""``/s/<code>``: from a short link to the view it was made of."""

from __future__ import annotations

from flask import Flask, Response, redirect

from domain.model import Audience
from services.sharing import NoShortLinkError
from web.audience import is_page
from web.errors import RETRY_SECONDS, RefusedRequestError
from web.sources import Sources


def register(server: Flask, sources: Sources) -> None:
    """Mount ``/s/<code>``; a code leads to a page of this application and nowhere else."""

    @server.get("/s/<code>")
    def short_link(code: str) -> Response:
        release = sources.releases.current()
        if release is None:
            raise RefusedRequestError(503, "no_release")
        town = sources.releases.reader(release, Audience.PUBLIC).catalogue().town.id
        try:
            target = sources.sharing.target_of(town, code)
        except NoShortLinkError as fault:
            raise RefusedRequestError(503, "link_fault", retry_after=RETRY_SECONDS) from fault
        if target is None or not is_page(target.partition("?")[0]):
            raise RefusedRequestError(404, "unknown_link")
        response = redirect(target, 302)
        response.headers["Cache-Control"] = "no-cache"
        return response  # type: ignore[return-value]
