"""Releases for the rest of the house: open readers and cached frames, one audience at a time."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Sequence
from typing import Any

import geopandas as gpd

from data.appdb import DATABASE_FAULTS
from data.bundle import MANIFEST, VALUE_FILES
from data.bundle_schema import DamagedBundleError
from data.reader import ReleaseReader
from data.release_model import READY, OutdatedReleaseError, release_order
from data.releases import (
    PublishConflictError,
    ReleaseInfo,
    ReleaseStore,
    UnknownReleaseError,
)
from domain.model import Audience
from services.cache import FrameCache, cache_key

__all__ = [
    "DATABASE_FAULTS", "DamagedBundleError", "OutdatedReleaseError", "PublishConflictError",
    "ReleaseService", "UnknownReleaseError",
]  # fmt: skip

AWAY_SECONDS = 2.0
"""A database that does not answer is left alone for so long where the answer is known."""
_LOG = logging.getLogger(__name__)

Signature = tuple[tuple[int, int], ...]


class ReleaseService:
    """Resolves the current release and hands out what lies in it.

    A release whose files differ from their checksums is never served: its predecessor is, and
    :attr:`damaged` names it until the files change again.
    """

    def __init__(self, store: ReleaseStore, *, opens_waiting: bool = False) -> None:
        self._store = store
        self._opens_waiting = opens_waiting
        self._readers: dict[tuple[str, Audience], ReleaseReader] = {}
        self._lock = threading.Lock()
        self._frames: FrameCache[gpd.GeoDataFrame] = FrameCache()
        self._verdicts: dict[str, tuple[Signature, bool]] = {}
        self._known: str | None = None
        self._away_until = 0.0
        self.damaged: str | None = None
        """The published release, if it is damaged and its predecessor is served instead."""

    def current(self) -> str | None:
        """Return the release to serve, or None before the first one.

        Raises
        ------
        DamagedBundleError
            The published release is damaged and there is no good predecessor.
        """
        pointed = self._pointed()
        if pointed is None or self._is_good(pointed):
            self.damaged = None
            return pointed
        if self.damaged != pointed:
            _LOG.error("release %s is damaged; its predecessor is served", pointed)
        self.damaged = pointed
        earlier = self._store.predecessor(pointed)
        if earlier is None:
            raise DamagedBundleError(pointed)
        return earlier

    @property
    def is_database_away(self) -> bool:
        """Whether the database did not answer a moment ago and what was known is told on."""
        return time.monotonic() < self._away_until

    def _pointed(self) -> str | None:
        """Return what the pointer names; while the database is away, what it named before."""
        if self._known is not None and self.is_database_away:
            return self._known
        try:
            self._known = self._store.current()
        except DATABASE_FAULTS:
            if self._known is None:
                raise
            self._away_until = time.monotonic() + AWAY_SECONDS
            _LOG.warning("the database is away; release %s is served on", self._known)
        return self._known

    def list(self) -> list[ReleaseInfo]:
        """Return all releases, newest first."""
        return self._store.list()

    def removed(self) -> Sequence[ReleaseInfo]:
        """Return the releases whose files are gone, newest first."""
        return self._store.list(removed=True)

    def created(self, release: str) -> dt.datetime | None:
        """Return when a release was made, None for one that is not known."""
        return next((r.created for r in self._store.list() if r.id == release), None)

    def is_older(self, release: str, other: str) -> bool:
        """Return whether a release was made before another, by the order of their ids."""
        return release_order(release) < release_order(other)

    def before(self, release: str) -> tuple[str | None, bool]:
        """Return the release that was public before one, and whether an earlier one was removed."""
        earlier = self._store.predecessor(release)
        pruned = any(
            release_order(r.id) < release_order(release) for r in self._store.list(removed=True)
        )
        return earlier, pruned

    def wanted(
        self, release: str | None, audience: Audience = Audience.PUBLIC
    ) -> tuple[str, tuple[tuple[str, dict[str, Any]], ...]]:
        """Return the release an address asks for, or the current one with a hint.

        Raises
        ------
        UnknownReleaseError
            Nothing has been published yet.
        """
        current = self.current()
        if current is None:
            raise UnknownReleaseError("no release")
        if not release or release == current:
            return current, ()
        if self.waits(release) and self.holds(release, audience):
            return release, (("hint.waiting_release", {"release": release, "current": current}),)
        if self.holds(release, audience):
            return release, (("hint.old_release", {"release": release, "current": current}),)
        return current, (("hint.unknown_release", {"release": release[:40], "current": current}),)

    def holds(self, release: str, audience: Audience = Audience.PUBLIC) -> bool:
        """Return whether an audience may ask for a release: it was published and is still here.

        Staff may also ask for one that waits; no address leads the public to it.
        """
        try:
            if self._opens_waiting or audience is Audience.INTERNAL:
                return self._store.holds(release)
            return self._store.was_published(release)
        except DATABASE_FAULTS:
            # while the database is away, what was served last is known to be public
            if release != self._known:
                raise
            return True

    def waits(self, release: str) -> bool:
        """Return whether a release is complete and was never public."""
        return self._store.state(release) == READY

    def was_removed(self, release: str) -> bool:
        """Return whether a release existed once and was deleted."""
        return self._store.was_removed(release)

    def withdrawn(self) -> int:
        """Return how many releases were taken back: what was kept of answers ends with each."""
        return self._store.withdrawn()

    def reader(self, release: str, audience: Audience) -> ReleaseReader:
        """Return the open reader of a release; ``UnknownReleaseError`` when it is not here."""
        key = (release, audience)
        with self._lock:
            if key not in self._readers:
                self._readers[key] = self._store.open(release, audience)
            return self._readers[key]

    def current_reader(self, audience: Audience) -> ReleaseReader:
        """Return the reader of the release to serve; the pointer is read once.

        Raises
        ------
        UnknownReleaseError
            Nothing has been published yet.
        """
        current = self.current()
        if current is None:
            raise UnknownReleaseError("no release")
        return self.reader(current, audience)

    def level_frame(
        self, audience: Audience, release: str, level: str, vintage: str
    ) -> gpd.GeoDataFrame:
        """Return the cached GeoDataFrame of a level@vintage; callers never change it."""
        key = cache_key(audience, release, "frame", (level, vintage))
        return self._frames.get_or_build(
            key, lambda: self.reader(release, audience).areas(level, vintage)
        )

    def close(self) -> None:
        """Close all readers."""
        with self._lock:
            for reader in self._readers.values():
                reader.close()
            self._readers.clear()

    def _is_good(self, release: str) -> bool:
        """Check every byte once, and again only when size or time of a file changed."""
        signature = self._signature(release)
        known = self._verdicts.get(release)
        if known is None or known[0] != signature:
            known = (signature, bool(signature) and not self._store.damages(release))
            self._verdicts[release] = known
        return known[1]

    def _signature(self, release: str) -> Signature:
        folder = self._store.folder / release
        try:
            stats = [(folder / name).stat() for name in (MANIFEST, *VALUE_FILES.values())]
        except OSError:
            return ()
        return tuple((s.st_size, s.st_mtime_ns) for s in stats)
