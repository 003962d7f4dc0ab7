"""What a workshop stands on beside its script, and questions that are opened without a stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import sqlalchemy as sa

from data.accounts import writing
from data.audit import last_actors
from data.workshops import Workshop, put_workshop
from domain.workshop_room import END, ENDED, OPEN, QUESTION, START, move
from services.catalogue_edits import CatalogueEdits, EditRefusedError
from services.workshop_faults import WorkshopConflictError
from services.workshop_rows import note, one_of

_CHANGES = (
    "workshop_add",
    "workshop_change",
    "workshop_arrange",
    "workshop_open",
    "workshop_close",
)


@dataclass(frozen=True)
class Ground:
    """What a workshop stands on.

    Attributes
    ----------
    release, level
        The release whose figures it shows, and the level whose areas can be named.
    is_moderated
        Whether pins wait to be looked at.
    until
        When a question closes; None for never.
    """

    release: str
    level: str
    is_moderated: bool = False
    until: dt.datetime | None = None


class WorkshopSettings:
    """Changes what the workshops of one data folder stand on."""

    def __init__(
        self, database: sa.Engine, clock: Callable[[], dt.datetime], edits: CatalogueEdits
    ) -> None:
        self._database = database
        self._clock = clock
        self._edits = edits

    def now(self) -> dt.datetime:
        """Return the present point in time (UTC)."""
        return self._clock()

    def editors(self) -> dict[str, str]:
        """Return who changed each workshop last, by its id."""
        with self._database.connect() as connection:
            return last_actors(connection, self._edits.town(), "workshop", _CHANGES)

    def settle(self, workshop_id: str, ground: Ground, *, seen: int, actor: str) -> Workshop:
        """Let a workshop stand on something else; it is one version on.

        Raises
        ------
        UnknownWorkshopError
            There is no such workshop.
        WorkshopConflictError
            Somebody changed it since version ``seen``.
        EditRefusedError
            It is over.
        """
        with writing(self._database) as connection:
            one = one_of(connection, self._edits.town(), workshop_id)
            if one.version != seen:
                raise WorkshopConflictError(one)
            if one.state.phase == ENDED:
                raise EditRefusedError("workshop.problem.ended")
            written = replace(
                one, release_id=ground.release, level=ground.level, until=ground.until,
                is_moderated=ground.is_moderated, changed=self._clock(), version=one.version + 1,
            )  # fmt: skip
            self._put(connection, written, actor, "arrange")
        return written

    def open(self, workshop_id: str, *, actor: str) -> Workshop:
        """Open a question to everybody; one that is open stays so.

        Raises
        ------
        UnknownWorkshopError
            There is no such workshop.
        EditRefusedError
            It is a meeting, over, has nothing to ask, or its closing date has passed.
        """
        with writing(self._database) as connection:
            one = self._question(connection, workshop_id)
            now = self._clock()
            if not any(slide.asks for slide in one.script.slides):
                raise EditRefusedError("workshop.problem.asks_nothing")
            if one.until is not None and one.until <= now:
                raise EditRefusedError("workshop.problem.past")
            state = move(one.state, one.script, START)
            written = replace(one, state=state, opened=one.opened or now)
            self._put(connection, written, actor, "open")
        return written

    def close(self, workshop_id: str, *, actor: str) -> Workshop:
        """Close a question for good.

        Raises
        ------
        UnknownWorkshopError
            There is no such workshop.
        EditRefusedError
            It is a meeting, over, or was never opened.
        """
        with writing(self._database) as connection:
            one = self._question(connection, workshop_id)
            if one.state.phase != OPEN:
                raise EditRefusedError("workshop.problem.waiting")
            state = move(one.state, one.script, END)
            written = replace(one, state=state, ended=self._clock())
            self._put(connection, written, actor, "close")
        return written

    def _question(self, connection: sa.Connection, workshop_id: str) -> Workshop:
        one = one_of(connection, self._edits.town(), workshop_id)
        if one.kind != QUESTION:
            raise EditRefusedError("workshop.problem.meeting")
        if one.state.phase == ENDED:
            raise EditRefusedError("workshop.problem.ended")
        return one

    def _put(self, connection: sa.Connection, written: Workshop, actor: str, deed: str) -> None:
        town = self._edits.town()
        put_workshop(connection, town, written)
        note(connection, town, written, (actor, deed), self._clock())
