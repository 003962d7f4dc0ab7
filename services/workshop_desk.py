"""What the pages of staff need to write scripts, beside the services of workshops themselves."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from domain.workshop_file import write_script
from domain.workshop_script import Script, Slide
from services.container import Services
from services.workshop_facts import WorkshopFacts
from services.workshop_templates import WorkshopTemplates
from services.workshops import KeptWorkshop, WorkshopConflictError

_TRIES = 5
_ID_BYTES, _MARK_LENGTH = 4, 16


@dataclass(frozen=True)
class WorkshopDesk:
    """Facts about views, templates, and changes to scripts that lose nothing."""

    services: Services
    facts: WorkshopFacts
    templates: WorkshopTemplates

    def edit(
        self, workshop_id: str, change: Callable[[Script], Script], *, actor: str
    ) -> KeptWorkshop:
        """Change the newest script, anew if somebody else was quicker.

        What is changed must be sought in the script that is handed in: it may be another one than
        the page showed.

        Raises
        ------
        UnknownWorkshopError, ScriptError, EditRefusedError
            As :meth:`services.workshops.WorkshopService.change`.
        WorkshopConflictError
            Others were quicker again and again.
        """
        for _ in range(_TRIES - 1):
            with suppress(WorkshopConflictError):
                return self._once(workshop_id, change, actor)
        return self._once(workshop_id, change, actor)

    def _once(
        self, workshop_id: str, change: Callable[[Script], Script], actor: str
    ) -> KeptWorkshop:
        kept = self.services.workshops.kept
        one = kept.get(workshop_id)
        script = change(one.script)
        if script == one.script:
            return one
        return kept.change(workshop_id, script, seen=one.version, actor=actor)


def build_desk(services: Services) -> WorkshopDesk:
    """Build what the pages need."""
    facts = WorkshopFacts(services)
    return WorkshopDesk(services, facts, WorkshopTemplates(services, facts))


def new_id(script: Script | None = None) -> str:
    """Return an id no slide of a script has."""
    taken = {slide.id for slide in script.slides} if script else set()
    while (found := secrets.token_hex(_ID_BYTES)) in taken:
        continue
    return found


def mark_of(slide: Slide) -> str:
    """Return a mark of what a slide says, so that a form knows whether it was changed since."""
    return _mark(write_script(Script("–", (slide,))))


def ground_mark(one: KeptWorkshop) -> str:
    """Return a mark of title and settings of a workshop."""
    until = one.until.isoformat() if one.until else ""
    told = [one.script.title, one.release_id, one.level, until, one.is_moderated]
    return _mark(json.dumps(told))


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_MARK_LENGTH]
