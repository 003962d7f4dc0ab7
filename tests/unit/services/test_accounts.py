from __future__ import annotations

import pytest
import sqlalchemy as sa

from data.appdb import AUDIT_LOG
from domain.roles import Role
from services.accounts import AccountRefusedError
from services.audit_log import LogQuery
from tests.staff import PASSWORD, HandClock, account, code_at, session, staff_of
from tests.town_fixture import settings_for


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def staff(tmp_path, clock):
    return staff_of(settings_for(tmp_path), clock)


def key_of(act, *args, **more):
    with pytest.raises(AccountRefusedError) as caught:
        act(*args, **more)
    return caught.value.key


def test_there_is_no_account_no_password_and_no_secret_at_first(staff):
    assert staff.accounts.all() == ()


def test_the_first_link_makes_the_first_admin_once(staff):
    token = staff.accounts.first_link()
    assert staff.setup.link(token).is_first
    opened = staff.setup.finish(token, "Chefin", PASSWORD, "Firefox")
    assert staff.sessions.find(opened).account.role is Role.ADMIN
    assert staff.setup.link(token) is None
    assert key_of(staff.setup.finish, token, "zweite", PASSWORD, "") == "staff.refused.link"
    assert staff.accounts.first_link() is None


def test_the_first_link_ends_after_a_quarter_of_an_hour_and_with_a_newer_one(staff, clock):
    first, second = staff.accounts.first_link(), staff.accounts.first_link()
    assert staff.setup.link(first) is None
    clock.on(minutes=14, seconds=59)
    assert staff.setup.link(second)
    clock.on(seconds=1)
    assert staff.setup.link(second) is None


def test_the_first_link_ends_when_an_account_is_added_otherwise(staff):
    token = staff.accounts.first_link()
    staff.accounts.add("meier", Role.ADMIN, "", actor="cli")
    assert staff.setup.link(token) is None
    assert key_of(staff.setup.finish, token, "x-y", PASSWORD, "") == "staff.refused.link"


def test_a_link_sets_a_password_once_within_three_days(staff, clock):
    added, token = staff.accounts.add("Meier", Role.PLANNER, " Jugend  amt ", actor="chef")
    assert (added.name, added.department, added.state) == ("meier", "Jugend amt", "waiting")
    weak = key_of(staff.setup.finish, token, "", "passwort1234", "")
    assert weak == "staff.password.common"
    assert staff.setup.link(token), "a refused password does not use the link up"
    staff.setup.finish(token, "anderer", PASSWORD, "")
    assert [a.name for a in staff.accounts.all()] == ["meier"]
    assert key_of(staff.setup.finish, token, "", PASSWORD, "") == "staff.refused.link"
    _, late = staff.accounts.reset(added.id, actor="chef")
    clock.on(days=3)
    assert staff.setup.link(late) is None


def test_a_lock_ends_the_link_too(staff):
    added, token = staff.accounts.add("meier", Role.PLANNER, "", actor="chef")
    staff.accounts.change(added.id, is_disabled=True, actor="chef")
    assert staff.setup.link(token) is None
    assert key_of(staff.accounts.reset, added.id, actor="chef") == "staff.refused.disabled"
    assert staff.accounts.change(added.id, is_disabled=False, actor="chef").state == "waiting"


def test_names_roles_and_departments_that_cannot_be_are_refused(staff):
    staff.accounts.add("meier", Role.PLANNER, "", actor="test")
    for name, role, department, key in (
        ("MEIER", Role.PLANNER, "", "name_taken"),
        ("m", Role.PLANNER, "", "name"),
        ("neu", Role.PUBLIC, "", "role"),
        ("neu", Role.PLANNER, "x" * 81, "department"),
    ):
        found = key_of(staff.accounts.add, name, role, department, actor="test")
        assert found == f"staff.refused.{key}"
    assert key_of(staff.accounts.change, "0", actor="test") == "staff.refused.no_account"
    assert len(staff.accounts.all()) == 1


