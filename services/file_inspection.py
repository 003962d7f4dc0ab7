"""What a delivered file is and how it may be read: looked at in the limited process, told whole.

The same answer serves the command line and a page: nothing here is written anywhere.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config import Settings
from data.learned_names import LearnedName
from data.release_folders import read_manifest
from data.releases import ReleaseStore
from domain.findings import Finding
from domain.progress import Step
from services.findings_json import findings_from_json
from services.import_watch import End, StoppedError, watch
from services.importing import Listener, unheard

Entry = dict[str, Any]


@dataclass(frozen=True)
class InspectionOrder:
    """What shall be looked at, and what somebody decided already.

    Attributes
    ----------
    file
        The file to look into.
    name
        How a recipe shall name it: its path below the folder of the delivery.
    recipe, data_dir
        The recipe to be extended and the folder of its files; None: that of the published release.
    sheet
        Of a workbook; empty: the fullest one.
    sets
        Column → uses (:mod:`domain.column_roles`).
    names
        Names learnt before.
    is_new
        Whether a town is begun: then no recipe and no release is known.
    release
        The release meant where no recipe is named; empty: the published one.
    reading
        What somebody chose of ``encoding``, ``decimal``, ``thousands`` and ``signs`` (text → name
        of a state).
    """

    file: Path
    name: str
    recipe: Path | None = None
    data_dir: Path | None = None
    sheet: str = ""
    sets: Mapping[str, str] = field(default_factory=dict)
    names: Sequence[LearnedName] = ()
    is_new: bool = False
    release: str = ""
    reading: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Inspection:
    """The answer; ``told`` has the keys of :func:`services.inspection_work.inspect`.

    ``findings`` are those of the strict reader. A file it refuses has no columns and no proposal.
    """

    end: End
    findings: tuple[Finding, ...]
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_readable(self) -> bool:
        """Whether there is a table to speak of."""
        return "columns" in self.told

    @property
    def is_ready(self) -> bool:
        """Whether the proposal can be written into a recipe."""
        return bool(self.told.get("tables"))


class InspectionService:
    """Looks into files against the recipe of a town or the published release."""

    def __init__(self, settings: Settings, store: ReleaseStore) -> None:
        self._settings = settings
        self._store = store

    def inspect(
        self,
        order: InspectionOrder,
        listener: Listener = unheard,
        stop: threading.Event | None = None,
    ) -> Inspection:
        """Look into a file; a refusal is an answer, too.

        Parameters
        ----------
        listener
            Hears that the work goes on.
        stop
            Ends it within a second when it is set.
        """

        def tell(share: float, step: Step) -> bool:
            listener(share, step)
            return True

        try:
            told = watch(self._wish(order), self._settings, tell, stop or threading.Event())
        except StoppedError as stopped:
            return Inspection(stopped.end, stopped.findings)
        answer = told["inspection"]
        return Inspection(End.CHECKED, findings_from_json(answer["findings"]), answer)

    def _wish(self, order: InspectionOrder) -> dict[str, Any]:
        recipe, release = order.recipe, ""
        if recipe is None and not order.is_new:
            recipe, release = self._released(order.release)
        data_dir = order.data_dir or (order.recipe.parent if order.recipe else order.file.parent)
        return {
            "inspect": {
                "file": str(order.file.resolve()),
                "name": order.name,
                "sheet": order.sheet,
                "sets": dict(order.sets),
                "recipe": str(recipe.resolve()) if recipe else "",
                "release": release,
                "data_dir": str(data_dir.resolve()),
                "aliases": [[n.level, n.written, n.area] for n in order.names],
                "reading": dict(order.reading),
            },
        }

    def _released(self, release: str) -> tuple[Path | None, str]:
        """Return the recipe of a release and its folder; nothing before the first."""
        wanted = release or self._store.current()
        if wanted is None:
            return None, ""
        folder = (self._store.folder / wanted).resolve()
        recipe = read_manifest(folder).get("recipe", "")
        return (folder / recipe, str(folder)) if recipe else (None, "")
