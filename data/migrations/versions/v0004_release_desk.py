"""The release desk: what was handed in and approved, and what the check of a release found."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; releases made before have no row in either."""
    time = sa.DateTime(timezone=True)
    op.create_table(
        "release_desk",
        sa.Column("town", sa.Text, primary_key=True),
        sa.Column("release_id", sa.Text, primary_key=True),
        sa.Column("department", sa.Text, nullable=False),
        sa.Column("note_de", sa.Text, nullable=False),
        sa.Column("note_en", sa.Text, nullable=False),
        sa.Column("handed_in_by", sa.Text, nullable=False),
        sa.Column("handed_in", time),
        sa.Column("approved_by", sa.Text, nullable=False),
        sa.Column("approved", time),
        sa.Column("public_from", time),
        sa.Column("base", sa.Text, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
    )
    op.create_table(
        "release_checks",
        sa.Column("town", sa.Text, primary_key=True),
        sa.Column("release_id", sa.Text, primary_key=True),
        sa.Column("base", sa.Text, nullable=False),
        sa.Column("at", time, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("is_passed", sa.Boolean, nullable=False),
        sa.Column("changed", sa.Float, nullable=False),
        sa.Column("recalculation", sa.Boolean, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
    )
