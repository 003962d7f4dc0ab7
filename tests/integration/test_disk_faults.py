"""A disk that runs full, and folders that cannot be written: what is told, and what stays whole."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import app
import cli
from data.durable import is_full_disk
from data.reserve import Reserve
from domain.roles import Role
from services.audit_log import LogQuery
from services.backups import BackupError, back_up, verify
from services.container import build_services
from services.importing import ImportOrder, ImportService
from services.jobs import JobState
from services.one_server import is_served_elsewhere
from tests.small_delivery import write_delivery
from tests.small_disk import fill, fill_up, heed_permissions, small_disk
from tests.staff import PASSWORD, HandClock, account, send, with_staff
from tests.town_fixture import publish_small_town, settings_for

ROOT = Path(__file__).parents[2]
ROWS = ["id;jahr;kinder", "01;2022;12", "02;2022;25", "03;2022;44"]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX systems")


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "disk", 8 * 1024) as folder:
        yield folder


@pytest.fixture
def order(tmp_path):
    (tmp_path / "delivery").mkdir()
    recipe = write_delivery(tmp_path / "delivery", ROWS)
    return ImportOrder(recipe, recipe.parent, publish=True)


def test_a_disk_that_runs_full_fails_the_import_and_leaves_nothing(disk, order, monkeypatch):
    settings = settings_for(disk / "instance")
    services = build_services(settings)
    ballast = fill(disk)
    os.truncate(ballast, ballast.stat().st_size - 160 * 1024)
    monkeypatch.setattr(ImportService, "_refuse_full_disk", lambda *_: None)
    outcome = ImportService(settings, services).run(order)
    assert [f.code for f in outcome.findings] == ["import_disk_ran_full"]
    assert outcome.findings[0].params["free"] == 0
    assert services.store.current() is None
    assert list(services.store.staging.iterdir()) == []
    assert not (settings.data_dir / "releases").exists()
    assert services.jobs.list()[0].state is JobState.FAILED
    # the same folder takes the same delivery once there is space
    ballast.unlink()
    assert ImportService(settings, services).run(order).is_published


def test_a_disk_without_a_byte_is_told_before_anything_begins(disk, order):
    settings = settings_for(disk / "instance")
    services = build_services(settings)
    fill(disk)
    outcome = ImportService(settings, services).run(order)
    assert [f.code for f in outcome.findings] == ["import_disk_full"]
    assert outcome.findings[0].params["free"] == 0
    assert services.jobs.list() == []


def test_pages_are_read_from_a_full_disk_and_signing_in_waits(disk):
    settings = publish_small_town(disk)
    services = with_staff(build_services(settings), settings, HandClock())
    account(services.staff, "meier")
    client = app.create_app(settings, services=services).test_client()
    client.get("/intern/anmelden")
    fill(disk)
    assert client.get("/atlas").status_code == 200
    values = "/api/v1/values?indicator=kinderarmut&period=2023&level=quartiere"
    assert client.get(values).status_code == 200
    answer = send(client, "/intern/anmelden", name="meier", password=PASSWORD, code="")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert services.releases.current() is not None


@pytest.fixture
def office(disk):
    """A server on a small disk that keeps 2 MB back, and a browser of an admin in it."""
    settings = publish_small_town(disk)
    services = with_staff(build_services(settings), settings, HandClock())
    services = replace(services, reserve=Reserve(settings.data_dir, 2_000_000))
    account(services.staff, "meier", Role.ADMIN)
    services.reserve.begin()
    assert services.reserve.held == 2_000_000
    server = app.create_app(settings, services=services)
    return SimpleNamespace(services=services, server=server, disk=disk)


def _signed_in(office):
    client = office.server.test_client()
    answer = send(client, "/intern/anmelden", name="meier", password=PASSWORD, code="")
    assert answer.status_code == 303, answer.text
    return client


def _upload(services):
    with services.uploads.store.receiving() as incoming:
        incoming.stream.write(b"id;jahr;kinder")
        return services.uploads.keep(incoming, "a.csv", "meier", services.store.current()).id


def test_on_a_full_disk_staff_sign_in_write_the_log_and_delete(office):
    services, upload = office.services, _upload(office.services)
    ballast = fill(office.disk)
    assert shutil.disk_usage(office.disk).free == 0
    client = _signed_in(office)
    assert 0 < services.reserve.held < 2_000_000
    held = services.reserve.held
    # readers of public pages are answered as before, and take nothing
    assert office.server.test_client().get("/atlas").status_code == 200
    assert services.reserve.held == held
    # whatever fills the disk again gets only what was given up: the next request has its own
    fill_up(ballast)
    page = f"/intern/daten/lieferung/{upload}"
    assert send(client, f"{page}/loeschen", page=page).status_code == 303
    assert services.reserve.held < held
    assert services.uploads.store.ids() == []
    _, rows = services.staff.log.rows(LogQuery(actor="meier"))
    assert {"sign_in", "upload_removed"} <= {row.action for row in rows}
    assert services.staff.log.broken() == []
    # with room again, the next request of staff keeps back what is missing
    ballast.unlink()
    assert client.get("/intern/konto").status_code == 200
    assert services.reserve.held == 2_000_000


def test_a_disk_that_runs_full_within_a_request_serves_the_next_one(office, monkeypatch):
    fill(office.disk)
    with monkeypatch.context() as patch:
        # as with a quota: the disk says that there is room
        patch.setattr("data.reserve.Reserve.make_room", lambda _: None)
        client = office.server.test_client()
        answer = send(client, "/intern/anmelden", name="meier", password=PASSWORD, code="")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert office.services.reserve.held == 1_800_000
    _signed_in(office)


def test_commands_use_the_reserve_and_keep_none_back(office, monkeypatch):
    fill(office.disk)
    monkeypatch.setenv("KECK_DATA_DIR", str(office.services.data_dir))
    # those of a server give up pieces of five MiB: here that is all there is
    told = CliRunner().invoke(cli.main, ["user", "disable", "meier", "--undo"])
    assert told.exit_code == 0, told.output
    assert office.services.reserve.held == 0


def test_a_backup_that_finds_no_space_is_none(disk, tmp_path):
    settings = publish_small_town(tmp_path)
    ballast = fill(disk)
    os.truncate(ballast, ballast.stat().st_size - 300 * 1024)
    with pytest.raises(BackupError, match=r"cli\.backup_broken"):
        back_up(settings, disk / "backup")
    with pytest.raises(BackupError, match=r"cli\.backup_bad"):
        verify(disk / "backup")


def test_a_full_disk_is_known_by_its_fault_or_by_what_it_came_from():
    full = OSError(28, "No space left on device")
    wrapped = RuntimeError("x")
    wrapped.__cause__ = full
    database = sqlite3.OperationalError("database or disk is full")
    database.sqlite_errorcode = sqlite3.SQLITE_FULL
    assert all(map(is_full_disk, (full, wrapped, database)))
    assert not any(map(is_full_disk, (None, OSError(2, "gone"), ValueError("x"))))


@POSIX
@pytest.mark.parametrize("is_new", [True, False])
def test_a_folder_that_cannot_be_written_is_refused_with_its_remedy(tmp_path, is_new):
    folder = tmp_path / "instance"
    if is_new:
        folder.mkdir()
    else:
        publish_small_town(tmp_path)
    folder.chmod(0o555)
    started = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT, env={**os.environ, "KECK_DATA_DIR": str(folder), "KECK_PORT": "8149"},
        preexec_fn=heed_permissions, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    folder.chmod(0o755)
    assert started.returncode == 1, started.stderr
    assert str(folder) in started.stderr
    assert "Traceback" not in started.stderr
    assert "schreib" in started.stderr


def test_a_second_server_on_a_folder_is_told_so(tmp_path, capsys, monkeypatch):
    settings = publish_small_town(tmp_path)
    holder = subprocess.Popen(
        [sys.executable, "-c", "import sys, time\nfrom pathlib import Path\n"
         "from data.slots import claim\nprint(claim(Path(sys.argv[1]), 'x'), flush=True)\n"
         "time.sleep(600)", str(settings.data_dir)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout.readline().strip() == "True"
        monkeypatch.setenv("KECK_DATA_DIR", str(settings.data_dir))
        monkeypatch.setenv("KECK_PORT", "8148")
        before = (settings.data_dir / "app.db").read_bytes()
        # what the other server works with is not even opened
        with monkeypatch.context() as patch:
            patch.setattr(app, "build_services", None)
            assert app.main() == 2
            told = capsys.readouterr().err
            assert str(settings.data_dir) in told
            assert "KECK_DATA_DIR" in told
            with pytest.raises(app.StartRefusedError, match="KECK_DATA_DIR"):
                app.create_server()
        assert (settings.data_dir / "app.db").read_bytes() == before
    finally:
        holder.kill()
        holder.communicate()
    # a claim ends with its process, also with one that was killed
    assert not is_served_elsewhere(settings)


def test_a_lost_database_is_restored_and_never_set_up_anew(tmp_path):
    settings = publish_small_town(tmp_path)
    back_up(settings, tmp_path / "backup")
    (settings.data_dir / "app.db").unlink()
    with pytest.raises(app.AppDatabaseError, match="database_missing"):
        build_services(settings)
    assert not (settings.data_dir / "app.db").exists()
    shutil.copy2(tmp_path / "backup" / "app.db", settings.data_dir)
    assert build_services(settings).releases.current() is not None
