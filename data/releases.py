"""The releases of one data folder: published by rename and compare-and-swap on one pointer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data.appdb import RELEASE_POINTER, RELEASES
from data.audit import AuditEntry, shown_since, write_audit
from data.bundle import MANIFEST, Stamp
from data.bundle_schema import DamagedBundleError
from data.durable import sha256_of, sync_folder
from data.reader import ReleaseReader
from data.release_folders import damaged_files, folders, read_manifest, remove, rename
from data.release_model import (
    PUBLISHED,
    READY,
    REMOVED,
    STAGED,
    PublishConflictError,
    ReleaseInfo,
    UnknownReleaseError,
    release_order,
)
from domain.model import Audience

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

    def list(self) -> list[ReleaseInfo]:
        """Return all releases that can be published or are, newest first."""
        pointer = self._pointer()
        with self._database.connect() as connection:
            here = RELEASES.c.state.in_([READY, PUBLISHED])
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

    def was_removed(self, release_id: str) -> bool:
        """Return whether a release of that id existed and was deleted (410, not 404)."""
        return self._state(release_id) == REMOVED

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
            swapped = self._swap(connection, release_id, base, actor, "publish")
        if not swapped:
            raise PublishConflictError(release_id, base=base, current=self.current())
        return release_id

    def point_to(
        self, release_id: str, *, base: str | None, actor: str = "cli", action: str = "publish"
    ) -> str:
        """Publish a release that is there already; errors as :meth:`publish`."""
        if release_id not in {r.id for r in self.list()}:
            raise UnknownReleaseError(release_id)
        if self.damages(release_id):
            raise DamagedBundleError(release_id)
        with self._database.begin() as connection:
            swapped = self._swap(connection, release_id, base, actor, action)
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
        return damaged_files(self.folder / release_id, self._digest(release_id))

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
        swept = [p for p in folders(self.staging) if not is_live(p.name)]
        with self._database.begin() as connection:
            rows = connection.execute(sa.select(RELEASES).where(RELEASES.c.state == STAGED)).all()
            dead = [r for r in rows if not is_live(r.job_id)]
            for row in dead:
                connection.execute(
                    sa.delete(RELEASES).where(
                        RELEASES.c.town == row.town,
                        RELEASES.c.id == row.id,
                        RELEASES.c.state == STAGED,
                    )
                )
        swept += [self.folder / r.id for r in dead if (self.folder / r.id).exists()]
        for path in swept:
            remove(path)
        return [path.name for path in swept]

    def prune(self, keep: int) -> _Ids:
        """Remove all but the newest ``keep`` releases; the current one always stays."""
        extra = [r for r in self.list()[keep:] if not r.is_current]
        for info in extra:
            with self._database.begin() as connection:
                connection.execute(
                    sa.update(RELEASES).where(RELEASES.c.id == info.id).values(state=REMOVED)
                )
            remove(self.folder / info.id)
        return [info.id for info in extra]

    def shown_since(self, release_id: str) -> _Ids:
        """Return the other releases that became public after this one was begun."""
        with self._database.connect() as reading:
            return shown_since(reading, release_id)

    def _pointer(self) -> Any:
        with self._database.connect() as connection:
            return connection.execute(sa.select(RELEASE_POINTER)).first()

    def _state(self, release_id: str) -> str:
        with self._database.connect() as connection:
            chosen = sa.select(RELEASES.c.state).where(RELEASES.c.id == release_id)
            return connection.execute(chosen).scalar() or ""

    def _digest(self, release_id: str) -> str:
        with self._database.connect() as connection:
            chosen = sa.select(RELEASES.c.manifest_sha256).where(RELEASES.c.id == release_id)
            return connection.execute(chosen).scalar() or ""

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

    def _swap(
        self, connection: sa.Connection, release_id: str, base: str | None, actor: str, action: str
    ) -> bool:
        """Compare and swap: point to the release only if ``base`` is still published."""
        town = connection.execute(
            sa.select(RELEASES.c.town).where(RELEASES.c.id == release_id)
        ).scalar_one()
        change: sa.Insert | sa.Update
        if base is None:
            empty = ~sa.exists().select_from(RELEASE_POINTER)
            first = sa.select(sa.literal(town), sa.literal(release_id)).where(empty)
            change = sa.insert(RELEASE_POINTER).from_select(["town", "release_id"], first)
        else:
            change = (
                sa.update(RELEASE_POINTER)
                .where(RELEASE_POINTER.c.release_id == base)
                .values(town=town, release_id=release_id)
            )
        swapped = connection.execute(change).rowcount == 1
        if swapped:
            connection.execute(
                sa.update(RELEASES).where(RELEASES.c.id == release_id).values(state=PUBLISHED)
            )
        entry = AuditEntry(actor, action, release_id, "done" if swapped else "conflict")
        write_audit(connection, town, entry)
        return swapped
