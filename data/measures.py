"""Measures that staff registered, and every change of a field by whom and when.

Statements run within a transaction of the caller. ``version`` counts the changes of a measure.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from data.metadata import METADATA
from data.points_in_time import UtcDateTime
from domain.measure import MeasureFacts, read_measure, typed_measure

MEASURES = sa.Table(
    "measures",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("facts", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("created", UtcDateTime, nullable=False),
    sa.Column("changed", UtcDateTime, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
)
CHANGES = sa.Table(
    "measure_changes",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("measure", sa.Text, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
)
_M = MEASURES.c
_G = CHANGES.c


@dataclass(frozen=True)
class Measure:
    """One registered measure.

    Attributes
    ----------
    state
        ``draft``, or ``published``: the public sees it.
    created
        When it was entered; it decides whether that was before the figures were there.
    version
        1 at first, one more with each change.
    """

    id: str
    facts: MeasureFacts
    state: str
    author: str
    created: dt.datetime
    changed: dt.datetime
    version: int = 1


@dataclass(frozen=True)
class MeasureChange:
    """Who changed a field of a measure, when, and from what to what."""

    measure: str
    number: int
    at: dt.datetime
    actor: str
    field: str
    before: str
    after: str


def measures(connection: sa.Connection, town: str) -> list[Measure]:
    """Return the measures of a town, those that began last first."""
    rows = connection.execute(sa.select(MEASURES).where(_M.town == town)).mappings()
    found = [_measure(row) for row in rows]
    return sorted(found, key=lambda m: (-m.facts.since.toordinal(), m.facts.name.casefold(), m.id))


def measure(connection: sa.Connection, town: str, measure_id: str) -> Measure | None:
    """Return one measure, None where there is none of this id."""
    chosen = sa.select(MEASURES).where(_M.town == town, _M.id == measure_id)
    row = connection.execute(chosen).mappings().first()
    return None if row is None else _measure(row)


def add_measure(connection: sa.Connection, town: str, new: Measure) -> None:
    """Keep a new measure."""
    connection.execute(sa.insert(MEASURES).values(town=town, **_row(new)))


def put_measure(connection: sa.Connection, town: str, changed: Measure) -> Measure:
    """Write a measure over the one of its id and return it with its new version."""
    written = replace(changed, version=changed.version + 1)
    connection.execute(
        sa.update(MEASURES).where(_M.town == town, _M.id == changed.id).values(**_row(written))
    )
    return written


def remove_measure(connection: sa.Connection, town: str, measure_id: str) -> None:
    """Forget a measure and what was changed in it."""
    connection.execute(sa.delete(MEASURES).where(_M.town == town, _M.id == measure_id))
    connection.execute(sa.delete(CHANGES).where(_G.town == town, _G.measure == measure_id))


def changes_of(connection: sa.Connection, town: str, measure_id: str) -> list[MeasureChange]:
    """Return the changes of a measure, the newest first."""
    chosen = sa.select(CHANGES).where(_G.town == town, _G.measure == measure_id)
    rows = connection.execute(chosen.order_by(_G.number.desc())).mappings()
    return [MeasureChange(**{k: v for k, v in row.items() if k != "town"}) for row in rows]


def last_change(
    connection: sa.Connection, town: str, measure_id: str, fields: Sequence[str]
) -> dt.datetime | None:
    """Return when any of some fields of a measure was changed last, None where none was."""
    chosen = sa.select(sa.func.max(_G.at)).where(
        _G.town == town, _G.measure == measure_id, _G.field.in_(fields)
    )
    found: dt.datetime | None = connection.execute(chosen).scalar()
    return found


def append_changes(
    connection: sa.Connection,
    town: str,
    measure_id: str,
    fields: Sequence[tuple[str, str, str]],
    *,
    actor: str,
    at: dt.datetime,
) -> None:
    """Keep what was changed: field, text before and text after of each."""
    chosen = sa.select(sa.func.max(_G.number)).where(_G.town == town, _G.measure == measure_id)
    last = int(connection.execute(chosen).scalar() or 0)
    for number, (field, before, after) in enumerate(fields, start=last + 1):
        change = MeasureChange(measure_id, number, at, actor, field, before, after)
        connection.execute(sa.insert(CHANGES).values(town=town, **vars(change)))


def _row(one: Measure) -> dict[str, Any]:
    return vars(one) | {"facts": json.dumps(typed_measure(one.facts), ensure_ascii=False)}


def _measure(row: Any) -> Measure:
    fields = {k: v for k, v in row.items() if k != "town"}
    return Measure(**{**fields, "facts": read_measure(json.loads(fields["facts"]))})
