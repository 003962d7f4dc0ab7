"""Whether one indicator changed by more than chance between two periods, area by area.

Shares: Fisher's exact test; rates: the conditional binomial test (Przyborowski & Wilenski 1940).
Both hold their level for any number of cases, which matters far out in the tail, where findings
lie that are adjusted for many comparisons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.change_classes import why_not_comparable
from domain.comparison import SMALLEST_DENOMINATOR, SMALLEST_EXPECTED
from domain.model import Kind, Polarity, SeriesBreak
from domain.periods import position

Numbers = npt.NDArray[np.float64]

A_YEAR = 0.98
"""Least distance of two periods in years: quarters are compared with that of the year before."""


@dataclass(frozen=True)
class Change:
    """One indicator in two periods; NaN where an area takes no part.

    Attributes
    ----------
    before, after
        Numerators and denominators of each period, shape ``(n_areas,)`` each; of a sample at
        its effective size.
    group
        Indicators of one group count the same or nested persons; empty for none.
    rounding
        Numerators are multiples of this; 0 for exact ones.
    """

    kind: Kind
    polarity: Polarity
    before: tuple[Numbers, Numbers]
    after: tuple[Numbers, Numbers]
    group: str = ""
    rounding: int = 0


def last_pair(
    periods: Sequence[str], breaks: Sequence[SeriesBreak], years: int = 1
) -> tuple[str, str] | None:
    """Return the last two periods of a series that can be compared and lie so many years apart.

    Where a break leaves fewer years before the last period, the longest stretch that is left is
    taken, and an earlier last period only where nothing is left at all.

    Parameters
    ----------
    periods
        In time order.

    Examples
    --------
    >>> last_pair(["2021", "2022", "2023"], ())
    ('2022', '2023')
    >>> last_pair(["2022-Q4", "2023-Q1", "2023-Q4"], ())
    ('2022-Q4', '2023-Q4')
    """
    for later in reversed(periods):
        starts = [
            p
            for p in periods[: periods.index(later)]
            if position(later) - position(p) >= A_YEAR
            and not why_not_comparable(p, later, periods, breaks)
        ]
        far = [p for p in starts if position(later) - position(p) >= years * A_YEAR]
        if starts:
            return (far[-1] if far else starts[0]), later
    return None


def change_test(change: Change) -> tuple[Numbers, Numbers]:
    """Test whether each area changed by more than chance explains.

    Returns
    -------
    z, p
        Shape ``(n_areas,)`` each; z is the distance from no change in standard deviations, p is
        two-sided and exact (twice the smaller tail). NaN where a period has fewer than 30 persons
        (shares) or 5 expected cases (rates). Rounded numerators are moved towards each other by
        half a step, so that rounding alone is never a change.
    """
    from scipy import stats

    (a, n), (b, m) = (tuple(np.round(x) for x in side) for side in (change.before, change.after))
    is_share = change.kind is Kind.SHARE
    with np.errstate(invalid="ignore", divide="ignore"):
        total, weight = a + b, m / (n + m)
        expected = total * weight
        enough = (
            (n >= SMALLEST_DENOMINATOR) & (m >= SMALLEST_DENOMINATOR) & (a <= n) & (b <= m)
            if is_share
            else (n > 0) & (m > 0) & (np.minimum(expected, total - expected) >= SMALLEST_EXPECTED)
        )
    usable = enough & (a >= 0) & (b >= 0)
    z, p = np.full(len(a), np.nan), np.full(len(a), np.nan)
    n, m, b, total, weight, expected = (x[usable] for x in (n, m, b, total, weight, expected))
    off = b - expected
    rest = (1 - total / (n + m)) if is_share else 1.0
    spread = np.sqrt(expected * (1 - weight) * rest)
    z[usable] = np.divide(off, spread, out=np.zeros_like(off), where=spread > 0)
    cases = b - np.sign(off) * np.minimum(np.ceil(change.rounding / 2), np.floor(np.abs(off)))
    law = stats.hypergeom(n + m, total, m) if is_share else stats.binom(total, weight)
    tails = np.minimum(law.cdf(cases), law.sf(cases - 1))
    p[usable] = np.clip(2 * tails, 0.0, 1.0)
    return z, p
