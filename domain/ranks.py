"""How far the rank of an area is sure: never a bare place in a list.

Parametric bootstrap: the cases of every area are drawn again around what was counted, and the
areas are put in order again. Source: docs/methods.md, many areas at once.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.draws import draw_binomial
from domain.model import Kind, Polarity
from domain.permutation import SEED

FloatArray = npt.NDArray[np.float64]
RankArray = npt.NDArray[np.int32]

DRAWS = 1_000
OUTSIDE = 0.025
"""Share of the draws left out at either end."""
_CELLS = 1_000_000
"""So many drawn values are held at a time."""
_TIE_BREAK = 1e-12


def rank_intervals(
    kind: Kind,
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    polarity: Polarity,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[str, Any]:
    """Rank the areas of a level, 1 for the highest burden, with 95 % intervals of the ranks.

    Parameters
    ----------
    kind
        Shares are drawn from a binomial, rates and counts from a Poisson distribution.
    numerators, denominators
        Parts of the values shown, shape ``(n_areas,)``; NaN for hidden or missing areas, which
        are in no order. Denominators of counts are not read.
    polarity
        With ``low_burden`` the lowest value is first, otherwise the highest.
    draws, seed
        Number of times the cases are drawn, and the seed.

    Returns
    -------
    dict
        ``rank`` (equal values share the best place), ``lower`` and ``upper``, shape
        ``(n_areas,)`` with ``None`` for areas in no order, and ``n``; or a ``reason``:
        ``no_counts`` for kinds without cases, ``too_few`` below two areas.

    Raises
    ------
    ValueError
        A part is negative, or a numerator of a share exceeds its denominator.

    Notes
    -----
    Equal values stand in random order in each draw, so that areas alike share one interval. An
    interval always holds the rank itself.
    """
    if kind not in (Kind.SHARE, Kind.RATE, Kind.COUNT):
        return {"reason": "no_counts", "n": 0}
    a = np.array(numerators, dtype=float)
    n = np.ones_like(a) if kind is Kind.COUNT else np.array(denominators, dtype=float)
    if np.any(a < 0) or np.any(n < 0) or (kind is Kind.SHARE and np.any(a > n)):
        raise ValueError("parts must not be negative, nor numerators of shares too large")
    known = ~np.isnan(a) & (n > 0)
    a, n = a[known], n[known]
    if len(a) <= 1:
        return {"reason": "too_few", "n": len(a)}
    sign = 1.0 if polarity is Polarity.LOW_BURDEN else -1.0
    values = sign * a / n
    rank = 1 + np.searchsorted(np.sort(values), values, side="left")
    drawn = _drawn_ranks(kind, (a, n), sign, draws, np.random.default_rng(seed))
    drawn.sort(axis=0)
    outside = int(OUTSIDE * draws)
    return {
        "rank": _in_order_of_all(known, rank),
        "lower": _in_order_of_all(known, np.minimum(rank, drawn[outside])),
        "upper": _in_order_of_all(known, np.maximum(rank, drawn[draws - 1 - outside])),
        "n": len(a),
    }


def _drawn_ranks(
    kind: Kind,
    parts: tuple[FloatArray, FloatArray],
    sign: float,
    draws: int,
    random: np.random.Generator,
) -> RankArray:
    """Return the rank of every area in every draw, shape ``(draws, n_known)``."""
    a, n = parts
    ranks = np.empty((draws, len(a)), dtype=np.int32)
    places = np.arange(1, len(a) + 1, dtype=np.int32)
    step = max(1, _CELLS // len(a))
    for start in range(0, draws, step):
        some = min(step, draws - start)
        if kind is Kind.SHARE:
            persons = np.maximum(1, np.rint(n)).astype(np.int64)
            cases = draw_binomial(persons, np.minimum(1.0, a / n), some, random)
            values = np.ascontiguousarray((cases / persons[:, None]).T)
        else:
            values = random.poisson(a, size=(some, len(a))) / n
        # far less than two unlike values differ by, enough to order equal ones at random
        values += _TIE_BREAK * values.max() * random.random(values.shape)
        order = np.argsort(sign * values, axis=1)
        np.put_along_axis(ranks[start : start + some], order, places[None, :], axis=1)
    return ranks


def _in_order_of_all(known: npt.NDArray[np.bool_], ranks: npt.ArrayLike) -> list[int | None]:
    wide = np.full(len(known), np.nan)
    wide[known] = ranks
    return [None if math.isnan(v) else int(v) for v in wide.tolist()]
