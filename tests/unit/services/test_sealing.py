"""Secrets of second factors: sealed in the database, and sealed anew with another secret."""

from __future__ import annotations

import io
import json
import logging
from dataclasses import replace

import pytest

from data import accounts as stored
from data.accounts import writing
from data.appdb import open_database
from data.key_file import FILE, found_key, kept_key
from services import upload_child
from services.sealing import Sealing, seal_anew
from services.sign_in import NoSignInError
from tests.staff import HandClock, account, attempt, code_at, session, staff_of
from tests.town_fixture import settings_for

OLD, NEW = "alter-geheimer-schluessel-0123456789", "neuer-geheimer-schluessel-9876543210"


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def settings(tmp_path):
    return replace(settings_for(tmp_path), secret_key=OLD)


def set_up(settings, clock):
    """Give meier a second factor; return its secret and the codes on paper."""
    staff = staff_of(settings, clock)
    account(staff, "meier")
    own = session(staff, "meier")
    secret, _ = staff.own.pending_secret(own)
    return secret, staff.own.confirm_second_factor(own, code_at(secret, clock.now))


def row_of(settings):
    database = open_database(settings.database, settings.data_dir)
    with database.connect() as connection:
        row = stored.account_by(connection, name="meier")
    database.dispose()
    return row


def test_the_database_does_not_hold_the_secret(settings, clock):
    secret, _ = set_up(settings, clock)
    assert secret.encode() not in (settings.data_dir / "app.db").read_bytes()
    assert Sealing([OLD]).open(row_of(settings).totp_secret) == secret
    clock.on(minutes=2)
    code = code_at(secret, clock.now)
    assert staff_of(settings, clock).sign_in.sign_in(attempt("meier", code=code))


def test_a_secret_that_stood_open_is_sealed_at_the_start(settings, clock):
    secret, _ = set_up(settings, clock)
    database = open_database(settings.database, settings.data_dir)
    with writing(database) as connection:
        stored.update_account(connection, row_of(settings).id, totp_secret=secret)
    assert seal_anew(database, Sealing([OLD])) == 1
    assert seal_anew(database, Sealing([OLD])) == 0
    database.dispose()
    kept = row_of(settings).totp_secret
    assert secret not in kept
    assert Sealing([OLD]).open(kept) == secret


def test_another_secret_takes_over_and_the_old_one_opens_nothing_any_more(settings, clock):
    secret, _ = set_up(settings, clock)
    staff_of(replace(settings, secret_key=NEW, secret_key_before=OLD), clock)
    kept = row_of(settings).totp_secret
    assert Sealing([NEW]).open(kept) == secret
    assert Sealing([OLD]).open(kept) == ""


def test_without_the_old_secret_the_log_says_so_and_codes_on_paper_count(settings, clock, caplog):
    secret, codes = set_up(settings, clock)
    before = row_of(settings).totp_secret
    changed = replace(settings, secret_key=NEW)
    with caplog.at_level(logging.ERROR):
        staff = staff_of(changed, clock)
    assert "KECK_SECRET_KEY_BEFORE" in caplog.text
    assert row_of(settings).totp_secret == before
    clock.on(minutes=2)
    with pytest.raises(NoSignInError):
        staff.sign_in.sign_in(attempt("meier", code=code_at(secret, clock.now)))
    assert staff.sign_in.sign_in(attempt("meier", code=codes[0]))


def test_a_laptop_keeps_a_key_of_its_own_that_only_its_owner_reads(tmp_path, clock):
    settings = settings_for(tmp_path)
    secret, _ = set_up(settings, clock)
    path = settings.data_dir / FILE
    assert path.stat().st_mode & 0o077 == 0
    assert kept_key(settings.data_dir) == found_key(settings.data_dir) == path.read_text()
    kept = row_of(settings).totp_secret
    assert Sealing.of(settings).open(kept) == secret
    # a secret that is set later takes over what the key of the folder sealed
    staff_of(replace(settings, secret_key=NEW), clock)
    assert Sealing([NEW]).open(row_of(settings).totp_secret) == secret


def test_a_process_that_is_told_no_secret_makes_no_key_and_finds_no_fault(
    settings, clock, monkeypatch, caplog
):
    set_up(settings, clock)
    before = row_of(settings).totp_secret
    wish = {
        "upload": "0" * 32, "job": "none", "data_dir": str(settings.data_dir),
        "database_url": settings.database_url, "import_memory_mb": 512, "import_seconds": 60,
    }  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(wish)))
    assert upload_child.main() == 0
    assert not (settings.data_dir / FILE).exists()
    assert row_of(settings).totp_secret == before
    assert caplog.text == ""


def test_without_a_key_nothing_is_opened_and_nothing_sealed():
    sealed = Sealing([OLD]).seal("GEHEIM")
    assert Sealing(()).open(sealed) == ""
    with pytest.raises(ValueError, match="Fernet"):
        Sealing(()).seal("GEHEIM")


def test_nothing_stays_nothing_and_is_never_sealed():
    sealing = Sealing([OLD])
    assert sealing.seal("") == sealing.open("") == ""
    assert sealing.is_current("")
