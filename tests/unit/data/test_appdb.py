"""The application database: one schema, refused when newer, never set up over releases."""

import ast
import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from data.account_tables import ACCOUNTS
from data.appdb import (
    AUDIT_LOG,
    METADATA,
    RELEASE_CHECKS,
    RELEASE_DESK,
    RELEASES,
    SHORT_LINKS,
    AppDatabaseError,
    connect,
    open_database,
    program_version,
    schema_version,
)
from data.audit import AuditEntry, broken_rows, write_audit
from data.catalogue_tables import CATALOGUE_EDITS, INDICATOR_COMMENTS
from data.leases import LEASES
from data.measures import CHANGES, MEASURES
from data.outside_sign_ins import OUTSIDE_SIGN_INS
from data.scenarios import SCENARIOS
from data.workshop_contributions import ANSWERS, PARTICIPANTS, PINS, UPVOTES
from data.workshop_outcomes import PUBLIC_CONTRIBUTIONS, STEPS
from data.workshops import WORKSHOPS
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
    present = program_version()
    monkeypatch.setattr("data.appdb.program_version", lambda: "9999")
    open_database(address(tmp_path), tmp_path).dispose()
    assert [p.name for p in tmp_path.glob("app.db.before-*")] == [f"app.db.before-9999-{present}"]


NEWER = {
    "0001": (SHORT_LINKS, ACCOUNTS, RELEASE_DESK),
    "0002": (ACCOUNTS, RELEASE_DESK),
    "0003": (RELEASE_DESK, RELEASE_CHECKS),
    "0004": (CATALOGUE_EDITS, INDICATOR_COMMENTS, LEASES, OUTSIDE_SIGN_INS),
    "0005": (LEASES, OUTSIDE_SIGN_INS),
    "0006": (OUTSIDE_SIGN_INS, SCENARIOS),
    "0007": (SCENARIOS, MEASURES),
    "0008": (MEASURES, CHANGES),
    "0009": (WORKSHOPS, PARTICIPANTS, ANSWERS, PINS, UPVOTES),
    "0010": (STEPS, PUBLIC_CONTRIBUTIONS),
}
"""Tables that a database of an earlier schema gets."""


def write_as_before(connection):
    """Write a row of the log as versions did that knew no numbers of requests."""
    row = {"town": "t", "number": 1, "actor": "meier", "action": "publish", "object": "release",
           "release_id": "1", "result": "done"}  # fmt: skip
    at = dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC)
    text = json.dumps({**row, "at": at.isoformat()}, sort_keys=True)
    chain = hashlib.sha256(text.encode()).hexdigest()
    table = sa.table("audit_log", *(sa.column(name) for name in (*row, "chain")),
                     sa.column("at", AUDIT_LOG.c.at.type))  # fmt: skip
    connection.execute(sa.insert(table).values(**row, at=at, chain=chain))


@pytest.mark.parametrize("version", sorted(NEWER))
def test_a_database_of_an_earlier_schema_keeps_its_rows_and_gets_what_is_new(tmp_path, version):
    engine = connect(address(tmp_path))
    config = Config()
    config.set_main_option("script_location", str(ROOT / "data" / "migrations"))
    row = {"town": "t", "id": "1", "state": "x", "note": "", "job_id": "", "manifest_sha256": ""}
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        connection.execute(sa.insert(RELEASES).values(**row, created=dt.datetime.now(dt.UTC)))
        write_as_before(connection)
    engine.dispose()
    engine = open_database(address(tmp_path), tmp_path)
    with engine.connect() as connection:
        assert connection.execute(sa.select(RELEASES.c.id)).scalars().all() == ["1"]
        assert broken_rows(connection, "t") == []
        write_audit(connection, "t", AuditEntry("meier", "publish", "1", "done"))
        assert broken_rows(connection, "t") == []
        for table in NEWER[version]:
            assert connection.execute(sa.select(table)).all() == []
    engine.dispose()
    assert (tmp_path / f"app.db.before-{program_version()}-{version}").is_file()


def test_accounts_and_open_sign_ins_of_before_links_are_kept(tmp_path):
    engine = connect(address(tmp_path))
    config = Config()
    config.set_main_option("script_location", str(ROOT / "data" / "migrations"))
    now = dt.datetime(2026, 11, 27, tzinfo=dt.UTC)
    person = {
        "town": "*", "role": "planner", "department": "", "password_hash": "x",
        "totp_secret": "", "totp_pending": "", "totp_step": 0, "is_disabled": False,
        "created": now, "last_sign_in": None, "subject": "",
    }  # fmt: skip
    asked = dict.fromkeys(("state_hash", "browser_hash", "nonce", "verifier", "wanted"), "x")
    open_one = {"town": "*", **asked, "subject": "begun:x", "created": now}
    columns = [c for c in OUTSIDE_SIGN_INS.c if c.name != "session_hash"]
    before = sa.table("outside_sign_ins", *(sa.column(c.name, c.type) for c in columns))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
        # two with a password of ours and no subject do not count as one and the same
        for name, subject in (("meier", ""), ("chef", ""), ("erika", "issuer 4711")):
            row = {**person, "id": name, "name": name, "subject": subject}
            connection.execute(sa.insert(ACCOUNTS).values(**row))
        connection.execute(sa.insert(before).values(**open_one))
    engine.dispose()
    engine = open_database(address(tmp_path), tmp_path)
    with engine.begin() as connection:
        found = connection.execute(sa.select(ACCOUNTS.c.name, ACCOUNTS.c.subject)).all()
        assert sorted(found) == [("chef", ""), ("erika", "issuer 4711"), ("meier", "")]
        # a sign-in that is open while the program is renewed goes on as a sign-in
        assert connection.execute(sa.select(OUTSIDE_SIGN_INS.c.session_hash)).scalars().all() == [
            ""
        ]
    another = {**person, "id": "x", "name": "x", "subject": "issuer 4711"}
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(sa.insert(ACCOUNTS).values(**another))
    engine.dispose()


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
