"""Databases of their own on a real PostgreSQL, for one test or for whole files of tests."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

URL = os.environ.get("KECK_TEST_POSTGRES_URL", "")
needs_postgres = pytest.mark.skipif(not URL, reason="KECK_TEST_POSTGRES_URL names no PostgreSQL")
ON_POSTGRES = os.environ.get("KECK_TEST_ON_POSTGRES") == "1"
"""Whether the small town of every test keeps its database on the PostgreSQL."""


def database_of(name: str) -> str:
    """Return the address of a database, which is made the first time it is asked for."""
    server = sa.create_engine(URL, isolation_level="AUTOCOMMIT")
    known = sa.text("SELECT 1 FROM pg_database WHERE datname = :name")
    with server.connect() as connection:
        if connection.execute(known, {"name": name}).first() is None:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
    server.dispose()
    return sa.make_url(URL).set(database=name).render_as_string(hide_password=False)


@contextmanager
def fresh_database() -> Iterator[str]:
    """Make an empty database and return its address; it is gone afterwards."""
    name = f"keck_{secrets.token_hex(6)}"
    server = sa.create_engine(URL, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield sa.make_url(URL).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        server.dispose()
