"""Areas that moved beyond chance on several indicators at once, chance findings kept rare.

Every area and indicator is tested between two periods, all p-values are adjusted together
(Benjamini & Hochberg 1995), and indicators that tell the same count once. Shares: Fisher's exact
test; rates: the conditional binomial test (Przyborowski & Wilenski 1940). Both hold their level for
any number of cases, which matters far out in the tail, where adjusted findings lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.change_classes import why_not_comparable
from domain.comparison import SMALLEST_DENOMINATOR, SMALLEST_EXPECTED, fdr_bh
from domain.model import Kind, Polarity, SeriesBreak
from domain.periods import position

Numbers = npt.NDArray[np.float64]
Signs = npt.NDArray[np.int64]

ALIKE = 0.9
"""Correlation of two indicators' changes, of either sign, from which they tell the same."""
FEWEST_AREAS = 10
"""Fewer areas tell nothing about whether two indicators move together."""
A_YEAR = 0.98
"""Least distance of two periods in years: quarters are compared with that of the year before."""
WORSE, BETTER, MIXED, FEW, NONE, UNTESTED = (
    "worse", "better", "mixed", "few", "none", "untested",
)  # fmt: skip
STANDINGS = (WORSE, BETTER, MIXED, FEW, NONE, UNTESTED)
LISTED = (WORSE, MIXED, BETTER)
_BURDEN = {Polarity.HIGH_BURDEN: 1, Polarity.LOW_BURDEN: -1, Polarity.NONE: 0}


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


@dataclass(frozen=True)
class Warned:
    """What moved, shape ``(n_indicators, n_areas)`` each.

    Attributes
    ----------
    p, adjusted
        Two-sided, NaN where not tested.
    directions
        1 up, -1 down, 0 not to be told from chance or not tested.
    bundles
        Number of the bundle of each indicator; those of one bundle count once.
    """

    p: Numbers
    adjusted: Numbers
    directions: Signs
    bundles: tuple[int, ...]

    @property
    def tests(self) -> int:
        """How many pairs of area and indicator were tested."""
        return int((~np.isnan(self.p)).sum())

    @property
    def is_tested(self) -> npt.NDArray[np.bool_]:
        """Which areas were tested on at least one indicator, shape ``(n_areas,)``."""
        found: npt.NDArray[np.bool_] = np.any(~np.isnan(self.p), axis=0)
        return found


@dataclass(frozen=True)
class Counts:
    """Bundles that moved, shape ``(n_areas,)`` each; ``other`` tell neither worse nor better."""

    worse: Signs
    better: Signs
    other: Signs

    @property
    def moved(self) -> Signs:
        """All of them."""
        return self.worse + self.better + self.other


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


def early_warning(changes: Sequence[Change], n_areas: int, q: float) -> Warned:
    """Return which areas moved on which indicators.

    Parameters
    ----------
    changes
        All over the same ``n_areas`` areas.
    q
        Share of the movements found that may be chance, over all areas and indicators together.
    """
    tests = [change_test(c) for c in changes]
    z = np.array([t[0] for t in tests]).reshape(len(changes), n_areas)
    p = np.array([t[1] for t in tests]).reshape(len(changes), n_areas)
    adjusted = np.full(p.shape, np.nan)
    known = ~np.isnan(p)
    if known.any():
        adjusted[known] = fdr_bh(p[known].tolist(), q)["adjusted"]
    with np.errstate(invalid="ignore"):
        directions = np.where(adjusted <= q, np.sign(z), 0).astype(np.int64)
    return Warned(p, adjusted, directions, bundles(changes, z))


def bundles(changes: Sequence[Change], z: Numbers) -> tuple[int, ...]:
    """Put indicators that tell the same into bundles, numbered by their first member.

    Two are in one bundle if the release puts them in one group, if their cases are the same or
    add up to the same base in every area, or if their changes correlate by at least 0.9 over at
    least ten areas; so are those of which each tells the same as a third.

    Parameters
    ----------
    z
        Distances from no change, shape ``(n_indicators, n_areas)``.
    """
    found = list(range(len(changes)))
    for i, one in enumerate(changes):
        for j in range(i):
            if found[i] != found[j] and _tell_the_same(one, changes[j], z[i], z[j]):
                first, last = sorted((found[i], found[j]))
                found = [first if x == last else x for x in found]
    return tuple(found)


def _tell_the_same(one: Change, other: Change, z: Numbers, w: Numbers) -> bool:
    if one.group and one.group == other.group:
        return True
    (a, n), (b, m) = (
        tuple(np.concatenate(x) for x in zip(c.before, c.after, strict=True)) for c in (one, other)
    )
    known = ~np.isnan(np.stack([a, n, b, m])).any(axis=0)
    if not known.any():
        return False
    is_same = bool((a[known] == b[known]).all())
    is_rest = bool(((n == m) & (a + b == n))[known].all())
    return is_same or is_rest or _correlation(z, w) >= ALIKE


def _correlation(z: Numbers, w: Numbers) -> float:
    """Return the size of the correlation; 0 over too few areas or without any difference."""
    known = ~(np.isnan(z) | np.isnan(w))
    if known.sum() < FEWEST_AREAS or not (np.ptp(z[known]) and np.ptp(w[known])):
        return 0.0
    return abs(float(np.corrcoef(z[known], w[known])[0, 1]))


def burdens(changes: Sequence[Change], directions: Signs) -> Signs:
    """Return 1 where burden grew, -1 where it fell, 0 elsewhere; shape as ``directions``."""
    signs = np.array([_BURDEN[c.polarity] for c in changes], dtype=np.int64)
    return directions * signs.reshape(-1, 1)


def counted(changes: Sequence[Change], warned: Warned) -> Counts:
    """Count the bundles that moved in every area; the surest movement speaks for its bundle."""
    burden = burdens(changes, warned.directions)
    n_areas = warned.p.shape[1]
    sums = {name: np.zeros(n_areas, dtype=np.int64) for name in (1, -1, 0)}
    numbers = np.array(warned.bundles)
    for bundle in sorted(set(warned.bundles)):
        rows = np.flatnonzero(numbers == bundle)
        sure = np.where(warned.directions[rows] != 0, warned.adjusted[rows], np.inf)
        spokesman = rows[np.argmin(sure, axis=0)]
        moved = np.isfinite(sure.min(axis=0))
        said = burden[spokesman, np.arange(n_areas)]
        for sign in sums:
            sums[sign] += moved & (said == sign)
    return Counts(sums[1], sums[-1], sums[0])


def standings(counts: Counts, is_tested: npt.NDArray[np.bool_], least: int) -> tuple[str, ...]:
    """Return the standing of every area, one of :data:`STANDINGS`.

    ``worse`` and ``better`` moved on at least ``least`` bundles to that side and on fewer to the
    other; ``mixed`` on as many in all; ``few`` on fewer.
    """
    worse, better = counts.worse >= least, counts.better >= least
    moved = counts.moved
    found = np.select(
        [
            ~is_tested, worse & ~better, better & ~worse, moved >= least, moved > 0,
        ],
        [UNTESTED, WORSE, BETTER, MIXED, FEW],
        default=NONE,
    )  # fmt: skip
    return tuple(found.tolist())


def likewise(directions: Signs, around: Sequence[Sequence[int]], area: int) -> tuple[int, ...]:
    """Return the neighbours that moved in the same direction on at least one same indicator."""
    own = directions[:, area]
    return tuple(j for j in around[area] if bool((own * directions[:, j] > 0).any()))
