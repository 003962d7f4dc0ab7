"""One number for the need of every area, and how much of it hangs on the choices made.

Every indicator is turned so that more is more burden, put on one scale, weighted and averaged
(OECD/JRC Handbook on composite indicators, 2008; docs/methods.md, social index). Classes are cut
at standard deviations of the mean, as in Berlin's Monitoring Soziale Stadtentwicklung.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.model import Polarity
from domain.social_index import GEOMETRIC_LEAST, MOST_MISSING

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

METHODS = ("z", "minmax", "rank", "given")
"""``given`` takes the figures as they are: for indicators that are z-values already."""
CUTS = {"four": (-1.0, 1.0, 1.5), "five": (-1.5, -0.5, 0.5, 1.5)}
"""Limits of the classes in standard deviations; ``four`` are those of Berlin's monitoring."""
FEWEST_AREAS = 3
TOO_ALIKE = 0.9
ONE_DIMENSION = 0.5
_EDGE = 1e-9


@dataclass(frozen=True)
class Scale:
    """Middle and spread of each indicator, shape ``(n_indicators,)``; of a year, or of a base."""

    middle: FloatArray
    spread: FloatArray

    @staticmethod
    def of(table: FloatArray, included: BoolArray) -> Scale:
        """Return mean and population standard deviation over the included areas."""
        used = np.where(included[:, None], table, np.nan)
        known = ~np.isnan(used)
        n = np.maximum(known.sum(axis=0), 1)
        filled = np.where(known, used, 0.0)
        middle = filled.sum(axis=0) / n
        spread = np.sqrt((np.where(known, used - middle, 0.0) ** 2).sum(axis=0) / n)
        return Scale(middle, spread)

    def is_flat(self) -> BoolArray:
        """Return which indicators do not vary."""
        flat: BoolArray = self.spread <= _EDGE * np.maximum(1.0, np.abs(self.middle))
        return flat


@dataclass(frozen=True)
class NeedsIndex:
    """The index of all areas; positions follow those of the table.

    Attributes
    ----------
    scores
        What each indicator says on the common scale, high is high burden; NaN where missing.
        Shape ``(n_areas, n_indicators)``.
    shares
        Weights that sum to 1, shape ``(n_indicators,)``.
    burden
        Weighted mean of the scores, in its own standard deviations around its own mean; NaN for
        areas that are left out. Shape ``(n_areas,)``.
    classes
        Position of the class, 0 is the lowest burden; -1 for areas that are left out.
    renormalised
        Whether a part of the weight is missing, and the rest stands for all.
    """

    scores: FloatArray
    shares: FloatArray
    burden: FloatArray
    classes: npt.NDArray[np.int_]
    renormalised: BoolArray

    @property
    def is_known(self) -> BoolArray:
        """Which areas have an index."""
        return ~np.isnan(self.burden)

    @property
    def parts(self) -> FloatArray:
        """What each indicator adds to the mean: weight times score, 0 where missing."""
        there = np.where(np.isnan(self.scores), 0.0, self.shares)
        weight = np.maximum(there.sum(axis=1, keepdims=True), _EDGE)
        parts: FloatArray = there * np.nan_to_num(self.scores) / weight
        return parts


def turned(table: FloatArray, polarity: Sequence[Polarity]) -> FloatArray:
    """Return the table with indicators of low burden turned, so that more is more burden."""
    signs = np.array([-1.0 if p is Polarity.LOW_BURDEN else 1.0 for p in polarity])
    found: FloatArray = table * signs
    return found


def scores_of(table: FloatArray, method: str, scale: Scale, included: BoolArray) -> FloatArray:
    """Put turned indicators on one scale.

    Parameters
    ----------
    table
        Turned figures, NaN where missing, shape ``(n_areas, n_indicators)``.
    method
        One of :data:`METHODS`: standard deviations around ``scale``, 0 … 1 between the least and
        the most of the included areas, mean rank over the number of areas, or as they are.

    Returns
    -------
    numpy.ndarray
        Same shape; an indicator that does not vary says 0 everywhere.
    """
    if method == "given":
        return table
    used = np.where(included[:, None], table, np.nan)
    flat = scale.is_flat()
    if method == "z":
        found = (table - scale.middle) / np.where(flat, 1.0, scale.spread)
    elif method == "minmax":
        low, high = _ends(used)
        found = (table - low) / np.where(high > low, high - low, 1.0)
    else:
        found = _rank_shares(used)
    return np.where(flat & ~np.isnan(table), 0.0, found)


