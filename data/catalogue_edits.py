"""What people changed of a town's catalogue, as an append-only history.

An object (an indicator, a theme, a responsibility …) is what the newest row about it says. The
number of that row is its version. Statements run within a transaction of the caller.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.catalogue_tables import CATALOGUE_EDITS, INDICATOR_COMMENTS

Fields = dict[str, Any]
"""Fields of an object by name, as JSON holds them; a field that is not there is not changed."""


@dataclass(frozen=True)
class Edit:
    """One change: who made it, when, and the fields before and after."""

    number: int
    at: dt.datetime
    actor: str
    kind: str
    object_id: str
    before: Fields
    after: Fields


@dataclass(frozen=True)
class Comment:
    """What somebody wrote about an indicator."""

    number: int
    indicator_id: str
    at: dt.datetime
    author: str
    text: str


def edits(connection: sa.Connection, town: str, kind: str = "", object_id: str = "") -> list[Edit]:
    """Return the changes of a town, the newest first; of one kind or object where it is named."""
    column = CATALOGUE_EDITS.c
    chosen = sa.select(CATALOGUE_EDITS).where(column.town == town)
    if kind:
        chosen = chosen.where(column.kind == kind)
    if object_id:
        chosen = chosen.where(column.object_id == object_id)
    rows = connection.execute(chosen.order_by(column.number.desc())).mappings()
    return [_edit(row) for row in rows]


def newest(connection: sa.Connection, town: str, kind: str = "") -> dict[tuple[str, str], Edit]:
    """Return the newest change of every object by kind and id."""
    found: dict[tuple[str, str], Edit] = {}
    for edit in edits(connection, town, kind):
        found.setdefault((edit.kind, edit.object_id), edit)
    return found


def append_edit(connection: sa.Connection, town: str, edit: Edit) -> int:
    """Append a change and return its number; the number it carries is not looked at."""
    number = _next(connection, CATALOGUE_EDITS, town)
    row = vars(edit) | {
        "town": town,
        "number": number,
        "before": json.dumps(edit.before, ensure_ascii=False, sort_keys=True),
        "after": json.dumps(edit.after, ensure_ascii=False, sort_keys=True),
    }
    connection.execute(sa.insert(CATALOGUE_EDITS).values(**row))
    return number


def comments(connection: sa.Connection, town: str, indicator_id: str = "") -> list[Comment]:
    """Return what was written about the indicators of a town, or about one, the oldest first."""
    column = INDICATOR_COMMENTS.c
    chosen = sa.select(INDICATOR_COMMENTS).where(column.town == town)
    if indicator_id:
        chosen = chosen.where(column.indicator_id == indicator_id)
    rows = connection.execute(chosen.order_by(column.number)).mappings()
    return [Comment(**{k: v for k, v in row.items() if k != "town"}) for row in rows]


def append_comment(connection: sa.Connection, town: str, comment: Comment) -> int:
    """Append a comment and return its number; the number it carries is not looked at."""
    number = _next(connection, INDICATOR_COMMENTS, town)
    row = vars(comment) | {"town": town, "number": number}
    connection.execute(sa.insert(INDICATOR_COMMENTS).values(**row))
    return number


def _next(connection: sa.Connection, table: sa.Table, town: str) -> int:
    last = sa.select(sa.func.max(table.c.number)).where(table.c.town == town)
    return int(connection.execute(last).scalar() or 0) + 1


def _edit(row: Any) -> Edit:
    fields = {k: v for k, v in row.items() if k != "town"}
    texts = {k: json.loads(fields[k]) for k in ("before", "after")}
    return Edit(**{**fields, **texts})
