"""Accounts, their sessions, set-up links and recovery codes, and failed sign-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; of tokens and codes only the hash is kept."""
    time = sa.DateTime(timezone=True)
    op.create_table(
        "accounts",
        sa.Column("town", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("department", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("totp_secret", sa.Text, nullable=False),
        sa.Column("totp_pending", sa.Text, nullable=False),
        sa.Column("totp_step", sa.BigInteger, nullable=False),
        sa.Column("is_disabled", sa.Boolean, nullable=False),
        sa.Column("created", time, nullable=False),
        sa.Column("last_sign_in", time),
        sa.UniqueConstraint("town", "name", name="accounts_name"),
    )
    op.create_table(
        "sessions",
        sa.Column("town", sa.Text, primary_key=True),
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("browser", sa.Text, nullable=False),
        sa.Column("created", time, nullable=False),
        sa.Column("last_seen", time, nullable=False),
    )
    op.create_table(
        "setup_links",
        sa.Column("town", sa.Text, primary_key=True),
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("expires", time, nullable=False),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("town", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("code_hash", sa.Text, primary_key=True),
    )
    op.create_table(
        "sign_in_faults",
        sa.Column("town", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("at", time, nullable=False),
    )
