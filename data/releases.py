"""The releases of one data folder: published by rename and compare-and-swap on one pointer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data.appdb import RELEASE_POINTER, RELEASES
from data.audit import shown_since
from data.bundle import MANIFEST, Stamp
from data.bundle_schema import DamagedBundleError
from data.durable import sha256_of, sync_folder
from data.reader import ReleaseReader
from data.release_folders import damaged_files, read_manifest, rename
from data.release_model import (
    DISCARDED,
    HERE,
    PUBLISHED,
    READY,
    REMOVED,
    SEEN,
    STAGED,
    WITHDRAWN,
    PublishConflictError,
    ReleaseInfo,
    UnknownReleaseError,
    release_order,
)
from data.release_pointer import swap
from data.release_removal import remove_release, sweep
from domain.model import Audience, Text

__all__ = ["PublishConflictError", "ReleaseInfo", "ReleaseStore", "UnknownReleaseError"]

_Ids = list[str]
"""The method ``list`` hides the type of that name inside the class."""


class ReleaseStore:
    """Releases below ``data_dir/releases``; the pointer and their states lie in the database."""

    def __init__(self, data_dir: Path, database: sa.Engine) -> None:
        self._data_dir = data_dir
        self._database = database

    @property
    def folder(self) -> Path:
        """Where complete releases lie, one folder each."""
        return self._data_dir / "releases"

    @property
    def staging(self) -> Path:
        """Where bundles are built, one folder for each job."""
        return self._data_dir / "staging"

    def town(self) -> str | None:
        """Return the town whose release is published, None in an empty folder."""
        row = self._pointer()
        return row.town if row else None

    def current(self) -> str | None:
        """Return the id of the published release, None before the first."""
        return row.release_id if (row := self._pointer()) else None

    def list(self, *, removed: bool = False) -> list[ReleaseInfo]:
        """Return all releases whose files are here, newest first, or removed ones."""
        pointer = self._pointer()
        with self._database.connect() as connection:
            here = RELEASES.c.state.in_([REMOVED] if removed else HERE)
            rows = connection.execute(sa.select(RELEASES).where(here)).all()
        current = (pointer.town, pointer.release_id) if pointer else None
        found = [
            ReleaseInfo(r.id, r.town, r.created, r.state, r.note, (r.town, r.id) == current)
            for r in rows
        ]
        return sorted(found, key=lambda r: release_order(r.id), reverse=True)

    def holds(self, release_id: str) -> bool:
        """Return whether a release can be opened; published or ready."""
        return self._state(release_id) in (READY, PUBLISHED)

    def was_published(self, release_id: str) -> bool:
        """Return whether a release was published once and is still here."""
        return self._state(release_id) == PUBLISHED

    def was_removed(self, release_id: str) -> bool:
        """Return whether a release was public and was deleted or withdrawn (410, not 404)."""
        return self._state(release_id) in (REMOVED, WITHDRAWN)

    def withdrawn(self) -> int:
        """Return how many releases were taken back."""
        with self._database.connect() as connection:
            counted = sa.select(sa.func.count()).where(RELEASES.c.state == WITHDRAWN)
            return connection.execute(counted).scalar_one()

    def reserve(self, town: str, created: dt.datetime, *, job_id: str, note: str = "") -> Stamp:
        """Take the next free id of the day for a bundle that is about to be built."""
        day = created.astimezone(dt.UTC).date().isoformat()
        with self._database.begin() as connection:
            ids = connection.execute(sa.select(RELEASES.c.id)).scalars()
            numbers = [release_order(i)[1] for i in ids if release_order(i)[0] == day]
            stamp = Stamp(town, f"{day}-{max(numbers, default=0) + 1}", created)
            connection.execute(
                sa.insert(RELEASES).values(
                    town=town,
                    id=stamp.release,
                    created=created,
                    state=STAGED,
                    note=note,
                    job_id=job_id,
                    manifest_sha256="",
                )
            )
        return stamp

    def add(self, staging: Path) -> str:
        """Move a complete bundle to the releases, unpublished; return its id.

        Raises
        ------
        DamagedBundleError
            The folder is not a complete bundle.
        """
        release_id, digest = self._take_over(staging)
        with self._database.begin() as connection:
            self._mark(connection, release_id, READY, digest)
        return release_id

    def publish(self, staging: Path, *, base: str | None, actor: str = "cli") -> str:
        """Move a complete bundle to the releases and point to it in one transaction.

        Parameters
        ----------
        staging
            A bundle written by :func:`data.bundle.write_bundle` under a reserved id.
        base
            The release that was published when the import began.

        Raises
        ------
        PublishConflictError
            Another release was published since; this one stays as ready.
        DamagedBundleError
            The folder is not a complete bundle.
        """
        release_id, digest = self._take_over(staging)
        with self._database.begin() as connection:
            self._mark(connection, release_id, READY, digest)
            swapped = swap(connection, release_id, base, actor, "publish")
        if not swapped:
            raise PublishConflictError(release_id, base=base, current=self.current())
        return release_id

    def point_to(
        self, release_id: str, *, base: str | None, actor: str = "cli", action: str = "publish"
    ) -> str:
        """Publish a release that is there already; errors as :meth:`publish`."""
        if not self.holds(release_id):
            raise UnknownReleaseError(release_id)
        self.refuse_damaged(release_id)
        with self._database.begin() as connection:
            swapped = swap(connection, release_id, base, actor, action)
        if not swapped:
            raise PublishConflictError(release_id, base=base, current=self.current())
        return release_id

    def rollback(self, release_id: str | None = None, *, actor: str = "cli") -> str:
        """Point to an earlier release, by default the predecessor; return its id.

        Raises
        ------
        UnknownReleaseError
            There is no such release, or no good predecessor.
        """
        base = self.current()
        if release_id is None:
            release_id = self.predecessor(base) if base else None
        if release_id is None:
            raise UnknownReleaseError
        return self.point_to(release_id, base=base, actor=actor, action="rollback")

    def predecessor(self, release_id: str) -> str | None:
        """Return the newest undamaged published release of the town before this one."""
        town = self.town()
        earlier = (
            r.id
            for r in self.list()
            if r.town == town
            and r.state == PUBLISHED
            and release_order(r.id) < release_order(release_id)
        )
        return next((i for i in earlier if not self.damages(i)), None)

    def damages(self, release_id: str) -> _Ids:
        """Return the files of a release that are missing or differ from their SHA-256."""
        return damaged_files(self.folder / release_id, self._state(release_id, "manifest_sha256"))

    def refuse_damaged(self, release_id: str) -> None:
        """Raise :class:`DamagedBundleError` for files that differ from their SHA-256."""
        if self.damages(release_id):
            raise DamagedBundleError(release_id)

    def import_note(self, release_id: str) -> Text | None:
        """Return the note a release was imported with, None where its files are not here."""
        try:
            manifest = read_manifest(self.folder / release_id)
        except DamagedBundleError:
            return None
        return Text(str(manifest.get("note", "")), str(manifest.get("note_en", "")))

    def open(self, release_id: str, audience: Audience) -> ReleaseReader:
        """Open one value file of a release.

        Raises
        ------
        UnknownReleaseError
            The folder holds no such release.
        DamagedBundleError
            The file is missing or unreadable.
        """
        if not self.holds(release_id):
            raise UnknownReleaseError(release_id)
        return ReleaseReader(self.folder / release_id, audience)

    def sweep(self, is_live: Callable[[str], bool]) -> _Ids:
        """Remove what dead imports left: staging folders and releases never completed.

        Parameters
        ----------
        is_live
            Tells whether a job id still works.
        """
        return sweep(self._database, self.folder, self.staging, is_live)

    def prune(self, keep: int) -> _Ids:
        """Remove all but the newest ``keep`` releases that were public; the current one stays.

        Those that wait are no part of it: people throw them away (:meth:`discard`).
        """
        seen = [r for r in self.list() if r.state in SEEN]
        extra = [r for r in seen[keep:] if not r.is_current]
        for info in extra:
            remove_release(self._database, self.folder / info.id, info.state, REMOVED)
        return [info.id for info in extra]

    def discard(self, release_id: str) -> None:
        """Throw a release away that never was public.

        Raises
        ------
        UnknownReleaseError
            There is none, or somebody published it meanwhile.
        """
        if not remove_release(self._database, self.folder / release_id, READY, DISCARDED):
            raise UnknownReleaseError(release_id)

    def shown_since(self, release_id: str) -> _Ids:
        """Return the other releases that became public after this one was begun."""
        with self._database.connect() as reading:
            return shown_since(reading, release_id)

    def _pointer(self) -> Any:
        with self._database.connect() as connection:
            return connection.execute(sa.select(RELEASE_POINTER)).first()

    def _state(self, release_id: str, column: str = "state") -> str:
        with self._database.connect() as connection:
            chosen = sa.select(RELEASES.c[column]).where(RELEASES.c.id == release_id)
            return connection.execute(chosen).scalar() or ""

    def state(self, release_id: str) -> str:
        """Return how a release stands (:mod:`data.release_model`), empty for an unknown one."""
        return self._state(release_id)

    def _take_over(self, staging: Path) -> tuple[str, str]:
        """Rename the bundle to its final name and return id and manifest digest."""
        manifest = read_manifest(staging)
        release_id = str(manifest["release"])
        if self._state(release_id) != STAGED:
            raise DamagedBundleError(f"{MANIFEST}: {release_id}")
        digest = sha256_of(staging / MANIFEST)
        self.folder.mkdir(exist_ok=True)
        rename(staging, self.folder / release_id)
        sync_folder(self.folder)
        return release_id, digest

    def _mark(self, connection: sa.Connection, release_id: str, state: str, digest: str) -> None:
        connection.execute(
            sa.update(RELEASES)
            .where(RELEASES.c.id == release_id)
            .values(state=state, manifest_sha256=digest)
        )
