"""Who may do what: the roles of an installation and their rights, as one table.

Rights are asked for, never roles: what a role may do stands here and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

LONGEST_NAME = 64
LONGEST_DEPARTMENT = 80
_NAME = re.compile(rf"[\w.@+-]{{2,{LONGEST_NAME}}}")


class Role(StrEnum):
    """Roles from the least to the most; ``public`` is everybody who has not signed in."""

    PUBLIC = "public"
    CARRIER = "carrier"
    PLANNER = "planner"
    EDITOR = "editor"
    ADMIN = "admin"


class Right(StrEnum):
    """What can be allowed."""

    OWN_ACCOUNT = "own_account"
    SEE_INTERNAL = "see_internal"
    SEE_DRAFTS = "see_drafts"
    HAND_IN = "hand_in"
    RELEASE = "release"
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_AUDIT = "read_audit"
    KEEP_FACILITIES = "keep_facilities"


_READS = frozenset({Right.OWN_ACCOUNT, Right.SEE_INTERNAL, Right.SEE_DRAFTS})
_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.PUBLIC: frozenset(),
    Role.CARRIER: frozenset({Right.OWN_ACCOUNT, Right.KEEP_FACILITIES}),
    Role.PLANNER: _READS,
    Role.EDITOR: _READS | {Right.HAND_IN, Right.KEEP_FACILITIES},
    Role.ADMIN: frozenset(Right),
}

ACCOUNT_ROLES = (Role.PLANNER, Role.EDITOR, Role.CARRIER, Role.ADMIN)
"""Roles an account can have, in the order in which they are offered."""
_GUARDED = frozenset({Role.EDITOR, Role.ADMIN})


def rights_of(role: Role) -> frozenset[Right]:
    """Return everything a role may do.

    Examples
    --------
    >>> sorted(str(right) for right in rights_of(Role.PLANNER))
    ['own_account', 'see_drafts', 'see_internal']
    """
    return _RIGHTS[role]


def may(role: Role, right: Right) -> bool:
    """Return whether a role may do something."""
    return right in _RIGHTS[role]


def needs_second_factor(role: Role, *, server_mode: bool) -> bool:
    """Return whether a role must sign in with a second factor.

    Only where other machines can reach the program; on a laptop of one's own it is a choice.
    """
    return server_mode and role in _GUARDED


def may_change_figures(role: Role, department: str, owner: str) -> bool:
    """Return whether somebody may change the figures that a department owns.

    Admins all of them, others those of their own department and those that nobody owns.

    Examples
    --------
    >>> may_change_figures(Role.EDITOR, "Jugendamt", "jugendamt")
    True
    >>> may_change_figures(Role.EDITOR, "", "Jugendamt"), may_change_figures(Role.ADMIN, "", "x")
    (False, True)
    """
    is_own = bool(department) and department.casefold() == owner.casefold()
    return role is Role.ADMIN or not owner or is_own


def role_of_groups(groups: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Role:
    """Return the role with the most rights that groups stand for; unknown groups give none.

    Examples
    --------
    >>> pairs = (("jugendamt", "editor"), ("it", "admin"))
    >>> role_of_groups(["sport", "jugendamt"], pairs), role_of_groups(["sport"], pairs)
    (<Role.EDITOR: 'editor'>, <Role.PUBLIC: 'public'>)
    """
    known, order = set(groups), list(Role)
    found = [Role(role) for group, role in pairs if group in known]
    return max(found, key=order.index, default=Role.PUBLIC)


def account_name(text: str) -> str | None:
    """Return the one spelling of a name to sign in with, None where it cannot be one.

    Small letters and composed characters, so that two spellings never are two accounts.

    Examples
    --------
    >>> account_name(" M.Meier@Stadt.de "), account_name("zwei Worte"), account_name("x")
    ('m.meier@stadt.de', None, None)
    """
    name = unicodedata.normalize("NFKC", text).strip().casefold()
    name = unicodedata.normalize("NFC", name)
    return name if _NAME.fullmatch(name) else None


def department_name(text: str) -> str | None:
    """Return the name of a department on one line, None where it is too long or not printable.

    Examples
    --------
    >>> department_name("  Amt   für Statistik "), department_name("x" * 81)
    ('Amt für Statistik', None)
    """
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    return name if len(name) <= LONGEST_DEPARTMENT and (not name or name.isprintable()) else None
