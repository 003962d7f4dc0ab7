"""How much of the order of areas hangs on weights, on single indicators and on the scale.

Drawn weights, indicators left out in turn and other scales (OECD/JRC Handbook on composite
indicators, 2008, step 7; docs/methods.md, social index).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.needs_index import (
    BoolArray,
    FloatArray,
    NeedsIndex,
    class_of,
    standardised,
    weighted_means,
)

DRAWS = 1000
SEED = 20260101
CONCENTRATION = 30.0
"""How closely drawn weights lie around the chosen ones: four equal ones vary by 8 points."""
STABLE = 0.8
"""Share of the variants in which an area has to stay in its class to count as stable."""
_EDGE = 1e-9


@dataclass(frozen=True)
class Stability:
    """What becomes of the order of areas when the choices are varied; shape ``(n_areas,)`` each.

    Ranks count from 1, the highest burden; NaN for areas that are left out. ``rank_low`` and
    ``rank_high`` hold 95 of 100 drawn weights, ``drop_low`` and ``drop_high`` all ranks with any
    one indicator left out; ``in_class`` is the share of all variants with the same class.
    ``burdens`` are those of the drawn weights, shape ``(n_draws, n_areas)``.
    """

    rank: FloatArray
    rank_low: FloatArray
    rank_high: FloatArray
    drop_low: FloatArray
    drop_high: FloatArray
    in_class: FloatArray
    burdens: FloatArray


def stability(index: NeedsIndex, cuts: Sequence[float], others: Sequence[FloatArray]) -> Stability:
    """Vary the weights, leave one indicator out, and put figures on other scales.

    Parameters
    ----------
    others
        Scores by other methods, each of the shape of ``index.scores``.
    """
    known = index.is_known
    generator = np.random.default_rng(SEED)
    drawn = generator.dirichlet(index.shares * CONCENTRATION + _EDGE, DRAWS)
    burdens = _burdens(index.scores, drawn, known)
    ranks = _ranks(burdens)
    dropped = _dropped(index.shares)
    without = _burdens(index.scores, dropped, known) if len(dropped) else burdens[:0]
    own = _ranks(index.burden[None, :])
    variants = [burdens, without]
    variants += [_burdens(other, index.shares[None, :], known) for other in others]
    same = class_of(np.concatenate(variants), cuts) == index.classes
    with_own = np.concatenate([_ranks(without), own]) if len(without) else own
    nothing = np.where(known, 0.0, np.nan)
    return Stability(
        rank=own[0],
        rank_low=np.quantile(ranks, 0.025, axis=0, method="lower") + nothing,
        rank_high=np.quantile(ranks, 0.975, axis=0, method="higher") + nothing,
        drop_low=with_own.min(axis=0),
        drop_high=with_own.max(axis=0),
        in_class=same.mean(axis=0) + nothing,
        burdens=burdens,
    )


def _burdens(scores: FloatArray, weights: FloatArray, known: BoolArray) -> FloatArray:
    mean, _ = weighted_means(scores, weights)
    return standardised(np.where(known, mean, np.nan))


def _ranks(burdens: FloatArray) -> FloatArray:
    from scipy.stats import rankdata

    ranks: FloatArray = rankdata(-np.round(burdens, 10), axis=1, method="min", nan_policy="omit")
    return ranks


def _dropped(shares: FloatArray) -> FloatArray:
    """Return the weights with each indicator left out that leaves any weight to the others."""
    every = np.tile(shares, (len(shares), 1))
    np.fill_diagonal(every, 0.0)
    kept: FloatArray = every[every.sum(axis=1) > _EDGE]
    return kept
