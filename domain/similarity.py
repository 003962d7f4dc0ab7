"""Areas that are alike in their circumstances, as neighbours to compare with.

Standardise, take Euclidean distances, rebase them to the farthest area (CIPFA's nearest
neighbours); docs/methods.md, similar areas. Only circumstances enter, never the outcome that is
to be compared. Being alike is not mutual: the nearest of A need not have A as its nearest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

NEIGHBOURS = 5
LEAST_WEIGHT = 2 / 3
"""Two areas are compared if variables with this share of the weight are known of both."""

ONLY_PARTLY = 0.5
"""A neighbour with a larger rebased distance is comparable in part only."""

_EDGE = 1e-12


def similar(
    table: Sequence[Sequence[float | None]],
    weights: Sequence[float] | None = None,
    k: int = NEIGHBOURS,
) -> dict[str, Any]:
    """Find the areas that are most alike.

    Parameters
    ----------
    table
        Circumstances of each area, shape ``(n_areas, n_variables)``; hidden counts as missing.
    weights
        Weight of each variable; 1 each unless given. One that does not vary has none.
    k
        Neighbours wanted; never more than there are other areas.

    Returns
    -------
    dict
        ``neighbours`` (positions, nearest first; shape ``(n_areas, up to k)``), ``distance`` and
        ``rebased`` (0 to 1, shape ``(n_areas, n_areas)``; None where too little is known of the
        two), ``k``; or ``reason`` ``too_few_variables`` where nothing varies.

    Examples
    --------
    >>> similar([[1.0], [1.2], [9.0]], k=1)["neighbours"]
    [[1], [0], [1]]
    """
    x = np.array(table, dtype=float).reshape(len(table), -1)
    z, share = _standardised(x, weights)
    if share.sum() <= 0:
        return {"reason": "too_few_variables"}
    distance = _distances(z, share)
    most = min(k, len(x) - 1)
    return {
        "neighbours": [_nearest(row, i, most) for i, row in enumerate(distance)],
        "distance": _plain(distance),
        "rebased": _plain(np.array([_rebased(row) for row in distance])),
        "k": most,
    }


def standardised(
    table: Sequence[Sequence[float | None]] | FloatArray, weights: Sequence[float] | None = None
) -> tuple[FloatArray, FloatArray]:
    """Standardise circumstances once, so that many areas can be asked for their neighbours.

    Returns
    -------
    z, share
        Shape ``(n_areas, n_variables)``, NaN where a cell is missing, and the weight of each
        variable, 0 for one that does not vary.
    """
    x = np.array(table, dtype=float).reshape(len(table), -1)
    return _standardised(x, weights)


def distances_of(z: FloatArray, share: FloatArray, own: int) -> tuple[FloatArray, FloatArray]:
    """Return the distances of one area to all, and rebased; shape ``(n_areas,)`` each.

    They are the row of :func:`similar` without its whole matrix: thousands of areas take
    milliseconds. NaN where too little is known of the two; the area itself has 0.
    """
    gaps = z - z[own]
    both = ~np.isnan(gaps)
    square = (share * np.where(both, gaps, 0.0) ** 2).sum(axis=1)
    enough = (share * both).sum(axis=1) >= (LEAST_WEIGHT - _EDGE) * share.sum()
    distance: FloatArray = np.where(enough, np.sqrt(square), np.nan)
    distance[own] = 0.0
    return distance, _rebased(distance)


def nearest(distance: FloatArray, own: int, k: int = NEIGHBOURS) -> list[int]:
    """Return the positions of the nearest areas, at most ``k``, without the area itself."""
    return _nearest(distance, own, min(k, len(distance) - 1))


def _standardised(x: FloatArray, weights: Sequence[float] | None) -> tuple[FloatArray, FloatArray]:
    known = ~np.isnan(x)
    n = np.maximum(known.sum(axis=0), 1)
    centre = np.where(known, x, 0.0).sum(axis=0) / n
    spread = np.sqrt((np.where(known, x - centre, 0.0) ** 2).sum(axis=0) / n)
    flat = spread <= _EDGE * np.maximum(1.0, np.abs(centre))
    share = np.ones(x.shape[1]) if weights is None else np.asarray(weights, dtype=float)
    if len(share) != x.shape[1] or np.any(share < 0):
        raise ValueError("every variable needs a weight that is not negative")
    return (x - centre) / np.where(flat, 1.0, spread), np.where(flat, 0.0, share)


def _distances(z: FloatArray, share: FloatArray) -> FloatArray:
    """Distances on what is known of both, NaN where that is too little; shape ``(n, n)``."""
    n = len(z)
    square, common = np.zeros((n, n)), np.zeros((n, n))
    for column, weight in zip(z.T, share, strict=True):
        known = ~np.isnan(column)
        both = known[:, None] & known[None, :]
        filled = np.where(known, column, 0.0)
        square += weight * np.where(both, (filled[:, None] - filled[None, :]) ** 2, 0.0)
        common += weight * both
    enough = common >= (LEAST_WEIGHT - _EDGE) * share.sum()
    distance: FloatArray = np.where(enough, np.sqrt(square), np.nan)
    np.fill_diagonal(distance, 0.0)
    return distance


def _nearest(row: FloatArray, own: int, most: int) -> list[int]:
    # rounding must not decide between equal distances, the order of the areas does
    order = np.argsort(np.round(row, 12), kind="stable")
    return [int(i) for i in order if i != own and not np.isnan(row[i])][:most]


def _rebased(row: FloatArray) -> FloatArray:
    farthest = float(np.nanmax(row))
    return row / farthest if farthest > 0 else row


def _plain(distance: FloatArray) -> list[list[float | None]]:
    return [[None if np.isnan(v) else float(v) for v in row] for row in distance]
