"""Workshops: the script of each, and the state of its room.

Statements run within a transaction of the caller; what participants say stands beside, in
:mod:`data.workshop_contributions`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from data.metadata import METADATA
from data.points_in_time import UtcDateTime
from domain.workshop_file import read_script, write_script
from domain.workshop_room import MEETING, RoomState
from domain.workshop_script import Script

WORKSHOPS = sa.Table(
    "workshops",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, nullable=False, unique=True),
    sa.Column("script", sa.Text, nullable=False),
    sa.Column("release_id", sa.Text, nullable=False),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("created", UtcDateTime, nullable=False),
    sa.Column("changed", UtcDateTime, nullable=False),
    sa.Column("opened", UtcDateTime),
    sa.Column("ended", UtcDateTime),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("state_version", sa.BigInteger, nullable=False),
    sa.Column("presenter", sa.Text, nullable=False),
    sa.Column("presents_until", UtcDateTime),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("until", UtcDateTime),
    sa.Column("is_moderated", sa.Boolean, nullable=False),
)
_W = WORKSHOPS.c


@dataclass(frozen=True)
class Workshop:
    """One workshop with its room.

    Attributes
    ----------
    code
        By which participants join.
    release_id, level
        The release whose figures it shows, and the level whose areas can be named.
    version
        Counts changes of the script; ``state.version`` counts moves.
    presenter, presents_until
        Who leads the room, and until when they need not ask again.
    kind, until
        A meeting, or a question that everybody answers at their own pace until a day
        (:data:`domain.workshop_room.SORTS`).
    is_moderated
        Whether pins wait for somebody to look at them before others see them.
    """

    id: str
    code: str
    script: Script
    release_id: str
    level: str
    author: str
    created: dt.datetime
    changed: dt.datetime
    state: RoomState = field(default_factory=RoomState)
    opened: dt.datetime | None = None
    ended: dt.datetime | None = None
    version: int = 1
    presenter: str = ""
    presents_until: dt.datetime | None = None
    kind: str = MEETING
    until: dt.datetime | None = None
    is_moderated: bool = False

    @property
    def over_since(self) -> dt.datetime | None:
        """Since when nothing is said any more; None where that cannot be told yet.

        A meeting that nobody ended, because the laptop was closed, is over since its presenter
        was last heard of; a question since its last day.
        """
        if self.ended or self.kind != MEETING:
            return self.ended or self.until
        return self.presents_until if self.opened else None


def workshops(connection: sa.Connection, town: str) -> list[Workshop]:
    """Return the workshops of a town, those changed last first."""
    chosen = sa.select(WORKSHOPS).where(_W.town == town).order_by(_W.changed.desc(), _W.id)
    return [_workshop(row) for row in connection.execute(chosen).mappings()]


def workshops_of_kind(connection: sa.Connection, town: str, kind: str) -> list[Workshop]:
    """Return the workshops of one kind, those changed last first."""
    chosen = (
        sa.select(WORKSHOPS)
        .where(_W.town == town, _W.kind == kind)
        .order_by(_W.changed.desc(), _W.id)
    )
    return [_workshop(row) for row in connection.execute(chosen).mappings()]


def workshop(connection: sa.Connection, town: str, workshop_id: str) -> Workshop | None:
    """Return one workshop, None where there is none of this id."""
    return _found(connection, _W.town == town, _W.id == workshop_id)


def workshop_of_code(connection: sa.Connection, town: str, code: str) -> Workshop | None:
    """Return the workshop of a code, None where there is none."""
    return _found(connection, _W.town == town, _W.code == code)


def _found(connection: sa.Connection, *wanted: sa.ColumnElement[bool]) -> Workshop | None:
    row = connection.execute(sa.select(WORKSHOPS).where(*wanted)).mappings().first()
    return None if row is None else _workshop(row)


def add_workshop(connection: sa.Connection, town: str, new: Workshop) -> None:
    """Keep a new workshop."""
    connection.execute(sa.insert(WORKSHOPS).values(town=town, **_row(new)))


def put_workshop(connection: sa.Connection, town: str, changed: Workshop) -> None:
    """Write a workshop over the one of its id."""
    connection.execute(
        sa.update(WORKSHOPS).where(_W.town == town, _W.id == changed.id).values(**_row(changed))
    )


def remove_workshop(connection: sa.Connection, town: str, workshop_id: str) -> None:
    """Forget a workshop; what was said in it is forgotten before."""
    connection.execute(sa.delete(WORKSHOPS).where(_W.town == town, _W.id == workshop_id))


def _row(one: Workshop) -> dict[str, Any]:
    fields = {k: v for k, v in vars(one).items() if k not in ("script", "state")}
    state = {k: v for k, v in vars(one.state).items() if k != "version"}
    return fields | {
        "script": write_script(one.script),
        "state": json.dumps(state),
        "state_version": one.state.version,
    }


def _workshop(row: Mapping[Any, Any]) -> Workshop:
    left_out = {"town", "script", "state", "state_version"}
    fields = {k: v for k, v in row.items() if k not in left_out}
    told = json.loads(row["state"])
    told["told"] = tuple(told.get("told", ()))
    state = RoomState(version=int(row["state_version"]), **told)
    return Workshop(**fields, script=read_script(row["script"]), state=state)
