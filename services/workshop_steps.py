"""What a workshop agreed on: steps with owner and date, that can become measures."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import replace

import sqlalchemy as sa

from data.accounts import writing
from data.audit import AuditEntry, write_audit
from data.workshop_outcomes import Step, put_step, remove_step, steps
from domain.next_step import StepFacts
from services.catalogue_edits import CatalogueEdits, EditRefusedError
from services.workshops import WorkshopService

MOST_STEPS = 100
KeptStep = Step


class UnknownStepError(LookupError):
    """There is no such step, or no more."""


class StepService:
    """Keeps the steps of the workshops of one data folder."""

    def __init__(
        self,
        database: sa.Engine,
        clock: Callable[[], dt.datetime],
        edits: CatalogueEdits,
        kept: WorkshopService,
    ) -> None:
        self._database = database
        self._clock = clock
        self._edits = edits
        self._kept = kept

    def all(self, workshop_id: str) -> list[Step]:
        """Return the steps of a workshop in the order in which they were agreed."""
        with self._database.connect() as connection:
            return steps(connection, self._edits.town(), workshop_id)

    def get(self, workshop_id: str, step_id: str) -> Step:
        """Return one step; ``UnknownStepError`` where there is none of this id."""
        found = next((s for s in self.all(workshop_id) if s.id == step_id), None)
        if found is None:
            raise UnknownStepError(step_id)
        return found

    def add(self, workshop_id: str, facts: StepFacts, *, actor: str) -> Step:
        """Keep a new step.

        Raises
        ------
        UnknownWorkshopError
            There is no such workshop.
        EditRefusedError
            It has all the steps it may have.
        """
        self._kept.get(workshop_id)
        if len(self.all(workshop_id)) >= MOST_STEPS:
            raise EditRefusedError("workshop.step.problem.many", most=str(MOST_STEPS))
        new = Step(
            secrets.token_hex(8), facts.text, facts.owner, facts.due, facts.areas, self._clock()
        )
        self._put(workshop_id, new, actor, "step_add")
        return new

    def change(self, workshop_id: str, step_id: str, facts: StepFacts, *, actor: str) -> Step:
        """Make a step what was typed; ``UnknownStepError`` where somebody deleted it."""
        changed = replace(self.get(workshop_id, step_id), **vars(facts))
        self._put(workshop_id, changed, actor, "step_change")
        return changed

    def became(self, workshop_id: str, step_id: str, measure: str, *, actor: str) -> None:
        """Note which measure a step became; ``UnknownStepError`` where somebody deleted it."""
        step = replace(self.get(workshop_id, step_id), measure=measure)
        self._put(workshop_id, step, actor, "step_change")

    def delete(self, workshop_id: str, step_id: str, *, actor: str) -> None:
        """Forget a step; ``UnknownStepError`` where somebody did so already."""
        step = self.get(workshop_id, step_id)
        with writing(self._database) as connection:
            remove_step(connection, self._edits.town(), workshop_id, step.id)
            self._note(connection, workshop_id, actor, "step_delete")

    def _put(self, workshop_id: str, step: Step, actor: str, deed: str) -> None:
        with writing(self._database) as connection:
            put_step(connection, self._edits.town(), workshop_id, step)
            self._note(connection, workshop_id, actor, deed)

    def _note(self, connection: sa.Connection, workshop_id: str, actor: str, deed: str) -> None:
        entry = AuditEntry(actor, f"workshop_{deed}", "", "done", f"workshop {workshop_id}")
        write_audit(connection, self._edits.town(), entry, self._clock())
