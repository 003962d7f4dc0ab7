"""Rounding to five (or ten): the other way to protect tables with very many small counts.

Every displayed count is rounded for itself, so parts need not add up to their sum; shares are
computed from rounded counts. Zero and the counts next to it become one: a displayed zero says
no more than "none or hardly any" (docs/methods.md, alternatives). Never together with hidden
cells in one table.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def round_counts(counts: Sequence[float | None], base: int = 5) -> list[float | None]:
    """Round each count for itself; a missing one stays missing.

    Parameters
    ----------
    counts
        Numbers of cases, shape ``(n_cells,)``; None or NaN where there is none.
    base
        What rounded counts are multiples of, at least 2. Halves of an even base are rounded up,
        apart from the lowest, so that zero keeps as many neighbours as it can.

    Returns
    -------
    list
        Multiples of ``base``, shape ``(n_cells,)``.

    Raises
    ------
    ValueError
        A count is negative, or the base is below 2.

    Examples
    --------
    >>> round_counts([0, 1, 2, 3, 7, 8, None])
    [0.0, 0.0, 0.0, 5.0, 5.0, 10.0, None]
    """
    if base < 2:  # noqa: PLR2004 - rounding to one hides nothing
        raise ValueError("the base must be at least 2")
    return [_rounded(count, base) for count in counts]


def _rounded(count: float | None, base: int) -> float | None:
    if count is None or math.isnan(count):
        return None
    if count < 0:
        raise ValueError("counts must not be negative")
    if 2 * count <= base:
        return 0.0
    return float(base * math.floor(count / base + 0.5))


def window(rounded: float, base: int = 5) -> tuple[float, float]:
    """Return the smallest and largest whole count that a rounded one can stand for.

    Examples
    --------
    >>> window(0), window(15)
    ((0.0, 2.0), (13.0, 17.0))
    """
    low = max(math.ceil(rounded - base / 2), 0)
    high = math.ceil(rounded + base / 2) - 1
    if base % 2 == 0 and rounded == 0:
        high = base // 2
    if base % 2 == 0 and rounded == base:
        low = base // 2 + 1
    return float(low), float(high)


def rounded_share(
    numerator: float | None, denominator: float | None, base: int = 5
) -> float | None:
    """Return the share of rounded counts, in 0 to 1; None without a rounded base.

    A share of true counts beside a rounded base would give the true numerator away.

    Examples
    --------
    >>> rounded_share(12, 101)
    0.1
    """
    a, n = round_counts([numerator, denominator], base)
    return None if a is None or not n else min(a / n, 1.0)
