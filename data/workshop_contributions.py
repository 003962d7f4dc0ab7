"""What is said in workshops: who joined, answers, pins and votes on these.

Statements run within a transaction of the caller. No name and no address is kept: a participant
is the hash of a secret that only their phone holds.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, replace

import sqlalchemy as sa

from data.metadata import METADATA
from data.points_in_time import UtcDateTime
from domain.workshop_answers import Answer

PARTICIPANTS = sa.Table(
    "workshop_participants",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("workshop", sa.Text, primary_key=True),
    sa.Column("participant", sa.Text, primary_key=True),
    sa.Column("joined", UtcDateTime, nullable=False),
)
ANSWERS = sa.Table(
    "workshop_answers",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("workshop", sa.Text, primary_key=True),
    sa.Column("slide", sa.Text, primary_key=True),
    sa.Column("participant", sa.Text, primary_key=True),
    sa.Column("sent_as", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)
PINS = sa.Table(
    "workshop_pins",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("workshop", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("slide", sa.Text, nullable=False),
    sa.Column("participant", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("into", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)
UPVOTES = sa.Table(
    "workshop_upvotes",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("workshop", sa.Text, primary_key=True),
    sa.Column("pin", sa.Text, primary_key=True),
    sa.Column("participant", sa.Text, primary_key=True),
)
SHOWN, HIDDEN, MERGED, WAITING = PIN_STATES = ("shown", "hidden", "merged", "waiting")
_P, _A, _I, _U = PARTICIPANTS.c, ANSWERS.c, PINS.c, UPVOTES.c


@dataclass(frozen=True)
class Pin:
    """What somebody says is missing somewhere; ``into`` is the pin it was merged into."""

    id: str
    slide: str
    answer: Answer
    at: dt.datetime
    state: str = SHOWN
    into: str = ""
    upvotes: int = 0


@dataclass(frozen=True)
class SaidSoFar:
    """How much was said in a room, and on one slide of it.

    Attributes
    ----------
    answers, last
        Answers to the slide, and when the last of them came.
    pins, shown, here
        Pins of the room, those that are shown, and those of the slide.
    votes
        Votes on pins.
    """

    answers: int
    last: dt.datetime | None
    pins: int
    shown: int
    here: int
    votes: int


def join(
    connection: sa.Connection, town: str, workshop_id: str, participant: str, now: dt.datetime
) -> None:
    """Note that somebody joined; once however often they come back."""
    known = sa.select(_P.participant).where(
        _P.town == town, _P.workshop == workshop_id, _P.participant == participant
    )
    if connection.execute(known).first() is None:
        row = {"town": town, "workshop": workshop_id, "participant": participant, "joined": now}
        connection.execute(sa.insert(PARTICIPANTS).values(**row))


def has_joined(connection: sa.Connection, town: str, workshop_id: str, participant: str) -> bool:
    """Whether somebody joined a room."""
    known = sa.select(_P.participant).where(
        _P.town == town, _P.workshop == workshop_id, _P.participant == participant
    )
    return connection.execute(known).first() is not None


def participants(connection: sa.Connection, town: str, workshop_id: str) -> int:
    """Return how many joined a room."""
    chosen = sa.select(sa.func.count()).where(_P.town == town, _P.workshop == workshop_id)
    return int(connection.execute(chosen).scalar_one())


def put_answer(
    connection: sa.Connection,
    town: str,
    workshop_id: str,
    slide: str,
    sent: tuple[str, str, Answer],
    now: dt.datetime,
) -> None:
    """Keep the answer of a participant to a slide; a later one takes its place.

    ``sent`` are participant, the key it was sent as, and the answer; what was sent before as the
    same key is the same answer.
    """
    participant, key, answer = sent
    own = (
        _A.town == town,
        _A.workshop == workshop_id,
        _A.slide == slide,
        _A.participant == participant,
    )
    before = connection.execute(sa.select(_A.sent_as).where(*own)).first()
    row = {"sent_as": key, "answer": answer_text(answer), "at": now}
    if before is None:
        names = {
            "town": town, "workshop": workshop_id, "slide": slide, "participant": participant,
        }  # fmt: skip
        connection.execute(sa.insert(ANSWERS).values(**names, **row))
    elif before[0] != key:
        connection.execute(sa.update(ANSWERS).where(*own).values(**row))


def answers(connection: sa.Connection, town: str, workshop_id: str, slide: str) -> list[Answer]:
    """Return the answers to a slide, in the order in which they came."""
    chosen = (
        sa.select(_A.answer)
        .where(_A.town == town, _A.workshop == workshop_id, _A.slide == slide)
        .order_by(_A.at, _A.participant)
    )
    return [read_answer_text(row[0]) for row in connection.execute(chosen)]


def own_answer(
    connection: sa.Connection, town: str, workshop_id: str, slide: str, participant: str
) -> Answer | None:
    """Return what a participant answered to a slide, None for nothing yet."""
    chosen = sa.select(_A.answer).where(
        _A.town == town, _A.workshop == workshop_id, _A.slide == slide,
        _A.participant == participant,
    )  # fmt: skip
    row = connection.execute(chosen).first()
    return None if row is None else read_answer_text(row[0])


def add_pin(
    connection: sa.Connection, town: str, workshop_id: str, participant: str, new: Pin
) -> None:
    """Keep a pin; one of the same id and participant is the same pin sent twice."""
    known = sa.select(_I.id).where(_I.town == town, _I.workshop == workshop_id, _I.id == new.id)
    if connection.execute(known).first() is None:
        connection.execute(
            sa.insert(PINS).values(
                town=town, workshop=workshop_id, id=new.id, slide=new.slide,
                participant=participant, answer=answer_text(new.answer), state=new.state,
                into=new.into, at=new.at,
            )
        )  # fmt: skip


def pins(
    connection: sa.Connection, town: str, workshop_id: str, participant: str = ""
) -> list[Pin]:
    """Return the pins of a room in the order in which they came, with their votes.

    All of them, or those that one ``participant`` set. Votes on a pin that was merged count for
    the one it was merged into, once a participant.
    """
    of_room = (_I.town == town, _I.workshop == workshop_id)
    wanted = (*of_room, _I.participant == participant) if participant else of_room
    counted = sa.case((_I.state == MERGED, _I.into), else_=_I.id)
    votes = (
        sa.select(counted.label("pin"), sa.func.count(_U.participant.distinct()).label("n"))
        .join(PINS, sa.and_(_I.town == _U.town, _I.workshop == _U.workshop, _I.id == _U.pin))
        .where(_U.town == town, _U.workshop == workshop_id)
        .group_by(counted)
        .subquery()
    )
    chosen = (
        sa.select(PINS, votes.c.n)
        .outerjoin(votes, votes.c.pin == _I.id)
        .where(*wanted)
        .order_by(_I.at, _I.id)
    )
    return [
        Pin(
            row["id"], row["slide"], read_answer_text(row["answer"]), row["at"], row["state"],
            row["into"], int(row["n"] or 0),
        )
        for row in connection.execute(chosen).mappings()
    ]  # fmt: skip


def count_pins(connection: sa.Connection, town: str, workshop_id: str) -> int:
    """Return how many pins a room has."""
    chosen = sa.select(sa.func.count()).where(_I.town == town, _I.workshop == workshop_id)
    return int(connection.execute(chosen).scalar_one())


def slide_of_shown(connection: sa.Connection, town: str, workshop_id: str, pin: str) -> str | None:
    """Return the slide of a pin that everybody may see, None where there is none of this id."""
    own = (_I.town == town, _I.workshop == workshop_id, _I.id == pin, _I.state == SHOWN)
    return connection.execute(sa.select(_I.slide).where(*own)).scalar_one_or_none()


def said_so_far(connection: sa.Connection, town: str, workshop_id: str, slide: str) -> SaidSoFar:
    """Return how much was said in a room, and on a slide, without reading any of it."""
    own = (_A.town == town, _A.workshop == workshop_id, _A.slide == slide)
    of_answers = sa.select(sa.func.count(), sa.func.max(_A.at)).where(*own)
    n_answers, last = connection.execute(of_answers).one()
    shown = sa.func.sum(sa.case((_I.state == SHOWN, 1), else_=0))
    of_pins = sa.select(
        sa.func.count(), shown, sa.func.sum(sa.case((_I.slide == slide, 1), else_=0))
    ).where(_I.town == town, _I.workshop == workshop_id)
    n_pins, n_shown, n_here = (int(n or 0) for n in connection.execute(of_pins).one())
    of_votes = sa.select(sa.func.count()).where(_U.town == town, _U.workshop == workshop_id)
    n_votes = int(connection.execute(of_votes).scalar_one())
    return SaidSoFar(int(n_answers), last, n_pins, n_shown, n_here, n_votes)


def put_pin(connection: sa.Connection, town: str, workshop_id: str, changed: Pin) -> None:
    """Write what moderation made of a pin; where and by whom it was set stays."""
    connection.execute(
        sa.update(PINS)
        .where(_I.town == town, _I.workshop == workshop_id, _I.id == changed.id)
        .values(answer=answer_text(changed.answer), state=changed.state, into=changed.into)
    )


def upvote(
    connection: sa.Connection, town: str, workshop_id: str, pin: str, participant: str
) -> None:
    """Note that somebody agrees with a pin; once however often they say so."""
    own = (
        _U.town == town,
        _U.workshop == workshop_id,
        _U.pin == pin,
        _U.participant == participant,
    )
    if connection.execute(sa.select(_U.pin).where(*own)).first() is None:
        row = {"town": town, "workshop": workshop_id, "pin": pin, "participant": participant}
        connection.execute(sa.insert(UPVOTES).values(**row))


def agreed_with(
    connection: sa.Connection, town: str, workshop_id: str, participant: str
) -> frozenset[str]:
    """Return the pins a participant agrees with."""
    chosen = sa.select(_U.pin).where(
        _U.town == town, _U.workshop == workshop_id, _U.participant == participant
    )
    return frozenset(str(row[0]) for row in connection.execute(chosen))


def answer_text(answer: Answer) -> str:
    """Return an answer as it is kept: JSON of the fields that say something."""
    told = {k: v for k, v in asdict(answer).items() if v != getattr(Answer(), k)}
    return json.dumps(told, ensure_ascii=False)


def read_answer_text(text: str) -> Answer:
    """Return the answer of a text that :func:`answer_text` wrote."""
    told = json.loads(text)
    lists = {k: tuple(v) for k, v in told.items() if isinstance(v, list)}
    return replace(Answer(), **{**told, **lists})
