from __future__ import annotations

import threading

import pytest

from services.passwords import LONGEST, MOST_WAITING, HashesBusyError, Passwords, weakness
from tests.staff import PASSWORD, quick_passwords


@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("elf letters", "staff.password.short"),
        ("x" * (LONGEST + 1), "staff.password.long"),
        ("zeile eins\nzeile zwei", "staff.password.letters"),
        ("aaaaaaaaaaaaaaaa", "staff.password.common"),
        ("password1234", "staff.password.common"),
        ("passwort12345", "staff.password.common"),
        ("qwertyuiop123", "staff.password.common"),
        ("123456789012345", "staff.password.common"),
        ("m.mustermann12", "staff.password.common"),
        (PASSWORD, ""),
        ("Größe 12 Äpfel & Nüsse", ""),
    ],
)
def test_short_long_common_and_known_passwords_are_refused(password, key):
    assert weakness(password, ("m.mustermann",)) == key


def test_a_hash_is_argon2id_of_64_mebibytes_and_of_one_password_only(tmp_path):
    passwords = Passwords(tmp_path)
    with passwords.turn():
        kept = passwords.hash(PASSWORD)
        assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
        assert passwords.fits(kept, PASSWORD)
        assert not passwords.fits(kept, PASSWORD + "x")


def test_nobody_a_broken_hash_and_an_endless_password_never_fit(tmp_path):
    passwords = quick_passwords(tmp_path)
    assert not passwords.fits("", "nobody signs in with this one")
    assert not passwords.fits("no hash", PASSWORD)
    kept = passwords.hash("x" * (LONGEST + 1))
    assert not passwords.fits(kept, "x" * (LONGEST + 1))
    assert not passwords.fits(kept, "x" * 1_000_000)


def test_a_missing_account_costs_a_hash_too(tmp_path):
    class Counting:
        verified = 0

        def hash(self, _password):
            return "kept"

        def verify(self, _kept, _password):
            self.verified += 1
            return True

    hasher = Counting()
    passwords = Passwords(tmp_path, hasher=hasher)
    assert not passwords.fits("", PASSWORD)
    assert passwords.fits("something", PASSWORD)
    assert hasher.verified == 2


def test_two_hash_at_once_a_few_wait_and_the_rest_is_sent_away(tmp_path):
    passwords = quick_passwords(tmp_path)
    other_process = quick_passwords(tmp_path)
    got, go = [], threading.Event()

    def wait():
        with passwords.turn():
            got.append("turn")
            go.wait()

    with passwords.turn(), other_process.turn():
        threads = [threading.Thread(target=wait) for _ in range(MOST_WAITING)]
        for thread in threads:
            thread.start()
        while passwords._waiting < MOST_WAITING:
            threading.Event().wait(0.005)
        with pytest.raises(HashesBusyError), passwords.turn():
            got.append("never")
        assert got == []
    go.set()
    for thread in threads:
        thread.join()
    assert got == ["turn"] * MOST_WAITING


def test_who_waits_longer_than_the_patience_is_sent_away(tmp_path):
    ticks = iter(range(100))
    passwords = Passwords(tmp_path, patience=3, clock=lambda: next(ticks))
    busy = pytest.raises(HashesBusyError, match="patience")
    with passwords.turn(), passwords.turn(), busy, passwords.turn():
        raise AssertionError("there was no third turn")
    with passwords.turn():
        assert passwords._waiting == 0
