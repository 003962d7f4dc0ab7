"""Writes that come together are kept by one commit, and what one raises is its own."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.appdb import SHORT_LINKS, open_database
from services import group_commit as module
from services.group_commit import GroupCommit
from tests.town_fixture import CLOCK

ROOT = Path(__file__).parents[2]


@pytest.fixture
def database(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'app.db'}", tmp_path)
    yield engine
    engine.dispose()


def link(code):
    row = {"town": "t", "code": code, "target": "/atlas", "created": CLOCK}
    return lambda connection: connection.execute(sa.insert(SHORT_LINKS).values(**row)).rowcount


def kept(database):
    with database.connect() as connection:
        return sorted(connection.execute(sa.select(SHORT_LINKS.c.code)).scalars())


def test_what_was_done_is_given_back_and_kept(database):
    assert GroupCommit(database).run(lambda _connection: "done") == "done"
    GroupCommit(database).run(link("a"))
    assert kept(database) == ["a"]


def test_writes_that_wait_are_kept_by_one_commit(database, monkeypatch):
    commits, real = [], module.writing
    monkeypatch.setattr(module, "writing", lambda engine: commits.append(1) or real(engine))
    group, first_is_in, go = GroupCommit(database), threading.Event(), threading.Event()

    def slow(_connection):
        first_is_in.set()
        go.wait(30)

    threads = [threading.Thread(target=group.run, args=(slow,))]
    threads[0].start()
    first_is_in.wait(30)
    threads += [threading.Thread(target=group.run, args=(link(f"{k:02}"),)) for k in range(20)]
    for thread in threads[1:]:
        thread.start()
    while len(group._waiting) < 20:
        first_is_in.wait(0.01)
    go.set()
    for thread in threads:
        thread.join()
    assert len(kept(database)) == 20
    assert len(commits) == 2


def test_what_one_raises_is_its_own_and_the_others_are_kept(database):
    group, faults = GroupCommit(database), []

    def wrong(connection):
        link("half")(connection)
        raise ValueError("no")

    def ask(deed):
        try:
            group.run(deed)
        except ValueError as fault:
            faults.append(str(fault))

    threads = [
        threading.Thread(target=ask, args=(d,)) for d in (wrong, link("a"), wrong, link("b"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == ["no", "no"]
    assert kept(database) == ["a", "b"]


HOLDER = """
import sys, time
from pathlib import Path
from data.slots import in_turn
with in_turn(Path(sys.argv[1])):
    print("in", flush=True)
    sys.stdin.readline()
"""


def test_processes_take_turns_and_who_waits_goes_on_at_once(database, tmp_path):
    file = tmp_path / "app.db.turn"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(file)], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdout.readline() == "in\n"
    group = GroupCommit(database)
    waiting = threading.Thread(target=group.run, args=(link("a"),))
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive()
    assert kept(database) == []
    holder.communicate("\n")
    waiting.join(30)
    assert kept(database) == ["a"]


def test_where_nothing_can_be_kept_all_are_told(database):
    with database.begin() as connection:
        connection.exec_driver_sql("DROP TABLE short_links")
    with pytest.raises(sa.exc.OperationalError):
        GroupCommit(database).run(link("a"))
    database.dispose()
    lost = GroupCommit(sa.create_engine("sqlite:////nowhere/app.db"))
    with pytest.raises(sa.exc.OperationalError):
        lost.run(link("a"))
