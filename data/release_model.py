"""What a release is to those who list, publish or miss one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

STAGED, READY, PUBLISHED, REMOVED = "staged", "ready", "published", "removed"
WITHDRAWN = "withdrawn"
"""Published once and taken back: its files stay, what it told stays known, nobody can open it."""
DISCARDED = "discarded"
"""Never published and thrown away: its files are gone, its id is not given again."""

HERE = (READY, PUBLISHED, WITHDRAWN)
"""States of releases whose files lie in the folder."""
SEEN = (PUBLISHED, WITHDRAWN)
"""States of releases the public has seen."""


class PublishConflictError(Exception):
    """Somebody else published meanwhile; the release is kept and can be published later."""

    def __init__(self, release_id: str, *, base: str | None, current: str | None) -> None:
        super().__init__(f"{release_id} was built on {base}, but {current} is published now")
        self.release_id = release_id
        self.base = base
        self.current = current


class OutdatedReleaseError(Exception):
    """Others became public since the release was begun; it does not reckon with what they hide."""

    def __init__(self, release_id: str, since: list[str]) -> None:
        super().__init__(f"{release_id} does not know {', '.join(since)}")
        self.release_id = release_id
        self.since = since


class UnknownReleaseError(Exception):
    """The folder holds no release of that id that could be published or served."""


@dataclass(frozen=True)
class ReleaseInfo:
    """One line of ``release list``."""

    id: str
    town: str
    created: dt.datetime
    state: str
    note: str
    is_current: bool


def release_order(release_id: str) -> tuple[str, int]:
    """Return a sort key: ids are date and running number, and 10 comes after 9."""
    day, _, number = release_id.rpartition("-")
    return day, int(number) if number.isdigit() else 0
