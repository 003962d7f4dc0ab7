"""Releases for the rest of the house: open readers and cached frames, one audience at a time."""

from __future__ import annotations

import logging
import threading
from typing import Any

import geopandas as gpd

from data.bundle import MANIFEST, VALUE_FILES
from data.bundle_schema import DamagedBundleError
from data.reader import ReleaseReader
from data.release_model import OutdatedReleaseError
from data.releases import (
    PublishConflictError,
    ReleaseInfo,
    ReleaseStore,
    UnknownReleaseError,
)
from domain.model import Audience
from services.cache import FrameCache, cache_key

__all__ = [
    "DamagedBundleError", "OutdatedReleaseError", "PublishConflictError", "ReleaseService",
    "UnknownReleaseError",
]  # fmt: skip

_LOG = logging.getLogger(__name__)

Signature = tuple[tuple[int, int], ...]


class ReleaseService:
    """Resolves the current release and hands out what lies in it.

    A release whose files differ from their checksums is never served: its predecessor is, and
    :attr:`damaged` names it until the files change again.
    """

    def __init__(self, store: ReleaseStore) -> None:
        self._store = store
        self._readers: dict[tuple[str, Audience], ReleaseReader] = {}
        self._lock = threading.Lock()
        self._frames: FrameCache[gpd.GeoDataFrame] = FrameCache()
        self._verdicts: dict[str, tuple[Signature, bool]] = {}
        self.damaged: str | None = None
        """The published release, if it is damaged and its predecessor is served instead."""

    def current(self) -> str | None:
        """Return the release to serve, or None before the first one.

        Raises
        ------
        DamagedBundleError
            The published release is damaged and there is no good predecessor.
        """
        pointed = self._store.current()
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

    def list(self) -> list[ReleaseInfo]:
        """Return all releases, newest first."""
        return self._store.list()

    def wanted(self, release: str | None) -> tuple[str, tuple[tuple[str, dict[str, Any]], ...]]:
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
        if self._store.holds(release):
            return release, (("hint.old_release", {"release": release, "current": current}),)
        return current, (("hint.unknown_release", {"release": release[:40], "current": current}),)

    def rollback(self, release_id: str | None = None, *, actor: str = "cli") -> str:
        """Return to the predecessor or to a named release; return its id.

        Raises
        ------
        UnknownReleaseError, DamagedBundleError, PublishConflictError
            There is none, it is damaged, or somebody else published right now.
        """
        return self._store.rollback(release_id, actor=actor)

    def holds(self, release: str) -> bool:
        """Return whether a release can be opened."""
        return self._store.holds(release)

    def was_removed(self, release: str) -> bool:
        """Return whether a release existed once and was deleted."""
        return self._store.was_removed(release)

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
