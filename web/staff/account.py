"""``/intern/konto``: the own password, second factor, codes on paper and sessions."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response

from figures.qr import qr_svg
from services.accounts import AccountRefusedError
from services.passwords import LONGEST, SHORTEST, HashesBusyError
from web.errors import RefusedRequestError
from web.staff.cookies import give_session
from web.staff.guard import own_session
from web.staff.links import ACCOUNT, link, unlink
from web.staff.page import Desk, browser, field, new_password


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the page and what its forms do."""
    deeds: dict[str, Callable[[Desk], Response]] = {
        "kennwort": _change_password,
        "zweiter-faktor": _confirm_factor,
        "ohne-zweiten-faktor": _drop_factor,
        "codes": _renew_codes,
        "sitzungen": _end_sessions,
        "verknuepfen": link,
        "trennen": unlink,
    }

    @blueprint.get("/konto")
    def account_page() -> Response:
        return draw_account(desk)

    @blueprint.get("/konto/<deed>")
    def account_again(deed: str) -> Response:
        """Lead back from what a form answered with: the other language, or the address typed."""
        if deed not in deeds:
            raise RefusedRequestError(404, "not_found")
        return desk.pages.leads_to(ACCOUNT)

    @blueprint.post("/konto/<deed>")
    def change_account(deed: str) -> Response:
        act = deeds.get(deed)
        if act is None:
            raise RefusedRequestError(404, "not_found")
        try:
            return act(desk)
        except (AccountRefusedError, HashesBusyError) as refused:
            return draw_account(desk, refused, deed)


def _change_password(desk: Desk) -> Response:
    own = desk.services.staff.own
    token = own.change_password(own_session(), field("old"), new_password(), browser())
    return give_session(desk.pages.leads_to(ACCOUNT, done="password"), token)


def _confirm_factor(desk: Desk) -> Response:
    codes = desk.services.staff.own.confirm_second_factor(own_session(), field("code"))
    return desk.pages.draw("codes", codes=codes)


def _renew_codes(desk: Desk) -> Response:
    codes = desk.services.staff.own.renew_codes(own_session(), field("code"))
    return desk.pages.draw("codes", codes=codes)


def _drop_factor(desk: Desk) -> Response:
    desk.services.staff.own.drop_second_factor(own_session(), field("code"))
    return desk.pages.leads_to(ACCOUNT, done="factor_off")


def _end_sessions(desk: Desk) -> Response:
    own, wanted = desk.services.staff.own, field("session")
    if wanted:
        own.end_session(own_session(), wanted)
        return desk.pages.leads_to(ACCOUNT, done="session")
    own.end_other_sessions(own_session())
    return desk.pages.leads_to(ACCOUNT, done="sessions")


def draw_account(
    desk: Desk, problem: AccountRefusedError | HashesBusyError | None = None, deed: str = ""
) -> Response:
    """Return the page; ``deed`` names the form that ``problem`` is about."""
    session, staff = own_session(), desk.services.staff
    account = staff.accounts.get(session.account.id) or session.account
    secret, code = ("", None)
    if not account.has_second_factor and not account.is_external:
        secret, address = staff.own.pending_secret(session)
        code = qr_svg(address)
    status = 200 if problem is None else 503 if isinstance(problem, HashesBusyError) else 400
    return desk.pages.draw(
        "account",
        status=status,
        problem=problem,
        deed=deed,
        account=account,
        session=session,
        sessions=staff.sessions.of(account.id),
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        qr=code,
        codes_left=staff.own.codes_left(session),
        needs_factor=staff.own.must_have_second_factor(account.role),
        shortest=SHORTEST,
        longest=LONGEST,
    )
