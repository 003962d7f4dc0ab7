"""Delivered files that wait to be read: below ``uploads`` of the data folder one folder each.

``upload.json`` holds what is known and decided about a file; the rest is that of all deliveries
(:mod:`data.deliveries`).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from data.deliveries import INPUT, TOLD, DeliveryFolders, Incoming, UnknownDeliveryError, is_old

FOLDER = "uploads"
STATE = "upload.json"
_VERSION_LENGTH = 16


class UnknownUploadError(UnknownDeliveryError):
    """There is no such upload, or no more."""


@dataclass(frozen=True)
class Upload:
    """A delivered file and what people decided about it.

    Attributes
    ----------
    given
        The harmless form of the name it had; ``name`` is how the recipe names it.
    base
        The release whose recipe and files it is added to.
    replaces
        Whether ``name`` is a file of that release, which it takes the place of.
    reading
        ``sheet``, ``encoding``, ``decimal``, ``thousands`` where somebody chose, and ``signs``:
        text → state.
    sets
        Column → uses (:mod:`domain.column_roles`).
    indicators
        Of new indicators, by id, the fields somebody wrote.
    job
        The work that is done on it, or was done last.
    """

    id: str
    given: str
    name: str
    actor: str
    created: dt.datetime
    base: str
    replaces: bool = False
    reading: Mapping[str, Any] = field(default_factory=dict)
    sets: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    job: str = ""

    @property
    def version(self) -> str:
        """Return a short text that is another one after every decision, and after every look."""
        told = json.dumps(asdict(self), sort_keys=True, default=str)
        return sha256(told.encode()).hexdigest()[:_VERSION_LENGTH]


class UploadStore(DeliveryFolders):
    """The uploads of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(data_dir / FOLDER, UnknownUploadError)

    def get(self, upload_id: str) -> Upload:
        """Return an upload.

        Raises
        ------
        UnknownUploadError
            There is none of this id.
        """
        raw = self.read(upload_id, STATE)
        if raw is None:
            raise UnknownUploadError(upload_id)
        return Upload(**{**raw, "created": dt.datetime.fromisoformat(raw["created"])})

    def keep(self, incoming: Incoming, upload: Upload) -> None:
        """Let an upload appear."""
        incoming.keep(asdict(upload), STATE)

    def put(self, upload: Upload) -> None:
        """Write what was decided."""
        self.write(upload.id, STATE, asdict(upload))

    def told(self, upload_id: str) -> dict[str, Any] | None:
        """Return what was found out about the file, None before somebody looked."""
        return self.read(upload_id, TOLD)

    def put_told(self, upload_id: str, told: Mapping[str, Any] | None) -> None:
        """Keep what was found out; None forgets it."""
        if told is None:
            (self.folder(upload_id) / TOLD).unlink(missing_ok=True)
        else:
            self.write(upload_id, TOLD, told)

    def input_of(self, upload_id: str) -> Path:
        """Return the file of an upload as it came."""
        return self.folder(upload_id) / INPUT

    def all(self) -> list[Upload]:
        """Return all uploads, the newest first."""
        found = []
        for one in self.ids():
            with suppress(UnknownUploadError):
                found.append(self.get(one))
        return sorted(found, key=lambda one: one.created, reverse=True)

    def sweep(self, now: dt.datetime) -> None:
        """Remove what broke off when a process died, and uploads nobody came back to."""
        self.sweep_broken()
        for upload in self.all():
            if is_old(upload.created, now):
                self.remove(upload.id)
