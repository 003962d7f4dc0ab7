"""What everything stands on that works with passwords and sessions of accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from services.passwords import Passwords
from services.sessions import SessionService


@dataclass(frozen=True)
class AccountGround:
    """Database, clock (UTC), hashes of passwords, and sessions of a data folder."""

    database: sa.Engine
    clock: Callable[[], dt.datetime]
    passwords: Passwords
    sessions: SessionService
