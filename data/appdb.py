"""The application database: jobs, releases, audit log, short links, accounts.

SQLAlchemy Core on SQLite (standard library driver, rollback journal) or PostgreSQL; the town is
the first key of every table. Bundles of figures are not here, see :mod:`data.bundle`.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from data.durable import is_full_disk
from data.metadata import METADATA
from data.points_in_time import UtcDateTime
from data.slots import alone

BUSY_SECONDS = 5.0
_CONNECT_SECONDS = 2
_STATEMENT_MS = 5_000
DATABASE_FAULTS = (sa.exc.DBAPIError, sa.exc.TimeoutError)
"""What a statement may raise where the database is away, locked, full or damaged."""
_MIGRATIONS = Path(__file__).parent / "migrations"


JOBS = sa.Table(
    "jobs",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("created", UtcDateTime, nullable=False),
    sa.Column("updated", UtcDateTime, nullable=False),
    sa.Column("lease_until", UtcDateTime),
    sa.Column("progress", sa.Float, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("cancel_requested", sa.Boolean, nullable=False),
    sa.Column("release_id", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("report", sa.Text, nullable=False),
)

RELEASES = sa.Table(
    "releases",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("created", UtcDateTime, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("job_id", sa.Text, nullable=False),
    sa.Column("manifest_sha256", sa.Text, nullable=False),
)

RELEASE_POINTER = sa.Table(
    "release_pointer",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("release_id", sa.Text, nullable=False),
)

AUDIT_LOG = sa.Table(
    "audit_log",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("object", sa.Text, nullable=False),
    sa.Column("release_id", sa.Text, nullable=False),
    sa.Column("result", sa.Text, nullable=False),
    sa.Column("chain", sa.Text, nullable=False),
    sa.Column("request", sa.Text, nullable=False),
)

SHORT_LINKS = sa.Table(
    "short_links",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("created", UtcDateTime, nullable=False),
)

RELEASE_DESK = sa.Table(
    "release_desk",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("release_id", sa.Text, primary_key=True),
    sa.Column("department", sa.Text, nullable=False),
    sa.Column("note_de", sa.Text, nullable=False),
    sa.Column("note_en", sa.Text, nullable=False),
    sa.Column("handed_in_by", sa.Text, nullable=False),
    sa.Column("handed_in", UtcDateTime),
    sa.Column("approved_by", sa.Text, nullable=False),
    sa.Column("approved", UtcDateTime),
    sa.Column("public_from", UtcDateTime),
    sa.Column("base", sa.Text, nullable=False),
    sa.Column("problem", sa.Text, nullable=False),
)

RELEASE_CHECKS = sa.Table(
    "release_checks",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("release_id", sa.Text, primary_key=True),
    sa.Column("base", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("is_passed", sa.Boolean, nullable=False),
    sa.Column("changed", sa.Float, nullable=False),
    sa.Column("recalculation", sa.Boolean, nullable=False),
    sa.Column("report", sa.Text, nullable=False),
)


class AppDatabaseError(Exception):
    """The application database cannot be used; ``key`` and ``params`` name the text."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(f"{key} {params}")
        self.key = key
        self.params = params


def connect(url: str) -> sa.Engine:
    """Return an engine; SQLite gets a busy timeout, foreign keys and a rollback journal."""
    if not url.startswith("sqlite"):
        limits = f"-c statement_timeout={_STATEMENT_MS} -c lock_timeout={_STATEMENT_MS}"
        told = {"connect_timeout": _CONNECT_SECONDS, "options": limits}
        return sa.create_engine(url, pool_pre_ping=True, connect_args=told)
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @sa.event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        # WAL is avoided: the SQLite libraries in use may carry the WAL-reset defect.
        for pragma in ("journal_mode=DELETE", "foreign_keys=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def open_database(url: str, data_dir: Path) -> sa.Engine:
    """Return an engine whose schema is the program's, migrating older ones after a backup.

    Raises
    ------
    AppDatabaseError
        The schema is newer than the program (``app.newer_schema``), the database is missing
        although releases exist (``app.database_missing``), or the folder cannot be written
        (``app.folder_unwritable``).
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        # asked of the folder itself: its database needs a journal beside it
        with tempfile.TemporaryFile(dir=data_dir):
            pass
    except OSError as error:
        if not is_full_disk(error):
            raise AppDatabaseError("app.folder_unwritable", folder=str(data_dir)) from error
    engine = connect(url)
    try:
        bring_up_to_date(engine, data_dir)
    except (sa.exc.DatabaseError, OSError) as error:
        engine.dispose()
        reason = str(getattr(error, "orig", error))
        raise AppDatabaseError(
            "app.database_unreachable", folder=str(data_dir), reason=reason
        ) from error
    except AppDatabaseError:
        engine.dispose()
        raise
    return engine


def bring_up_to_date(engine: sa.Engine, data_dir: Path) -> None:
    """Migrate to the head of this program, or refuse; see :func:`open_database`.

    Of several processes that start at once one does it, the others wait and find it done.
    """
    _refuse_lost_database(engine, data_dir)
    if schema_version(engine) != program_version():
        with alone(data_dir / "schema.lock"):
            _migrate(engine)


def _migrate(engine: sa.Engine) -> None:
    found, wanted = schema_version(engine), program_version()
    if found == wanted:
        return
    if found and found not in _known_versions():
        raise AppDatabaseError("app.newer_schema", found=found, known=wanted)
    if found:
        _keep_copy(engine, found)
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def schema_version(engine: sa.Engine) -> str:
    """Return the schema version the database holds, empty when it holds none."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def program_version() -> str:
    """Return the schema version this program writes."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _known_versions() -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _refuse_lost_database(engine: sa.Engine, data_dir: Path) -> None:
    """Refuse an empty database beside releases: app.db was lost, nothing is set up anew."""
    releases = data_dir / "releases"
    if not releases.is_dir() or not any(releases.iterdir()):
        return
    path = engine.url.database or ""
    if engine.dialect.name == "sqlite" and not Path(path).exists():
        raise AppDatabaseError("app.database_missing", folder=str(data_dir))
    if not schema_version(engine):
        raise AppDatabaseError("app.database_missing", folder=str(data_dir))


def _keep_copy(engine: sa.Engine, version: str) -> None:
    if engine.dialect.name == "sqlite" and engine.url.database:
        path = Path(engine.url.database)
        shutil.copy2(path, path.with_name(f"{path.name}.before-{program_version()}-{version}"))
