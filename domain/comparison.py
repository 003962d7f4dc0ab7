"""An area against a benchmark: chance or difference, in words and never in colours alone.

The benchmark is taken as fixed (rule of the English public health service); an area that holds a
good part of the town is compared with the rest of it. Differences of two areas are never judged
by whether two intervals overlap (Newcombe 1998, method 10, instead).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.intervals import wilson_interval, z_value
from domain.model import Kind, Polarity

NOT_COMPARED = "not_compared"
SMALLEST_DENOMINATOR = 30.0
SMALLEST_EXPECTED = 5.0
OWN_SHARE = 0.10
"""An area with more than this share of the town's denominator is compared with the rest."""

_WORDS = {
    (Polarity.HIGH_BURDEN, 1): "worse",
    (Polarity.HIGH_BURDEN, -1): "better",
    (Polarity.LOW_BURDEN, 1): "better",
    (Polarity.LOW_BURDEN, -1): "worse",
    (Polarity.NONE, 1): "higher",
    (Polarity.NONE, -1): "lower",
}


DIFFERENCES = frozenset(_WORDS.values())
"""Words that say that an area differs from its benchmark."""


def clear_differences(tendencies: Sequence[str], strict: Sequence[str]) -> tuple[bool, ...]:
    """Say which differences hold at the stricter level as well; shape ``(n_areas,)``.

    Parameters
    ----------
    tendencies, strict
        Words of the same areas at 95 % and at 99.8 %.
    """
    return tuple(t == s and t in DIFFERENCES for t, s in zip(tendencies, strict, strict=True))


def word(direction: int, polarity: Polarity) -> str:
    """Return the word of a direction (1 above, 0 alike, -1 below the benchmark)."""
    return "similar" if direction == 0 else _WORDS[(polarity, direction)]


def rag(
    value: float | None,
    interval: Sequence[float | None] | None,
    benchmark: float | None,
    polarity: Polarity,
) -> str:
    """Compare one area with a fixed benchmark.

    Returns
    -------
    str
        ``better``, ``worse``, ``higher``, ``lower``, ``similar`` (also when the interval only
        touches) or ``not_compared`` without value, interval or benchmark.
    """
    if value is None or benchmark is None or interval is None:
        return NOT_COMPARED
    lower, upper = interval
    if lower is None or upper is None:
        return NOT_COMPARED
    direction = 1 if lower > benchmark else -1 if upper < benchmark else 0
    return word(direction, polarity)


def area_vs_rest(
    area: tuple[float, float], city: tuple[float, float], *, kind: Kind = Kind.SHARE
) -> dict[str, Any]:
    """Compare a share or rate of an area with the rest of the town that contains it.

    Parameters
    ----------
    area, city
        Numerator and denominator; the town includes the area.
    kind
        Shares vary as a binomial, rates as a Poisson count (both by their score test).

    Returns
    -------
    dict
        ``z_vs_rest``, ``p`` (two-sided), ``diff_to_city`` (fraction); or ``reason``.
    """
    (a, n), (total_a, total_n) = area, city
    rest_n = total_n - n
    if rest_n <= 0 or n <= 0:
        return {"reason": "area_is_city"}
    own, rest, pooled = a / n, (total_a - a) / rest_n, total_a / total_n
    variance = pooled * (1 - pooled) if kind is Kind.SHARE else pooled
    if variance <= 0:
        return {"reason": "no_variance"}
    spread = math.sqrt(variance * (1 / n + 1 / rest_n))
    z = (own - rest) / spread
    return {
        "z_vs_rest": z,
        "p": math.erfc(abs(z) / math.sqrt(2)),
        "diff_to_city": own - pooled,
    }


def diff_shares(first: tuple[float, float], second: tuple[float, float]) -> dict[str, Any]:
    """Difference of two independent shares with Newcombe's interval (method 10)."""
    (a, n), (b, m) = first, second
    if n <= 0 or m <= 0:
        return {"reason": "na"}
    lower, upper = _newcombe(*(np.array([float(x)]) for x in (a, n, b, m)))
    return {"diff": a / n - b / m, "diff_ci95": [float(lower[0]), float(upper[0])]}


def fdr_bh(p: Sequence[float], q: float = 0.05) -> dict[str, Any]:
    """Adjust p-values of many areas (Benjamini & Hochberg 1995)."""
    values = np.asarray(p, dtype=float)
    m = len(values)
    order = np.argsort(values, kind="stable")
    scaled = values[order] * m / np.arange(1, m + 1)
    adjusted = np.empty(m)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    reject = adjusted <= q
    return {
        "adjusted": adjusted.tolist(),
        "reject": reject.tolist(),
        "n_rejected": int(reject.sum()),
        "n_rejected_bonferroni": int((values <= q / m).sum()),
    }


Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Compared:
    """The areas of a level beside their benchmarks, shape ``(n_areas,)`` each, NaN if unknown.

    ``values``, ``lowers``, ``uppers`` and ``benchmarks`` are in display units.
    """

    values: Numbers
    lowers: Numbers
    uppers: Numbers
    numerators: Numbers
    denominators: Numbers
    benchmarks: Numbers


