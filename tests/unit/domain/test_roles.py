from __future__ import annotations

import pytest

from domain.roles import (
    ACCOUNT_ROLES,
    Right,
    Role,
    account_name,
    department_name,
    may,
    needs_second_factor,
    rights_of,
)

TABLE = {
    Role.PUBLIC: "",
    Role.CARRIER: "keep_facilities own_account",
    Role.PLANNER: "own_account see_drafts see_internal",
    Role.EDITOR: "hand_in keep_facilities own_account see_drafts see_internal",
    Role.ADMIN: "hand_in keep_facilities manage_accounts own_account read_audit release see_drafts "
    "see_internal",
}


@pytest.mark.parametrize("role", Role)
def test_every_role_may_exactly_what_the_table_says(role):
    assert " ".join(sorted(rights_of(role))) == TABLE[role]
    assert [right for right in Right if may(role, right)] == [
        right for right in Right if right in rights_of(role)
    ]


def test_nobody_can_be_given_the_role_of_everybody():
    assert set(ACCOUNT_ROLES) == set(Role) - {Role.PUBLIC}


@pytest.mark.parametrize("role", Role)
def test_only_editors_and_admins_of_a_server_need_a_second_factor(role):
    assert needs_second_factor(role, server_mode=True) is (role in {Role.EDITOR, Role.ADMIN})
    assert not needs_second_factor(role, server_mode=False)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" Meier ", "meier"),
        ("MEIER", "meier"),
        ("Mu\u0308ller", "müller"),
        ("straße", "strasse"),
        ("a@b.de", "a@b.de"),
        ("x", None),
        ("x" * 65, None),
        ("zwei worte", None),
        ("zeile\nzwei", None),
        ("nul\x00", None),
        ("<b>fett</b>", None),
        ("", None),
    ],
)
def test_a_name_has_one_spelling_or_is_none(typed, name):
    assert account_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("", ""),
        (" Amt  für\tStatistik\n", "Amt für Statistik"),
        ("x" * 80, "x" * 80),
        ("x" * 81, None),
        ("a\x07b", None),
    ],
)
def test_a_department_is_one_line(typed, name):
    assert department_name(typed) == name
