"""Workshops: rooms, who joined, answers, pins and votes on these."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; before, there were no workshops."""
    time = sa.DateTime(timezone=True)
    op.create_table(
        "workshops",
        sa.Column("town", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("script", sa.Text, nullable=False),
        sa.Column("release_id", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("created", time, nullable=False),
        sa.Column("changed", time, nullable=False),
        sa.Column("opened", time),
        sa.Column("ended", time),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("state_version", sa.BigInteger, nullable=False),
        sa.Column("presenter", sa.Text, nullable=False),
        sa.Column("presents_until", time),
    )
    op.create_table(
        "workshop_participants",
        *_keys("participant"),
        sa.Column("joined", time, nullable=False),
    )
    op.create_table(
        "workshop_answers",
        *_keys("slide", "participant"),
        sa.Column("sent_as", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("at", time, nullable=False),
    )
    op.create_table(
        "workshop_pins",
        *_keys("id"),
        sa.Column("slide", sa.Text, nullable=False),
        sa.Column("participant", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("into", sa.Text, nullable=False),
        sa.Column("at", time, nullable=False),
    )
    op.create_table("workshop_upvotes", *_keys("pin", "participant"))


def _keys(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(n, sa.Text, primary_key=True) for n in ("town", "workshop", *names)]
