"""The process that checks a release: its end, and what the log tells of a bad one."""

from __future__ import annotations

import errno
import json
import logging
import time

import pytest

from services import release_checks
from services.jobs import FINAL, JobState
from services.release_checks import MOST_TOLD
from services.releases import UnknownReleaseError
from tests.release_desk import DeskTown
from web.logs import JsonFormatter


@pytest.fixture
def town(tmp_path):
    return DeskTown.at(tmp_path)


@pytest.fixture
def failing(tmp_path, monkeypatch):
    """Let another program stand in the place of the command; return where it is written."""
    command = tmp_path / "command.py"
    monkeypatch.setattr(release_checks, "_COMMAND", command)
    return command


def told(caplog):
    return [r for r in caplog.records if r.name == "keck.checks"]


def ended(town, job, caplog, lines):
    for _ in range(1200):
        if town.services.jobs.get(job).state in FINAL and len(told(caplog)) == lines:
            return town.services.jobs.get(job)
        time.sleep(0.05)
    raise AssertionError(f"{town.services.jobs.get(job)} {told(caplog)}")


def test_why_a_check_broke_stands_in_the_log_by_its_release(town, failing, caplog):
    failing.write_text(
        "import sys\nsys.stderr.write('x' * 100_000 + '\\n')\nraise RuntimeError('no such table')\n"
    )
    waiting = town.wait()
    job = town.services.checks.start(waiting, "anna")
    assert ended(town, job, caplog, 1).message == "check.worker_lost"
    (record,) = told(caplog)
    assert record.levelno == logging.ERROR
    assert (record.fields["release"], record.fields["job"], record.fields["code"]) == (
        waiting, job, 1
    )  # fmt: skip
    assert record.fields["said"].endswith("RuntimeError: no such table\n")
    assert len(record.fields["said"]) == MOST_TOLD
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert json.loads(line)["release"] == waiting
    assert waiting in record.getMessage()


def test_a_check_that_was_killed_is_told_with_its_code(town, failing, caplog):
    failing.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    waiting = town.wait()
    ended(town, town.services.checks.start(waiting, "anna"), caplog, 1)
    assert told(caplog)[0].fields["code"] == -9
    assert told(caplog)[0].fields["said"] == ""


def test_a_check_that_brings_an_answer_leaves_no_line(town, caplog):
    job = town.services.checks.start(town.wait(), "anna")
    assert ended(town, job, caplog, 0).state is JobState.READY
    assert town.services.checks.running(town.first) is None
    assert told(caplog) == []


def test_a_full_disk_for_what_it_says_stops_no_check(town, caplog, monkeypatch):
    def full():
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(release_checks.tempfile, "TemporaryFile", full)
    job = town.services.checks.start(town.wait(), "anna")
    assert ended(town, job, caplog, 1).state is JobState.READY
    assert "cannot be kept" in told(caplog)[0].getMessage()


def test_a_check_that_cannot_begin_is_in_nobodys_way(town, monkeypatch):
    waiting = town.wait()
    with monkeypatch.context() as patch:
        patch.setattr(release_checks.sys, "executable", "/nowhere/python")
        with pytest.raises(FileNotFoundError):
            town.services.checks.start(waiting, "anna")
    assert town.services.checks.running(waiting) is None


def test_a_release_that_is_not_here_is_checked_by_nobody(town):
    with pytest.raises(UnknownReleaseError):
        town.services.checks.start("2020-01-01-1", "anna")
    assert "check" not in {job.kind for job in town.services.jobs.list()}
