"""What lies on the release desk, as everybody with the right may read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from data.release_desk import CheckRow, DeskRow, check_row, desk_row, last_pointing
from data.release_folders import read_manifest
from data.release_model import PUBLISHED, READY, ReleaseInfo, UnknownReleaseError
from data.releases import ReleaseStore
from domain.model import Audience, Text
from domain.release_rules import Facts, without_context
from services.jobs import Job, JobService


class DeskRefusedError(Exception):
    """Something stands against what was asked; ``keys`` name the sentences, all with ``params``."""

    def __init__(self, *keys: str, **params: str) -> None:
        super().__init__(", ".join(keys))
        self.keys = keys
        self.params = params


@dataclass(frozen=True)
class Draft:
    """One release on the desk with everything people and checks said of it."""

    info: ReleaseInfo
    row: DeskRow
    check: CheckRow | None
    job: Job | None
    current: str | None

    @property
    def state(self) -> str:
        """``open``, ``handed_in`` or ``approved`` (for a day to come)."""
        if self.row.public_from is not None:
            return "approved"
        return "handed_in" if self.row.handed_in else "open"

    @property
    def is_waiting(self) -> bool:
        """Whether it never was public."""
        return self.info.state == READY

    @property
    def is_public(self) -> bool:
        """Whether the public can open it, as the newest or by its address."""
        return self.info.state == PUBLISHED

    @property
    def valid_check(self) -> CheckRow | None:
        """The check, where it was made against what is public now."""
        is_valid = self.check is not None and self.check.base == (self.current or "")
        return self.check if is_valid else None

    @property
    def built_by(self) -> str:
        """Who ran the import; empty where nobody remembers."""
        return self.job.actor if self.job else ""


class Drafts:
    """Reads releases with what people and checks said of them."""

    def __init__(
        self,
        store: ReleaseStore,
        database: sa.Engine,
        jobs: JobService,
        clock: Callable[[], dt.datetime],
        *,
        two_persons: bool,
    ) -> None:
        self._store = store
        self._database = database
        self._jobs = jobs
        self._clock = clock
        self.two_persons = two_persons
        """Whether whoever built or handed in a release may not make it public."""

    def drafts(self) -> list[Draft]:
        """Return the releases that wait, the newest first."""
        current = self._store.current()
        return [self._draft(r, current) for r in self._store.list() if r.state == READY]

    def draft(self, release: str) -> Draft:
        """Return one release of any state; ``UnknownReleaseError`` where its files are not here."""
        info = next((r for r in self._store.list() if r.id == release), None)
        if info is None:
            raise UnknownReleaseError(release)
        return self._draft(info, self._store.current())

    def note(self, release: str) -> Text | None:
        """Return what was written on the desk about a release, None where nothing was."""
        with self._database.connect() as connection:
            row = desk_row(connection, release)
        return Text(row.note_de, row.note_en) if row.note_de or row.note_en else None

    def told_note(self, info: ReleaseInfo) -> Text:
        """Return what is told of a release: the note of the desk, else that of its import.

        Of a release whose files are gone only the German note is left.
        """
        return self.note(info.id) or self._store.import_note(info.id) or Text(info.note)

    def published_by(self, release: str) -> tuple[str, dt.datetime] | None:
        """Return who made a release public the last time, and when."""
        with self._database.connect() as connection:
            return last_pointing(connection, release)

    def missing_context(self, release: str) -> tuple[str, ...]:
        """Return the public indicators of a release that speak of burden without a context note."""
        reader = self._store.open(release, Audience.PUBLIC)
        try:
            return without_context(reader.catalogue().indicators)
        finally:
            reader.close()

    def facts(self, draft: Draft) -> Facts:
        """Return what is known of a release that somebody wants to make public."""
        check, row = draft.valid_check, draft.row
        return Facts(
            release=draft.info.id,
            people=frozenset({draft.built_by, row.handed_in_by} - {""}),
            handed_in=row.handed_in is not None,
            is_checked=check is not None,
            is_passed=bool(check and check.is_passed),
            changed=check.changed if check else 0.0,
            recalculation=bool(check and check.recalculation),
            without_context=self.missing_context(draft.info.id),
        )

    def _draft(self, info: ReleaseInfo, current: str | None) -> Draft:
        with self._database.connect() as connection:
            row, check = desk_row(connection, info.id), check_row(connection, info.id)
        return Draft(info, row, check, self._jobs.of_release(info.id), current)

    def _refuse_other_town(self, release: str) -> None:
        """Refuse a release of another town, unless only a fictional one is public."""
        current = self._store.current()
        if current is None or self.draft(release).info.town == self._store.town():
            return
        if not read_manifest(self._store.folder / current)["town"]["fictional"]:
            raise DeskRefusedError("desk.problem.other_town")

    def waiting(self, release: str) -> Draft:
        """Return a draft; ``DeskRefusedError`` for a release that does not wait."""
        found = self.draft(release)
        if found.info.state != READY:
            raise DeskRefusedError("desk.problem.not_waiting")
        return found
