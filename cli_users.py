"""The commands that look after accounts; passwords are chosen by those who use them."""

from __future__ import annotations

from collections.abc import Callable

import click

from cli_desk import Desk
from domain.roles import ACCOUNT_ROLES, Role
from services.accounts import LINK_DAYS, AccountRefusedError
from services.container import StaffServices
from services.sessions import Account

ACTOR = "cli"
ROLES = click.Choice([str(role) for role in ACCOUNT_ROLES])


@click.group()
def user() -> None:
    """Konten anlegen, auflisten, sperren, zurücksetzen, ihre Rolle ändern."""


@user.command("list")
@click.pass_obj
def list_users(desk: Desk) -> None:
    """Alle Konten nach Namen."""
    found = desk.services().staff.accounts.all()
    if not found:
        desk.say("cli.user.none")
    for account in found:
        desk.say(
            "cli.user.line",
            name=f"{account.name:<28}",
            role=f"{account.role:<10}",
            state=desk.tr(f"staff.state.{account.state}"),
            department=account.department,
        )


@user.command("add")
@click.argument("name")
@click.option("--role", type=ROLES, default=str(Role.PLANNER), help="Rolle (sonst: planner).")
@click.option("--department", default="", help="Fachbereich.")
@click.pass_obj
def add_user(desk: Desk, name: str, role: str, department: str) -> None:
    """Ein Konto anlegen; der Einrichtungslink wird einmal ausgegeben."""

    def act(staff: StaffServices) -> None:
        account, token = staff.accounts.add(name, Role(role), department, actor=ACTOR)
        desk.say("cli.user.added", name=account.name)
        _tell_link(desk, token)

    _do(desk, act)


@user.command("role")
@click.argument("name")
@click.argument("role", type=ROLES)
@click.pass_obj
def change_role(desk: Desk, name: str, role: str) -> None:
    """Die Rolle ändern; alle Sitzungen des Kontos enden."""

    def act(staff: StaffServices) -> None:
        account = _named(staff, name)
        staff.accounts.change(account.id, role=Role(role), actor=ACTOR)
        desk.say("cli.user.role", name=account.name, role=role)

    _do(desk, act)


@user.command("disable")
@click.argument("name")
@click.option("--undo", is_flag=True, help="Wieder zulassen.")
@click.pass_obj
def disable_user(desk: Desk, name: str, undo: bool) -> None:
    """Ein Konto sperren; alle seine Sitzungen enden."""

    def act(staff: StaffServices) -> None:
        account = _named(staff, name)
        staff.accounts.change(account.id, is_disabled=not undo, actor=ACTOR)
        desk.say("cli.user.enabled" if undo else "cli.user.disabled", name=account.name)

    _do(desk, act)


@user.command("reset")
@click.argument("name")
@click.pass_obj
def reset_user(desk: Desk, name: str) -> None:
    """Kennwort und zweiten Faktor löschen und einen neuen Einrichtungslink ausgeben."""

    def act(staff: StaffServices) -> None:
        account, token = staff.accounts.reset(_named(staff, name).id, actor=ACTOR)
        desk.say("cli.user.reset", name=account.name)
        _tell_link(desk, token)

    _do(desk, act)


def _named(staff: StaffServices, name: str) -> Account:
    account = staff.accounts.named(name)
    if account is None:
        raise AccountRefusedError("staff.refused.no_account")
    return account


def _tell_link(desk: Desk, token: str) -> None:
    desk.say("cli.user.link", path=f"/intern/einrichten/{token}", days=LINK_DAYS)


def _do(desk: Desk, act: Callable[[StaffServices], None]) -> None:
    try:
        services = desk.services()
        services.reserve.make_room()
        act(services.staff)
    except AccountRefusedError as refused:
        desk.fail(refused.key, **refused.params)
