"""What stands on the release desk, as statements within a transaction of the caller."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.appdb import AUDIT_LOG, RELEASE_CHECKS, RELEASE_DESK, RELEASES
from data.audit import AuditEntry, write_audit
from data.release_model import READY

_EMPTY: dict[str, Any] = {
    "department": "", "note_de": "", "note_en": "", "handed_in_by": "", "handed_in": None,
    "approved_by": "", "approved": None, "public_from": None, "base": "", "problem": "",
}  # fmt: skip


@dataclass(frozen=True)
class DeskRow:
    """What people did to one release; empty texts and None stand for "not yet".

    ``base`` is what was public when it was approved, ``problem`` why it did not become public
    at the time it was approved for.
    """

    release_id: str
    department: str = ""
    note_de: str = ""
    note_en: str = ""
    handed_in_by: str = ""
    handed_in: dt.datetime | None = None
    approved_by: str = ""
    approved: dt.datetime | None = None
    public_from: dt.datetime | None = None
    base: str = ""
    problem: str = ""


@dataclass(frozen=True)
class CheckRow:
    """What the check of a release against ``base`` found; ``report`` is JSON text.

    ``changed`` is the share of the numbers of the base that differ now (0 to 1).
    """

    release_id: str
    base: str
    at: dt.datetime
    actor: str
    is_passed: bool
    changed: float
    recalculation: bool
    report: str


def desk_row(connection: sa.Connection, release_id: str) -> DeskRow:
    """Return what people did to a release; an empty row where nobody did anything."""
    found = (
        connection.execute(sa.select(RELEASE_DESK).where(RELEASE_DESK.c.release_id == release_id))
        .mappings()
        .first()
    )
    return (
        DeskRow(**{k: v for k, v in found.items() if k != "town"}) if found else DeskRow(release_id)
    )


def change_desk(connection: sa.Connection, town: str, release_id: str, **changes: Any) -> None:
    """Write columns of a release, entering its row where there is none."""
    here = sa.and_(RELEASE_DESK.c.town == town, RELEASE_DESK.c.release_id == release_id)
    changed = connection.execute(sa.update(RELEASE_DESK).where(here).values(**changes))
    if changed.rowcount == 0:
        row = {**_EMPTY, "town": town, "release_id": release_id, **changes}
        connection.execute(sa.insert(RELEASE_DESK).values(**row))


def due_rows(connection: sa.Connection, now: dt.datetime) -> list[DeskRow]:
    """Return the approved releases that wait and whose time has come, the earliest first."""
    desk = RELEASE_DESK.c
    rows = connection.execute(
        sa.select(RELEASE_DESK)
        .join(RELEASES, sa.and_(RELEASES.c.town == desk.town, RELEASES.c.id == desk.release_id))
        .where(RELEASES.c.state == READY, desk.public_from.is_not(None), desk.public_from <= now)
        .order_by(desk.public_from, desk.release_id)
    ).mappings()
    return [DeskRow(**{k: v for k, v in row.items() if k != "town"}) for row in rows]


def put_check(connection: sa.Connection, town: str, row: CheckRow) -> None:
    """Enter the newest check of a release in the place of the one before."""
    connection.execute(
        sa.delete(RELEASE_CHECKS).where(
            RELEASE_CHECKS.c.town == town, RELEASE_CHECKS.c.release_id == row.release_id
        )
    )
    connection.execute(sa.insert(RELEASE_CHECKS).values(town=town, **vars(row)))


def check_row(connection: sa.Connection, release_id: str) -> CheckRow | None:
    """Return the newest check of a release, or None."""
    found = (
        connection.execute(
            sa.select(RELEASE_CHECKS).where(RELEASE_CHECKS.c.release_id == release_id)
        )
        .mappings()
        .first()
    )
    return CheckRow(**{k: v for k, v in found.items() if k != "town"}) if found else None


def town_of(connection: sa.Connection, release_id: str) -> str:
    """Return the town of a release, empty for an unknown one."""
    chosen = sa.select(RELEASES.c.town).where(RELEASES.c.id == release_id)
    return str(connection.execute(chosen).scalar() or "")


def note_act(
    connection: sa.Connection,
    release_id: str,
    actor: str,
    action: str,
    result: str = "done",
    *,
    at: dt.datetime,
) -> None:
    """Tell the log of something done to a release that made nothing public."""
    entry = AuditEntry(actor, action, release_id, result, "draft")
    write_audit(connection, town_of(connection, release_id), entry, at)


def last_pointing(connection: sa.Connection, release_id: str) -> tuple[str, dt.datetime] | None:
    """Return who made a release public the last time, and when."""
    log = AUDIT_LOG.c
    row = connection.execute(
        sa.select(log.actor, log.at)
        .where(log.release_id == release_id, log.object == "release", log.result == "done")
        .order_by(log.at.desc(), log.number.desc())
        .limit(1)
    ).first()
    return (row.actor, row.at) if row else None
