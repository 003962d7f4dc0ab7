"""What the tables of the application database belong to; modules with tables import it."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()
