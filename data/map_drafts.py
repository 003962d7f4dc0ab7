"""Maps and conversion tables that wait to become part of a release: a folder each.

Below ``maps`` of the data folder. ``draft.json`` holds what people decided, ``table`` a conversion
table that was brought along; the rest is that of all deliveries (:mod:`data.deliveries`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from data.deliveries import INPUT, TOLD, DeliveryFolders, Incoming, UnknownDeliveryError

FOLDER = "maps"
TABLE_FOLDER = "table"
_DRAFT = "draft.json"


class UnknownDraftError(UnknownDeliveryError):
    """There is no such draft, or no more."""


@dataclass(frozen=True)
class MapDraft:
    """A new layer, or a conversion table alone, and what people decided about it.

    Attributes
    ----------
    given
        The name the file had.
    base
        The release whose recipe and files it changes.
    level, vintage
        The level it is of, and the vintage it is compared with.
    target
        The vintage it becomes; the same as ``vintage`` where outlines are replaced.
    valid_from
        First period of the new vintage; ``valid_to`` is the last one of the old.
    reading
        ``layer``, ``crs``, ``encoding``, ``id``, ``name`` where somebody chose.
    basis
        What the weights rest on: ``area``, ``population``, ``official``.
    has_own_table
        Whether somebody brought the weights along.
    job
        The work that is done on it, or was done last.
    release
        The release that holds it; empty before.
    """

    id: str
    given: str
    actor: str
    created: dt.datetime
    base: str
    level: str
    vintage: str
    target: str
    is_table: bool = False
    valid_from: str = ""
    valid_to: str = ""
    reading: Mapping[str, str] = field(default_factory=dict)
    basis: str = ""
    has_own_table: bool = False
    job: str = ""
    release: str = ""

    @property
    def is_recut(self) -> bool:
        """Whether a new vintage comes into being."""
        return self.target != self.vintage and not self.is_table


class MapDraftStore(DeliveryFolders):
    """The drafts of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(data_dir / FOLDER, UnknownDraftError)

    def keep(self, incoming: Incoming, draft: MapDraft) -> None:
        """Let a draft appear."""
        incoming.keep(asdict(draft), _DRAFT)

    def put_table(self, draft_id: str, incoming: Incoming) -> None:
        """Take a conversion table over that belongs to a draft, in place of one before."""
        self.get(draft_id)
        incoming.take_place(self.folder(draft_id) / TABLE_FOLDER / INPUT)

    def get(self, draft_id: str) -> MapDraft:
        """Return a draft; ``UnknownDraftError`` where there is none of this id."""
        raw = self.read(draft_id, _DRAFT)
        if raw is None:
            raise UnknownDraftError(draft_id)
        return MapDraft(**{**raw, "created": dt.datetime.fromisoformat(raw["created"])})

    def put(self, draft: MapDraft) -> None:
        """Write what was decided."""
        self.write(draft.id, _DRAFT, asdict(draft))

    def told(self, draft_id: str, name: str = TOLD) -> dict[str, Any]:
        """Return what was found out, nothing before somebody looked."""
        return self.read(draft_id, name) or {}

    def put_told(self, draft_id: str, told: Mapping[str, Any], name: str = TOLD) -> None:
        """Keep what was found out."""
        self.write(draft_id, name, told)

    def all(self) -> list[MapDraft]:
        """Return all drafts, the newest first."""
        found = []
        for one in self.ids():
            with suppress(UnknownDraftError):
                found.append(self.get(one))
        return sorted(found, key=lambda one: one.created, reverse=True)
