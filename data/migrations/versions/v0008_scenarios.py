"""Scenarios that staff save under a name and lock for the committee."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; before, a scenario was an address that somebody had to keep."""
    time = sa.DateTime(timezone=True)
    op.create_table(
        "scenarios",
        sa.Column("town", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("release_id", sa.Text, nullable=False),
        sa.Column("parameters", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("created", time, nullable=False),
        sa.Column("changed", time, nullable=False),
        sa.Column("locked", time),
        sa.Column("locked_by", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
    )