def needs_index(
    scores: FloatArray, weights: Sequence[float], included: BoolArray, cuts: Sequence[float]
) -> NeedsIndex:
    """Average scores by weight and cut the mean into classes.

    An area that misses more than a third of the weight has no index; with less the rest stands
    for all. Areas that are not ``included`` have none.

    Raises
    ------
    ValueError
        No weight is positive, or one is negative.
    """
    share = np.asarray(weights, dtype=float)
    if len(share) != scores.shape[1] or np.any(share < 0) or share.sum() <= 0:
        raise ValueError("every indicator needs a weight that is not negative")
    share = share / share.sum()
    mean, missing = weighted_means(scores, share[None, :])
    enough = included & (missing[0] <= MOST_MISSING + _EDGE)
    burden = standardised(np.where(enough, mean[0], np.nan)[None, :])[0]
    return NeedsIndex(scores, share, burden, class_of(burden, cuts), enough & (missing[0] > _EDGE))


def class_of(burden: FloatArray, cuts: Sequence[float]) -> npt.NDArray[np.int_]:
    """Return the class of each burden; below the first limit is 0, limits belong downwards.

    As in Berlin's monitoring the first limit itself belongs to the second class.

    Examples
    --------
    >>> class_of(np.array([-1.1, -1.0, 1.0, 1.5, 1.6, np.nan]), (-1.0, 1.0, 1.5)).tolist()
    [0, 1, 1, 2, 3, -1]
    """
    first, rest = cuts[0], np.array(cuts[1:])
    place = (burden >= first - _EDGE).astype(int)
    place = place + (burden[..., None] > rest + _EDGE).sum(axis=-1)
    return np.where(np.isnan(burden), -1, place)


def geometric(scores_minmax: FloatArray) -> FloatArray:
    """Return scores whose mean is the logarithm of a geometric mean: bad cannot be made good."""
    stretched = GEOMETRIC_LEAST + (1 - GEOMETRIC_LEAST) * np.clip(scores_minmax, 0.0, 1.0)
    logs: FloatArray = np.log(stretched)
    return logs


def alike_pairs(scores: FloatArray) -> list[tuple[int, int, float]]:
    """Return pairs of indicators that say nearly the same, with their correlation."""
    found = []
    for i in range(scores.shape[1]):
        for j in range(i + 1, scores.shape[1]):
            r = _correlation(scores[:, i], scores[:, j])
            if abs(r) > TOO_ALIKE:
                found.append((i, j, r))
    return found


def one_dimension(scores: FloatArray) -> tuple[float, BoolArray] | None:
    """Return how much of the variation the first principal component carries, and who opposes it.

    Returns
    -------
    tuple or None
        Share 0 … 1, and which indicators load on it with the sign that fewer of them have; None
        with fewer than three complete areas or where nothing varies.
    """
    whole = scores[~np.isnan(scores).any(axis=1)]
    if len(whole) < FEWEST_AREAS or np.any(whole.std(axis=0) <= _EDGE):
        return None
    values, vectors = np.linalg.eigh(np.corrcoef(whole, rowvar=False).reshape(scores.shape[1], -1))
    first = vectors[:, -1]
    against = first < 0 if (first < 0).sum() * 2 <= len(first) else first > 0
    return float(values[-1] / values.sum()), against


def _correlation(x: FloatArray, y: FloatArray) -> float:
    both = ~np.isnan(x) & ~np.isnan(y)
    if both.sum() < FEWEST_AREAS or x[both].std() <= _EDGE or y[both].std() <= _EDGE:
        return 0.0
    return float(np.corrcoef(x[both], y[both])[0, 1])


def _ends(used: FloatArray) -> tuple[FloatArray, FloatArray]:
    known = ~np.isnan(used)
    low = np.where(known, used, np.inf).min(axis=0, initial=np.inf)
    high = np.where(known, used, -np.inf).max(axis=0, initial=-np.inf)
    return np.where(np.isfinite(low), low, 0.0), np.where(np.isfinite(high), high, 0.0)


def _rank_shares(used: FloatArray) -> FloatArray:
    from scipy.stats import rankdata

    ranks = rankdata(used, axis=0, nan_policy="omit")
    shares: FloatArray = ranks / np.maximum((~np.isnan(used)).sum(axis=0), 1)
    return shares


def weighted_means(scores: FloatArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the weighted means of known scores and the share that is missing, ``(k, n)`` each."""
    there = (~np.isnan(scores)).astype(float)
    weight = weights @ there.T
    mean = (weights @ np.nan_to_num(scores).T) / np.maximum(weight, _EDGE)
    return mean, 1 - weight / weights.sum(axis=1, keepdims=True)


def standardised(means: FloatArray) -> FloatArray:
    """Put each row around its own mean, in its own standard deviations; NaN stays."""
    scale = Scale.of(means.T, np.ones(means.shape[1], dtype=bool))
    spread = np.where(scale.is_flat(), 1.0, scale.spread)
    around: FloatArray = (means - scale.middle[:, None]) / spread[:, None]
    return around
