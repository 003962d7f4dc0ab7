"""Looking after pins: hide, show, merge, sort anew; nobody's words are ever changed.

Before, during and after a workshop. Every deed leaves a row in the audit log that names the room
and how many pins it was, never what they say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import sqlalchemy as sa

from data.accounts import writing
from data.audit import AuditEntry, write_audit
from data.workshop_contributions import HIDDEN, MERGED, SHOWN, Pin, pins, put_pin
from data.workshops import Workshop, put_workshop
from services.catalogue_edits import CatalogueEdits, EditRefusedError
from services.workshop_rows import one_of
from services.workshops import WorkshopService

HIDE, SHOW, MERGE, SORT = DEEDS = ("hide", "show", "merge", "sort")


@dataclass(frozen=True)
class Deed:
    """What is done with some pins.

    Attributes
    ----------
    kind
        One of :data:`DEEDS`. To show also releases what waits, and takes a merger back.
    pins
        Ids of the pins.
    into
        The pin that others are merged into.
    slide, category
        The slide, and the position of its kind, that pins are sorted under.
    """

    kind: str
    pins: Collection[str]
    into: str = ""
    slide: str = ""
    category: int = -1


class ModerationService:
    """Looks after the pins of the rooms of one data folder."""

    def __init__(
        self,
        database: sa.Engine,
        clock: Callable[[], dt.datetime],
        edits: CatalogueEdits,
        kept: WorkshopService,
    ) -> None:
        self._database = database
        self._clock = clock
        self._edits = edits
        self._kept = kept

    def act(self, workshop_id: str, deed: Deed, *, actor: str) -> int:
        """Do something with pins; return how many it changed, pins that are gone left out.

        Raises
        ------
        UnknownWorkshopError
            There is no such workshop.
        EditRefusedError
            No pin was chosen, no such deed, nothing to merge into, or no such kind of pin.
        """
        room, town = self._kept.get(workshop_id), self._edits.town()
        if deed.kind not in DEEDS:
            raise EditRefusedError("workshop.moderation.problem.deed")
        if not deed.pins:
            raise EditRefusedError("workshop.moderation.problem.none")
        with writing(self._database) as connection:
            known = {p.id: p for p in pins(connection, town, room.id)}
            changed = _changed(room, known, deed)
            for pin in changed:
                put_pin(connection, town, room.id, pin)
            if changed:
                # counts of pins may be what they were before: only a version tells phones
                now = one_of(connection, town, room.id)
                state = replace(now.state, version=now.state.version + 1)
                put_workshop(connection, town, replace(now, state=state))
                about = f"workshop {room.id}"
                entry = AuditEntry(actor, f"workshop_{deed.kind}", room.release_id, "done", about)
                write_audit(connection, town, entry, self._clock())
        return len(changed)


def _changed(room: Workshop, known: dict[str, Pin], deed: Deed) -> list[Pin]:
    chosen = [known[one] for one in dict.fromkeys(deed.pins) if one in known]
    if deed.kind == MERGE:
        return _merged(known, chosen, deed.into)
    if deed.kind == SORT:
        return [p for one in chosen if (p := _sorted(room, one, deed)) != one]
    state = HIDDEN if deed.kind == HIDE else SHOWN
    return [p for one in chosen if (p := replace(one, state=state, into="")) != one]


def _merged(known: dict[str, Pin], chosen: list[Pin], into: str) -> list[Pin]:
    """Merge pins into another one of the same slide; what they held goes along."""
    target = known.get(into)
    if target is None or target.state == MERGED:
        raise EditRefusedError("workshop.moderation.problem.into")
    ids = {p.id for p in chosen} - {into}
    moved = [p for p in known.values() if p.id in ids or p.into in ids]
    if any(p.slide != target.slide for p in moved):
        raise EditRefusedError("workshop.moderation.problem.slide")
    after = [replace(p, state=MERGED, into=into) for p in moved]
    return [new for new, old in zip(after, moved, strict=True) if new != old]


def _sorted(room: Workshop, pin: Pin, deed: Deed) -> Pin:
    slide = next((s for s in room.script.slides if s.id == deed.slide), None)
    if slide is None or not 0 <= deed.category < len(slide.options):
        raise EditRefusedError("workshop.moderation.problem.category")
    if pin.slide != slide.id:
        raise EditRefusedError("workshop.moderation.problem.slide")
    return replace(pin, answer=replace(pin.answer, category=deed.category))
