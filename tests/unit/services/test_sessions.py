from __future__ import annotations

import pytest
import sqlalchemy as sa

from domain.roles import Role
from services.accounts import AccountRefusedError
from tests.staff import NEW_PASSWORD, PASSWORD, HandClock, account, attempt, session, staff_of
from tests.town_fixture import settings_for


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def staff(tmp_path, clock):
    found = staff_of(settings_for(tmp_path), clock)
    account(found, "chef", Role.ADMIN)
    account(found, "meier")
    return found


def signed_in(staff, name="meier"):
    return staff.sign_in.sign_in(attempt(name))


def test_a_token_has_256_bits_and_is_new_every_time(staff):
    tokens = {signed_in(staff) for _ in range(5)}
    assert len(tokens) == 5
    assert all(len(token) == 43 for token in tokens)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "é\ud800", "x" * 100_000])
def test_an_unknown_token_opens_nothing(staff, token):
    assert staff.sessions.find(token) is None


def test_the_hash_of_a_token_is_no_token(staff):
    found = session(staff, "meier")
    assert staff.sessions.find(found.id) is None


def test_a_session_ends_after_half_an_hour_without_use(staff, clock):
    token = signed_in(staff)
    for _ in range(4):
        clock.on(minutes=29)
        assert staff.sessions.find(token)
    clock.on(minutes=30)
    assert staff.sessions.find(token) is None


def test_a_session_ends_after_eight_hours_however_busy_it_is(staff, clock):
    token = signed_in(staff)
    for _ in range(8 * 60 // 20 - 1):
        clock.on(minutes=20)
        assert staff.sessions.find(token)
    clock.on(minutes=20)
    assert staff.sessions.find(token) is None


def test_a_clock_that_is_put_back_ends_no_session(staff, clock):
    token = signed_in(staff)
    clock.on(hours=-1)
    assert staff.sessions.find(token)
    clock.on(hours=1, minutes=20)
    assert staff.sessions.find(token)


def test_signing_out_ends_the_session_on_the_server(staff):
    token, other = signed_in(staff), signed_in(staff)
    staff.own.sign_out(staff.sessions.find(token))
    assert staff.sessions.find(token) is None
    assert staff.sessions.find(other)


def test_a_new_password_ends_all_sessions_and_opens_a_new_one(staff):
    token, other = signed_in(staff), signed_in(staff)
    fresh = staff.own.change_password(staff.sessions.find(token), PASSWORD, NEW_PASSWORD, "Firefox")
    assert staff.sessions.find(token) is None
    assert staff.sessions.find(other) is None
    assert staff.sessions.find(fresh).account.name == "meier"


@pytest.mark.parametrize(
    "change", [{"role": Role.EDITOR}, {"role": Role.CARRIER}, {"is_disabled": True}]
)
def test_another_role_and_a_lock_end_all_sessions(staff, change):
    token, untouched = signed_in(staff), signed_in(staff, "chef")
    staff.accounts.change(staff.accounts.named("meier").id, **change, actor="test")
    assert staff.sessions.find(token) is None
    assert staff.sessions.find(untouched)


def test_another_department_ends_none(staff):
    token = signed_in(staff)
    changed = staff.accounts.change(
        staff.accounts.named("meier").id, department="Jugendamt", actor="test"
    )
    assert changed.department == "Jugendamt"
    assert staff.sessions.find(token).account.department == "Jugendamt"


def test_a_reset_ends_all_sessions_and_the_old_password(staff):
    token = signed_in(staff)
    _, link = staff.accounts.reset(staff.accounts.named("meier").id, actor="test")
    assert staff.sessions.find(token) is None
    assert staff.setup.link(link).name == "meier"


def test_own_sessions_are_listed_and_ended_and_nobody_ends_those_of_others(staff):
    mine, theirs = session(staff, "meier"), session(staff, "chef")
    other = session(staff, "meier", browser="Chrome")
    assert {s.browser for s in staff.sessions.of(mine.account.id)} == {"Firefox", "Chrome"}
    staff.own.end_session(mine, theirs.id)
    assert len(staff.sessions.of(theirs.account.id)) == 1
    staff.own.end_session(mine, other.id)
    assert [s.id for s in staff.sessions.of(mine.account.id)] == [mine.id]
    session(staff, "meier")
    staff.own.end_other_sessions(mine)
    assert [s.id for s in staff.sessions.of(mine.account.id)] == [mine.id]


def test_a_change_of_password_asks_for_the_old_one_and_for_a_good_new_one(staff):
    own = session(staff, "meier")
    for old, new, key in (
        ("falsches wort", NEW_PASSWORD, "staff.password.wrong"),
        (PASSWORD, "kurz", "staff.password.short"),
        (PASSWORD, PASSWORD, "staff.password.same"),
    ):
        with pytest.raises(AccountRefusedError) as caught:
            staff.own.change_password(own, old, new, "")
        assert caught.value.key == key
    assert session(staff, "meier")


def test_a_use_that_cannot_be_noted_keeps_nobody_from_reading(staff, clock, monkeypatch):
    token = signed_in(staff)
    clock.on(minutes=5)

    def full():
        raise sa.exc.OperationalError("UPDATE", {}, Exception("disk is full"))

    monkeypatch.setattr(staff.sessions._database, "begin", full)
    assert staff.sessions.find(token)
