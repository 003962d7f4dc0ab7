"""Workshops: open questions without a meeting, steps that were agreed, contributions made public."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns, whose rows were all meetings before, and two tables."""
    time = sa.DateTime(timezone=True)
    op.add_column("workshops", sa.Column("kind", sa.Text, nullable=False, server_default="room"))
    op.add_column("workshops", sa.Column("until", time))
    op.add_column(
        "workshops",
        sa.Column("is_moderated", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "workshop_steps",
        *(sa.Column(n, sa.Text, primary_key=True) for n in ("town", "workshop", "id")),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("areas", sa.Text, nullable=False),
        sa.Column("measure", sa.Text, nullable=False),
        sa.Column("at", time, nullable=False),
    )
    op.create_table(
        "public_contributions",
        *(sa.Column(n, sa.Text, primary_key=True) for n in ("town", "id")),
        sa.Column("workshop", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("upvotes", sa.BigInteger, nullable=False),
        sa.Column("published_by", sa.Text, nullable=False),
        sa.Column("published", time, nullable=False),
    )
