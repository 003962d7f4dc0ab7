"""Leases of an installation, as statements within a transaction of the caller that writes alone."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from data.accounts import INSTALLATION
from data.metadata import METADATA
from data.points_in_time import UtcDateTime

LEASES = sa.Table(
    "leases",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("holder", sa.Text, nullable=False),
    sa.Column("until", UtcDateTime, nullable=False),
)

_L = LEASES.c


def take_lease(
    connection: sa.Connection, name: str, holder: str, now: dt.datetime, until: dt.datetime
) -> bool:
    """Enter a lease of a holder; False where another one's has not run out."""
    row = connection.execute(
        sa.select(_L.holder, _L.until).where(_L.town == INSTALLATION, _L.name == name)
    ).first()
    if row is None:
        connection.execute(
            sa.insert(LEASES).values(town=INSTALLATION, name=name, holder=holder, until=until)
        )
        return True
    if row.holder != holder and row.until > now:
        return False
    connection.execute(
        sa.update(LEASES)
        .where(_L.town == INSTALLATION, _L.name == name)
        .values(holder=holder, until=until)
    )
    return True


def put_lease(connection: sa.Connection, name: str, holder: str, until: dt.datetime) -> None:
    """Change the end of a lease of a holder; one that others hold stays."""
    connection.execute(
        sa.update(LEASES)
        .where(_L.town == INSTALLATION, _L.name == name, _L.holder == holder)
        .values(until=until)
    )
