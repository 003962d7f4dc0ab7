"""What is going on in rooms at this moment, looked up a few times a second for all who ask.

A thousand phones ask 670 times a second; the database is asked about four times a second a room
and process. When it is away for a moment, what was known last is told on.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from data.appdb import DATABASE_FAULTS
from data.workshop_contributions import SaidSoFar, participants, said_so_far
from data.workshops import Workshop
from domain.workshop_room import QUESTION, shown_slide
from domain.workshop_script import PINS
from services.workshops import UnknownWorkshopError, WorkshopService

FRESH_SECONDS = 0.25
"""For so long what was looked up is told to others who ask."""
KNOWN_SECONDS = 60.0
"""For so long it is told on while the database does not answer."""
_MOST_ROOMS = 100
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Live:
    """A room at a moment.

    Attributes
    ----------
    room
        Script and state.
    joined
        How many joined.
    said
        How much was said on the slide that is shown.
    is_over
        Whether nobody can say anything more.
    """

    room: Workshop
    joined: int
    said: SaidSoFar
    is_over: bool = False

    @property
    def answered(self) -> int:
        """How many answers, or pins, the slide that is shown has."""
        slide = shown_slide(self.room.state, self.room.script)
        return self.said.here if slide is not None and slide.kind == PINS else self.said.answers

    @property
    def token(self) -> str:
        """A short text that is another one when anything changed that phones show."""
        state, slide = self.room.state, shown_slide(self.room.state, self.room.script)
        said = self.said
        told = ""
        # all slides of a question are shown at once, those with pins among them
        if self.room.kind == QUESTION or (slide is not None and slide.kind == PINS):
            told = f"-{said.pins}.{said.shown}.{said.votes}"
        elif state.is_revealed:
            last = int(said.last.timestamp() * 1000) if said.last else 0
            told = f"-{said.answers}.{last:x}"
        return f"{self.room.version}-{state.version}{told}{'-over' if self.is_over else ''}"


class LiveRooms:
    """Knows what goes on in the rooms that were asked for lately."""

    def __init__(
        self,
        database: sa.Engine,
        kept: WorkshopService,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._kept = kept
        self._clock = clock
        self._guard = threading.Lock()
        self._seen: OrderedDict[str, tuple[float, Live]] = OrderedDict()
        self._asking: set[str] = set()

    def look(self, code: str, *, now: bool = False) -> Live:
        """Return what goes on in the room of a code, at most a moment old; ``now`` looks anew.

        Raises
        ------
        UnknownWorkshopError
            No room has this code.
        """
        with self._guard:
            at, known = self._seen.get(code, (0.0, None))
            age = self._clock() - at
            is_told_on = known is not None and not now and age < KNOWN_SECONDS
            if known is not None and is_told_on and (age < FRESH_SECONDS or code in self._asking):
                return known
            self._asking.add(code)
        try:
            found = self._read(code)
        except DATABASE_FAULTS:
            if known is None or age >= KNOWN_SECONDS:
                raise
            _LOG.warning("a room is told on while the database is away")
            return known
        except UnknownWorkshopError:
            with self._guard:
                self._seen.pop(code, None)
            raise
        finally:
            with self._guard:
                self._asking.discard(code)
        with self._guard:
            self._seen[code] = (self._clock(), found)
            self._seen.move_to_end(code)
            if len(self._seen) > _MOST_ROOMS:
                self._seen.popitem(last=False)
        return found

    def _read(self, code: str) -> Live:
        room = self._kept.of_code(code)
        slide = shown_slide(room.state, room.script)
        town = self._kept.town()
        with self._database.connect() as connection:
            said = said_so_far(connection, town, room.id, slide.id if slide else "")
            joined = participants(connection, town, room.id)
        return Live(room, joined, said, self._kept.is_over(room))
