"""Sessions that link their account to a sign-in service; who somebody is there is one account."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty for sign-ins that are open, and the rule."""
    op.add_column(
        "outside_sign_ins", sa.Column("session_hash", sa.Text, nullable=False, server_default="")
    )
    named = sa.text("subject <> ''")
    op.create_index(
        "accounts_subject",
        "accounts",
        ["town", "subject"],
        unique=True,
        sqlite_where=named,
        postgresql_where=named,
    )
