"""What areas got last year, and how far a new share may move away from it.

An area without an amount of last year, or with nothing, has no percentage: it is counted and not
bound (docs/methods.md, allocation).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
_PLACES = 6
"""Whole parts are found after rounding to so many places: 0.85 times 100 must not become 86."""


@dataclass(frozen=True)
class LastYear:
    """The amounts of last year for the areas that share in this one.

    Attributes
    ----------
    name
        Name of the scenario they come from; empty where a formula gives them.
    release
        The release that scenario was computed with; empty for a formula.
    amounts
        In the unit of the order, NaN where there is none, shape ``(n_members,)``.
    total
        All that was shared, also with areas that take no part now.
    new, absent
        Positions of members whose area did not exist, or took no part.
    gone
        Areas that got something and take no part now, and ``gone_amount`` how much.
    is_recut
        Whether boundaries have another date: the same id may be another area.
    """

    name: str
    release: str
    amounts: tuple[float, ...]
    total: float
    new: tuple[int, ...] = ()
    absent: tuple[int, ...] = ()
    gone: int = 0
    gone_amount: float = 0.0
    is_recut: bool = False

    @property
    def nothing(self) -> tuple[int, ...]:
        """Positions of members that took part and got nothing."""
        return tuple(k for k, amount in enumerate(self.amounts) if amount == 0)


@dataclass(frozen=True)
class Before:
    """A distribution of last year as it stands, to be looked up by the areas of this one.

    ``paid`` is area id → amount, ``areas`` all ids of its level.
    """

    name: str
    release: str
    paid: Mapping[str, float]
    areas: Collection[str]
    is_recut: bool = False

    def of(self, members: Sequence[str]) -> LastYear:
        """Return what the areas ``members`` (ids) got, and who is new, absent or gone."""
        now = set(members)
        gone = [amount for area, amount in self.paid.items() if area not in now and amount > 0]
        return LastYear(
            name=self.name,
            release=self.release,
            amounts=tuple(self.paid.get(area, math.nan) for area in members),
            total=math.fsum(self.paid.values()),
            new=tuple(k for k, area in enumerate(members) if area not in self.areas),
            absent=tuple(
                k for k, area in enumerate(members) if area in self.areas and area not in self.paid
            ),
            gone=len(gone),
            gone_amount=math.fsum(gone),
            is_recut=self.is_recut,
        )


def change_bounds(
    before: Sequence[float], fall: float | None, rise: float | None, step: int
) -> tuple[FloatArray, FloatArray]:
    """Return the least and the most of each area by its amount of last year.

    Parameters
    ----------
    before
        Amounts of last year, shape ``(n_areas,)``; NaN and 0 are not bound.
    fall, rise
        Largest change down and up, 0.15 for 15 %; None for none.
    step
        Whole parts of one unit, so that the paid amount keeps the limit and not only the formula:
        limits go inward to whole parts, or outward where no whole part lies between them.

    Returns
    -------
    tuple
        Two arrays of shape ``(n_areas,)``: 0 and infinity where nothing binds.

    Examples
    --------
    >>> low, high = change_bounds([2.0, float("nan")], 0.15, 0.6, 1)
    >>> low.tolist(), high.tolist()
    ([2.0, 0.0], [3.0, inf])
    """
    held = np.asarray(before, dtype=float)
    bound = held > 0
    parts = np.where(bound, held, 1.0) * step
    low = np.round(parts * (1 - fall), _PLACES) if fall is not None else np.zeros(len(held))
    high = np.round(parts * (1 + rise), _PLACES) if rise is not None else np.full(len(held), np.inf)
    inner_low, inner_high = np.ceil(low), np.floor(high)
    none_between = inner_low > inner_high
    least = np.where(none_between, np.floor(low), inner_low) / step
    most = np.where(none_between, np.ceil(high), inner_high) / step
    return np.where(bound, least, 0.0), np.where(bound, most, np.inf)
