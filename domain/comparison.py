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
    (low_a, low_b), (high_a, high_b) = wilson_interval([a, b], [n, m])
    p, q = a / n, b / m
    lower = p - q - math.sqrt((p - low_a) ** 2 + (high_b - q) ** 2)
    upper = p - q + math.sqrt((high_a - p) ** 2 + (q - low_b) ** 2)
    return {"diff": p - q, "diff_ci95": [lower, upper]}


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
    bound = z_value(confidence)
    multiplier = _multiplier(cells)
    found = []
    for i in range(len(cells.values)):
        if not _has_base(kind, cells, multiplier, i):
            found.append(NOT_COMPARED)
        elif town and cells.denominators[i] > OWN_SHARE * town[1]:
            part = (float(cells.numerators[i]), float(cells.denominators[i]))
            z = area_vs_rest(part, town, kind=kind).get("z_vs_rest")
            found.append(NOT_COMPARED if z is None else word(_direction(z, bound), polarity))
        else:
            interval = [_number(cells.lowers[i]), _number(cells.uppers[i])]
            found.append(
                rag(_number(cells.values[i]), interval, _number(cells.benchmarks[i]), polarity)
            )
    return found


def _direction(z: float, bound: float) -> int:
    return 1 if z > bound else -1 if z < -bound else 0


def _multiplier(cells: Compared) -> float:
    """Return what the display unit multiplies with, NaN where no area has a case."""
    known = cells.numerators > 0
    factors = cells.values[known] * cells.denominators[known] / cells.numerators[known]
    factors = factors[~np.isnan(factors)]
    return float(np.median(factors)) if len(factors) else math.nan


def _has_base(kind: Kind, cells: Compared, multiplier: float, i: int) -> bool:
    base, benchmark = cells.denominators[i], cells.benchmarks[i]
    if np.isnan([cells.values[i], cells.numerators[i], base, benchmark]).any():
        return False
    if kind is Kind.SHARE:
        return bool(base >= SMALLEST_DENOMINATOR)
    # expected cases if the area had the rate of its benchmark
    return kind is Kind.RATE and bool(base * benchmark / multiplier >= SMALLEST_EXPECTED)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
