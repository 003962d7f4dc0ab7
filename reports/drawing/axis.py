"""Round numbers along an axis."""

from __future__ import annotations

import math

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Return round numbers between two ends, both included where they are round.

    >>> ticks(0.0, 23.0, 5)
    [0.0, 5.0, 10.0, 15.0, 20.0]
    >>> ticks(-3.0, 3.0, 4)
    [-2.0, 0.0, 2.0]
    """
    if not high > low:
        return [low]
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s * power for s in _STEPS if s * power >= rough * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(k * step, 10) for k in range(first, last + 1)]


def tick_decimals(numbers: list[float]) -> int:
    """Return how many places the numbers of an axis need.

    >>> tick_decimals([0.0, 2.5, 5.0]), tick_decimals([0.0, 10.0])
    (1, 0)
    """
    for places in range(4):
        if all(math.isclose(round(x, places), x, abs_tol=1e-9) for x in numbers):
            return places
    return 4