def badges(
    kind: Kind,
    polarity: Polarity,
    cells: Compared,
    *,
    town: tuple[float, float] | None = None,
    confidence: float = 0.95,
) -> list[str]:
    """Compare every area of a level with its benchmark.

    Parameters
    ----------
    cells
        Too small a base gives ``not_compared``.
    town
        Numerator and denominator of the town, if the benchmark is the town: an area with more
        than a tenth of it is then compared with the rest.

    Returns
    -------
    list of str
        The words of :func:`rag`, shape ``(n_areas,)``.
    """
    usable = _has_base(kind, cells)
    with np.errstate(invalid="ignore"):
        above = (cells.lowers > cells.benchmarks).astype(int)
        directions = above - (cells.uppers < cells.benchmarks)
    known = usable & ~np.isnan(cells.lowers) & ~np.isnan(cells.uppers)
    found = _worded(directions, known, polarity)
    if town is None:
        return found
    bound = z_value(confidence)
    for i in np.flatnonzero(usable & (cells.denominators > OWN_SHARE * town[1])):
        part = (float(cells.numerators[i]), float(cells.denominators[i]))
        z = area_vs_rest(part, town, kind=kind).get("z_vs_rest")
        found[i] = NOT_COMPARED if z is None else word(_direction(z, bound), polarity)
    return found


def badges_of_change(
    kind: Kind,
    polarity: Polarity,
    cells: Compared,
    *,
    earlier: tuple[Numbers, Numbers],
    confidence: float = 0.95,
) -> list[str]:
    """Compare every area with itself in an earlier period, never by overlap of two intervals.

    Parameters
    ----------
    cells
        The later period; its benchmarks are not read.
    earlier
        Numerators and denominators of the same areas in the earlier period.

    Returns
    -------
    list of str
        The words of :func:`rag`, shape ``(n_areas,)``; ``not_compared`` where either period has
        fewer than 30 persons (shares) or 5 cases (rates), or the kind has no counts.

    Notes
    -----
    Shares: Newcombe (1998), method 10. Rates: interval of the ratio on the log scale.
    """
    a, n = cells.numerators, cells.denominators
    b, m = earlier
    with np.errstate(invalid="ignore", divide="ignore"):
        if kind is Kind.SHARE:
            known = (n >= SMALLEST_DENOMINATOR) & (m >= SMALLEST_DENOMINATOR) & (a <= n) & (b <= m)
            parts = [np.where(known, x, np.nan) for x in (a, n, b, m)]
            lower, upper = _newcombe(*parts, confidence=confidence)
        elif kind is Kind.RATE:
            known = (a >= SMALLEST_EXPECTED) & (b >= SMALLEST_EXPECTED) & (n > 0) & (m > 0)
            centre = np.log((a / n) / (b / m))
            half = z_value(confidence) * np.sqrt(1 / a + 1 / b)
            lower, upper = centre - half, centre + half
        else:
            return [NOT_COMPARED] * len(a)
        directions = (lower > 0).astype(int) - (upper < 0)
    return _worded(directions, known, polarity)


def _newcombe(
    a: Numbers, n: Numbers, b: Numbers, m: Numbers, *, confidence: float = 0.95
) -> tuple[Numbers, Numbers]:
    """Return the limits of ``a/n - b/m`` (method 10), NaN where a part is unknown."""
    low_a, high_a = wilson_interval(a, n, confidence=confidence)
    low_b, high_b = wilson_interval(b, m, confidence=confidence)
    p, q = a / n, b / m
    return (
        p - q - np.sqrt((p - low_a) ** 2 + (high_b - q) ** 2),
        p - q + np.sqrt((high_a - p) ** 2 + (q - low_b) ** 2),
    )


def _worded(
    directions: npt.NDArray[np.int64], known: npt.NDArray[np.bool_], polarity: Polarity
) -> list[str]:
    words = {direction: word(direction, polarity) for direction in (-1, 0, 1)}
    return [
        words[d] if k else NOT_COMPARED
        for d, k in zip(directions.tolist(), known.tolist(), strict=True)
    ]


def _direction(z: float, bound: float) -> int:
    return 1 if z > bound else -1 if z < -bound else 0


def _multiplier(cells: Compared) -> float:
    """Return what the display unit multiplies with, NaN where no area has a case."""
    known = cells.numerators > 0
    factors = cells.values[known] * cells.denominators[known] / cells.numerators[known]
    factors = factors[~np.isnan(factors)]
    return float(np.median(factors)) if len(factors) else math.nan


def _has_base(kind: Kind, cells: Compared) -> npt.NDArray[np.bool_]:
    """Mark the areas whose base is large enough for the normal rules; shape ``(n_areas,)``."""
    parts = np.stack([cells.values, cells.numerators, cells.denominators, cells.benchmarks])
    known: npt.NDArray[np.bool_] = np.all(~np.isnan(parts), axis=0)
    with np.errstate(invalid="ignore"):
        if kind is Kind.SHARE:
            return known & (cells.denominators >= SMALLEST_DENOMINATOR)
        # expected cases if the area had the rate of its benchmark
        expected = cells.denominators * cells.benchmarks / _multiplier(cells)
        enough = expected >= SMALLEST_EXPECTED
    return known & enough if kind is Kind.RATE else np.zeros_like(known)
