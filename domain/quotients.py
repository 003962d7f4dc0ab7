"""Columns of which one is another divided by a third: shares and rates with their parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import numpy.typing as npt

MULTIPLIERS = (1.0, 100.0, 1_000.0, 10_000.0, 100_000.0)
_TOLERANCE = 0.06
"""Half a unit of the last of one printed decimal, and a little."""
_FEWEST = 3
_NEARLY_ALL = 0.95
_MOST_COLUMNS = 24


@dataclass(frozen=True)
class Quotient:
    """``value`` is ``multiplier`` × ``numerator`` ÷ ``denominator`` in nearly all rows."""

    value: str
    numerator: str
    denominator: str
    multiplier: float


def quotients(columns: Mapping[str, tuple[float, ...]]) -> tuple[Quotient, ...]:
    """Return the quotients among some columns of numbers, each value once.

    Parameters
    ----------
    columns
        Numbers of the same rows by column, shape ``(n_rows,)`` each, NaN where there is none. Of
        more than 24 columns only the first are looked at.
    """
    vectors = {name: np.array(v, dtype=float) for name, v in [*columns.items()][:_MOST_COLUMNS]}
    found: list[Quotient] = []
    for value, vector in vectors.items():
        others = [name for name in vectors if name != value]
        for over, under in permutations(others, 2):
            multiplier = _multiplier(vector, vectors[over], vectors[under])
            if multiplier:
                found.append(Quotient(value, over, under, multiplier))
                break
    return tuple(found)


def _multiplier(
    value: npt.NDArray[np.float64], over: npt.NDArray[np.float64], under: npt.NDArray[np.float64]
) -> float:
    """Return the multiplier that makes a value of two counts, 0 where none does.

    A base is the larger of the two other columns: else any of the three could be the quotient.
    """
    known = ~(np.isnan(value) | np.isnan(over) | np.isnan(under)) & (under > 0)
    if known.sum() < _FEWEST or not _varies(value[known]):
        return 0.0
    counts = np.concatenate([over[known], under[known]])
    is_base = under[known].max() >= max(value[known].max(), over[known].max())
    if not is_base or (counts != np.round(counts)).any():
        return 0.0
    quotient = over[known] / under[known]
    for multiplier in MULTIPLIERS:
        allowed = _TOLERANCE if multiplier > 1 else 0.0006
        if np.mean(np.abs(multiplier * quotient - value[known]) <= allowed) >= _NEARLY_ALL:
            return multiplier
    return 0.0


def _varies(vector: npt.NDArray[np.float64]) -> bool:
    return bool(np.ptp(vector) > 0)


def never_above(part: tuple[float, ...], whole: tuple[float, ...]) -> bool:
    """Whether a count lies below another in all rows, and below it for good in some."""
    first, second = np.array(part, dtype=float), np.array(whole, dtype=float)
    known = ~(np.isnan(first) | np.isnan(second))
    if known.sum() < _FEWEST:
        return False
    return bool((first[known] <= second[known]).all() and (first[known] < second[known]).any())
