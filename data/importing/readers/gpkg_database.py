"""Open a GeoPackage as a file of tables only: no views, no triggers, no functions, no writing."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from data.importing.readers.content import kind_of, read_bytes, refuse_other_type
from data.importing.readers.limits import MAX_FILE_BYTES, SQLITE_SECONDS
from data.importing.readers.report import Report

_HEADER_BYTES: Final = 100
_WAL: Final = 2
_STEPS_BETWEEN_CHECKS: Final = 1000
_SYSTEM_TABLES: Final = ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys")
_OWN_TRIGGERS: Final = ("rtree_", "trigger_insert_feature_count_", "trigger_delete_feature_count_")
_OWN_TRIGGERS_OTHER: Final = ("gpkg_", "fgti_", "fgtu_", "fgtd_")
_ALLOWED_PRAGMAS: Final = {"table_xinfo", "quick_check"}


class Database:
    """Read-only access to the tables of one file, within a time limit."""

    def __init__(self, connection: sqlite3.Connection, report: Report) -> None:
        self._connection = connection
        self._report = report
        self._deadline = time.monotonic() + SQLITE_SECONDS
        self.kinds: dict[str, str] = {}

    def is_late(self) -> bool:
        """Tell whether the time for this file is used up."""
        return time.monotonic() > self._deadline

    def rows(self, statement: str, *parameters: str | int) -> list[tuple[Any, ...]]:
        """Return all rows of a statement.

        Raises
        ------
        RefusedFileError
            Damaged file, anything but plain reading of tables, or too much time.
        """
        try:
            return self._connection.execute(statement, parameters).fetchall()
        except sqlite3.OperationalError:
            self._report.refuse("gpkg_too_slow" if self.is_late() else "gpkg_damaged")
        except (sqlite3.Error, UnicodeDecodeError, OverflowError):
            self._report.refuse("gpkg_damaged")


@contextmanager
def open_database(path: Path, report: Report) -> Iterator[Database]:
    """Check the file and hand out its tables.

    The file is opened immutable, so neither a ``-wal`` nor a journal file is created or read.

    Raises
    ------
    RefusedFileError
        No SQLite file, truncated, damaged, no GeoPackage, or with triggers of its own.
    """
    _check_header(read_bytes(path, report), report)
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, isolation_level=None)
    try:
        database = Database(connection, report)
        _confine(connection, database)
        _check_schema(database, report)
        yield database
    finally:
        connection.close()


def quoted(name: str) -> str:
    """Return a table or column name as an SQL identifier, whatever it contains."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _check_header(data: bytes, report: Report) -> None:
    kind = kind_of(data[:4096])
    if kind != "sqlite":
        refuse_other_type("xls" if kind == "ole" else kind, report, expected="GeoPackage (.gpkg)")
        report.refuse("gpkg_not_sqlite")
    if len(data) < _HEADER_BYTES:
        report.refuse("gpkg_truncated")
    page_bytes = int.from_bytes(data[16:18], "big")
    page_bytes = 65_536 if page_bytes == 1 else page_bytes
    n_pages = int.from_bytes(data[28:32], "big")
    if page_bytes * n_pages > len(data) or page_bytes == 0:
        report.refuse("gpkg_truncated")
    if _WAL in data[18:20]:
        report.warning("gpkg_wal")


def _confine(connection: sqlite3.Connection, database: Database) -> None:
    connection.text_factory = _strict_text
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_FILE_BYTES)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 50)
    for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.set_authorizer(_authorize)
    connection.set_progress_handler(lambda: int(database.is_late()), _STEPS_BETWEEN_CHECKS)


def _strict_text(data: bytes) -> str:
    return data.decode("utf-8")


def _authorize(
    action: int, first: str | None, _second: str | None, _schema: str | None, inner: str | None
) -> int:
    """Allow reading tables directly; ``inner`` names a view or trigger that asks."""
    if inner is not None:
        return sqlite3.SQLITE_DENY
    if action in {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and first in _ALLOWED_PRAGMAS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _check_schema(database: Database, report: Report) -> None:
    _note_tables(database, report)
    for name in _SYSTEM_TABLES:
        if name not in database.kinds:
            report.refuse("gpkg_not_geopackage", table=name)
        if database.kinds[name] != "table":
            report.refuse("gpkg_view", table=name)
    if database.rows("PRAGMA quick_check(1)") != [("ok",)]:
        report.refuse("gpkg_damaged")


def _note_tables(database: Database, report: Report) -> None:
    for kind, name, sql in database.rows("SELECT type, name, sql FROM sqlite_master"):
        if not isinstance(name, str):
            report.refuse("gpkg_damaged")
        is_virtual = str(sql or "").lstrip().upper().startswith("CREATE VIRTUAL")
        if kind in {"table", "view"}:
            database.kinds[name] = "virtual" if is_virtual else kind
        if kind == "trigger" and not name.startswith(_OWN_TRIGGERS + _OWN_TRIGGERS_OTHER):
            report.error("gpkg_trigger", trigger=name[:80])
    report.stop_on_errors()
