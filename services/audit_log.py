"""The audit log as a table: filtered, and with its chain checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from data.accounts import INSTALLATION, writing
from data.audit import REQUEST, AuditEntry, AuditRow, audit_rows, broken_rows, write_audit

LogRow = AuditRow
ACTIONS = (
    "publish", "rollback", "withdraw", "hand_in", "take_back", "discard", "approve", "revoke",
    "check",
    "confirm_recalculation", "confirm_context", "sign_in", "sign_out", "account_add",
    "account_setup", "account_role", "account_department", "account_disable", "account_enable",
    "account_reset", "account_link", "account_unlink", "password_change",
    "second_factor_on", "second_factor_off", "recovery_codes_new", "no_right", "foreign_write",
    "comment", "edit_responsibility",
    "edit_indicator", "edit_theme", "edit_level", "edit_facility_kind", "edit_start",
    "map_loaded", "map_built", "map_discarded", "map_cancelled",
    "upload_loaded", "upload_removed", "upload_cancelled", "name_learned", "name_forgotten",
    "scenario_save", "scenario_copy", "scenario_rename", "scenario_change", "scenario_lock",
    "scenario_delete",
    "measure_add", "measure_change", "measure_publish", "measure_withdraw", "measure_delete",
    "workshop_add", "workshop_change", "workshop_arrange", "workshop_open", "workshop_close",
    "workshop_lead", "workshop_delete", "workshop_forget",
    "edit_facility", "edit_facility_wish", "edit_offer", "edit_offer_wish",
    "workshop_hide", "workshop_show", "workshop_merge", "workshop_sort", "workshop_publish",
    "workshop_withdraw", "workshop_step_add", "workshop_step_change", "workshop_step_delete",
)  # fmt: skip
"""Everything that is written into the log."""

SHOWN = 200
"""Rows on a page; a file holds all."""


def answering(request: str) -> None:
    """Let rows of this thread name the request that is being answered; empty: none any more."""
    REQUEST.set(request)


@dataclass(frozen=True)
class LogQuery:
    """Which rows: of actors that hold a text, of an action, between two days (both included)."""

    actor: str = ""
    action: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


class AuditLogService:
    """Reads the log of a data folder: releases of its towns and accounts."""

    def __init__(self, database: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._clock = clock

    def rows(self, query: LogQuery, *, most: int | None = None) -> tuple[int, list[AuditRow]]:
        """Return how many rows fit, and the newest of them first."""
        with self._database.connect() as connection:
            found = [r for r in audit_rows(connection) if _fits(r, query)]
        return len(found), found[:most]

    def broken(self) -> list[tuple[str, int]]:
        """Return town and number of the rows that were edited or whose predecessor is gone."""
        with self._database.connect() as connection:
            towns = sorted({r.town for r in audit_rows(connection)})
            return [(town, n) for town in towns for n in broken_rows(connection, town)]

    def note(self, actor: str, action: str, result: str, about: str) -> None:
        """Append a row about something that is no release."""
        with writing(self._database) as connection:
            entry = AuditEntry(actor, action, "", result, about)
            write_audit(connection, INSTALLATION, entry, self._clock())


def _fits(row: AuditRow, query: LogQuery) -> bool:
    day = row.at.date()
    return (
        query.actor.casefold() in row.actor.casefold()
        and query.action in ("", row.action)
        and (query.since is None or day >= query.since)
        and (query.until is None or day <= query.until)
    )
