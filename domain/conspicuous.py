"""Areas that stand out from the rest of their town, with chance findings kept rare.

Many areas are looked at together, so p-values are adjusted: of the areas called conspicuous a
share of at most q is expected to be so by chance (Benjamini & Hochberg 1995).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.comparison import SMALLEST_DENOMINATOR, SMALLEST_EXPECTED, fdr_bh
from domain.model import Kind

Numbers = npt.NDArray[np.float64]

FALSE_DISCOVERIES = 0.05
"""Share of the areas called conspicuous that may be so by chance."""


@dataclass(frozen=True)
class Conspicuous:
    """Direction of each area: 1 above, -1 below, 0 not conspicuous; NaN where not tested.

    ``adjusted`` are the p-values after adjustment, ``expected`` is how many areas would differ
    by chance alone at that level if nothing were adjusted.
    """

    directions: Numbers
    adjusted: Numbers
    tested: int
    expected: float


def against_rest(
    kind: Kind, numerators: Numbers, denominators: Numbers, town: tuple[float, float]
) -> tuple[Numbers, Numbers]:
    """Compare every area with the rest of its town.

    Parameters
    ----------
    kind
        Shares vary as a binomial, rates as a Poisson count (both by their score test).
    numerators, denominators
        Shape ``(n_areas,)``, NaN where hidden or missing.
    town
        Numerator and denominator of the town, which includes the areas.

    Returns
    -------
    z, p
        Shape ``(n_areas,)`` each, p two-sided; NaN where the base is too small for a test: fewer
        than 30 persons (shares) or 5 expected cases (rates), or nothing is left of the town.
    """
    from scipy.special import erfc

    total_a, total_n = town
    pooled = total_a / total_n if total_n > 0 else 0.0
    with np.errstate(invalid="ignore", divide="ignore"):
        rest_n = total_n - denominators
        enough = (
            denominators >= SMALLEST_DENOMINATOR
            if kind is Kind.SHARE
            else denominators * pooled >= SMALLEST_EXPECTED
        )
        variance = pooled * (1 - pooled) if kind is Kind.SHARE else pooled
        spread = np.sqrt(variance * (1 / denominators + 1 / rest_n))
        z = (numerators / denominators - (total_a - numerators) / rest_n) / spread
        z = np.where(enough & (rest_n > 0) & (variance > 0), z, np.nan)
        return z, erfc(np.abs(z) / np.sqrt(2))


def conspicuous(
    kind: Kind,
    numerators: Numbers,
    denominators: Numbers,
    town: tuple[float, float],
    *,
    q: float = FALSE_DISCOVERIES,
) -> Conspicuous:
    """Return which areas stand out from the rest of their town; shapes as in `against_rest`."""
    z, p = against_rest(kind, numerators, denominators, town)
    tested = np.flatnonzero(~np.isnan(p))
    directions, adjusted = np.full(len(p), np.nan), np.full(len(p), np.nan)
    if len(tested):
        found = fdr_bh(p[tested].tolist(), q)
        adjusted[tested] = found["adjusted"]
        directions[tested] = np.where(found["reject"], np.sign(z[tested]), 0.0)
    return Conspicuous(directions, adjusted, len(tested), q * len(tested))
