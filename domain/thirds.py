"""Two indicators on one map: thirds of both, nine classes (Stevens 2015, bivariate maps)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from domain.classification import positions_of
from domain.model import Polarity

KEYS = "123456789"
"""Classes from low-low to high-high, the first indicator running fastest."""


def limits_of_thirds(values: npt.ArrayLike) -> tuple[float, float] | None:
    """Return the two limits that part values into thirds, None where there are none to part."""
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    if not len(known) or known.min() == known.max():
        return None
    low, high = np.quantile(known, [1 / 3, 2 / 3])
    return float(low), float(high)


def third_keys(
    first: Sequence[float | None],
    second: Sequence[float | None],
    limits: tuple[tuple[float, float], tuple[float, float]],
    polarities: tuple[Polarity, Polarity],
) -> list[str]:
    """Return the class of every area, empty where either value is unknown.

    The third of the highest burden counts as high, so that dark is burden on both axes.
    """
    places = [
        _thirds(values, pair, polarity)
        for values, pair, polarity in zip((first, second), limits, polarities, strict=True)
    ]
    return [KEYS[3 * y + x] if x >= 0 and y >= 0 else "" for x, y in zip(*places, strict=True)]


def _thirds(
    values: Sequence[float | None], limits: tuple[float, float], polarity: Polarity
) -> list[int]:
    found = positions_of(values, (*limits, np.inf))
    if polarity is Polarity.LOW_BURDEN:
        found = np.where(found < 0, -1, 2 - found)
    places: list[int] = found.tolist()
    return places
