"""Contributions that somebody read and made public: a layer of the Atlas.

They hold the words, the kind, the place and the votes, the question and the month; nobody's name
and no day. What was said in the room is forgotten after 30 days, these stay until they are taken
back, which works at once and for good.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection
from dataclasses import replace

import sqlalchemy as sa

from data.accounts import writing
from data.audit import AuditEntry, write_audit
from data.workshop_contributions import SHOWN, Pin, pins
from data.workshop_outcomes import (
    PublicContribution,
    public_contributions,
    put_public_contribution,
    remove_public_contribution,
)
from data.workshops import Workshop
from domain.workshop_script import Slide
from services.catalogue_edits import CatalogueEdits, EditRefusedError
from services.workshop_views import WorkshopViews
from services.workshops import WorkshopService

MOST_PUBLIC = 2_000
"""Contributions a town may show; more are no layer that anybody reads."""
Contribution = PublicContribution


class PublishingService:
    """Publishes contributions of one data folder, and takes them back."""

    def __init__(
        self,
        database: sa.Engine,
        clock: Callable[[], dt.datetime],
        edits: CatalogueEdits,
        kept: WorkshopService,
        views: WorkshopViews,
    ) -> None:
        self._database = database
        self._clock = clock
        self._edits = edits
        self._kept = kept
        self._views = views

    def all(self) -> list[PublicContribution]:
        """Return what is public, the newest first."""
        with self._database.connect() as connection:
            return public_contributions(connection, self._edits.town())

    def of(self, workshop_id: str) -> list[PublicContribution]:
        """Return what is public of one workshop."""
        return [one for one in self.all() if one.workshop == workshop_id]

    def publish(self, workshop_id: str, chosen: Collection[str], *, actor: str) -> int:
        """Make pins public as they stand; return how many. Only pins that are shown can be.

        Raises
        ------
        UnknownWorkshopError
            There is no such workshop.
        EditRefusedError
            No pin was chosen that is shown, or there would be too many.
        """
        room, town, now = self._kept.get(workshop_id), self._edits.town(), self._clock()
        slides = {slide.id: slide for slide in room.script.slides}
        with writing(self._database) as connection:
            found = [
                p
                for p in pins(connection, town, room.id)
                if p.id in set(chosen) and p.state == SHOWN and p.slide in slides
            ]
            if not found:
                raise EditRefusedError("workshop.publishing.problem.none")
            known = {one.id for one in public_contributions(connection, town)}
            new = [self._made(room, slides[p.slide], p, actor, now) for p in found]
            if len(known | {one.id for one in new}) > MOST_PUBLIC:
                raise EditRefusedError("workshop.publishing.problem.many", most=str(MOST_PUBLIC))
            for one in new:
                put_public_contribution(connection, town, one)
            self._note(connection, room.id, actor, "publish")
        return len(new)

    def withdraw(self, chosen: Collection[str], *, actor: str) -> int:
        """Take contributions back by their public ids; return how many.

        Their workshop may be deleted meanwhile.
        """
        town, wanted = self._edits.town(), set(chosen)
        with writing(self._database) as connection:
            gone = [one for one in public_contributions(connection, town) if one.id in wanted]
            for one in gone:
                remove_public_contribution(connection, town, one.id)
            for workshop_id in sorted({one.workshop for one in gone}):
                self._note(connection, workshop_id, actor, "withdraw")
        return len(gone)

    def _made(
        self, room: Workshop, slide: Slide, pin: Pin, actor: str, now: dt.datetime
    ) -> PublicContribution:
        names, level = self._views.names(room, slide), self._views.level(room, slide)
        answer = replace(pin.answer, area=self._views.area_of(room, slide, pin.answer))
        category = answer.category
        has_kind = 0 <= category < len(slide.options)
        return PublicContribution(
            id=public_id(room.id, pin.id),
            workshop=room.id,
            title=room.script.title,
            question=slide.title.de,
            level=level.id,
            answer=answer,
            category=slide.options[category].de if has_kind else "",
            upvotes=pin.upvotes,
            published_by=actor,
            published=now,
            month=f"{pin.at:%Y-%m}",
            area_name=names.get(answer.area, ""),
        )

    def _note(self, connection: sa.Connection, workshop_id: str, actor: str, deed: str) -> None:
        entry = AuditEntry(actor, f"workshop_{deed}", "", "done", f"workshop {workshop_id}")
        write_audit(connection, self._edits.town(), entry, self._clock())


def public_id(workshop_id: str, pin_id: str) -> str:
    """Return the id under which a pin is public: not that of the room, which its phone knows."""
    return hashlib.sha256(f"public {workshop_id} {pin_id}".encode()).hexdigest()[:16]
