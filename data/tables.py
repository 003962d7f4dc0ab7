"""Tables of the mutable database ``app.db``; the town is the first key of each."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

POINTER = sa.Table(
    "release_pointer",
    METADATA,
    sa.Column("town", sa.String(64), primary_key=True),
    sa.Column("release_id", sa.String(64), nullable=True),
)

RELEASES = sa.Table(
    "releases",
    METADATA,
    sa.Column("town", sa.String(64), primary_key=True),
    sa.Column("release_id", sa.String(64), primary_key=True),
    sa.Column("created", sa.String(32), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("base", sa.String(64), nullable=True),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
)

JOBS = sa.Table(
    "jobs",
    METADATA,
    sa.Column("town", sa.String(64), primary_key=True),
    sa.Column("job_id", sa.String(36), primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("progress", sa.Float, nullable=False, server_default="0"),
    sa.Column("message", sa.String(128), nullable=False, server_default=""),
    sa.Column("lease_until", sa.Float, nullable=False, server_default="0"),
    sa.Column("cancel_requested", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("created", sa.String(32), nullable=False),
    sa.Column("report", sa.Text, nullable=False, server_default="[]"),
)

AUDIT = sa.Table(
    "audit_log",
    METADATA,
    sa.Column("town", sa.String(64), primary_key=True),
    sa.Column("entry", sa.Integer, primary_key=True),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("actor", sa.String(128), nullable=False),
    sa.Column("action", sa.String(64), nullable=False),
    sa.Column("object", sa.String(256), nullable=False),
    sa.Column("result", sa.String(32), nullable=False),
)
