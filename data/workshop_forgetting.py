"""Forgetting what was said in a workshop; statements run within a transaction of the caller."""

from __future__ import annotations

import sqlalchemy as sa

from data.workshop_contributions import ANSWERS, PARTICIPANTS, PINS, UPVOTES

_OF_ROOM = (PARTICIPANTS, ANSWERS, PINS, UPVOTES)


def forget_contributions(connection: sa.Connection, town: str, workshop_id: str) -> bool:
    """Forget who joined a room and all that was said in it; return whether there was anything.

    Its script stays.
    """
    gone = [
        connection.execute(
            sa.delete(table).where(table.c.town == town, table.c.workshop == workshop_id)
        ).rowcount
        for table in _OF_ROOM
    ]
    return any(gone)
