"""Cancelling an import from inside, by signal and from another process: nothing is left."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from services.container import build_services
from services.import_watch import End
from services.importing import ImportOrder, ImportService
from services.jobs import JobState
from services.stop_signals import stop_on_signals
from tests.patience import patience
from tests.small_delivery import write_delivery
from tests.town_fixture import settings_for

LINES = ["id;jahr;kinder", "01;2021;12", "02;2021;25", "03;2021;44"]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")


@pytest.fixture
def settings(tmp_path):
    return settings_for(tmp_path / "instance")


@pytest.fixture
def services(settings):
    built = build_services(settings)
    yield built
    built.releases.close()


def assert_nothing_is_left(services):
    (job,) = services.jobs.list()
    assert (job.state, job.message) == (JobState.CANCELLED, "import.end.cancelled")
    assert job.lease_until is None
    assert services.store.current() is None
    assert services.store.list() == []
    for folder in (services.store.staging, services.store.folder):
        assert not folder.exists() or list(folder.iterdir()) == []


@pytest.mark.parametrize("step", ["import.step.layers", "import.protecting", "import.auditing"])
def test_a_set_event_ends_the_import_in_order(settings, services, tmp_path, step):
    recipe, stop = write_delivery(tmp_path, LINES), threading.Event()

    def listener(_share, told):
        if told.key == step:
            stop.set()

    order = ImportOrder(recipe, tmp_path, publish=True)
    outcome = ImportService(settings, services).run(order, listener, stop)
    assert outcome.end is End.CANCELLED
    assert [f.code for f in outcome.findings] == ["import_cancelled"]
    assert_nothing_is_left(services)


def test_a_wish_at_the_last_moment_is_heard_before_anything_is_published(
    settings, services, tmp_path
):
    recipe = write_delivery(tmp_path, LINES)

    def listener(share, _step):
        if share == 1.0:
            services.jobs.cancel(services.jobs.list()[0].id)

    order = ImportOrder(recipe, tmp_path, publish=True)
    assert ImportService(settings, services).run(order, listener).end is End.CANCELLED
    assert_nothing_is_left(services)


@POSIX
def test_signals_are_noted_and_never_interrupt():
    before = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    with stop_on_signals() as stop:
        assert not stop.is_set()
    assert all(signal.getsignal(number) is handler for number, handler in before.items())
    try:
        with stop_on_signals() as stop:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGINT):
                os.kill(os.getpid(), number)
            assert stop.wait(1)
        os.kill(os.getpid(), signal.SIGTERM)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_jobs_are_listed_and_only_running_ones_cancelled(settings, services, tmp_path):
    recipe = write_delivery(tmp_path, LINES)

    def keck(*arguments, **environ):
        own = {"KECK_DATA_DIR": str(settings.data_dir), **environ}
        return CliRunner().invoke(cli.main, list(arguments), env=own)

    assert "noch keinen Import" in keck("jobs", "list").stdout
    seen = []

    def listener(share, _step):
        if share > 0.5 and not seen:
            seen.append(keck("jobs", "list").stdout)
            seen.append(keck("jobs", "cancel", services.jobs.list()[0].id).stdout)

    outcome = ImportService(settings, services).run(ImportOrder(recipe, tmp_path), listener)
    assert outcome.end is End.CANCELLED
    assert "läuft" in seen[0]
    assert " % " in seen[0]
    assert "wird abgebrochen" in seen[1]
    again = keck("jobs", "cancel", services.jobs.list()[0].id, KECK_LANGUAGE="en")
    assert again.exit_code == 1
    assert "no running import" in again.stderr
    assert "abgebrochen; nichts ist geändert" in keck("jobs", "list").stdout


@POSIX
def test_ctrl_c_says_that_nothing_has_changed(settings, services, tmp_path):
    recipe = write_delivery(tmp_path, LINES)
    process = subprocess.Popen(
        [sys.executable, str(Path(cli.__file__)), "import", str(recipe), "--release"],
        env={"PATH": os.environ["PATH"], "KECK_DATA_DIR": str(settings.data_dir)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not services.jobs.list():
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    begin = time.monotonic()
    out, err = process.communicate(timeout=30)
    taken = time.monotonic() - begin
    assert taken < 2 or taken < patience(2)
    assert process.returncode == 1
    assert "abgebrochen" in out
    assert "unverändert" in err
    assert "Traceback" not in err
    assert_nothing_is_left(services)
