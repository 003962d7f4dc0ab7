"""Heavy exports take turns over threads and processes; too many are sent away in words."""

import subprocess
import sys
import threading
import time

import pytest

from domain.model import Audience
from services.container import build_cache
from services.heavy_exports import AT_ONCE, MOST_WAITING, ExportsBusyError, HeavyExports
from tests.patience import patience
from tests.town_fixture import settings_for
from tests.towns.served import ROOT

HOLD = """
import sys
from data.slots import SlotFolder
from pathlib import Path
slots = SlotFolder(Path(sys.argv[1]), 2)
assert slots.take() is not None
assert slots.take() is not None
print("held", flush=True)
sys.stdin.read()
"""


def test_two_work_and_a_third_waits_for_its_turn(tmp_path):
    heavy = HeavyExports(tmp_path, patience=30)
    inside, most, guard = 0, 0, threading.Lock()

    def work():
        nonlocal inside, most
        with heavy.turn():
            with guard:
                inside += 1
                most = max(most, inside)
            threading.Event().wait(0.05)
            with guard:
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE + MOST_WAITING)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == AT_ONCE


def test_one_who_waits_too_long_is_told_so(tmp_path):
    heavy = HeavyExports(tmp_path, patience=0.1)
    with heavy.turn(), heavy.turn(), pytest.raises(ExportsBusyError), heavy.turn():
        pass


def test_a_full_queue_refuses_at_once(tmp_path):
    heavy = HeavyExports(tmp_path, patience=60)
    began = threading.Barrier(MOST_WAITING + 1)
    done = []

    def wait():
        began.wait()
        with heavy.turn():
            done.append(1)

    threads = [threading.Thread(target=wait) for _ in range(MOST_WAITING)]
    with heavy.turn(), heavy.turn():
        for thread in threads:
            thread.start()
        began.wait()
        while heavy._waiting < MOST_WAITING:
            threading.Event().wait(0.01)
        with pytest.raises(ExportsBusyError, match="full"), heavy.turn():
            pass
    for thread in threads:
        thread.join()
    assert len(done) == MOST_WAITING


def test_a_turn_is_given_back_after_a_fault(tmp_path):
    heavy = HeavyExports(tmp_path, patience=0.1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), heavy.turn():
            raise ZeroDivisionError
    with heavy.turn(), heavy.turn():
        pass


def test_another_process_holds_turns_until_it_ends(tmp_path):
    heavy = HeavyExports(tmp_path, patience=0.1)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert other.stdout.readline().strip() == "held"
    with pytest.raises(ExportsBusyError), heavy.turn():
        pass
    other.kill()
    other.wait()
    other.stdin.close()
    other.stdout.close()
    with heavy.turn():
        pass


def asked_at_once(heavy, tmp_path, n):
    """Let ``n`` threads ask the same of a cache while the first one is still building it."""
    cache = build_cache(settings_for(tmp_path / "town"))
    building, go_on, answers = threading.Event(), threading.Event(), []

    def build():
        with heavy.turn():
            building.set()
            assert go_on.wait(patience(30))
            return b"file"

    def ask():
        try:
            found = cache.get_or_build(Audience.PUBLIC, "r", "f", (), build, wait=heavy.wait_for)
        except ExportsBusyError as busy:
            found = str(busy)
        answers.append(found)

    threads = [threading.Thread(target=ask) for _ in range(n)]
    threads[0].start()
    assert building.wait(patience(30))
    for thread in threads[1:]:
        thread.start()
    return threads, go_on, answers


def until(is_so):
    end = time.monotonic() + patience(30)
    while not is_so() and time.monotonic() < end:
        time.sleep(0.01)
    assert is_so()


def test_those_who_ask_the_same_are_counted_among_those_who_wait(tmp_path):
    heavy = HeavyExports(tmp_path, patience=60)
    threads, go_on, answers = asked_at_once(heavy, tmp_path, MOST_WAITING + 3)
    until(lambda: len(answers) == 2)
    assert answers == ["full", "full"]
    go_on.set()
    for thread in threads:
        thread.join()
    assert answers[2:] == [b"file"] * (MOST_WAITING + 1)


def test_nobody_waits_for_ever_for_what_another_one_builds(tmp_path):
    heavy = HeavyExports(tmp_path, patience=0.1)
    threads, go_on, answers = asked_at_once(heavy, tmp_path, 2)
    until(lambda: answers)
    assert answers == ["patience"]
    go_on.set()
    for thread in threads:
        thread.join()
    assert answers == ["patience", b"file"]
