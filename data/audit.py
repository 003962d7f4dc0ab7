"""The audit log: who did what, each row chained to the one before it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from data.appdb import AUDIT_LOG, RELEASES

REQUEST: ContextVar[str] = ContextVar("request", default="")
"""Number of the request that is being answered, empty outside of any: rows carry it."""


@dataclass(frozen=True)
class AuditEntry:
    """Who did what to what, and how it ended; ``release_id`` is empty where none is concerned."""

    actor: str
    action: str
    release_id: str
    result: str
    object: str = "release"


@dataclass(frozen=True)
class AuditRow:
    """One row as it stands in the log; ``town`` is ``*`` where no town is concerned."""

    town: str
    number: int
    at: dt.datetime
    actor: str
    action: str
    object: str
    release_id: str
    result: str
    request: str


def write_audit(
    connection: sa.Connection, town: str, entry: AuditEntry, at: dt.datetime | None = None
) -> None:
    """Append one row within the caller's transaction; ``at`` is now where it is left out."""
    last = connection.execute(
        sa.select(AUDIT_LOG)
        .where(AUDIT_LOG.c.town == town)
        .order_by(AUDIT_LOG.c.number.desc())
        .limit(1)
    ).first()
    row: dict[str, Any] = {
        "town": town,
        "number": last.number + 1 if last else 1,
        "at": at or dt.datetime.now(dt.UTC),
        **asdict(entry),
        "request": REQUEST.get(),
    }
    connection.execute(
        sa.insert(AUDIT_LOG).values(**row, chain=_chain(last.chain if last else "", row))
    )


def shown_since(connection: sa.Connection, release_id: str) -> list[str]:
    """Return the other releases of the town that became public after this one was begun."""
    begun = sa.select(RELEASES.c.created).where(RELEASES.c.id == release_id).scalar_subquery()
    town = sa.select(RELEASES.c.town).where(RELEASES.c.id == release_id).scalar_subquery()
    rows = connection.execute(
        sa.select(AUDIT_LOG.c.release_id)
        .where(AUDIT_LOG.c.town == town, AUDIT_LOG.c.object == "release")
        .where(AUDIT_LOG.c.result == "done", AUDIT_LOG.c.at > begun)
        .where(AUDIT_LOG.c.release_id != release_id)
        .order_by(AUDIT_LOG.c.number)
    )
    return list(dict.fromkeys(row.release_id for row in rows))


def audit_rows(connection: sa.Connection) -> list[AuditRow]:
    """Return all rows of all towns, the newest first."""
    columns = [c for c in AUDIT_LOG.c if c.name != "chain"]
    rows = connection.execute(
        sa.select(*columns).order_by(
            AUDIT_LOG.c.at.desc(), AUDIT_LOG.c.town, AUDIT_LOG.c.number.desc()
        )
    ).mappings()
    return [AuditRow(**row) for row in rows]


def last_actors(
    connection: sa.Connection, town: str, kind: str, actions: Collection[str]
) -> dict[str, str]:
    """Return who did one of the actions last to each object of a kind, by what follows the kind."""
    rows = connection.execute(
        sa.select(AUDIT_LOG.c.object, AUDIT_LOG.c.actor)
        .where(AUDIT_LOG.c.town == town, AUDIT_LOG.c.object.like(f"{kind} %"))
        .where(AUDIT_LOG.c.result == "done", AUDIT_LOG.c.action.in_(actions))
        .order_by(AUDIT_LOG.c.number)
    )
    return {row.object.partition(" ")[2]: row.actor for row in rows}


def broken_rows(connection: sa.Connection, town: str) -> list[int]:
    """Return the numbers of rows that were edited, or whose predecessor is gone."""
    rows = connection.execute(
        sa.select(AUDIT_LOG).where(AUDIT_LOG.c.town == town).order_by(AUDIT_LOG.c.number)
    ).mappings()
    broken, before = [], ""
    for row in rows:
        content = {key: value for key, value in row.items() if key != "chain"}
        if row["chain"] != _chain(before, content):
            broken.append(int(row["number"]))
        before = row["chain"]
    return broken


def _chain(before: str, row: dict[str, Any]) -> str:
    # rows of earlier versions have no number of a request, and were chained without one
    content = {key: value for key, value in row.items() if key != "request" or value}
    text = json.dumps({**content, "at": row["at"].isoformat()}, sort_keys=True)
    return hashlib.sha256((before + text).encode("utf-8")).hexdigest()
