"""Tables of accounts: people, their sessions, links to set up, codes, and faulty sign-ins."""

from __future__ import annotations

import sqlalchemy as sa

from data.metadata import METADATA
from data.points_in_time import UtcDateTime

ACCOUNTS = sa.Table(
    "accounts",
    METADATA,
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
    sa.Column("created", UtcDateTime, nullable=False),
    sa.Column("last_sign_in", UtcDateTime),
    sa.Column("subject", sa.Text, nullable=False),
    sa.UniqueConstraint("town", "name", name="accounts_name"),
)
sa.Index(
    "accounts_subject",
    ACCOUNTS.c.town,
    ACCOUNTS.c.subject,
    unique=True,
    sqlite_where=ACCOUNTS.c.subject != "",
    postgresql_where=ACCOUNTS.c.subject != "",
)

SESSIONS = sa.Table(
    "sessions",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("token_hash", sa.Text, primary_key=True),
    sa.Column("account_id", sa.Text, nullable=False),
    sa.Column("browser", sa.Text, nullable=False),
    sa.Column("created", UtcDateTime, nullable=False),
    sa.Column("last_seen", UtcDateTime, nullable=False),
)

SETUP_LINKS = sa.Table(
    "setup_links",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("token_hash", sa.Text, primary_key=True),
    sa.Column("account_id", sa.Text, nullable=False),
    sa.Column("expires", UtcDateTime, nullable=False),
)

RECOVERY_CODES = sa.Table(
    "recovery_codes",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("account_id", sa.Text, primary_key=True),
    sa.Column("code_hash", sa.Text, primary_key=True),
)

SIGN_IN_FAULTS = sa.Table(
    "sign_in_faults",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)
