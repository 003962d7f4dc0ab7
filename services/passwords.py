"""Passwords: how they are kept, which are refused, how many are worked on at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from data.slots import SlotFolder

SHORTEST, LONGEST = 12, 128
AT_ONCE = 2
"""Hashes at the same time, over all processes of the machine: each takes 64 MiB."""
MOST_WAITING = 4
"""Those that wait in one process; the threads that are left go on serving pages."""
PATIENCE_SECONDS = 10.0
_PAUSE_SECONDS = 0.02
_WEIGHED = 64
"""Letters of a password that are weighed: more of them only make it better."""
_LEAST_GUESSES = 10**8
"""What is guessed sooner is among the common passwords, their variants, rows of keys, dates."""


class HashesBusyError(Exception):
    """Too many passwords are being checked; it is worth asking again in a few seconds."""


class Passwords:
    """Makes and compares argon2id hashes, a few at a time."""

    def __init__(
        self,
        folder: Path,
        *,
        hasher: PasswordHasher | None = None,
        patience: float = PATIENCE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._hasher = hasher or PasswordHasher()
        self._slots = SlotFolder(folder, AT_ONCE)
        self._patience = patience
        self._clock = clock
        self._guard = threading.Lock()
        self._waiting = 0
        self._nobody = ""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Let the caller hash when it is its turn.

        Raises
        ------
        HashesBusyError
            Too many wait already, or no turn came in time.
        """
        handle = self._slots.take()
        if handle is None:
            handle = self._wait()
        try:
            yield
        finally:
            self._slots.give_back(handle)

    def _wait(self) -> int:
        with self._guard:
            if self._waiting >= MOST_WAITING:
                raise HashesBusyError("full")
            self._waiting += 1
        try:
            end = self._clock() + self._patience
            while self._clock() < end:
                handle = self._slots.take()
                if handle is not None:
                    return handle
                time.sleep(_PAUSE_SECONDS)
            raise HashesBusyError("patience")
        finally:
            with self._guard:
                self._waiting -= 1

    def hash(self, password: str) -> str:
        """Return the hash to keep; within a :meth:`turn`."""
        return self._hasher.hash(password)

    def fits(self, kept: str, password: str) -> bool:
        """Return whether a password is the one that was kept; within a :meth:`turn`.

        Where nothing was kept a hash of nobody is compared, so that the answer takes as long.
        """
        if not self._nobody:
            self._nobody = self._hasher.hash("nobody signs in with this one")
        try:
            is_right = self._hasher.verify(kept or self._nobody, password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
        return is_right and bool(kept) and len(password) <= LONGEST


def weakness(password: str, known: tuple[str, ...] = ()) -> str:
    """Return the text key of why a password is refused, empty for a good one.

    Parameters
    ----------
    known
        What others know of whoever chooses it, such as the name.

    Examples
    --------
    >>> weakness("kurz"), weakness("passwort1234"), weakness("kugelblitz am see")
    ('staff.password.short', 'staff.password.common', '')
    """
    if len(password) < SHORTEST:
        return "staff.password.short"
    if len(password) > LONGEST:
        return "staff.password.long"
    if not password.isprintable():
        return "staff.password.letters"
    weighed = zxcvbn(password[:_WEIGHED], user_inputs=["keck", "atlas", *known])
    return "staff.password.common" if weighed["guesses"] < _LEAST_GUESSES else ""
