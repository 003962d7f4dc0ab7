"""Contributions made public: the month they were said in, and the name of their area."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns; there were no rows before."""
    for name in ("month", "area_name"):
        op.add_column(
            "public_contributions", sa.Column(name, sa.Text, nullable=False, server_default="")
        )
