"""The release desk: what waits, who handed it in, who lets it become public, and what is undone.

Everything that moves the pointer goes through :func:`data.release_pointer.swap`, in one
transaction with the row of the log: a worker killed at any moment leaves the one or the other.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import sqlalchemy as sa

from data.accounts import writing
from data.release_desk import (
    DeskRow,
    change_desk,
    due_rows,
    note_act,
    town_of,
)
from data.release_model import PUBLISHED, OutdatedReleaseError, PublishConflictError
from data.release_pointer import swap, withdraw
from domain.release_rules import Facts, Given, refusals, release_note
from domain.roles import department_name
from services.jobs import JobState
from services.release_drafts import DeskRefusedError, Drafts

_LOG = logging.getLogger("keck.desk")


class ReleaseDesk(Drafts):
    """Hands in, approves, publishes, withdraws and returns; every act is a row of the log."""

    def __init__(self, *parts: Any, keep: int, **more: Any) -> None:
        super().__init__(*parts, **more)
        self._keep = keep

    def hand_in(
        self, release: str, actor: str, *, department: str, note_de: str, note_en: str
    ) -> None:
        """Hand a draft in for release, with the notes the public will read.

        Raises
        ------
        UnknownReleaseError, DeskRefusedError
            It is not here, does not wait, or a text is too long or not printable.
        """
        self.waiting(release)
        texts = [release_note(note_de), release_note(note_en)]
        name = department_name(department)
        if name is None or None in texts:
            raise DeskRefusedError("desk.problem.text")
        now = self._clock()
        with writing(self._database) as connection:
            change_desk(
                connection, town_of(connection, release), release,
                department=name, note_de=texts[0], note_en=texts[1],
                handed_in_by=actor, handed_in=now, problem="", **_NOT_APPROVED,
            )  # fmt: skip
            note_act(connection, release, actor, "hand_in", at=now)

    def take_back(self, release: str, actor: str) -> None:
        """Take a draft off the desk; its notes stay, an approval ends."""
        self.waiting(release)
        self._clear(release, actor, "take_back", handed_in=None, handed_in_by="")

    def discard(self, release: str, actor: str) -> None:
        """Throw a draft away that nobody handed in; its files are gone for good.

        Raises
        ------
        UnknownReleaseError, DeskRefusedError
            It is not here, does not wait, or was handed in.
        """
        if self.waiting(release).state != "open":
            raise DeskRefusedError("desk.problem.discard_handed_in")
        self._store.discard(release)
        self._tell(release, actor, "discard", "done")

    def revoke(self, release: str, actor: str) -> None:
        """Take the approval for a day to come back."""
        if self.waiting(release).row.public_from is None:
            raise DeskRefusedError("desk.problem.not_approved")
        self._clear(release, actor, "revoke")

    def publish(
        self, release: str, given: Given, *, base: str, public_from: dt.datetime | None = None
    ) -> bool:
        """Make a release public, at once or from a moment to come; return whether it is now.

        Parameters
        ----------
        base
            What was public when the person looked, empty for nothing.

        Raises
        ------
        UnknownReleaseError, DeskRefusedError
            It is not here, or something stands against it (:mod:`domain.release_rules`).
        PublishConflictError, OutdatedReleaseError
            Somebody else published since the person looked, or since the release was built.
        DamagedBundleError
            Its files differ from their checksums.
        """
        facts, current, now = self._admit(release, given, base), base or None, self._clock()
        is_later = public_from is not None and public_from > now
        with writing(self._database) as connection:
            if facts.recalculation:
                note_act(connection, release, given.actor, "confirm_recalculation", at=now)
            change_desk(
                connection, town_of(connection, release), release,
                approved_by=given.actor, approved=now, base=base, problem="",
                public_from=public_from if is_later else None,
            )  # fmt: skip
            if is_later:
                note_act(connection, release, given.actor, "approve", at=now)
            is_swapped = is_later or swap(connection, release, current, given.actor, "publish")
        if not is_swapped:
            raise PublishConflictError(release, base=base, current=self._store.current())
        if not is_later:
            self._is_public(release)
        return not is_later

    def _admit(self, release: str, given: Given, base: str) -> Facts:
        """Return what is known of a release that nothing stands against; the log is told if not."""
        draft, current = self.waiting(release), self._store.current()
        if base != (current or ""):
            self._tell(release, given.actor, "publish", "conflict")
            raise PublishConflictError(release, base=base, current=current)
        self._refuse_other_town(release)
        if since := self._store.shown_since(release):
            self._tell(release, given.actor, "publish", "outdated")
            raise OutdatedReleaseError(release, since)
        facts = self.facts(draft)
        if told := refusals(facts, given, two_persons=self.two_persons):
            self._tell(release, given.actor, "publish", "refused")
            raise DeskRefusedError(*told, indicators=", ".join(facts.without_context))
        self._store.refuse_damaged(release)
        return facts

    def publish_due(self) -> list[str]:
        """Make public whose time has come; safe to call from anywhere, each is done once.

        One that was overtaken, or is damaged, stays on the desk and says so.
        """
        try:
            return self._publish_due()
        except sa.exc.OperationalError as fault:
            # a full disk or a busy database must not keep readers from what is public
            _LOG.error("what is due cannot be published now", exc_info=fault)
            return []

    def _publish_due(self) -> list[str]:
        with self._database.connect() as reading:
            due = due_rows(reading, self._clock())
        done = []
        for row in due:
            if self._publish_one(row, self._hurdle(row.release_id)):
                self._is_public(row.release_id)
                done.append(row.release_id)
        return done

    def withdraw(self, release: str, actor: str) -> str | None:
        """Take a published release back; return what is public then.

        Raises
        ------
        UnknownReleaseError, DeskRefusedError
            It is not here, was never published, or nothing could take its place.
        """
        if self.draft(release).info.state != PUBLISHED:
            raise DeskRefusedError("desk.problem.never_public")
        successor = None
        if self._store.current() == release:
            successor = self._store.predecessor(release)
            if successor is None:
                raise DeskRefusedError("desk.problem.no_predecessor")
        with writing(self._database) as connection:
            done = withdraw(connection, release, successor, actor)
        if not done:
            raise PublishConflictError(release, base=release, current=self._store.current())
        return self._store.current()

    def roll_back(self, release: str, actor: str, *, base: str) -> str:
        """Return to a release that was public before; errors as :meth:`publish`."""
        if self.draft(release).info.state != PUBLISHED:
            raise DeskRefusedError("desk.problem.never_public")
        self._refuse_other_town(release)
        return self._store.point_to(release, base=base, actor=actor, action="rollback")

    def _clear(self, release: str, actor: str, act: str, **more: object) -> None:
        with writing(self._database) as connection:
            town = town_of(connection, release)
            change_desk(connection, town, release, problem="", **_NOT_APPROVED, **more)
            note_act(connection, release, actor, act, at=self._clock())

    def _tell(self, release: str, actor: str, act: str, result: str) -> None:
        with writing(self._database) as connection:
            note_act(connection, release, actor, act, result, at=self._clock())

    def _hurdle(self, release: str) -> str:
        """Return what keeps an approved release from the public by itself, as a text key."""
        if self._store.damages(release):
            return "desk.problem.damaged"
        return "desk.problem.context_late" if self.missing_context(release) else ""

    def _publish_one(self, row: DeskRow, hurdle: str) -> bool:
        """Publish one that is due, unless somebody was quicker or it cannot be any more."""
        release, now = row.release_id, self._clock()
        with writing(self._database) as connection:
            if release not in {r.release_id for r in due_rows(connection, now)}:
                return False
            is_done = not hurdle and swap(
                connection, release, row.base or None, row.approved_by, "publish"
            )
            town = town_of(connection, release)
            if is_done:
                change_desk(connection, town, release, public_from=None)
                return True
            problem = hurdle or "desk.problem.overtaken"
            change_desk(connection, town, release, **{**_NOT_APPROVED, "problem": problem})
            note_act(connection, release, row.approved_by, "publish", "refused", at=now)
        return False

    def _is_public(self, release: str) -> None:
        """Bring the job of a release to its end and make room for the next ones."""
        job = self._jobs.of_release(release)
        if job and job.state is JobState.STAGED:
            for state in (JobState.CONFIRMED, JobState.PUBLISHED):
                self._jobs.move(job.id, state)
        self._store.prune(self._keep)


_NOT_APPROVED = {"approved_by": "", "approved": None, "public_from": None, "base": ""}
