"""New layers and conversion tables from upload to draft release; what is public never changes.

Reading, checking and building are done by a process of its own (:mod:`services.map_child`): what
it finds stands in the folder of the draft, how far it is in the table of jobs, where anybody may
cancel it. Whoever changes a draft looks at it and writes it as one step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any

from config import Settings
from data.deliveries import Incoming, is_old
from data.map_drafts import MapDraft, MapDraftStore, UnknownDraftError
from domain.vintage_plan import plan_vintage
from services.container import Clock, Services, utc_now
from services.disk_room import receiving
from services.jobs import Job
from services.map_answers import Rows, has_error, is_bad_table
from services.map_jobs import MapJobs, MapRefusedError
from services.map_overview import MapOverview, map_overview
from services.map_worker import BASES, BUILD, LOOK, LOOK_AT_TABLE, OUTCOME, TABLE, weights_in
from services.releases import UnknownReleaseError

__all__ = [
    "BASES",
    "OUTCOME",
    "TABLE",
    "Brought",
    "MapDraft",
    "MapDraftService",
    "UnknownDraftError",
]


@dataclass(frozen=True)
class Brought:
    """A file somebody brought: as it was received, the name it had, and who it was."""

    incoming: Incoming
    given: str
    actor: str


class MapDraftService:
    """Takes layers and tables, looks into them, and lets a release be built with them."""

    def __init__(self, settings: Settings, services: Services, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._settings = settings
        self._services = services
        self._work = MapJobs(settings, services)
        self._known: MapOverview | None = None
        self.store = MapDraftStore(settings.data_dir)

    @property
    def most_bytes(self) -> int:
        """How large a file may be."""
        return self._settings.upload_mb << 20

    def overview(self) -> MapOverview | None:
        """Return the maps of the public release, None before the first one."""
        try:
            current, _ = self._services.releases.wanted(None)
        except UnknownReleaseError:
            return None
        if self._known is None or self._known.release != current:
            self._known = map_overview(self._services.store, self._services.releases, current)
        return self._known

    def layer_words(self, key: str, typed: Sequence[str]) -> dict[str, Any]:
        """Return what a draft of a new layer says; before its file is read.

        Parameters
        ----------
        key
            The level@vintage it is of.
        typed
            Name of the new vintage (empty: outlines are replaced), its first period, the last
            period of the old one.
        """
        overview = self._ground()
        row = overview.level(key)
        if row is None or row.level.kind != "areas":
            raise MapRefusedError("workbench.problem.level")
        level = row.level
        name, first, last = typed
        plan, wrong = plan_vintage(level.vintage, name, first, last, overview.vintages(level.id))
        if plan is None:
            raise MapRefusedError(f"workbench.problem.vintage_{wrong}")
        return {"level": level.id, **vars(plan)}

    def table_words(self, between: tuple[str, str, str], basis: str) -> dict[str, Any]:
        """Return what a draft of a table alone says; ``between`` is level, old, new vintage."""
        level, start, end = between
        overview = self._ground()
        if not {start, end} <= set(overview.vintages(level)) or start == end or basis not in BASES:
            raise MapRefusedError("workbench.problem.level")
        words = {"level": level, "vintage": start, "target": end, "basis": basis}
        return {"is_table": True, "has_own_table": True, **words}

    def receiving(self) -> AbstractContextManager[Incoming]:
        """Open a new file to write to; see :func:`services.disk_room.receiving`."""
        self.sweep()
        return receiving(self.store, self._settings.data_dir, self.most_bytes)

    def sweep(self) -> None:
        """Remove what broke off and what nobody came back to."""
        self.store.sweep_broken()
        now = self._clock()
        with self.store.alone():
            for draft in self.store.all():
                if is_old(draft.created, now) and not self.job(draft):
                    self.store.remove(draft.id)

    def add(self, brought: Brought, words: Mapping[str, Any]) -> MapDraft:
        """Take a file over, with the words its form was told, and look into it."""
        draft = MapDraft(
            id=brought.incoming.id,
            given=brought.given,
            actor=brought.actor,
            created=self._clock(),
            base=self._ground().release,
            **words,
        )
        job = self._work.enter(brought.actor)
        self.store.keep(brought.incoming, replace(draft, job=job))
        self._note(draft, brought.actor, "map_loaded")
        self._work.begin(LOOK, draft.id, job)
        return draft

    def look(self, draft: MapDraft, actor: str, reading: Mapping[str, str]) -> None:
        """Let a file be looked into anew, against what is public now."""
        base = self._ground().release
        with self._held(draft) as held:
            job = self._work.enter(actor)
            self.store.put_told(draft.id, {}, OUTCOME)
            own = held.is_table
            self.store.put(replace(held, base=base, reading=reading, job=job, has_own_table=own))
        self._work.begin(LOOK, draft.id, job)

    def choose_weights(self, draft: MapDraft, basis: str) -> None:
        """Take the weights measured on another basis, in place of any brought along."""
        with self._held(draft) as held:
            if basis not in self.store.told(draft.id).get("weights", {}):
                raise MapRefusedError("workbench.problem.basis")
            self.store.put(replace(held, basis=basis, has_own_table=False))

    def check_weights(self, draft: MapDraft, basis: str) -> None:
        """Refuse a conversion table for a new vintage before its file is read."""
        self._refuse_running(draft)
        if basis not in BASES:
            raise MapRefusedError("workbench.problem.basis")

    def bring_weights(self, draft: MapDraft, brought: Brought, basis: str) -> None:
        """Take a conversion table over for a new vintage, and check it."""
        self.check_weights(draft, basis)
        with self._held(draft) as held:
            job = self._work.enter(brought.actor)
            self.store.put_table(draft.id, brought.incoming)
            self.store.put_told(draft.id, {"given": brought.given}, TABLE)
            self.store.put(replace(held, basis=basis, has_own_table=True, job=job))
        self._work.begin(LOOK_AT_TABLE, draft.id, job)

    def weights(self, draft: MapDraft) -> Rows:
        """Return the rows of the conversion table that will be used."""
        return weights_in(self.store, draft)

    def job(self, draft: MapDraft) -> Job | None:
        """Return the work on a draft that goes on."""
        return self._work.running(draft.job)

    def broke_off(self, draft: MapDraft) -> bool:
        """Return whether the last work on a draft ended without an answer."""
        return self._work.broke_off(draft.job)

    def blocks(self, draft: MapDraft) -> list[str]:
        """Return why a draft cannot become part of a release, as text keys."""
        told, table = self.store.told(draft.id), self.store.told(draft.id, TABLE)
        found = []
        if self.job(draft):
            found.append("workbench.block.running")
        if not told or has_error(told):
            found.append("workbench.block.findings")
        if draft.has_own_table and is_bad_table(told if draft.is_table else table):
            found.append("workbench.block.table")
        if draft.base != self._services.store.current():
            found.append("workbench.block.base")
        if draft.release:
            found.append("workbench.block.done")
        return found

    def take(self, draft: MapDraft, actor: str) -> None:
        """Let a release be built with the draft; it then waits on the desk."""
        with self._held(draft) as held:
            if found := self.blocks(held):
                raise MapRefusedError(found[0])
            job = self._work.enter(actor)
            self.store.put(replace(held, job=job))
            self.store.put_told(draft.id, {}, OUTCOME)
        self._note(draft, actor, "map_built")
        self._work.begin(BUILD, draft.id, job)

    def cancel(self, draft: MapDraft, actor: str) -> None:
        """Ask the work on a draft to stop."""
        self._work.cancel(draft.job)
        self._note(draft, actor, "map_cancelled")

    def discard(self, draft: MapDraft, actor: str) -> None:
        """Forget a draft; a release that holds it stays."""
        with self._held(draft):
            self.store.remove(draft.id)
        self._note(draft, actor, "map_discarded")

    @contextmanager
    def _held(self, draft: MapDraft) -> Iterator[MapDraft]:
        """Yield a draft as it is now, on which nobody works, while nobody else changes it."""
        with self.store.alone():
            held = self.store.get(draft.id)
            self._refuse_running(held)
            yield held

    def _note(self, draft: MapDraft, actor: str, action: str) -> None:
        about = f"map {draft.level} {draft.vintage} → {draft.target}"
        self._services.staff.log.note(actor, action, "done", about)

    def _ground(self) -> MapOverview:
        overview = self.overview()
        if overview is None or not overview.recipe:
            raise MapRefusedError("workbench.problem.no_originals")
        return overview

    def _refuse_running(self, draft: MapDraft) -> None:
        if self.job(draft):
            raise MapRefusedError("workbench.block.running")
