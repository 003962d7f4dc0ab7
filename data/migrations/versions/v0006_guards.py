"""Numbers of requests in the audit log, leases, accounts of a sign-in service, its open sign-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, empty for all that is there, and the tables."""
    time = sa.DateTime(timezone=True)
    op.add_column(
        "audit_log", sa.Column("request", sa.Text, nullable=False, server_default="")
    )
    op.add_column("accounts", sa.Column("subject", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "leases",
        sa.Column("town", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("until", time, nullable=False),
    )
    op.create_table(
        "outside_sign_ins",
        sa.Column("town", sa.Text, primary_key=True),
        sa.Column("state_hash", sa.Text, primary_key=True),
        sa.Column("browser_hash", sa.Text, nullable=False),
        sa.Column("nonce", sa.Text, nullable=False),
        sa.Column("verifier", sa.Text, nullable=False),
        sa.Column("wanted", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("created", time, nullable=False),
    )
