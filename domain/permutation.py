"""What the neighbours of an area could be by chance: random draws shared by all areas.

One matrix of draws serves every area. Each of its rows names others without repeating one; for
an area that is itself in a row, the last area stands in. The sums of the first k columns, sorted
once for each k, then hold the answer for every area with k neighbours, so that 9,999 draws for
11,000 areas cost about as much as one sort for each number of neighbours.
Source: conditional permutation after Anselin (1995); docs/methods.md, relations and space.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from domain.neighbours import Links

FloatArray = npt.NDArray[np.float64]
Draws = npt.NDArray[np.int64]

SEED = 20_240_611
_CELLS = 4_000_000
"""So many numbers of a random order are held at a time."""


@lru_cache(maxsize=4)
def draw_others(n: int, width: int, permutations: int, seed: int) -> Draws:
    """Draw ``width`` different positions out of ``0 .. n - 2``, uniformly, row by row.

    Returns
    -------
    array
        Shape ``(permutations, width)``, not to be changed: the same one serves many periods.

    Raises
    ------
    ValueError
        There are not so many others.
    """
    others = n - 1
    if width > others:
        raise ValueError("an area has no more neighbours than there are others")
    random = np.random.default_rng(seed)
    rows = max(1, min(permutations, _CELLS // max(1, others)))
    pool = np.tile(np.arange(others), (rows, 1))
    drawn = np.empty((permutations, width), dtype=np.int64)
    for start in range(0, permutations, rows):
        part = np.arange(min(rows, permutations - start))
        # Fisher and Yates' shuffle, stopped early; it may go on from the order it left before
        for column in range(width):
            chosen = random.integers(column, others, size=len(part))
            kept = pool[part, chosen]
            pool[part, chosen] = pool[part, column]
            pool[part, column] = kept
            drawn[start + part, column] = kept
    drawn.setflags(write=False)
    return drawn


def neighbour_p_values(
    z: FloatArray,
    links: Links,
    tested: npt.NDArray[np.bool_],
    *,
    permutations: int,
    seed: int,
) -> FloatArray:
    """Two-sided p of the sum over each area's neighbours among sums over random others.

    Parameters
    ----------
    z
        Values of the known areas less their mean, shape ``(n,)``.
    tested
        Areas to be judged, each with at least one neighbour; the others get NaN.

    Returns
    -------
    array
        ``2 (1 + m) / (1 + permutations)``, at most 1, with m the smaller of the numbers of draws
        at or above and at or below the observed sum; shape ``(n,)``.
    """
    n = len(z)
    p = np.full(n, np.nan)
    if not tested.any():
        return p
    observed = links.sums(z)
    width = int(links.degrees[tested].max())
    draws = draw_others(n, width, permutations, seed)
    # of equal sums, rounding must not decide which is larger
    slack = 1e-9 * float(np.abs(z).max())
    sums = np.zeros(permutations)
    for k in range(1, width + 1):
        sums = sums + z[draws[:, k - 1]]
        areas = np.flatnonzero(tested & (links.degrees == k))
        if not len(areas):
            continue
        in_order = np.sort(sums)
        low, high = observed[areas] - slack, observed[areas] + slack
        above = permutations - np.searchsorted(in_order, low, side="left")
        below = np.searchsorted(in_order, high, side="right")
        more, fewer = _corrections(z, draws[:, :k], sums, areas, (low, high))
        smaller = np.minimum(above + more, below + fewer)
        p[areas] = np.minimum(1.0, 2 * (smaller + 1) / (permutations + 1))
    return p


def _corrections(
    z: FloatArray,
    draws: Draws,
    sums: FloatArray,
    areas: npt.NDArray[np.int64],
    bounds: tuple[FloatArray, FloatArray],
) -> tuple[FloatArray, FloatArray]:
    """Return how the counts above and below change where the last area stands in for an area.

    Only rows that hold the area are looked at; the last area is in no row and needs none.
    """
    place = np.full(len(z), -1)
    place[areas] = np.arange(len(areas))
    which = place[draws].ravel()
    found = np.flatnonzero(which >= 0)
    rows, held = found // draws.shape[1], which[found]
    before = sums[rows]
    after = before - z[areas[held]] + z[-1]
    low, high = bounds[0][held], bounds[1][held]
    more, fewer = np.zeros(len(areas)), np.zeros(len(areas))
    np.add.at(more, held, (after >= low).astype(float) - (before >= low))
    np.add.at(fewer, held, (after <= high).astype(float) - (before <= high))
    return more, fewer


def permuted_cross_products(
    z: FloatArray, links: Links, weights: FloatArray, *, permutations: int, seed: int
) -> FloatArray:
    """Sum of weighted products of neighbours for values in random orders.

    Returns
    -------
    array
        One sum a random order, shape ``(permutations,)``.
    """
    from scipy.sparse import csr_array

    n = len(z)
    matrix = csr_array((weights, (links.sources, links.targets)), shape=(n, n))
    random = np.random.default_rng(seed)
    drawn = np.empty(permutations)
    step = max(1, _CELLS // n)
    for start in range(0, permutations, step):
        size = min(step, permutations - start)
        orders = random.permuted(np.tile(z, (size, 1)), axis=1).T
        drawn[start : start + size] = (orders * (matrix @ orders)).sum(axis=0)
    return drawn
