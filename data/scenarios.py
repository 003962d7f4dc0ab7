"""Scenarios that staff saved: the parameters of an address under a name, as draft or locked.

Statements run within a transaction of the caller. ``version`` counts the changes of a scenario.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from data.metadata import METADATA
from data.points_in_time import UtcDateTime

SCENARIOS = sa.Table(
    "scenarios",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("release_id", sa.Text, nullable=False),
    sa.Column("parameters", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("created", UtcDateTime, nullable=False),
    sa.Column("changed", UtcDateTime, nullable=False),
    sa.Column("locked", UtcDateTime),
    sa.Column("locked_by", sa.Text, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
)
_C = SCENARIOS.c


@dataclass(frozen=True)
class Scenario:
    """One saved scenario.

    Attributes
    ----------
    kind
        Which page it is of, see :data:`domain.scenario.PAGES`.
    release_id
        The release whose figures it shows.
    parameters
        Keys and values of the address.
    state
        ``draft``, or ``locked``: never changed again.
    locked_by
        Who locked it, empty before.
    version
        1 at first, one more with each change.
    """

    id: str
    kind: str
    name: str
    release_id: str
    parameters: dict[str, str]
    state: str
    author: str
    created: dt.datetime
    changed: dt.datetime
    locked: dt.datetime | None = None
    locked_by: str = ""
    version: int = 1


def scenarios(connection: sa.Connection, town: str, kind: str = "") -> list[Scenario]:
    """Return the scenarios of a town, those changed last first; of one kind where it is named."""
    chosen = sa.select(SCENARIOS).where(_C.town == town)
    if kind:
        chosen = chosen.where(_C.kind == kind)
    rows = connection.execute(chosen.order_by(_C.changed.desc(), _C.id)).mappings()
    return [_scenario(row) for row in rows]


def scenario(connection: sa.Connection, town: str, scenario_id: str) -> Scenario | None:
    """Return one scenario, None where there is none of this id."""
    chosen = sa.select(SCENARIOS).where(_C.town == town, _C.id == scenario_id)
    row = connection.execute(chosen).mappings().first()
    return None if row is None else _scenario(row)


def add_scenario(connection: sa.Connection, town: str, new: Scenario) -> None:
    """Keep a new scenario."""
    connection.execute(sa.insert(SCENARIOS).values(town=town, **_row(new)))


def put_scenario(connection: sa.Connection, town: str, changed: Scenario) -> Scenario:
    """Write a scenario over the one of its id and return it with its new version."""
    written = replace(changed, version=changed.version + 1)
    connection.execute(
        sa.update(SCENARIOS).where(_C.town == town, _C.id == changed.id).values(**_row(written))
    )
    return written


def remove_scenario(connection: sa.Connection, town: str, scenario_id: str) -> None:
    """Forget a scenario."""
    connection.execute(sa.delete(SCENARIOS).where(_C.town == town, _C.id == scenario_id))


def _row(one: Scenario) -> dict[str, Any]:
    return vars(one) | {"parameters": json.dumps(one.parameters, ensure_ascii=False)}


def _scenario(row: Any) -> Scenario:
    fields = {k: v for k, v in row.items() if k != "town"}
    return Scenario(**{**fields, "parameters": json.loads(fields["parameters"])})