def test_the_last_admin_stays(staff):
    chef = account(staff, "chef", Role.ADMIN)
    waiting, _ = staff.accounts.add("zweite", Role.ADMIN, "", actor="chef")
    for change in ({"role": Role.PLANNER}, {"is_disabled": True}):
        found = key_of(staff.accounts.change, chef, **change, actor="chef")
        assert found == "staff.refused.last_admin"
    assert staff.accounts.get(chef).role is Role.ADMIN
    account(staff, "dritte", Role.ADMIN)
    assert staff.accounts.change(chef, role=Role.PLANNER, actor="chef").role is Role.PLANNER
    assert staff.accounts.get(waiting.id).state == "waiting"


def test_a_second_factor_starts_with_a_right_code_and_ends_other_sessions(staff, clock):
    account(staff, "meier")
    own, other = session(staff, "meier"), session(staff, "meier")
    secret, address = staff.own.pending_secret(own)
    assert staff.own.pending_secret(own) == (secret, address)
    assert address.startswith("otpauth://totp/KECK-Atlas:meier?secret=")
    assert key_of(staff.own.confirm_second_factor, own, "000000") == "staff.totp.wrong"
    codes = staff.own.confirm_second_factor(own, code_at(secret, clock.now))
    assert len(set(codes)) == 10
    assert staff.accounts.named("meier").has_second_factor
    assert [s.id for s in staff.sessions.of(own.account.id)] == [own.id]
    assert other.id != own.id


def test_codes_are_renewed_and_the_second_factor_dropped_only_with_a_code(staff, clock):
    account(staff, "meier")
    own = session(staff, "meier")
    assert key_of(staff.own.renew_codes, own, "123456") == "staff.totp.wrong"
    secret, _ = staff.own.pending_secret(own)
    old = staff.own.confirm_second_factor(own, code_at(secret, clock.now))
    assert key_of(staff.own.renew_codes, own, "123456") == "staff.totp.wrong"
    new = staff.own.renew_codes(own, old[0])
    assert key_of(staff.own.drop_second_factor, own, old[1]) == "staff.totp.wrong"
    staff.own.drop_second_factor(own, new[0])
    assert staff.own.codes_left(own) == 0
    assert session(staff, "meier")


def test_a_role_that_needs_a_second_factor_cannot_drop_it(tmp_path, clock):
    settings = settings_for(tmp_path)
    served = type(settings)(data_dir=tmp_path, host="0.0.0.0", secret_key="x")  # noqa: S104, S106
    staff = staff_of(served, clock)
    account(staff, "chef", Role.ADMIN)
    own = session(staff, "chef")
    secret, _ = staff.own.pending_secret(own)
    codes = staff.own.confirm_second_factor(own, code_at(secret, clock.now))
    assert staff.own.must_have_second_factor(Role.ADMIN)
    assert key_of(staff.own.drop_second_factor, own, codes[0]) == "staff.totp.needed"


def test_every_change_is_a_row_of_a_chain_that_shows_what_was_edited(staff):
    chef = account(staff, "chef", Role.ADMIN)
    meier = account(staff, "meier")
    staff.accounts.change(meier, role=Role.EDITOR, department="Amt", actor="chef")
    staff.accounts.change(meier, is_disabled=True, actor="chef")
    staff.accounts.change(meier, is_disabled=True, actor="chef")
    count, rows = staff.log.rows(LogQuery(actor="CHEF"))
    done = [(r.action, r.object) for r in reversed(rows)]
    assert done == [
        ("account_setup", "account chef"),
        ("account_role", "account meier (editor)"),
        ("account_department", "account meier (Amt)"),
        ("account_disable", "account meier"),
    ]
    assert count == 4
    assert staff.log.broken() == []
    with staff.accounts._database.begin() as connection:
        edited = sa.update(AUDIT_LOG).where(AUDIT_LOG.c.number == 3).values(actor="niemand")
        connection.execute(edited)
    assert staff.log.broken() == [("*", 3)]
    assert staff.accounts.get(chef).state == "active"


def test_the_log_is_filtered_by_day_and_by_what_was_done(staff, clock):
    account(staff, "chef", Role.ADMIN)
    clock.on(days=2)
    session(staff, "chef")
    day = clock.now.date()
    assert staff.log.rows(LogQuery(since=day))[0] == 1
    assert staff.log.rows(LogQuery(until=day.replace(day=day.day - 1)))[0] == 2
    assert staff.log.rows(LogQuery(action="sign_in"))[1][0].actor == "chef"
    assert staff.log.rows(LogQuery(), most=1)[0] == 3
