"""Change of many areas between two periods as classes around zero, fixed over all periods.

Two periods are only compared where nothing lies between them that would make the difference one
of counting: no break of the series, no common months (docs/methods.md, change, trends, effects).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from domain.model import SeriesBreak
from domain.periods import period_of, position

Numbers = npt.NDArray[np.float64]

FALL, DIP, SAME, RISE, SURGE = "abscd"
"""Keys: more than a step down, down, no change that can be told from chance, up, more than a step.

Where nothing can be tested the middle holds areas whose value is the same as written.
"""

SMALLEST_BASE = 10.0
"""Cases in the earlier period from which a change in percent is told."""


def why_not_comparable(
    earlier: str, later: str, periods: Sequence[str], breaks: Sequence[SeriesBreak]
) -> str:
    """Return why two periods cannot be compared: ``same``, ``later``, ``break``, ``overlap`` or "".

    Parameters
    ----------
    periods
        All periods of the series in time order.
    breaks
        Breaks of the series; those that are declared comparable do not count.
    """
    if earlier == later:
        return "same"
    if earlier not in periods or periods.index(earlier) > periods.index(later):
        return "later"
    start, end = position(earlier), position(later)
    if any(start < position(b.period) <= end and not b.comparable for b in breaks):
        return "break"
    first, second = period_of(earlier), period_of(later)
    if first and second and first.months() & second.months():
        return "overlap"
    return ""


def step_between(changes: npt.ArrayLike, decimals: int) -> float:
    """Return the round number that parts small changes from large ones: about half are smaller.

    It is 1, 2 or 5 times a power of ten, and no smaller than the last digit that is written.
    """
    sizes = np.abs(np.asarray(changes, dtype=float))
    sizes = sizes[~np.isnan(sizes) & (sizes > 0)]
    least = 10.0**-decimals
    if not len(sizes):
        return least
    middle = float(np.median(sizes))
    power = 10.0 ** math.floor(math.log10(middle))
    rounded = max(m * power for m in (1, 2, 5) if m * power <= middle * (1 + 1e-9))
    return max(least, round(rounded, 6))


def change_keys(
    changes: Numbers, directions: Numbers | None, *, step: float, decimals: int
) -> list[str]:
    """Return the class of every area, empty where there is no change to speak of.

    Parameters
    ----------
    changes
        Later minus earlier value, shape ``(n_areas,)``, NaN where either is unknown.
    directions
        1 up, -1 down, 0 not to be told from chance, NaN where not tested; None where the kind
        of indicator allows no test, then the written change decides.
    """
    sign = np.sign(np.round(changes, decimals)) if directions is None else directions
    large = np.abs(changes) > step
    keys = np.select(
        [np.isnan(changes) | np.isnan(sign), sign == 0, (sign < 0) & large, sign < 0, large],
        ["", SAME, FALL, DIP, SURGE],
        default=RISE,
    )
    found: list[str] = keys.tolist()
    return found
