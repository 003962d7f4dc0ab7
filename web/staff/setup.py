"""``/intern/einrichten/<token>``: choosing the password of a new account."""

from __future__ import annotations

from flask import Blueprint, Response

from services.account_setup import SetupLink
from services.accounts import AccountRefusedError
from services.passwords import LONGEST, SHORTEST, HashesBusyError
from web.errors import RefusedRequestError
from web.staff.cookies import give_session
from web.staff.guard import is_of_this_machine
from web.staff.page import Desk, browser, field, new_password


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the page; opening it uses nothing up."""

    @blueprint.get("/einrichten/<token>")
    def setup_page(token: str) -> Response:
        return _page(desk, _link(desk, token))

    @blueprint.post("/einrichten/<token>")
    def set_up(token: str) -> Response:
        link = _link(desk, token)
        try:
            opened = desk.services.staff.setup.finish(
                token, field("name"), new_password(), browser()
            )
        except HashesBusyError as busy:
            return _page(desk, link, busy)
        except AccountRefusedError as refused:
            return _page(desk, link, refused)
        return give_session(desk.pages.leads_to("/intern/konto"), opened)


def _link(desk: Desk, token: str) -> SetupLink:
    """Return what the token is for; that of the first start counts on this machine only."""
    link = desk.services.staff.setup.link(token)
    if link is None or (link.is_first and not is_of_this_machine()):
        raise RefusedRequestError(404, "setup_link", link="/intern/anmelden")
    return link


def _page(
    desk: Desk, link: SetupLink, problem: AccountRefusedError | HashesBusyError | None = None
) -> Response:
    status = 200 if problem is None else 503 if isinstance(problem, HashesBusyError) else 400
    return desk.pages.draw(
        "setup",
        status=status,
        problem=problem,
        link=link,
        name=field("name"),
        shortest=SHORTEST,
        longest=LONGEST,
    )
