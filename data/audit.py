"""The audit log: who published what, each row chained to the one before it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from data.appdb import AUDIT_LOG, RELEASES


@dataclass(frozen=True)
class AuditEntry:
    """Who did what to which release, and how it ended."""

    actor: str
    action: str
    release_id: str
    result: str


def write_audit(connection: sa.Connection, town: str, entry: AuditEntry) -> None:
    """Append one row within the caller's transaction."""
    last = connection.execute(
        sa.select(AUDIT_LOG)
        .where(AUDIT_LOG.c.town == town)
        .order_by(AUDIT_LOG.c.number.desc())
        .limit(1)
    ).first()
    row: dict[str, Any] = {
        "town": town,
        "number": last.number + 1 if last else 1,
        "at": dt.datetime.now(dt.UTC),
        "object": "release",
        **asdict(entry),
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
    text = json.dumps({**row, "at": row["at"].isoformat()}, sort_keys=True)
    return hashlib.sha256((before + text).encode("utf-8")).hexdigest()
