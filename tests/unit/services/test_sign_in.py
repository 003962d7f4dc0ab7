from __future__ import annotations

import datetime as dt

import pytest

from data.audit import audit_rows
from domain.roles import Role
from services.audit_log import LogQuery
from services.passwords import HashesBusyError
from services.sign_in import NoSignIn, NoSignInError, network_of
from tests.staff import PASSWORD, HandClock, account, attempt, code_at, session, staff_of
from tests.town_fixture import settings_for


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def staff(tmp_path, clock):
    found = staff_of(settings_for(tmp_path), clock)
    account(found, "meier")
    return found


def refused(staff, *args, **more):
    with pytest.raises(NoSignInError) as caught:
        staff.sign_in.sign_in(attempt(*args, **more))
    return caught.value.reason


def second_factor(staff, clock):
    """Switch the second factor of meier on; return secret and codes on paper."""
    own = session(staff, "meier")
    secret, _ = staff.own.pending_secret(own)
    return secret, staff.own.confirm_second_factor(own, code_at(secret, clock.now))


def test_the_right_password_opens_a_session_and_the_name_may_be_spelt_as_one_likes(staff):
    assert session(staff, " MEIER ").account.name == "meier"


def test_every_mistake_has_the_same_answer(staff, clock):
    staff.accounts.change(account(staff, "weg"), is_disabled=True, actor="test")
    staff.accounts.add("neu", Role.PLANNER, "", actor="test")
    wrong = [("meier", "falsches wort hier"), ("niemand", PASSWORD), ("", ""),
             ("weg", PASSWORD), ("neu", PASSWORD), ("neu", ""), ("na\x00me", PASSWORD)]  # fmt: skip
    for name, password in wrong:
        assert refused(staff, name, password) is NoSignIn.WRONG
        clock.on(minutes=1)


def test_the_sixth_mistake_for_a_name_within_a_minute_is_refused_wherever_it_comes_from(staff):
    for n in range(5):
        assert refused(staff, "meier", "falsch", address=f"10.0.0.{n}") is NoSignIn.WRONG
    assert refused(staff, "meier", address="10.0.9.9") is NoSignIn.TOO_MANY
    assert refused(staff, "Meier", address="10.0.9.8") is NoSignIn.TOO_MANY


def test_the_sixth_mistake_of_an_address_is_refused_whatever_the_name(staff):
    for n in range(5):
        assert refused(staff, f"name{n}", "falsch", address=f"2001:db8::{n}") is NoSignIn.WRONG
    assert refused(staff, "meier", address="2001:db8::ffff:1") is NoSignIn.TOO_MANY
    assert session(staff, "meier", address="2001:db8:0:1::1")


def test_after_a_minute_there_are_new_tries_and_nothing_is_kept_of_the_old(staff, clock):
    for _ in range(5):
        refused(staff, "meier", "falsch")
    clock.on(seconds=59)
    assert refused(staff, "meier") is NoSignIn.TOO_MANY
    clock.on(seconds=1)
    assert session(staff, "meier")


def test_two_hundred_right_sign_ins_of_one_address_pass(staff):
    assert all(session(staff, "meier") for _ in range(200))


def test_a_clock_that_is_put_back_locks_nobody_out_for_long(staff, clock):
    for _ in range(5):
        refused(staff, "meier", "falsch")
    clock.on(hours=-1)
    assert refused(staff, "meier") is NoSignIn.TOO_MANY
    clock.on(hours=1, seconds=60)
    assert session(staff, "meier")


def test_nobody_signs_in_while_too_many_passwords_are_compared(staff, monkeypatch):
    def full():
        raise HashesBusyError("full")

    monkeypatch.setattr(staff.sign_in._ground.passwords, "turn", full)
    assert refused(staff, "meier") is NoSignIn.BUSY


def test_a_second_factor_is_asked_for_and_a_code_counts_once(staff, clock):
    secret, _ = second_factor(staff, clock)
    assert refused(staff, "meier") is NoSignIn.WRONG
    assert refused(staff, "meier", code=code_at(secret, clock.now)) is NoSignIn.WRONG
    clock.on(seconds=30)
    code = code_at(secret, clock.now)
    assert session(staff, "meier", code=f" {code[:3]} {code[3:]} ")
    assert refused(staff, "meier", code=code) is NoSignIn.WRONG
    clock.on(seconds=30)
    late = code_at(secret, clock.now)
    clock.on(seconds=30)
    assert session(staff, "meier", code=late)
    clock.on(minutes=5)
    assert refused(staff, "meier", code=late) is NoSignIn.WRONG


def test_a_code_on_paper_opens_once_however_it_is_typed(staff, clock):
    _, codes = second_factor(staff, clock)
    typed = codes[3].upper().replace("-", " ")
    assert session(staff, "meier", code=typed)
    assert refused(staff, "meier", code=codes[3]) is NoSignIn.WRONG
    assert staff.own.codes_left(session(staff, "meier", code=codes[4])) == 8


def test_the_log_names_who_and_never_what_was_typed(staff, clock):
    session(staff, "meier")
    refused(staff, "meier", "geheimes wort")
    refused(staff, "mein-kennwort-im-falschen-feld", "x")
    _, rows = staff.log.rows(LogQuery(action="sign_in"))
    assert {(r.actor, r.result) for r in rows} == {
        ("meier", "done"), ("meier", "refused"), ("?", "refused")
    }  # fmt: skip
    assert "kennwort" not in str(rows)
    assert all(r.at == clock.now for r in rows)


def test_no_address_and_no_token_is_kept_as_it_is(staff, tmp_path):
    refused(staff, "meier", "falsch", address="192.0.2.77")
    token = staff.sign_in.sign_in(attempt("meier"))
    database = staff.sign_in._ground.database
    with database.connect() as connection:
        assert audit_rows(connection)
    database.dispose()
    content = (tmp_path / "app.db").read_bytes()
    for told in (b"192.0.2.77", token.encode(), PASSWORD.encode()):
        assert told not in content


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", "?"),
        ("unix", "?"),
    ],
)
def test_addresses_of_one_house_are_one(address, network):
    assert network_of(address) == network


def test_the_last_day_of_the_year_and_the_night_of_summer_time_open_sessions(staff, clock):
    for moment in (
        dt.datetime(2026, 12, 31, 23, 59, 50, tzinfo=dt.UTC),
        dt.datetime(2027, 3, 28, 0, 59, 50, tzinfo=dt.UTC),
        dt.datetime(2028, 2, 29, 12, 0, tzinfo=dt.UTC),
    ):
        clock.now = moment
        token = staff.sign_in.sign_in(attempt("meier"))
        clock.on(minutes=29)
        assert staff.sessions.find(token)
