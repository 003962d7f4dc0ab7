"""What may be wrong when somebody asks for a workshop or leads one."""

from __future__ import annotations

import datetime as dt

from data.workshops import Workshop


class UnknownWorkshopError(LookupError):
    """There is no such workshop, or no more."""


class WorkshopConflictError(Exception):
    """Somebody else changed the script meanwhile; ``latest`` is what they made of it."""

    def __init__(self, latest: Workshop) -> None:
        super().__init__(f"workshop {latest.id} is at {latest.version}")
        self.latest = latest


class LedByAnotherError(Exception):
    """Somebody else leads the room; ``until`` is when their lease runs out."""

    def __init__(self, until: dt.datetime) -> None:
        super().__init__("another presenter leads the room")
        self.until = until
