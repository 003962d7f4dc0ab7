"""Workshops that staff prepare and lead: scripts, the lease of the presenter, and moves.

Rights are asked for at the door. Whoever had an older script before them is told instead of
overwriting; a room has one presenter at a time, whose lease runs out when they are gone.
"""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable
from dataclasses import replace

import sqlalchemy as sa

from data.accounts import writing
from data.workshop_forgetting import forget_contributions
from data.workshop_outcomes import forget_steps
from data.workshops import (
    Workshop,
    add_workshop,
    put_workshop,
    remove_workshop,
    workshop_of_code,
    workshops,
    workshops_of_kind,
)
from domain.workshop_codes import new_code
from domain.workshop_file import storable
from domain.workshop_room import ENDED, MEETING, OPEN, QUESTION, SORTS, RoomState, move
from domain.workshop_script import Script
from services.catalogue_edits import CatalogueEdits, EditRefusedError
from services.workshop_faults import (
    LedByAnotherError,
    UnknownWorkshopError,
    WorkshopConflictError,
)
from services.workshop_rows import note, one_of

__all__ = [
    "KEPT_DAYS", "KeptWorkshop", "LedByAnotherError", "UnknownWorkshopError",
    "WorkshopConflictError", "WorkshopService",
]  # fmt: skip

KeptWorkshop = Workshop
"""What is kept, for whoever draws it."""
TOWN_SECONDS = 2.0
MOST = 500
"""Workshops a town may keep; those that are over can be deleted."""
LEASE = dt.timedelta(seconds=30)
"""For so long a presenter who is silent keeps the room."""
KEPT_DAYS = 30
"""Days after its end for which what was said in a room is kept."""
CLOCKWORK = "keck"
"""Who is named in the log where nobody did it: the program, when its time had come."""


def forgotten_at(one: Workshop) -> dt.datetime | None:
    """Return when what was said in a room is forgotten, None while it is not over."""
    over = one.over_since
    return None if over is None else over + dt.timedelta(days=KEPT_DAYS)


