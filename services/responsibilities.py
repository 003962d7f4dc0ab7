"""Who owes which figures: departments, due dates, what is late, and what staff say about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

import sqlalchemy as sa

from data.accounts import accounts, writing
from data.audit import AuditEntry, write_audit
from data.catalogue_edits import Comment, Edit, Fields, append_comment, comments
from data.reader import ReleaseReader
from data.releases import ReleaseStore
from domain.delivery_dates import Delivery, DueDate, delivery_of, due_date
from domain.model import Audience, Indicator
from domain.release_rules import release_note
from domain.roles import department_name
from services.catalogue_edits import CatalogueEdits, EditRefusedError

KIND = "responsibility"
COMMENTED = "comment"


@dataclass(frozen=True)
class Owed:
    """One indicator: who owes its figures, which came last, and where the next delivery stands.

    ``newest`` is the key of the newest period with figures, empty where there are none.
    """

    indicator: Indicator
    department: str
    due: DueDate | None
    newest: str
    delivery: Delivery
    comments: int = 0


class ResponsibilityService:
    """Reads and changes who owes what; every change and comment is a row of the audit log."""

    def __init__(
        self,
        store: ReleaseStore,
        database: sa.Engine,
        clock: Callable[[], dt.datetime],
        edits: CatalogueEdits,
    ) -> None:
        self._store = store
        self._database = database
        self._clock = clock
        self.edits = edits

    def owed(self) -> list[Owed]:
        """Return all indicators of the newest release, in the order of its catalogue."""
        release = self.edits.release()
        if release is None:
            return []
        with closing(self._store.open(release.id, Audience.INTERNAL)) as reader:
            indicators, last = reader.catalogue().indicators, _newest_periods(reader)
        said, today = self._comment_counts(), self._clock().astimezone().date()
        known = self.edits.newest(KIND)
        rows = []
        for indicator in indicators:
            edit = known.get((KIND, indicator.id))
            fields = edit.after if edit else {}
            due, (period, day) = due_date(fields), last.get(indicator.id, ("", None))
            rows.append(
                Owed(indicator, fields.get("department", ""), due, period,
                     delivery_of(due, day, today), said.get(indicator.id, 0))
            )  # fmt: skip
        return rows

    def one(self, indicator: str) -> Owed | None:
        """Return one indicator of the newest release, or None."""
        return next((o for o in self.owed() if o.indicator.id == indicator), None)

    def departments(self) -> list[str]:
        """Return the departments that accounts or indicators name."""
        with self._database.connect() as connection:
            named = {a.department for a in accounts(connection)}
        named |= {e.after.get("department", "") for e in self.edits.newest(KIND).values()}
        return sorted(named - {""}, key=str.casefold)

    def assign(self, indicator: str, typed: dict[str, str], *, seen: int, actor: str) -> bool:
        """Say who owes the figures of an indicator and when; return whether that is new.

        Parameters
        ----------
        typed
            ``department``, ``first`` (ISO day, empty for no date), ``every_years``, ``lag_years``.

        Raises
        ------
        EditRefusedError
            A field cannot be read.
        EditConflictError
            Somebody else changed it since (:meth:`CatalogueEdits.save`).
        """
        return self.edits.save(KIND, indicator, checked(typed), seen=seen, actor=actor)

    def thread(self, indicator: str) -> tuple[list[Comment], list[Edit]]:
        """Return what was written about an indicator, and who changed its responsibility."""
        with self._database.connect() as connection:
            said = comments(connection, self.edits.town(), indicator)
        return said, self.edits.history(KIND, indicator)

    def comment(self, indicator: str, text: str, *, actor: str) -> None:
        """Add a comment; ``EditRefusedError`` where it is empty, too long or not printable."""
        note = release_note(text)
        if not note:
            raise EditRefusedError("due.problem.comment")
        now, town = self._clock(), self.edits.town()
        with writing(self._database) as connection:
            append_comment(connection, town, Comment(0, indicator, now, actor, note))
            entry = AuditEntry(actor, COMMENTED, "", "done", f"indicator {indicator}")
            write_audit(connection, town, entry, now)

    def _comment_counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        with self._database.connect() as connection:
            for one in comments(connection, self.edits.town()):
                counts[one.indicator_id] = counts.get(one.indicator_id, 0) + 1
        return counts


def checked(typed: dict[str, str]) -> Fields:
    """Return what was typed as fields; ``EditRefusedError`` where one cannot be read."""
    department = department_name(typed.get("department", ""))
    if department is None:
        raise EditRefusedError("due.problem.department")
    try:
        due = due_date(typed)
    except ValueError:
        raise EditRefusedError("due.problem.date") from None
    fields = {"department": department} if department else {}
    if due:
        fields |= {
            "first": due.first.isoformat(),
            "every_years": str(due.every_years),
            "lag_years": str(due.lag_years),
        }
    return fields


def _newest_periods(reader: ReleaseReader) -> dict[str, tuple[str, dt.date]]:
    """Return of each indicator the newest period with figures, hidden ones included."""
    offered = reader.availability()
    told = offered[offered["n_ok"] + offered["n_suppressed"] > 0][["indicator", "period"]]
    ends = reader.periods().merge(told.drop_duplicates(), on=["indicator", "period"])
    ends = ends.sort_values("last_day", kind="stable")
    return {
        str(i): (str(p), dt.date.fromisoformat(day))
        for i, p, day in ends[["indicator", "period", "last_day"]].itertuples(index=False)
    }
