"""Releases of one data folder: published by rename and compare-and-swap, rolled back by one write.

A release folder never changes after its rename. The pointer in ``app.db`` names the current one;
everything else (caches, projections) can be rebuilt from the folders.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from data.manifest import damaged_files, looks_whole, read_manifest, sync_folder
from data.reader import ReleaseReader
from data.tables import POINTER, RELEASES
from domain.model import Audience

_RELEASE_ID = re.compile(r"\d{4}-\d{2}-\d{2}-\d{1,4}")


class PublishConflictError(Exception):
    """Somebody published since this release was begun; names the current release."""

    def __init__(self, current: str | None) -> None:
        super().__init__(f"current release is {current}")
        self.current = current


class UnknownReleaseError(KeyError):
    """A release id that this data folder does not hold."""


@dataclass(frozen=True)
class ReleaseInfo:
    """One line of the list of releases."""

    release_id: str
    created: str
    state: str
    note: str
    is_current: bool


def release_order(release_id: str) -> tuple[str, int]:
    """Sort key of release ids: date, then running number."""
    day, _, count = release_id.rpartition("-")
    return (day, int(count)) if count.isdecimal() else (release_id, 0)


class ReleaseStore:
    """The releases of one town in one data folder."""

    def __init__(
        self,
        data_dir: Path,
        database: sa.Engine,
        *,
        clock: Callable[[], dt.datetime],
        kept: int = 10,
    ) -> None:
        self._folder = data_dir / "releases"
        self._staging = data_dir / "staging"
        self._database = database
        self._clock = clock
        self._kept = kept

    def town(self) -> str | None:
        """Return the town of this data folder, or None before the first release."""
        with self._database.connect() as connection:
            return connection.execute(sa.select(POINTER.c.town)).scalar()

    def current(self) -> str | None:
        """Return the published release, or its newest whole predecessor if it is damaged."""
        pointed = self.pointed()
        if pointed is None or looks_whole(self._folder / pointed):
            return pointed
        earlier = [r for r in self._ids() if release_order(r) < release_order(pointed)]
        return next((r for r in reversed(earlier) if looks_whole(self._folder / r)), None)

    def pointed(self) -> str | None:
        """Return the release the pointer names, whole or not."""
        with self._database.connect() as connection:
            return connection.execute(sa.select(POINTER.c.release_id)).scalar()

    def damage(self) -> list[str]:
        """Return the damaged files of the release the pointer names, reading every byte."""
        pointed = self.pointed()
        return damaged_files(self._folder / pointed) if pointed else []

    def _ids(self) -> list[str]:
        if not self._folder.is_dir():
            return []
        return sorted((p.name for p in self._folder.iterdir() if p.is_dir()), key=release_order)

    def list(self) -> list[ReleaseInfo]:
        """Return all releases, oldest first."""
        pointed = self.pointed()
        with self._database.connect() as connection:
            rows = connection.execute(sa.select(RELEASES)).mappings().all()
        known = {r["release_id"]: r for r in rows}
        return [
            ReleaseInfo(
                release_id=name,
                created=known[name]["created"] if name in known else "",
                state=known[name]["state"] if name in known else "unreferenced",
                note=known[name]["note"] if name in known else "",
                is_current=name == pointed,
            )
            for name in self._ids()
        ]

    def new_staging(self, job_id: str) -> Path:
        """Make an empty folder in which a release is built."""
        folder = self._staging / job_id
        folder.mkdir(parents=True)
        return folder

    def next_id(self) -> str:
        """Return the id the next release will get: date and running number."""
        day = self._clock().date().isoformat()
        numbers = [release_order(r)[1] for r in self._ids() if r.startswith(day + "-")]
        return f"{day}-{max(numbers, default=0) + 1}"

    def publish(self, staging: Path, *, base: str | None) -> str:
        """Publish a staged bundle.

        Parameters
        ----------
        staging
            A complete bundle with its manifest.
        base
            The release that was current when the work began.

        Returns
        -------
        str
            The id of the new current release.

        Raises
        ------
        PublishConflictError
            The current release is no longer ``base``; the staged bundle stays where it is.
        """
        manifest = read_manifest(staging)
        if self.pointed() != base:
            raise PublishConflictError(self.pointed())
        sync_folder(staging)
        self._folder.mkdir(parents=True, exist_ok=True)
        release_id = self.next_id()
        os.replace(staging, self._folder / release_id)
        sync_folder(self._folder / release_id)
        self._move_pointer(manifest["town"], release_id, base, manifest.get("note", ""))
        self._drop_old(release_id)
        return release_id

    def _move_pointer(self, town: str, release_id: str, base: str | None, note: str) -> None:
        with self._database.begin() as connection:
            if base is None:
                exists = connection.execute(
                    sa.select(POINTER.c.release_id).where(POINTER.c.town == town)
                ).first()
                if exists is not None:
                    raise PublishConflictError(exists[0])
                connection.execute(POINTER.insert().values(town=town, release_id=release_id))
            else:
                moved = connection.execute(
                    POINTER.update()
                    .where(POINTER.c.town == town, POINTER.c.release_id == base)
                    .values(release_id=release_id)
                )
                if moved.rowcount != 1:
                    raise PublishConflictError(self.pointed())
            connection.execute(
                RELEASES.insert().values(
                    town=town,
                    release_id=release_id,
                    created=self._clock().isoformat(timespec="seconds"),
                    state="published",
                    base=base,
                    note=note,
                )
            )

    def rollback(self, release_id: str | None = None) -> str:
        """Make an earlier release the current one again.

        Raises
        ------
        UnknownReleaseError
            There is no such release, or none before the current one.
        """
        pointed = self.pointed()
        usable = [r for r in self._ids() if not damaged_files(self._folder / r)]
        if release_id is None:
            earlier = [
                r for r in usable if pointed and release_order(r) < release_order(pointed)
            ]
            if not earlier:
                raise UnknownReleaseError("no earlier release")
            release_id = earlier[-1]
        if release_id not in usable:
            raise UnknownReleaseError(release_id)
        with self._database.begin() as connection:
            connection.execute(POINTER.update().values(release_id=release_id))
        return release_id

    def holds(self, release_id: str) -> bool:
        """Return whether the folder of a release is here; ids are checked before any path."""
        return bool(_RELEASE_ID.fullmatch(release_id)) and (self._folder / release_id).is_dir()

    def open(self, release_id: str, audience: Audience) -> ReleaseReader:
        """Open a release for one audience.

        Raises
        ------
        UnknownReleaseError
            The release is not, or no longer, in this data folder.
        """
        if not self.holds(release_id):
            raise UnknownReleaseError(release_id)
        return ReleaseReader(self._folder / release_id, audience)

    def sweep(self, *, running: frozenset[str]) -> list[str]:
        """Remove staging folders of dead jobs and releases that were never referenced."""
        removed = []
        with self._database.connect() as connection:
            known = {r[0] for r in connection.execute(sa.select(RELEASES.c.release_id))}
        known.add(self.pointed() or "")
        for path in [*_folders(self._staging), *_folders(self._folder)]:
            is_staging = path.parent == self._staging
            if path.name not in (running if is_staging else known):
                shutil.rmtree(path)
                removed.append(path.name)
        return removed

    def _drop_old(self, current: str) -> None:
        for name in self._ids()[: -self._kept]:
            if name != current:
                shutil.rmtree(self._folder / name)


def _folders(parent: Path) -> list[Path]:
    return sorted(p for p in parent.iterdir() if p.is_dir()) if parent.is_dir() else []