class WorkshopService:
    """Keeps the workshops of one data folder; the town is that of its newest release."""

    def __init__(
        self, database: sa.Engine, clock: Callable[[], dt.datetime], edits: CatalogueEdits
    ) -> None:
        self._database = database
        self._clock = clock
        self._edits = edits
        self._town = (-TOWN_SECONDS, "")

    def all(self) -> list[Workshop]:
        """Return the workshops, those changed last first."""
        with self._database.connect() as connection:
            return workshops(connection, self._edits.town())

    def get(self, workshop_id: str) -> Workshop:
        """Return one workshop; ``UnknownWorkshopError`` where there is none of this id."""
        with self._database.connect() as connection:
            return self._one(connection, workshop_id)

    def open_questions(self) -> list[Workshop]:
        """Return the questions that anybody may answer now, those that close first first."""
        now = self._clock()
        with self._database.connect() as connection:
            found = workshops_of_kind(connection, self._edits.town(), QUESTION)
        asked = [
            one
            for one in found
            if one.state.phase == OPEN and (one.until is None or one.until >= now)
        ]
        return sorted(asked, key=lambda one: (one.until is None, one.until or now))

    def town(self) -> str:
        """Return the town whose workshops these are, at most two seconds old.

        Every vote asks for it, and it changes when another town is imported.
        """
        at, known = self._town
        if not known or time.monotonic() - at > TOWN_SECONDS:
            known = self._edits.town()
            self._town = (time.monotonic(), known)
        return known

    def of_code(self, code: str) -> Workshop:
        """Return the workshop of a code; ``UnknownWorkshopError`` where there is none."""
        with self._database.connect() as connection:
            found = workshop_of_code(connection, self.town(), code)
        if found is None:
            raise UnknownWorkshopError(code)
        return found

    def add(
        self, script: Script, *, release: str, level: str, actor: str, kind: str = MEETING
    ) -> Workshop:
        """Keep a new workshop over a release and the level whose areas can be named.

        What is said without a meeting waits for somebody to look at it before others see it.

        Raises
        ------
        ScriptError
            The script cannot be held.
        EditRefusedError
            There is no release yet, or too many workshops.
        """
        now, town = self._clock(), self._edits.town()
        if not town or not release:
            raise EditRefusedError("workshop.problem.release")
        new = Workshop(
            secrets.token_hex(8), new_code(), storable(script), release, level, actor, now, now,
            kind=kind if kind in SORTS else MEETING, is_moderated=kind == QUESTION,
        )  # fmt: skip
        with writing(self._database) as connection:
            if len(workshops(connection, town)) >= MOST:
                raise EditRefusedError("workshop.problem.most", most=str(MOST))
            add_workshop(connection, town, new)
            self._note(connection, new, actor, "add")
        return new

    def copy(self, workshop_id: str, title: str, *, actor: str) -> Workshop:
        """Keep the script of a workshop once more, for another room; errors as :meth:`add`."""
        first = self.get(workshop_id)
        script = replace(first.script, title=title.strip())
        return self.add(
            script, release=first.release_id, level=first.level, actor=actor, kind=first.kind
        )

    def change(self, workshop_id: str, script: Script, *, seen: int, actor: str) -> Workshop:
        """Give a workshop another script; answers keep to the ids of its slides.

        Raises
        ------
        ScriptError
            The script cannot be held.
        UnknownWorkshopError
            Somebody deleted it.
        WorkshopConflictError
            Somebody changed it since version ``seen``.
        EditRefusedError
            The workshop is over.
        """
        now, sound = self._clock(), storable(script)
        with writing(self._database) as connection:
            one = self._one(connection, workshop_id)
            if one.version != seen:
                raise WorkshopConflictError(one)
            if one.state.phase == ENDED:
                raise EditRefusedError("workshop.problem.ended")
            written = replace(one, script=sound, changed=now, version=one.version + 1)
            put_workshop(connection, self._edits.town(), written)
            self._note(connection, written, actor, "change")
        return written

    def arrange(
        self, workshop_id: str, *, is_moderated: bool, until: dt.datetime | None, actor: str
    ) -> Workshop:
        """Say whether pins wait to be looked at, and until when a question is open; None for ever.

        Raises
        ------
        UnknownWorkshopError
            There is no such workshop.
        """
        with writing(self._database) as connection:
            one = self._one(connection, workshop_id)
            written = replace(one, is_moderated=is_moderated, until=until)
            put_workshop(connection, self._edits.town(), written)
            self._note(connection, written, actor, "arrange")
        return written

    def delete(self, workshop_id: str, *, actor: str) -> None:
        """Forget a workshop, all that was said in it and the steps that were agreed.

        What was made public stays; an open room has to be ended before.
        """
        town = self._edits.town()
        with writing(self._database) as connection:
            one = self._one(connection, workshop_id)
            if one.state.phase == OPEN:
                raise EditRefusedError("workshop.problem.open")
            forget_contributions(connection, town, workshop_id)
            forget_steps(connection, town, workshop_id)
            remove_workshop(connection, town, workshop_id)
            self._note(connection, one, actor, "delete")

    def lead(self, workshop_id: str, presenter: str, *, by_force: bool = False) -> Workshop:
        """Take or renew the lease of a room; ``presenter`` is a secret of the browser.

        Raises
        ------
        UnknownWorkshopError
            There is no such workshop.
        LedByAnotherError
            Somebody else leads it, and the room is not taken ``by_force``.
        """
        now = self._clock()
        with writing(self._database) as connection:
            one = self._led(self._one(connection, workshop_id), presenter, now, by_force=by_force)
            put_workshop(connection, self._edits.town(), one)
        return one

    def move(
        self,
        workshop_id: str,
        presenter: str,
        deed: str,
        *,
        position: int = 0,
        view: str = "",
        follows: bool = True,
    ) -> RoomState:
        """Move a room on, see :func:`domain.workshop_room.move`; the presenter must lead it.

        Raises
        ------
        MoveError
            The move cannot be made.
        UnknownWorkshopError, LedByAnotherError
            As :meth:`lead`.
        """
        now = self._clock()
        with writing(self._database) as connection:
            one = self._led(self._one(connection, workshop_id), presenter, now)
            state = move(one.state, one.script, deed, position=position, view=view, follows=follows)
            if (state.phase, state.position) != (one.state.phase, one.state.position):
                state = replace(state, since=int(now.timestamp()))
            opened = one.opened or (now if state.phase == OPEN else None)
            ended = one.ended or (now if state.phase == ENDED else None)
            written = replace(one, state=state, opened=opened, ended=ended)
            put_workshop(connection, self._edits.town(), written)
        return state

    def is_over(self, one: Workshop) -> bool:
        """Whether nobody can say anything more: a room has ended, or its last day has passed."""
        is_late = one.until is not None and self._clock() > one.until
        return one.state.phase == ENDED or is_late

    def is_forgotten(self, one: Workshop) -> bool:
        """Whether the time has come to forget what was said in a room."""
        at = forgotten_at(one)
        return at is not None and at < self._clock()

    def forget_old(self) -> int:
        """Forget what was said in rooms that are over for 30 days; return how many there were."""
        town = self._edits.town()
        with writing(self._database) as connection:
            old = [w for w in workshops(connection, town) if self.is_forgotten(w)]
            said = [w for w in old if forget_contributions(connection, town, w.id)]
            for one in said:
                self._note(connection, one, CLOCKWORK, "forget")
        return len(said)

    def _led(
        self, one: Workshop, presenter: str, now: dt.datetime, *, by_force: bool = False
    ) -> Workshop:
        until = one.presents_until
        is_others = one.presenter not in ("", presenter) and until is not None and until > now
        if is_others and until is not None and not by_force:
            raise LedByAnotherError(until)
        return replace(one, presenter=presenter, presents_until=now + LEASE)

    def _one(self, connection: sa.Connection, workshop_id: str) -> Workshop:
        return one_of(connection, self._edits.town(), workshop_id)

    def _note(self, connection: sa.Connection, one: Workshop, actor: str, deed: str) -> None:
        note(connection, self._edits.town(), one, (actor, deed), self._clock())
