"""Linking the own account to a service elsewhere: what the forms of ``/intern/konto`` do."""

from __future__ import annotations

from flask import Response, request

from services.outside_flow import Browser
from web.errors import RefusedRequestError
from web.staff.cookies import browser_secret, has_browser_secret
from web.staff.guard import own_session
from web.staff.page import Desk, browser, field

ACCOUNT = "/intern/konto"
_BACK = "intern/anmelden/dienst/zurueck"


def link(desk: Desk) -> Response:
    """Show the way to the service; a form that led there itself would be stopped by the browser."""
    staff = desk.services.staff
    if staff.outside is None:
        raise RefusedRequestError(404, "not_found")
    proof = (field("password"), field("code"))
    way = (desk.pages.address(ACCOUNT, done="linked"), way_back())
    return desk.pages.draw(
        "link", way=staff.links.begin(own_session(), proof, asking_browser(), way)
    )


def unlink(desk: Desk) -> Response:
    """Take the link away."""
    desk.services.staff.links.unlink(own_session(), field("password"), field("code"))
    return desk.pages.leads_to(ACCOUNT, done="unlinked")


def way_back() -> str:
    """Return the address that the service sends the browser back to."""
    return request.host_url + _BACK


def asking_browser() -> Browser:
    """Return which browser sent this request."""
    return Browser(
        browser_secret(), browser(), request.remote_addr or "", is_known=has_browser_secret()
    )
