"""Tables of the application database around the catalogue."""

from __future__ import annotations

import sqlalchemy as sa

from data.metadata import METADATA
from data.points_in_time import UtcDateTime

CATALOGUE_EDITS = sa.Table(
    "catalogue_edits",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("object_id", sa.Text, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
)

INDICATOR_COMMENTS = sa.Table(
    "indicator_comments",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("indicator_id", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)
