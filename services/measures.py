"""The register of measures: drafts, what the public sees, and who changed what.

Rights are asked for at the door. Each deed leaves a row in the audit log and, field by field, in
the log of the measure; whoever had an older version before them is told instead of overwriting.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace

import sqlalchemy as sa

from data.accounts import writing
from data.audit import AuditEntry, write_audit
from data.measures import (
    Measure,
    MeasureChange,
    add_measure,
    append_changes,
    changes_of,
    last_change,
    measure,
    measures,
    put_measure,
    remove_measure,
)
from domain.measure import (
    DRAFT,
    EXPECTATION,
    PUBLISHED,
    WrongFieldError,
    changed_fields,
    read_measure,
)
from domain.model import Audience
from services.catalogue_edits import CatalogueEdits, EditRefusedError
from services.measure_choices import MeasureChoices

KeptMeasure = Measure
"""What is kept, for whoever draws it."""
KeptChange = MeasureChange
MOST = 1_000
"""Measures a town may keep; drafts can be deleted."""
_STATE = "state"


class UnknownMeasureError(LookupError):
    """There is no such measure, or no more."""


class MeasureConflictError(Exception):
    """Somebody else changed it meanwhile; ``latest`` is what they made of it."""

    def __init__(self, latest: Measure) -> None:
        super().__init__(f"measure {latest.id} is at {latest.version}")
        self.latest = latest


class MeasureService:
    """Keeps the measures of one data folder; the town is that of its newest release."""

    def __init__(
        self,
        database: sa.Engine,
        clock: Callable[[], dt.datetime],
        edits: CatalogueEdits,
        choices: MeasureChoices,
    ) -> None:
        self._database = database
        self._clock = clock
        self._edits = edits
        self._choices = choices

    def at(self, moment: dt.datetime) -> MeasureService:
        """Return the same register at another point in time: for the story of a fictional town."""
        return MeasureService(self._database, lambda: moment, self._edits, self._choices)

    def today(self) -> dt.date:
        """Return the present day (UTC)."""
        return self._clock().date()

    def all(self, audience: Audience) -> list[Measure]:
        """Return what an audience may see, those that began last first; no drafts in public."""
        with self._database.connect() as connection:
            found = measures(connection, self._edits.town())
        return [m for m in found if audience is Audience.INTERNAL or m.state == PUBLISHED]

    def get(self, measure_id: str) -> Measure:
        """Return one measure; ``UnknownMeasureError`` where there is none of this id."""
        with self._database.connect() as connection:
            return self._one(connection, measure_id)

    def changes(self, measure_id: str) -> list[MeasureChange]:
        """Return the changes of a measure, the newest first."""
        with self._database.connect() as connection:
            return changes_of(connection, self._edits.town(), measure_id)

    def expected(self, one: Measure) -> dt.datetime:
        """Return since when it is written as it stands what is to move where, and how far."""
        with self._database.connect() as connection:
            changed = last_change(connection, self._edits.town(), one.id, EXPECTATION)
        return changed or one.created

    def add(self, typed: Mapping[str, str], *, actor: str) -> Measure:
        """Keep a new measure as draft; its stamp says when it was entered.

        Raises
        ------
        WrongFieldError
            A field cannot be as it was typed.
        EditRefusedError
            There is no release yet, or too many measures.
        """
        facts, now, town = read_measure(typed), self._clock(), self._edits.town()
        if not town:
            raise EditRefusedError("measures.problem.release")
        self._choices.check(facts)
        new = Measure(secrets.token_hex(8), facts, DRAFT, actor, now, now)
        with writing(self._database) as connection:
            if len(measures(connection, town)) >= MOST:
                raise EditRefusedError("measures.problem.many", most=str(MOST))
            add_measure(connection, town, new)
            self._note(connection, new, actor, "add")
        return new

    def change(
        self,
        measure_id: str,
        typed: Mapping[str, str],
        *,
        seen: int,
        actor: str,
        stays_public: bool = True,
    ) -> Measure:
        """Make a measure what was typed; its log tells.

        A published one that is not to stay public is a draft again: nobody may say anything to
        the public who may not release.

        Raises
        ------
        WrongFieldError
            A field cannot be as it was typed.
        UnknownMeasureError
            Somebody deleted it.
        MeasureConflictError
            Somebody changed it since version ``seen``.
        """
        facts = read_measure(typed)
        self._choices.check(facts)

        def changed(one: Measure) -> Measure:
            is_same = not changed_fields(one.facts, facts)
            state = one.state if stays_public or is_same else DRAFT
            return replace(one, facts=facts, state=state)

        return self._write(measure_id, seen, actor, "change", changed)

    def publish(self, measure_id: str, *, seen: int, actor: str) -> Measure:
        """Show a measure to the public; errors as :meth:`change`."""
        return self._write(
            measure_id, seen, actor, "publish", lambda one: replace(one, state=PUBLISHED)
        )

    def withdraw(self, measure_id: str, *, seen: int, actor: str) -> Measure:
        """Take a measure from the public; it is a draft again."""
        return self._write(
            measure_id, seen, actor, "withdraw", lambda one: replace(one, state=DRAFT)
        )

    def delete(self, measure_id: str, *, seen: int, actor: str) -> None:
        """Forget a draft.

        Raises
        ------
        EditRefusedError
            It is published: withdraw it first.
        """
        town = self._edits.town()
        with writing(self._database) as connection:
            one = self._current(connection, measure_id, seen)
            if one.state != DRAFT:
                raise EditRefusedError("measures.problem.published")
            remove_measure(connection, town, measure_id)
            self._note(connection, one, actor, "delete")

    def _write(
        self,
        measure_id: str,
        seen: int,
        actor: str,
        deed: str,
        change: Callable[[Measure], Measure],
    ) -> Measure:
        now, town = self._clock(), self._edits.town()
        with writing(self._database) as connection:
            one = self._current(connection, measure_id, seen)
            changed = replace(change(one), changed=now)
            told = list(changed_fields(one.facts, changed.facts))
            if one.state != changed.state:
                told.append((_STATE, one.state, changed.state))
            if not told:
                return one
            written = put_measure(connection, town, changed)
            append_changes(connection, town, measure_id, told, actor=actor, at=now)
            self._note(connection, written, actor, deed)
        return written

    def _one(self, connection: sa.Connection, measure_id: str) -> Measure:
        found = measure(connection, self._edits.town(), measure_id)
        if found is None:
            raise UnknownMeasureError(measure_id)
        return found

    def _current(self, connection: sa.Connection, measure_id: str, seen: int) -> Measure:
        one = self._one(connection, measure_id)
        if one.version != seen:
            raise MeasureConflictError(one)
        return one

    def _note(self, connection: sa.Connection, one: Measure, actor: str, deed: str) -> None:
        entry = AuditEntry(actor, f"measure_{deed}", "", "done", f"measure {one.id}")
        write_audit(connection, self._edits.town(), entry, self._clock())


__all__ = [
    "MOST", "KeptChange", "KeptMeasure", "MeasureConflictError", "MeasureService",
    "UnknownMeasureError", "WrongFieldError",
]  # fmt: skip
