"""Nights of the clock change, leap days, the end of a year: nothing ends early."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from i18n.formats import moment
from services.audit_log import LogQuery
from services.release_drafts import DeskRefusedError
from tests.staff import HandClock, account, attempt, staff_of
from tests.town_fixture import publish, settings_for, small_town
from web.staff.releases import _moment

UTC = dt.UTC
ODD = {
    "spring": dt.datetime(2027, 3, 28, 0, 59, 50, tzinfo=UTC),
    "autumn": dt.datetime(2026, 10, 25, 0, 59, 50, tzinfo=UTC),
    "leap day": dt.datetime(2028, 2, 28, 23, 59, 50, tzinfo=UTC),
    "new year in Berlin": dt.datetime(2026, 12, 31, 22, 59, 50, tzinfo=UTC),
    "new year": dt.datetime(2026, 12, 31, 23, 59, 50, tzinfo=UTC),
}


@pytest.fixture(autouse=True)
def berlin(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("now", ODD.values(), ids=ODD)
def test_sessions_and_rows_of_the_log_run_in_utc(tmp_path, now):
    clock = HandClock()
    clock.now = now
    staff = staff_of(settings_for(tmp_path), clock)
    account(staff, "meier")
    token = staff.sign_in.sign_in(attempt("meier"))
    clock.on(minutes=29)
    assert staff.sessions.find(token) is not None
    clock.now = now - dt.timedelta(hours=1)
    assert staff.sessions.find(token) is not None, "the clock was put back"
    row = staff.log.rows(LogQuery(action="sign_in"))[1][0]
    assert row.at == now
    assert row.at.tzinfo is UTC
    assert staff.log.broken() == []
    clock.now = now + dt.timedelta(hours=8)
    assert staff.sessions.find(token) is None


@pytest.mark.parametrize("now", ODD.values(), ids=ODD)
def test_a_release_bears_a_day_that_exists_and_both_keep_their_order(tmp_path, now):
    settings = settings_for(tmp_path)
    first = publish(small_town(), settings, clock=now, job="a")
    second = publish(small_town(), settings, clock=now + dt.timedelta(seconds=20), job="b")
    days = [dt.date.fromisoformat(name[:10]) for name in (first, second)]
    assert days == sorted(days)
    assert first != second


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-31T23:30", dt.datetime(2026, 12, 31, 22, 30, tzinfo=UTC)),
        ("2028-02-29T12:00", dt.datetime(2028, 2, 29, 11, 0, tzinfo=UTC)),
        ("2026-10-25T02:30", dt.datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2027-03-28T02:30", dt.datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_that_is_typed_is_that_of_the_town(typed, meant):
    assert _moment(typed) == meant
    assert moment(meant, "de")


def test_a_day_that_does_not_exist_is_refused():
    with pytest.raises(DeskRefusedError):
        _moment("2027-02-29T12:00")
