"""The pointer to the published release, moved by compare and swap in the caller's transaction."""

from __future__ import annotations

import sqlalchemy as sa

from data.appdb import RELEASE_POINTER, RELEASES
from data.audit import AuditEntry, write_audit
from data.release_model import PUBLISHED, WITHDRAWN


def swap(
    connection: sa.Connection, release_id: str, base: str | None, actor: str, action: str
) -> bool:
    """Point to the release only if ``base`` is still published; the log tells either way."""
    town = _town(connection, release_id)
    change: sa.Insert | sa.Update
    if base is None:
        empty = ~sa.exists().select_from(RELEASE_POINTER)
        first = sa.select(sa.literal(town), sa.literal(release_id)).where(empty)
        change = sa.insert(RELEASE_POINTER).from_select(["town", "release_id"], first)
    else:
        change = (
            sa.update(RELEASE_POINTER)
            .where(RELEASE_POINTER.c.release_id == base)
            .values(town=town, release_id=release_id)
        )
    # an insert counts its rows on every database only where it is asked to
    counted = change.execution_options(preserve_rowcount=True)
    swapped = connection.execute(counted).rowcount == 1
    if swapped:
        connection.execute(
            sa.update(RELEASES).where(RELEASES.c.id == release_id).values(state=PUBLISHED)
        )
    entry = AuditEntry(actor, action, release_id, "done" if swapped else "conflict")
    write_audit(connection, town, entry)
    return swapped


def withdraw(connection: sa.Connection, release_id: str, successor: str | None, actor: str) -> bool:
    """Take a published release back; the pointer goes to ``successor`` where it named this one.

    Returns
    -------
    bool
        False, with nothing changed, where the release is not published, or is what the pointer
        names and no successor is given.
    """
    named = connection.execute(sa.select(RELEASE_POINTER.c.release_id)).scalar()
    is_named = named == release_id
    if is_named and not (successor and swap(connection, successor, release_id, actor, "rollback")):
        return False
    changed = connection.execute(
        sa.update(RELEASES)
        .where(RELEASES.c.id == release_id, RELEASES.c.state == PUBLISHED)
        .values(state=WITHDRAWN)
    )
    done = changed.rowcount == 1
    entry = AuditEntry(actor, "withdraw", release_id, "done" if done else "conflict", "draft")
    write_audit(connection, _town(connection, release_id), entry)
    return done


def _town(connection: sa.Connection, release_id: str) -> str:
    return str(
        connection.execute(
            sa.select(RELEASES.c.town).where(RELEASES.c.id == release_id)
        ).scalar_one()
    )
