"""Where figures are and where they are not: one indicator, one level, one period at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.model import Indicator, Level, Source
from domain.periods import in_time, period_of


class Gap(StrEnum):
    """What a release holds of an indicator for a level in a period."""

    ALL = "all"
    PART = "part"
    HIDDEN = "hidden"
    EMPTY = "empty"
    NONE = "none"
    OTHER = "other"
    """A period of a kind the indicator does not use: nothing is missing."""


class Why(StrEnum):
    """Why a level has no figure of an indicator in any period."""

    CITY_ONLY = "city_only"
    COARSER = "coarser"
    FINER = "finer"
    ELSEWHERE = "elsewhere"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Cell:
    """How many areas of a level have a number, and how many there are."""

    gap: Gap
    shown: int = 0
    areas: int = 0


@dataclass(frozen=True)
class Listed:
    """An indicator with its source and the periods of each level, in time order."""

    indicator: Indicator
    source: Source | None
    periods: dict[str, tuple[str, ...]]
    is_of_city: bool

    @property
    def all_periods(self) -> tuple[str, ...]:
        """Return the periods of all levels in time order."""
        held = {period for periods in self.periods.values() for period in periods}
        return tuple(sorted(held, key=in_time))


@dataclass(frozen=True)
class GapRow:
    """An indicator on one level: what each period of the table holds, or why there is nothing.

    ``cells`` follow the periods of the table; ``at`` are the levels that have figures.
    """

    listed: Listed
    cells: tuple[Cell, ...]
    why: Why | None
    at: tuple[Level, ...]


@dataclass(frozen=True)
class GapTable:
    """Indicators by periods of one level."""

    level: Level
    periods: tuple[str, ...]
    rows: tuple[GapRow, ...]


def cell_of(shown: int, hidden: int, rows: int, areas: int) -> Cell:
    """Return what a period holds.

    Parameters
    ----------
    shown, hidden, rows
        Areas with a number, areas whose number is suppressed, areas with any row at all.
    areas
        Areas of the level under the boundaries of the period.
    """
    if not rows:
        return Cell(Gap.NONE, 0, areas)
    if shown:
        return Cell(Gap.ALL if shown >= areas else Gap.PART, shown, areas)
    return Cell(Gap.HIDDEN if hidden else Gap.EMPTY, 0, areas)


def missing_in(period: str, own: Sequence[str], areas: int = 0) -> Cell:
    """Return the cell of a period that has no row.

    >>> missing_in("2019-2021", ["2019", "2020"]).gap, missing_in("2021", ["2019", "2020"]).gap
    (<Gap.OTHER: 'other'>, <Gap.NONE: 'none'>)
    """
    kinds = {_kind(p) for p in own}
    return Cell(Gap.OTHER if kinds and _kind(period) not in kinds else Gap.NONE, 0, areas)


def _kind(period: str) -> str:
    found = period_of(period)
    return found.kind if found else ""


def why_missing(
    order: int, others: tuple[int, ...], *, is_of_city: bool, is_same_kind: bool
) -> Why:
    """Return why a level has no figures.

    Parameters
    ----------
    order
        Place of the level, from coarse to fine.
    others
        Places of the levels that have figures.
    is_of_city
        Whether the town as a whole has a figure.
    is_same_kind
        Whether one of the other levels is of the same kind (areas or institutions).
    """
    if not others:
        return Why.CITY_ONLY if is_of_city else Why.NOWHERE
    if not is_same_kind:
        return Why.ELSEWHERE
    return Why.COARSER if max(others) < order else Why.FINER


def fullest_level(levels: Sequence[Level], periods: Mapping[str, Mapping[str, object]]) -> str:
    """Return the id of the level with figures of most indicators, the first of several such.

    Parameters
    ----------
    periods
        Indicator → level → its periods.

    Raises
    ------
    ValueError
        There are no levels.
    """
    known = Counter(level for found in periods.values() for level in found)
    return max(levels, key=lambda level: known[level.id]).id
