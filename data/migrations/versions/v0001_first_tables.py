"""First tables: pointer, releases, jobs, audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "release_pointer",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("release_id", sa.String(64), nullable=True),
    )
    op.create_table(
        "releases",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("release_id", sa.String(64), primary_key=True),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("base", sa.String(64), nullable=True),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
    )
    op.create_table(
        "jobs",
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
    op.create_table(
        "audit_log",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("entry", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("object", sa.String(256), nullable=False),
        sa.Column("result", sa.String(32), nullable=False),
    )


def downgrade() -> None:
    """Drop the tables again."""
    for table in ("audit_log", "jobs", "releases", "release_pointer"):
        op.drop_table(table)
