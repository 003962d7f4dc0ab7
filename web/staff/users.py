"""``/intern/nutzer``: accounts as an admin looks after them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, request

from domain.roles import ACCOUNT_ROLES, LONGEST_DEPARTMENT, LONGEST_NAME, Role
from services.accounts import LINK_DAYS, AccountRefusedError
from web.errors import RefusedRequestError
from web.staff.guard import own_session
from web.staff.page import Desk, field

PATH = "/intern/nutzer"


@dataclass(frozen=True)
class NewLink:
    """A set-up link that is shown once, and for whom."""

    name: str
    address: str
    days: int = LINK_DAYS


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the page and what its forms do."""
    deeds: dict[str, Callable[[Desk, str], Response]] = {
        "save": _save,
        "disable": _disable,
        "enable": _enable,
        "reset": _reset,
        "unlink": _unlink,
    }

    @blueprint.get("/nutzer")
    def users_page() -> Response:
        return _page(desk)

    @blueprint.post("/nutzer")
    def add_user() -> Response:
        try:
            account, token = desk.services.staff.accounts.add(
                field("name"), _role(), field("department"), actor=_actor()
            )
        except AccountRefusedError as refused:
            return _page(desk, refused)
        return _page(desk, link=_link(account.name, token))

    @blueprint.post("/nutzer/<account>")
    def change_user(account: str) -> Response:
        act = deeds.get(field("deed"))
        if act is None:
            raise RefusedRequestError(400, "bad_request")
        try:
            return act(desk, account)
        except AccountRefusedError as refused:
            return _page(desk, refused)


def _save(desk: Desk, account: str) -> Response:
    desk.services.staff.accounts.change(
        account, role=_role(), department=field("department"), actor=_actor()
    )
    return desk.pages.leads_to(PATH, done="changed")


def _disable(desk: Desk, account: str) -> Response:
    desk.services.staff.accounts.change(account, is_disabled=True, actor=_actor())
    return desk.pages.leads_to(PATH, done="disabled")


def _enable(desk: Desk, account: str) -> Response:
    desk.services.staff.accounts.change(account, is_disabled=False, actor=_actor())
    return desk.pages.leads_to(PATH, done="enabled")


def _reset(desk: Desk, account: str) -> Response:
    changed, token = desk.services.staff.accounts.reset(account, actor=_actor())
    return _page(desk, link=_link(changed.name, token))


def _unlink(desk: Desk, account: str) -> Response:
    desk.services.staff.accounts.unlink(account, actor=_actor())
    return desk.pages.leads_to(PATH, done="unlinked")


def _role() -> Role:
    """Return the chosen role; an unknown one is one no account can have."""
    wanted = field("role")
    return Role(wanted) if wanted in set(Role) else Role.PUBLIC


def _actor() -> str:
    return own_session().account.name


def _link(name: str, token: str) -> NewLink:
    return NewLink(name, f"{request.host_url}intern/einrichten/{token}")


def _page(
    desk: Desk, problem: AccountRefusedError | None = None, link: NewLink | None = None
) -> Response:
    return desk.pages.draw(
        "users",
        status=400 if problem else 200,
        problem=problem,
        link=link,
        accounts=desk.services.staff.accounts.all(),
        roles=ACCOUNT_ROLES,
        typed={k: field(k) for k in ("name", "department", "role")} if problem else {},
        longest_name=LONGEST_NAME,
        longest_department=LONGEST_DEPARTMENT,
    )
