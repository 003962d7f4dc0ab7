"""Areas that moved beyond chance on several indicators at once, chance findings kept rare.

Every area and indicator is tested between two periods, all p-values are adjusted together
(Benjamini & Hochberg 1995), and indicators that tell the same count once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.alike_changes import bundles
from domain.change_tests import Change, Numbers, change_test
from domain.comparison import fdr_bh
from domain.model import Polarity

Signs = npt.NDArray[np.int64]

WORSE, BETTER, MIXED, FEW, NONE, UNTESTED = (
    "worse", "better", "mixed", "few", "none", "untested",
)  # fmt: skip
STANDINGS = (WORSE, BETTER, MIXED, FEW, NONE, UNTESTED)
LISTED = (WORSE, MIXED, BETTER)
_BURDEN = {Polarity.HIGH_BURDEN: 1, Polarity.LOW_BURDEN: -1, Polarity.NONE: 0}


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


@dataclass(frozen=True)
class Tested:
    """Every area and indicator tested, whatever is asked of the results.

    ``z`` and ``p`` are those of :func:`domain.change_tests.change_test`, shape
    ``(n_indicators, n_areas)``; ``bundles`` as in :class:`Warned`.
    """

    z: Numbers
    p: Numbers
    bundles: tuple[int, ...]


def changes_tested(changes: Sequence[Change], n_areas: int) -> Tested:
    """Test all changes, which are over the same ``n_areas`` areas."""
    tests = [change_test(c) for c in changes]
    z = np.array([t[0] for t in tests]).reshape(len(changes), n_areas)
    p = np.array([t[1] for t in tests]).reshape(len(changes), n_areas)
    return Tested(z, p, bundles(changes, z))


def early_warning(tests: Tested, q: float) -> Warned:
    """Return which areas moved on which indicators.

    Parameters
    ----------
    q
        Share of the movements found that may be chance, over all areas and indicators together.
    """
    p = tests.p
    adjusted = np.full(p.shape, np.nan)
    known = ~np.isnan(p)
    if known.any():
        adjusted[known] = fdr_bh(p[known].tolist(), q)["adjusted"]
    with np.errstate(invalid="ignore"):
        directions = np.where(adjusted <= q, np.sign(tests.z), 0).astype(np.int64)
    return Warned(p, adjusted, directions, tests.bundles)


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
