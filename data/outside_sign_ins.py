"""Sign-ins that a service outside was asked for and has not answered, as statements.

The caller's transaction holds them; of state and browser only a hash is kept.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from data.accounts import INSTALLATION
from data.metadata import METADATA
from data.points_in_time import UtcDateTime

OUTSIDE_SIGN_INS = sa.Table(
    "outside_sign_ins",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("state_hash", sa.Text, primary_key=True),
    sa.Column("browser_hash", sa.Text, nullable=False),
    sa.Column("nonce", sa.Text, nullable=False),
    sa.Column("verifier", sa.Text, nullable=False),
    sa.Column("wanted", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("created", UtcDateTime, nullable=False),
    sa.Column("session_hash", sa.Text, nullable=False),
)

_O = OUTSIDE_SIGN_INS.c


@dataclass(frozen=True)
class OutsideRow:
    """One sign-in that was begun: what the answer must fit, and where one goes on to.

    ``subject`` is a hash of the network it was begun from; ``session_hash`` the session whose
    account is to be linked, empty for a sign-in.
    """

    state_hash: str
    browser_hash: str
    nonce: str
    verifier: str
    wanted: str
    subject: str
    created: dt.datetime
    session_hash: str = ""


def insert_outside(connection: sa.Connection, row: OutsideRow) -> None:
    """Enter a sign-in that begins."""
    connection.execute(sa.insert(OUTSIDE_SIGN_INS).values(town=INSTALLATION, **vars(row)))


def take_outside(connection: sa.Connection, state_hash: str) -> OutsideRow | None:
    """Use a sign-in up and return it; None where there is none such, or no more."""
    here = sa.and_(_O.town == INSTALLATION, _O.state_hash == state_hash)
    columns = [column for column in _O if column.name != "town"]
    row = connection.execute(sa.select(*columns).where(here)).mappings().first()
    if row is None or connection.execute(sa.delete(OUTSIDE_SIGN_INS).where(here)).rowcount != 1:
        return None
    return OutsideRow(**row)


def begun_since(connection: sa.Connection, subject: str, since: dt.datetime) -> int:
    """Return how many sign-ins a network began since a moment and has not ended."""
    return connection.execute(
        sa.select(sa.func.count())
        .select_from(OUTSIDE_SIGN_INS)
        .where(_O.town == INSTALLATION, _O.subject == subject, _O.created > since)
    ).scalar_one()


def delete_outside(connection: sa.Connection, before: dt.datetime) -> None:
    """Forget what nobody ended."""
    connection.execute(
        sa.delete(OUTSIDE_SIGN_INS).where(_O.town == INSTALLATION, _O.created < before)
    )
