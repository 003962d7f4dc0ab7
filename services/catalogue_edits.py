"""Changes to the catalogue of a town: who, when, before and after; two editors never overwrite."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from data.accounts import writing
from data.audit import AuditEntry, write_audit
from data.catalogue_edits import Edit, Fields, append_edit, edits, newest
from data.release_model import READY, ReleaseInfo
from data.releases import ReleaseStore


class EditRefusedError(Exception):
    """Something cannot be as it was typed; ``key`` and ``params`` name the sentence."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(f"{key} {params}")
        self.key = key
        self.params = params


class EditConflictError(Exception):
    """Somebody else saved meanwhile; ``latest`` is what they made of it."""

    def __init__(self, latest: Edit) -> None:
        super().__init__(f"{latest.kind} {latest.object_id} is at {latest.number}")
        self.latest = latest


@dataclass(frozen=True)
class Wanted:
    """What an object shall be; ``seen`` is the change the editor had before them, 0 for none."""

    kind: str
    object_id: str
    after: Fields
    seen: int


class CatalogueEdits:
    """Keeps the history of one data folder; the town is that of the newest release.

    An object is what the newest change says; fields that nobody changed are those of the recipe.
    """

    def __init__(
        self, store: ReleaseStore, database: sa.Engine, clock: Callable[[], dt.datetime]
    ) -> None:
        self._store = store
        self._database = database
        self._clock = clock

    def release(self) -> ReleaseInfo | None:
        """Return the newest release of the town, public or waiting; None in an empty folder."""
        town = self._store.town()
        listed = self._store.list()
        return next(
            (r for r in listed if (r.is_current or r.state == READY) and town in (None, r.town)),
            None,
        )

    def town(self) -> str:
        """Return the town whose catalogue is edited, empty in an empty folder."""
        release = self.release()
        return release.town if release else ""

    def today(self) -> dt.date:
        """Return the day on which an import would begin now (UTC)."""
        return self._clock().date()

    def newest(self, kind: str = "", town: str | None = None) -> dict[tuple[str, str], Edit]:
        """Return the newest change of every object, of one kind where it is named."""
        with self._database.connect() as connection:
            return newest(connection, self.town() if town is None else town, kind)

    def latest(self, kind: str, object_id: str) -> Edit | None:
        """Return the newest change of an object, None where nobody ever changed it."""
        return next(iter(self.history(kind, object_id)), None)

    def history(self, kind: str = "", object_id: str = "") -> list[Edit]:
        """Return the changes of an object, of a kind or of all, the newest first."""
        with self._database.connect() as connection:
            return edits(connection, self.town(), kind, object_id)

    def save(self, kind: str, object_id: str, after: Fields, *, seen: int, actor: str) -> bool:
        """Make an object what ``after`` says; return whether that changes anything.

        Parameters
        ----------
        seen
            Number of the change the editor had before them, 0 for none.

        Raises
        ------
        EditConflictError
            Somebody else changed the object since.
        """
        return self.save_together([Wanted(kind, object_id, after, seen)], actor=actor)

    def save_together(self, wanted: Sequence[Wanted], *, actor: str) -> bool:
        """Make several objects what they shall be, all or none; otherwise as :meth:`save`."""
        town, is_new = self.town(), False
        with writing(self._database) as connection:
            for one in wanted:
                is_new |= self._append(connection, town, one, actor)
        return is_new

    def _append(self, connection: sa.Connection, town: str, wanted: Wanted, actor: str) -> bool:
        kind, object_id, after = wanted.kind, wanted.object_id, wanted.after
        last = next(iter(edits(connection, town, kind, object_id)), None)
        if last is not None and last.number != wanted.seen:
            raise EditConflictError(last)
        before = last.after if last else {}
        if before == after:
            return False
        now = self._clock()
        append_edit(connection, town, Edit(0, now, actor, kind, object_id, before, after))
        entry = AuditEntry(actor, f"edit_{kind}", "", "done", f"{kind} {object_id}")
        write_audit(connection, town, entry, now)
        return True
