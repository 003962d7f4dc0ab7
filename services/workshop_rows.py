"""One workshop as a row: found or told to be missing, entered into the log, or not kept at all."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from data.audit import AuditEntry, write_audit
from data.workshops import Workshop, workshop
from domain.workshop_script import Script
from services.workshop_faults import UnknownWorkshopError


def provisional(script: Script, release: str, level: str) -> Workshop:
    """Return a workshop that nobody keeps, for looking up what its slides show."""
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    return Workshop("", "", script, release, level, "", never, never)


def one_of(connection: sa.Connection, town: str, workshop_id: str) -> Workshop:
    """Return a workshop of a town; ``UnknownWorkshopError`` where there is none of this id."""
    found = workshop(connection, town, workshop_id)
    if found is None:
        raise UnknownWorkshopError(workshop_id)
    return found


def note(
    connection: sa.Connection, town: str, one: Workshop, done: tuple[str, str], now: dt.datetime
) -> None:
    """Enter into the audit log who did what with a workshop; ``done`` is actor and deed."""
    actor, deed = done
    entry = AuditEntry(actor, f"workshop_{deed}", one.release_id, "done", f"workshop {one.id}")
    write_audit(connection, town, entry, now)
