"""Hot and cold spots: areas whose neighbourhood holds more or less than chance would put there.

Source: Getis & Ord (1996); docs/methods.md, relations and space.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.autocorrelation import PERMUTATIONS, in_order_of_all, known_values, reason_against
from domain.neighbours import Links, links_among
from domain.permutation import SEED, neighbour_p_values

FloatArray = npt.NDArray[np.float64]
Neighbours = Sequence[Sequence[int]]


def gi(
    y: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    star: bool = True,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> dict[str, Any]:
    """Hot and cold spots after Getis & Ord (1996), every neighbour with weight 1.

    Parameters
    ----------
    y, neighbours
        As for :func:`moran`; values should have a natural zero.
    star
        The area counts among its own neighbours.
    permutations, seed
        Number of random draws behind ``p`` and their seed.

    Returns
    -------
    dict
        ``z`` and ``p`` (two-sided, conditional permutation), shape ``(n_areas,)``, ``None`` for
        areas without value or neighbours; ``islands``; or a ``reason`` as of :func:`moran`.
    """
    values, known = known_values(y)
    links = links_among(neighbours, known)
    x = values[known]
    reason = reason_against(x, links)
    if reason:
        return {"reason": reason, "n": len(x)}
    has_neighbours = links.degrees > 0
    with np.errstate(invalid="ignore", divide="ignore"):
        score = np.where(has_neighbours, _scores(x, links, star), np.nan)
    score = np.where(np.isfinite(score), score, np.nan)
    p = neighbour_p_values(
        x - x.mean(), links, has_neighbours, permutations=permutations, seed=seed
    )
    return {
        "z": in_order_of_all(known, score),
        "p": in_order_of_all(known, p),
        "islands": np.flatnonzero(known)[~has_neighbours].tolist(),
        "n": len(x),
    }


def _scores(x: FloatArray, links: Links, star: bool) -> FloatArray:
    """Return the standard scores of the sums over neighbours, shape ``(n_known,)``."""
    n = len(x)
    if star:
        weight = links.degrees + 1.0
        mean, variance = np.full(n, x.mean()), np.full(n, x.var())
        total = links.sums(x) + x
        others = n
    else:
        weight = links.degrees.astype(float)
        mean = (x.sum() - x) / (n - 1)
        variance = ((x * x).sum() - x * x) / (n - 1) - mean**2
        total = links.sums(x)
        others = n - 1
    spread = np.sqrt(variance * (others * weight - weight**2) / (others - 1))
    return np.asarray((total - weight * mean) / spread)
