"""What a release changes in each area: one kind of change for one period of one indicator.

An area may change in several ways at once; what somebody must look at first decides its colour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.model import Indicator, Level, State


class Change(StrEnum):
    """What happened to the cell of an area, the gravest first.

    ``orphaned`` areas are of the earlier release alone. ``hidden`` and ``shown`` speak of what
    the public sees, all others of the internal numbers.
    """

    ORPHANED = "orphaned"
    SHOWN = "shown"
    HIDDEN = "hidden"
    JUMP = "jump"
    REVISED = "revised"
    LOST = "lost"
    NEW = "new"
    SLIGHTLY = "slightly"
    UNCHANGED = "unchanged"
    EMPTY = "empty"


STILL = frozenset({Change.UNCHANGED, Change.EMPTY})
"""Nothing to look at: the same number as before, or none before and none now."""


@dataclass(frozen=True)
class Sided:
    """The cell of an area in one of two releases; ``value`` is internal, in display units.

    ``state`` is the internal one; None where the release has no such cell.
    """

    value: float | None = None
    state: State | None = None


@dataclass(frozen=True)
class Signs:
    """What was found out of a cell beyond its two numbers."""

    is_orphaned: bool = False
    is_shown: bool = False
    is_hidden: bool = False
    is_jump: bool = False
    is_revised: bool = False
    is_slight: bool = False


def change_of(before: Sided, after: Sided, signs: Signs) -> Change:
    """Return the gravest change of a cell.

    Examples
    --------
    >>> str(change_of(Sided(), Sided(4.0), Signs()))
    'new'
    >>> str(change_of(Sided(4.0), Sided(9.0), Signs(is_hidden=True, is_revised=True)))
    'hidden'
    """
    told = (
        (signs.is_orphaned, Change.ORPHANED),
        (signs.is_shown, Change.SHOWN),
        (signs.is_hidden, Change.HIDDEN),
        (signs.is_jump, Change.JUMP),
        (signs.is_revised, Change.REVISED),
        (before.value is not None and after.value is None, Change.LOST),
        (before.value is None and after.value is not None, Change.NEW),
        (signs.is_slight, Change.SLIGHTLY),
        (after.value is not None, Change.UNCHANGED),
    )
    return next((change for holds, change in told if holds), Change.EMPTY)


@dataclass(frozen=True)
class ChangedArea:
    """An area with its cell before and after."""

    id: str
    name: str
    change: Change
    before: Sided
    after: Sided


@dataclass(frozen=True)
class DifferenceMap:
    """All areas of a level with what changed; holds internal numbers.

    ``areas`` stand in the order of the level, orphaned ones at the end.
    """

    base: str
    new: str
    indicator: Indicator
    level: Level
    period: str
    category: str
    areas: tuple[ChangedArea, ...]

    def counts(self) -> dict[Change, int]:
        """Return how many areas changed in each way, the gravest first; kinds that occur alone."""
        found = Counter(a.change for a in self.areas)
        return {change: found[change] for change in Change if found[change]}

    def to_look_at(self) -> tuple[ChangedArea, ...]:
        """Return the areas in the order in which they are read: grave changes first."""
        return by_gravity(self.areas)


def by_gravity(areas: Iterable[ChangedArea]) -> tuple[ChangedArea, ...]:
    """Return areas with the gravest change first, else in their order."""
    order = {change: place for place, change in enumerate(Change)}
    return tuple(sorted(areas, key=lambda a: order[a.change]))
