"""Orders of files: made by a process of their own, watched, cancelled, swept; never half a file."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from dataclasses import replace
from urllib.parse import unquote

import pypdfium2
import pytest
from click.testing import CliRunner

import app
import cli
from services.container import build_services
from services.export_jobs import KEPT_MINUTES, PROFILES, REPORT, ExportOrder, ExportState
from services.export_work import ExportWorker
from services.heavy_exports import AT_ONCE, MOST_WAITING, ExportsBusyError, HeavyExports
from services.jobs import LEASE_SECONDS, JobState
from tests.patience import patience
from tests.town_fixture import CLOCK, publish_small_town
from web.export_child import write_order

ORDER = ExportOrder(
    kind=REPORT,
    town="kleinstadt",
    release="2026-11-24-1",
    language="de",
    query="level=quartiere&areas=01,03&indicators=kinderarmut&chapters=cover,overview",
    suffix="pdf",
    name="Kleinstadt Bericht für Süd",
    texts={"title": "Größe #1", "texts": {"cover": "Ein *Vorwort*."}},
)
ARCHIVE = replace(ORDER, kind=PROFILES, suffix="zip", query="level=bezirke&areas=all", texts={})


class Clock:
    def __init__(self):
        self.now = CLOCK

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return publish_small_town(tmp_path_factory.mktemp("published"))


@pytest.fixture
def settings(published, tmp_path):
    """A data folder of its own, copied from one published town."""
    folder = tmp_path / "instance"
    shutil.copytree(published.data_dir, folder)
    return replace(published, data_dir=folder)


@pytest.fixture
def services(settings, clock):
    built = build_services(settings, clock=clock)
    yield built
    built.releases.close()


@pytest.fixture
def unspawned(services, monkeypatch):
    """Orders are taken but no process starts: the test does the work."""
    monkeypatch.setattr(services.exports, "_spawn", lambda job: None)
    return services


@pytest.fixture
def client(settings, services):
    return app.create_app(settings, services=services).test_client()


def worker(services, settings):
    turns = HeavyExports(settings.data_dir / "turns", patience=0.05)
    return ExportWorker(services.exports, services.jobs, turns)


def made(services, settings, order):
    job = services.exports.start(order)
    end = worker(services, settings).run(
        job, lambda o, target, progress: write_order(services, o, target, progress)
    )
    return job, end


def address(job, order=ORDER):
    return f"/export/{order.town}/{order.release}/auftrag/{job}.{order.suffix}"


def test_a_report_is_made_and_fetched_with_its_own_words(unspawned, settings, client):
    job, end = made(unspawned, settings, ORDER)
    assert end is JobState.READY
    answer = client.get(address(job), buffered=True)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert "f%C3%BCr%20S%C3%BCd.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    pages = pypdfium2.PdfDocument(answer.data)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    assert "Größe #1" in text
    assert "Ein Vorwort." in text
    assert "Kinderarmut" in text


def test_an_archive_holds_a_file_an_area_and_an_index(unspawned, settings, client, monkeypatch):
    named = unspawned.plans.names

    def strange(*asked):  # a name may hold what has a meaning of its own in an address
        return {area: name.replace("D", "#1 & 100%") for area, name in named(*asked).items()}

    monkeypatch.setattr(unspawned.plans, "names", strange)
    job, end = made(unspawned, settings, ARCHIVE)
    assert end is JobState.READY
    with zipfile.ZipFile(unspawned.exports.status(job).file) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        written = ("#1 & 100%", "A", "B", "C")
        assert sorted(names) == [*(f"Gebiet {x}.pdf" for x in written), "index.html"]
        index = archive.read("index.html").decode("utf-8")
        links = [unquote(found) for found in re.findall('href="([^"#?]+)"', index)]
        assert sorted(links) == sorted(set(names) - {"index.html"})
        for name in names[:4]:
            assert len(pypdfium2.PdfDocument(archive.read(name))) >= 1
    assert client.get(address(job, ARCHIVE), buffered=True).mimetype == "application/zip"


@pytest.mark.parametrize("suffix", ["pptx", "xlsx"])
def test_a_report_comes_as_slides_and_as_workbook_too(unspawned, settings, suffix):
    job, end = made(unspawned, settings, replace(ORDER, suffix=suffix))
    assert end is JobState.READY
    assert zipfile.is_zipfile(unspawned.exports.status(job).file)


def test_an_open_order_is_answered_with_when_to_come_back(unspawned, client):
    job = unspawned.exports.start(ORDER)
    answer = client.get(address(job), buffered=True)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert unspawned.exports.status(job).state is ExportState.WAITING


@pytest.mark.parametrize("job", ["0" * 32, "..", "%2e%2e", "x", "order.json"])
def test_an_unknown_order_is_not_found(client, job):
    assert client.get(address(job), buffered=True).status_code == 404


def test_a_file_is_handed_out_under_its_own_address_only(unspawned, settings, client):
    job, _ = made(unspawned, settings, ORDER)
    assert client.get(address(job).replace("kleinstadt", "anderswo")).status_code == 404
    assert client.get(address(job).replace(".pdf", ".zip")).status_code == 404


def test_a_cancelled_order_leaves_nothing_and_is_gone(unspawned, settings, client):
    job = unspawned.exports.start(ARCHIVE)
    at_work = threading.Event()

    def slowly(_order, target, progress):
        target.write_bytes(b"half")
        at_work.set()
        while True:
            progress.at(0.5, "export.profile", name="x", done=1, of=2)
            time.sleep(0.02)

    running = threading.Thread(target=worker(unspawned, settings).run, args=(job, slowly))
    running.start()
    assert at_work.wait(patience(20))
    assert unspawned.exports.cancel(job)
    assert unspawned.exports.status(job).state is ExportState.CANCELLED
    running.join(patience(20))
    assert unspawned.jobs.get(job).state is JobState.CANCELLED
    folder = unspawned.exports.result(job, ARCHIVE).parent
    assert [p.name for p in folder.iterdir()] == ["order.json"]
    assert client.get(address(job, ARCHIVE), buffered=True).status_code == 410


def test_work_that_breaks_is_told_as_failed_and_leaves_no_half_file(unspawned, settings):
    job = unspawned.exports.start(ORDER)

    def broken(_order, target, _progress):
        target.write_bytes(b"half")
        raise OSError("disk full")

    assert worker(unspawned, settings).run(job, broken) is JobState.FAILED
    assert unspawned.exports.status(job).state is ExportState.FAILED
    assert not list(unspawned.exports.result(job, ORDER).parent.glob("result*"))


def test_the_order_of_a_dead_worker_fails_when_its_lease_is_over(unspawned, clock):
    job = unspawned.exports.start(ORDER)
    part = unspawned.exports.result(job, ORDER).with_name("result.pdf.part")
    part.write_bytes(b"half")
    clock.now += dt.timedelta(seconds=LEASE_SECONDS + 1)
    assert unspawned.exports.status(job).state is ExportState.FAILED
    unspawned.exports.sweep()
    assert not part.exists()


def test_a_finished_file_is_kept_for_an_hour(unspawned, settings, clock, client):
    job, _ = made(unspawned, settings, ORDER)
    clock.now += dt.timedelta(minutes=KEPT_MINUTES - 1)
    unspawned.exports.sweep()
    assert client.get(address(job), buffered=True).status_code == 200
    clock.now += dt.timedelta(minutes=2)
    unspawned.exports.sweep()
    assert unspawned.exports.status(job).state is ExportState.GONE
    assert client.get(address(job), buffered=True).status_code in (404, 410)


def test_only_so_many_orders_are_taken(unspawned):
    for _ in range(AT_ONCE + MOST_WAITING):
        unspawned.exports.start(ORDER)
    with pytest.raises(ExportsBusyError):
        unspawned.exports.start(ORDER)


def test_orders_wait_for_their_turn(unspawned, settings):
    turns = HeavyExports(settings.data_dir / "turns", patience=0.05)
    job = unspawned.exports.start(ORDER)
    written = []
    running = threading.Thread(
        target=worker(unspawned, settings).run,
        args=(job, lambda _o, target, _p: written.append(target.write_bytes(b"x"))),
    )
    with turns.turn(), turns.turn():
        running.start()
        time.sleep(0.5)
        assert written == []
    running.join(patience(20))
    assert written
    assert unspawned.exports.status(job).state is ExportState.READY


def test_the_command_line_shows_orders_and_cancels_one(unspawned, settings):
    job = unspawned.exports.start(ORDER)
    environ = {"KECK_DATA_DIR": str(settings.data_dir)}
    shown = CliRunner().invoke(cli.main, ["jobs", "list"], env=environ)
    assert job in shown.output
    assert "Wartet" in shown.output
    assert CliRunner().invoke(cli.main, ["jobs", "cancel", job], env=environ).exit_code == 0
    assert unspawned.jobs.get(job).cancel_requested


@pytest.fixture
def real_time(settings):
    built = build_services(settings)
    yield built
    built.releases.close()


def wait_for(services, job, wanted):
    end = time.monotonic() + patience(60)
    while time.monotonic() < end:
        status = services.exports.status(job)
        if wanted(status):
            return status
        time.sleep(0.1)
    raise AssertionError(status)


def test_a_process_of_its_own_makes_the_file(real_time):
    job = real_time.exports.start(ARCHIVE)
    status = wait_for(real_time, job, lambda s: not s.is_open)
    assert status.state is ExportState.READY
    assert zipfile.is_zipfile(status.file)


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")
def test_a_killed_process_leaves_a_failed_order_and_no_file(real_time, monkeypatch):
    started = []
    popen = subprocess.Popen

    def remember(*args, **kwargs):
        started.append(popen(*args, **kwargs))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", remember)
    job = real_time.exports.start(ARCHIVE)
    os.kill(started[0].pid, signal.SIGKILL)
    status = wait_for(real_time, job, lambda s: not s.is_open)
    assert status.state is ExportState.FAILED
    assert not list(real_time.exports.result(job, ARCHIVE).parent.glob("result*"))
