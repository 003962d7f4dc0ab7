"""The attack on a release as a whole: its public file, and what a server answers from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.bundle_schema import DamagedBundleError
from data.release_folders import read_manifest
from data.release_model import SEEN, release_order
from data.releases import ReleaseStore, UnknownReleaseError
from domain.model import Audience
from domain.progress import Progress, silent
from services.earlier_releases import Earlier
from services.protected_table import protected_tables
from services.release_audit import TableReport, audit_tables
from services.served_audit import ChannelReport, Get, audit_answers

__all__ = ["AuditReport", "ChannelReport", "DamagedBundleError", "TableReport", "audit_release"]


@dataclass(frozen=True)
class AuditReport:
    """What the attack on a release found.

    ``is_described`` is False for a release that says nothing of its linked tables, because it
    is older than that: then nothing could be attacked.
    """

    release: str
    is_described: bool
    tables: tuple[TableReport, ...] = ()
    channels: tuple[ChannelReport, ...] = ()

    @property
    def is_passed(self) -> bool:
        """Whether nothing hidden can be derived or is shown."""
        leaks = [*(t.leaks for t in self.tables), *(c.leaks for c in self.channels)]
        return self.is_described and not any(leaks)

    def to_json(self) -> dict[str, Any]:
        """Return everything as plain objects."""
        return {
            "release": self.release,
            "passed": self.is_passed,
            "described": self.is_described,
            "tables": [
                {
                    "indicators": list(t.indicators),
                    "cells": t.cells,
                    "hidden": t.hidden,
                    "least_width": t.least_width,
                    "seconds": round(t.seconds, 3),
                    "narrow": list(t.narrow),
                    "shown": list(t.shown),
                }
                for t in self.tables
            ],
            "channels": [
                {
                    "channel": c.channel,
                    "answers": c.answers,
                    "numbers": c.numbers,
                    "leaks": list(c.leaks),
                }
                for c in self.channels
            ],
        }


def audit_release(
    store: ReleaseStore,
    release: str | None,
    serve: Callable[[], Get],
    progress: Progress | None = None,
    *,
    is_exact: bool = False,
) -> AuditReport:
    """Attack a release, by default the published one.

    Parameters
    ----------
    serve
        Starts what answers like the server; called only where there is something to ask.

    Raises
    ------
    UnknownReleaseError
        There is none, or none of that name.
    DamagedBundleError
        It cannot be read.
    """
    chosen = release or store.current()
    if not chosen or not store.holds(chosen):
        raise UnknownReleaseError(chosen or "")
    told = progress or silent()
    folder = store.folder / chosen
    if "disclosure" not in read_manifest(folder):
        return AuditReport(chosen, False)
    tables = protected_tables(folder)
    reader = store.open(chosen, Audience.PUBLIC)
    try:
        earlier = Earlier.of_folders(_before(store, chosen), reader.catalogue())
        found = audit_tables(
            reader, tables, told.part(0.0, 0.7), earlier=earlier, is_exact=is_exact
        )
        asked = audit_answers(serve(), reader, tables, told.part(0.7, 1.0)) if tables else []
    finally:
        reader.close()
    return AuditReport(chosen, True, tuple(found), tuple(asked))


def _before(store: ReleaseStore, release: str) -> list[Path]:
    """Return the folders of the town's releases that were published before one, newest first."""
    found = store.list()
    town = next(r.town for r in found if r.id == release)
    return [
        store.folder / r.id
        for r in found
        if r.town == town
        and r.state in SEEN
        and release_order(r.id) < release_order(release)
        and not store.damages(r.id)
    ]
