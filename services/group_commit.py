"""Many small writes that come at the same moment are kept by one commit.

A commit waits for the disk, and SQLite takes one writer at a time: two hundred votes a second of a
full room would wait for each other. Those that wait are kept together by whoever is next.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Generic, TypeVar

import sqlalchemy as sa

from data.accounts import writing
from data.slots import in_turn

Got = TypeVar("Got")


class _Job(Generic[Got]):
    """A write that waits, then what it gave or what it raised."""

    def __init__(self, deed: Callable[[sa.Connection], Got]) -> None:
        self._deed = deed
        self.is_done = False
        self.fault: BaseException | None = None
        self.got: Got | None = None

    def run(self, connection: sa.Connection) -> None:
        """Do it; what it raises takes back only what it wrote itself."""
        try:
            with connection.begin_nested():
                self.got = self._deed(connection)
        except Exception as fault:  # it is told to whoever asked, the others go on
            self.fault = fault


class GroupCommit:
    """Keeps writes of the threads of this process, several by one commit."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database
        self._file = _file_of(database)
        self._guard = threading.Lock()
        self._turn = threading.Lock()
        self._waiting: list[_Job[object]] = []

    def run(self, deed: Callable[[sa.Connection], Got]) -> Got:
        """Return what ``deed`` gives on a connection that writes alone, once it is kept.

        What it raises is raised here, and nothing of it is kept. It may run in another thread.
        """
        job: _Job[Got] = _Job(deed)
        with self._guard:
            self._waiting.append(job)  # type: ignore[arg-type]
        with self._turn:
            if not job.is_done:
                with self._guard:
                    batch, self._waiting = self._waiting, []
                self._keep(batch)
        if job.fault is not None:
            raise job.fault
        return job.got  # type: ignore[return-value]

    def _keep(self, batch: list[_Job[object]]) -> None:
        try:
            with self._in_turn(), writing(self._database) as connection:
                for job in batch:
                    job.run(connection)
        except Exception as fault:  # nothing was kept: all are told
            for job in batch:
                job.fault = job.fault or fault
        finally:
            for job in batch:
                job.is_done = True

    def _in_turn(self) -> AbstractContextManager[None]:
        """Keep other processes out: SQLite would let them pass whoever waits, again and again."""
        return in_turn(self._file) if self._file else nullcontext()


def _file_of(database: sa.Engine) -> Path | None:
    """Return the file by which processes take turns at a database that is a file."""
    name = database.url.database
    if database.dialect.name != "sqlite" or not name:
        return None
    return Path(f"{name}.turn")
