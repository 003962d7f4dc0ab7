"""What the page that shares money or posts shows: the index of a level, and what it gives whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from domain.distribution import Distribution, Refusal
from domain.index_stability import STABLE, Stability
from domain.last_year import LastYear
from domain.model import Catalogue, Indicator, Level
from domain.needs_index import FloatArray, NeedsIndex
from domain.resource_query import ResourceQuery

SMALL, HIDDEN, MISSING, NO_CHILDREN, CHILDREN_HIDDEN, CHILDREN_MISSING = (
    "small", "hidden", "missing", "no_children", "children_hidden", "children_missing",
)  # fmt: skip
"""Why an area is left out: few residents, hidden or missing figures, no or unknown children."""


@dataclass(frozen=True)
class IndexColumn:
    """One indicator of an index; ``hidden`` and ``missing`` count areas without its figure."""

    indicator: Indicator
    period: str
    hidden: int
    missing: int
    is_flat: bool


@dataclass(frozen=True)
class IndexView:
    """The index of every area of a level@vintage, in the order of ``area_ids``.

    Attributes
    ----------
    values
        Figures in display units, NaN where none is shown, shape ``(n_areas, n_indicators)``.
    left_out
        Why an area has no index, empty where it has one.
    residents
        What decides whether an area is too small; None where the level has no counts.
    alike
        Pairs of columns that say nearly the same, with their correlation.
    first_share
        What the first principal component carries, 0 … 1; None where it cannot be told.
    against
        Columns that oppose the others.
    """

    query: ResourceQuery
    catalogue: Catalogue
    level: Level
    columns: tuple[IndexColumn, ...]
    area_ids: tuple[str, ...]
    area_names: tuple[str, ...]
    values: FloatArray
    index: NeedsIndex
    stability: Stability
    left_out: tuple[str, ...]
    residents: Indicator | None
    alike: tuple[tuple[int, int, float], ...]
    first_share: float | None
    against: tuple[int, ...]

    @cached_property
    def is_stable(self) -> tuple[bool, ...]:
        """Which areas stay in their class in most variants."""
        return tuple(bool(x >= STABLE) for x in np.nan_to_num(self.stability.in_class))

    @property
    def most_parting(self) -> int:
        """Position of the indicator whose part of the index differs most between areas."""
        known = self.index.parts[~np.isnan(self.index.parts).any(axis=1)]
        return int(known.std(axis=0).argmax()) if len(known) else 0

    @property
    def by_burden(self) -> tuple[int, ...]:
        """Positions of the areas with an index, the highest burden first."""
        known = np.flatnonzero(self.index.is_known)
        return tuple(sorted(known.tolist(), key=lambda i: (-self.index.burden[i], i)))


@dataclass(frozen=True)
class ShareView:
    """What an order gives to every area that takes part.

    ``members`` are positions of the areas of ``index``; numbers of ``found``, ``children``,
    ``least``, ``middle`` and ``most`` (the formula under drawn weights) follow them. ``left_out``
    is position → why an area takes no part. ``before`` is last year, None where nothing stands
    for it. ``counts_others`` tells that ``children`` holds others as well, such as all residents.
    """

    index: IndexView
    children_of: Indicator
    children_period: str
    members: tuple[int, ...]
    children: tuple[float, ...]
    found: Distribution | Refusal
    least: tuple[float, ...]
    middle: tuple[float, ...]
    most: tuple[float, ...]
    left_out: dict[int, str]
    before: LastYear | None = None
    counts_others: bool = False
