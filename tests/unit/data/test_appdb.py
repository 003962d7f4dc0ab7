"""The application database: one schema, refused when newer, never set up over releases."""

import ast
import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from data.appdb import (
    METADATA,
    RELEASES,
    AppDatabaseError,
    open_database,
    program_version,
    schema_version,
)
from i18n import LANGUAGES, translator

ROOT = Path(__file__).parents[3]


def address(folder):
    return f"sqlite:///{folder / 'app.db'}"


def refused(folder):
    with pytest.raises(AppDatabaseError) as caught:
        open_database(address(folder), folder)
    return [translator(lang)(caught.value.key, **caught.value.params) for lang in LANGUAGES]


def test_a_new_folder_gets_the_schema_of_the_program(tmp_path):
    engine = open_database(address(tmp_path), tmp_path / "deep" / "er")
    assert schema_version(engine) == program_version()
    engine.dispose()


def test_migrations_yield_exactly_the_tables_of_the_program(tmp_path):
    engine = open_database(address(tmp_path), tmp_path)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_there_is_one_head():
    config = Config()
    config.set_main_option("script_location", str(ROOT / "data" / "migrations"))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_the_town_is_the_first_key_of_every_table():
    for table in METADATA.sorted_tables:
        assert next(c.name for c in table.primary_key) == "town", table.name


def test_sqlite_waits_five_seconds_keeps_foreign_keys_and_a_rollback_journal(tmp_path):
    engine = open_database(address(tmp_path), tmp_path)
    with engine.connect() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("busy_timeout", "foreign_keys", "journal_mode")
        ]
    engine.dispose()
    assert found == [5000, 1, "delete"]


def test_a_newer_schema_is_refused_with_both_versions(tmp_path):
    engine = open_database(address(tmp_path), tmp_path)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    for text in refused(tmp_path):
        assert "9999" in text
        assert program_version() in text


def test_a_lost_database_beside_releases_is_refused_and_restore_is_offered(tmp_path):
    (tmp_path / "releases" / "2026-11-24-1").mkdir(parents=True)
    for text in refused(tmp_path):
        assert "restore" in text
    assert not (tmp_path / "app.db").exists()


def test_an_emptied_database_beside_releases_is_refused_too(tmp_path):
    (tmp_path / "releases" / "2026-11-24-1").mkdir(parents=True)
    (tmp_path / "app.db").touch()
    assert "restore" in refused(tmp_path)[0]


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(AppDatabaseError, match=r"app\.folder_unwritable"):
        open_database(address(tmp_path), tmp_path / "file" / "instance")


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "app.db").write_bytes(b"no database at all, only text" * 100)
    with pytest.raises(AppDatabaseError, match=r"app\.database_unreachable"):
        open_database(address(tmp_path), tmp_path)


def test_an_older_schema_is_copied_before_it_is_migrated(tmp_path, monkeypatch):
    open_database(address(tmp_path), tmp_path).dispose()
    monkeypatch.setattr("data.appdb.program_version", lambda: "0002")
    open_database(address(tmp_path), tmp_path).dispose()
    assert [p.name for p in tmp_path.glob("app.db.before-*")] == ["app.db.before-0002-0001"]


def test_times_come_back_in_utc_and_a_time_without_zone_is_a_fault(tmp_path):
    engine = open_database(address(tmp_path), tmp_path)
    berlin = dt.timezone(dt.timedelta(hours=2))
    row = {"town": "t", "id": "1", "state": "x", "note": "", "job_id": "", "manifest_sha256": ""}
    with engine.begin() as connection:
        when = dt.datetime(2026, 10, 25, 2, 30, tzinfo=berlin)
        connection.execute(sa.insert(RELEASES).values(**row, created=when))
        found = connection.execute(sa.select(RELEASES.c.created)).scalar_one()
        assert found == when
        assert found.tzinfo is dt.UTC
        with pytest.raises(sa.exc.StatementError):
            connection.execute(
                sa.insert(RELEASES).values(**{**row, "id": "2"}, created=when.replace(tzinfo=None))
            )
    engine.dispose()


def test_nothing_in_the_house_pickles():
    for package in ("data", "domain", "services", "web", "figures", "layouts", "callbacks"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                names += [node.module] if isinstance(node, ast.ImportFrom) else []
                assert not {"pickle", "shelve", "marshal", "dill"} & set(names), path
