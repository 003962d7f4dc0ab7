"""The second factor: codes of an app (TOTP, RFC 6238), and codes on paper for a lost telephone."""

from __future__ import annotations

import datetime as dt
import hmac

import pyotp
import sqlalchemy as sa

from data import accounts as stored
from data.accounts import AccountRow
from services.sealing import Sealing
from services.tokens import hash_of, plain_code

ISSUER = "KECK-Atlas"
_STEP_SECONDS = 30
_DIGITS = 6
_DRIFT = (-1, 0, 1)
"""Steps of half a minute by which the clock of a telephone may be wrong."""


def new_secret() -> str:
    """Return a random secret of 160 bits for an app."""
    return pyotp.random_base32()


def address_of(secret: str, name: str) -> str:
    """Return the ``otpauth:`` address that an app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def matching_step(secret: str, code: str, now: dt.datetime, after: int) -> int | None:
    """Return the step of half a minute a code is for, None for a wrong or used one.

    Parameters
    ----------
    after
        The last step that was used: its code and earlier ones count no more.
    """
    typed = "".join(code.split())
    if not (typed.isascii() and typed.isdigit() and len(typed) == _DIGITS):
        return None
    present = int(now.timestamp()) // _STEP_SECONDS
    for step in (present + drift for drift in _DRIFT):
        right = pyotp.TOTP(secret).at(step * _STEP_SECONDS)
        if hmac.compare_digest(right, typed) and step > after:
            return step
    return None


def take_code(
    connection: sa.Connection, row: AccountRow, code: str, now: dt.datetime, sealing: Sealing
) -> str | None:
    """Use a code up within a transaction; codes on paper count whatever became of the key.

    Returns
    -------
    str or None
        ``app`` or ``paper`` for a right code of either kind, None for a wrong one.
    """
    secret = sealing.open(row.totp_secret)
    step = matching_step(secret, code, now, row.totp_step) if secret else None
    if step is not None:
        stored.update_account(connection, row.id, totp_step=step)
        return "app"
    if stored.take_recovery_code(connection, row.id, hash_of(plain_code(code))):
        return "paper"
    return None
