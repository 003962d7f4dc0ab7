"""What the outlook of the page of need and supply shows."""

from __future__ import annotations

from dataclasses import dataclass

from domain.model import Catalogue, FacilityKind, Indicator, Level
from domain.need_query import NeedQuery

NO_AGES, FEW_YEARS = "no_ages", "few_years"
KNOWN, SMALL, UNKNOWN = "known", "small", "unknown"
Steps = tuple[float | None, ...]


@dataclass(frozen=True)
class AreaOutlook:
    """One area, or the town where ``id`` is empty.

    Attributes
    ----------
    past
        Children of the group in each of the years, None where a number is not shown.
    central, low, high
        Children in each of the next years; None without an outlook.
    state
        ``known``, or why there is no outlook: a cohort is too ``small``, a number is ``unknown``.
    is_limited
        Whether the change of a cohort was limited.
    error
        By how much the same rule missed the newest year, a share; None where nobody can look back.
    places
        Places of today.
    gap, gap_then
        Places less what the target asks for, today and in the last year; None without
        children or a target.
    """

    id: str
    name: str
    past: Steps
    central: Steps
    low: Steps
    high: Steps
    state: str
    is_limited: bool
    error: float | None
    places: float
    gap: float | None
    gap_then: float | None

    @property
    def now(self) -> float | None:
        """Children of the newest year."""
        return self.past[-1]

    @property
    def change(self) -> float | None:
        """Children more or fewer in the last year of the outlook."""
        return (
            None
            if self.now is None or not self.central or self.central[-1] is None
            else (self.central[-1] - self.now)
        )


@dataclass(frozen=True)
class OutlookView:
    """The outlook of a level; ``reason`` says why there is none, empty where there is one.

    Attributes
    ----------
    indicator
        Children by single years of age; None where the release has none on this level.
    years, next_years
        Years of the past, which follow each other, and of the outlook.
    town
        All areas with an outlook together.
    mean_error
        Mean absolute error over the areas, a share; None where nobody can look back.
    """

    query: NeedQuery
    catalogue: Catalogue
    level: Level
    kind: FacilityKind
    reason: str
    indicator: Indicator | None = None
    years: tuple[int, ...] = ()
    next_years: tuple[int, ...] = ()
    areas: tuple[AreaOutlook, ...] = ()
    town: AreaOutlook | None = None
    mean_error: float | None = None
    target: float | None = None
