"""What participants of a workshop may do: join, follow, answer, set pins and agree with them.

No name, no address: a participant is the hash of a secret of their phone. Whatever is sent twice
counts once; what comes too late, too often or too long is refused with a reason.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from data.workshop_contributions import (
    SHOWN,
    WAITING,
    Pin,
    add_pin,
    agreed_with,
    answers,
    count_pins,
    has_joined,
    join,
    own_answer,
    participants,
    pins,
    put_answer,
    slide_of_shown,
    upvote,
)
from data.workshops import Workshop
from domain.workshop_answers import Answer, AnswerError, Payload, Tally, read_answer, tally
from domain.workshop_room import shown_slide, takes_answers
from domain.workshop_script import BREAK, PINS, Slide
from services.group_commit import GroupCommit
from services.workshop_views import WorkshopViews, ranked_in
from services.workshops import WorkshopService

MOST_PINS = 5_000
WRITES_A_SECOND = 5.0
"""What one phone may send; more is refused until it is slower."""
_MOST_PACES = 5_000
_LONGEST_KEY = 64
KeptPin = Pin


class TooFastError(Exception):
    """A phone sends more than five times a second."""


class ClosedError(Exception):
    """The question is not open, or no more; ``is_over`` says that the whole workshop is."""

    def __init__(self, *, is_over: bool) -> None:
        super().__init__("closed")
        self.is_over = is_over


class StrangerError(LookupError):
    """Nobody who joined."""


@dataclass(frozen=True)
class Sent:
    """What a phone sends: who, to which slide, as which key, and what."""

    participant: str
    slide: str
    key: str
    payload: Payload


class RoomService:
    """Serves the phones of the rooms of one data folder."""

    def __init__(
        self,
        database: sa.Engine,
        clock: Callable[[], dt.datetime],
        kept: WorkshopService,
        views: WorkshopViews,
    ) -> None:
        self._database = database
        self._clock = clock
        self._kept = kept
        self._views = views
        self._writes = GroupCommit(database)
        self._paces = Paces(WRITES_A_SECOND)

    def join(self, code: str, secret: str) -> str:
        """Join a room and return who one is there; again is the same one.

        Raises
        ------
        UnknownWorkshopError
            No room has this code.
        ClosedError
            The workshop is over.
        """
        room = self._kept.of_code(code)
        if self.is_over(room):
            raise ClosedError(is_over=True)
        who, now = participant_of(secret, room), self._clock()
        self._writes.run(lambda c: join(c, self._kept.town(), room.id, who, now))
        return who

    def answer(self, code: str, sent: Sent) -> None:
        """Keep an answer or a pin; what is sent as the same key again is the same.

        Raises
        ------
        UnknownWorkshopError, StrangerError
            No such room, or nobody who joined it.
        TooFastError
            More than five times a second.
        ClosedError
            The slide is not shown, takes no answers, or the room has all the pins it may have.
        AnswerError
            It is no answer to the slide.
        """
        # first of all: whoever sends without end costs nothing more than this
        if not self._paces.may(sent.participant, self._clock()):
            raise TooFastError
        room = self._kept.of_code(code)
        slide = next((s for s in room.script.slides if s.id == sent.slide), None)
        is_over = self.is_over(room)
        is_open = takes_answers(room.state, room.script, sent.slide, room.kind) and not is_over
        if slide is None or not is_open:
            raise ClosedError(is_over=is_over)
        if not (0 < len(sent.key) <= _LONGEST_KEY and sent.key.isprintable()):
            raise AnswerError("workshop.answer.key")
        found = read_answer(slide, sent.payload, self._views.place(room, slide), ranked_in(slide))
        self._writes.run(lambda c: self._keep(c, room, slide, sent, found))

    def _keep(
        self, connection: sa.Connection, room: Workshop, slide: Slide, sent: Sent, found: Answer
    ) -> None:
        town, now = self._kept.town(), self._clock()
        if not has_joined(connection, town, room.id, sent.participant):
            raise StrangerError
        if slide.kind != PINS:
            told = (sent.participant, sent.key, found)
            put_answer(connection, town, room.id, slide.id, told, now)
            return
        if count_pins(connection, town, room.id) >= MOST_PINS:
            raise ClosedError(is_over=False)
        state = WAITING if room.is_moderated else SHOWN
        pin = Pin(_pin_id(sent), slide.id, found, now, state)
        add_pin(connection, town, room.id, sent.participant, pin)

    def agree(self, code: str, participant: str, pin: str) -> None:
        """Note that a participant agrees with a pin; errors as :meth:`answer`."""
        if not self._paces.may(participant, self._clock()):
            raise TooFastError
        room = self._kept.of_code(code)
        if self.is_over(room):
            raise ClosedError(is_over=True)
        town = self._kept.town()

        def keep(connection: sa.Connection) -> None:
            if not has_joined(connection, town, room.id, participant):
                raise StrangerError
            slide = slide_of_shown(connection, town, room.id, pin)
            if slide is None:
                raise AnswerError("workshop.answer.pin")
            if not takes_answers(room.state, room.script, slide, room.kind):
                raise ClosedError(is_over=False)
            upvote(connection, town, room.id, pin, participant)

        self._writes.run(keep)

    def own(self, room: Workshop, slide: str, participant: str) -> Answer | None:
        """Return what a participant answered to a slide, None for nothing yet."""
        with self._database.connect() as connection:
            return own_answer(connection, self._kept.town(), room.id, slide, participant)

    def answers(self, room: Workshop, slide: Slide) -> list[Answer]:
        """Return the answers to a slide; by whom is not told."""
        with self._database.connect() as connection:
            return answers(connection, self._kept.town(), room.id, slide.id)

    def results(self, room: Workshop, slide: Slide) -> Tally:
        """Return what the answers to a slide say together."""
        return tally(slide, self.answers(room, slide), ranked_in(slide))

    def pins(self, room: Workshop) -> list[Pin]:
        """Return all pins of a room, those that moderation hid as well."""
        with self._database.connect() as connection:
            return pins(connection, self._kept.town(), room.id)

    def own_pins(self, room: Workshop, participant: str) -> list[Pin]:
        """Return the pins a participant set, those that wait or were hidden as well."""
        with self._database.connect() as connection:
            return pins(connection, self._kept.town(), room.id, participant)

    def agreed(self, room: Workshop, participant: str) -> frozenset[str]:
        """Return the ids of the pins a participant agrees with."""
        with self._database.connect() as connection:
            return agreed_with(connection, self._kept.town(), room.id, participant)

    def joined(self, room: Workshop) -> int:
        """Return how many joined a room."""
        with self._database.connect() as connection:
            return participants(connection, self._kept.town(), room.id)

    def is_over(self, room: Workshop) -> bool:
        """Whether nobody can say anything more: the room has ended, or its last day has passed."""
        return self._kept.is_over(room)

    def seconds_left(self, room: Workshop) -> int:
        """Return for how long the break that is shown still lasts; 0 where there is none."""
        slide = shown_slide(room.state, room.script)
        if slide is None or slide.kind != BREAK or not room.state.since:
            return 0
        gone = int(self._clock().timestamp()) - room.state.since
        return min(max(slide.minutes * 60 - gone, 0), slide.minutes * 60)


class Paces:
    """Lets everybody do something some times a second, in a row at most as often at once.

    Kept in this process: several of them let a phone be so much faster, which harms nobody.
    """

    def __init__(self, a_second: float) -> None:
        self._a_second = a_second
        self._guard = threading.Lock()
        self._left: OrderedDict[str, tuple[float, dt.datetime]] = OrderedDict()

    def may(self, who: str, now: dt.datetime) -> bool:
        """Whether somebody may do it now; it counts if so."""
        with self._guard:
            left, at = self._left.get(who, (self._a_second, now))
            left = min(self._a_second, left + (now - at).total_seconds() * self._a_second)
            is_allowed = left >= 1
            self._left[who] = (left - is_allowed, now)
            self._left.move_to_end(who)
            if len(self._left) > _MOST_PACES:
                self._left.popitem(last=False)
        return is_allowed


def participant_of(secret: str, room: Workshop) -> str:
    """Return who holds a secret in a room; in another room they are somebody else."""
    return hashlib.sha256(f"{room.id} {secret}".encode()).hexdigest()[:32]


def _pin_id(sent: Sent) -> str:
    """Return the id of a pin: the same for what a phone sends twice as the same key."""
    told = f"{sent.participant} {sent.slide} {sent.key}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]
