"""Several years as one value, where a single year has too few cases to say anything.

Numerators and denominators are summed, never values averaged. Windows do not overlap, for a year
in two of them would tie both together; they end with the newest year and hold no break.
Source: docs/methods.md, small numbers. What may be published beside what is decided by the
disclosure rules, not here: years and their sums together give hidden cells away.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from domain.reliability import FEW_CASES

FloatArray = npt.NDArray[np.float64]

YEARS_TOGETHER = 3


def windows(
    years: Sequence[int], width: int = YEARS_TOGETHER, *, breaks: Collection[int] = ()
) -> list[tuple[int, ...]]:
    """Divide years into windows that follow each other.

    Parameters
    ----------
    years
        Calendar years with values, in any order.
    width
        Years of a window.
    breaks
        Years from which values are not comparable with earlier ones.

    Returns
    -------
    list of tuple of int
        Windows in the order of time, each of consecutive years; years left over are in none.

    Examples
    --------
    >>> windows([2015, 2016, 2017, 2019, 2020, 2021, 2022])
    [(2015, 2016, 2017), (2020, 2021, 2022)]
    """
    if width < 1:
        raise ValueError("a window has at least one year")
    found: list[tuple[int, ...]] = []
    known = set(years)
    year = max(known, default=0)
    while known and year - width + 1 >= min(known):
        window = tuple(range(year - width + 1, year + 1))
        is_whole = known.issuperset(window) and not any(y in breaks for y in window[1:])
        found.extend([window] if is_whole else [])
        year -= width if is_whole else 1
    return found[::-1]


def pool(
    numbers: npt.ArrayLike, years: Sequence[int], chosen: Sequence[Sequence[int]]
) -> FloatArray:
    """Sum the numbers of the years of every window.

    Parameters
    ----------
    numbers
        Numerators or denominators, shape ``(n_years, n_areas)``, NaN for missing or hidden.
    years
        The years of the rows.
    chosen
        Windows, as :func:`windows` returns.

    Returns
    -------
    array
        Shape ``(n_windows, n_areas)``; NaN where one year of the window is not known.
    """
    rows = {year: i for i, year in enumerate(years)}
    values = np.asarray(numbers, dtype=float)
    sums = [values[[rows[year] for year in window]].sum(axis=0) for window in chosen]
    return np.array(sums).reshape(len(chosen), values.shape[1])


def is_pooling_advised(numerators: npt.ArrayLike, *, few_cases: float = FEW_CASES) -> bool:
    """Return whether most areas of a year have too few cases to stand alone.

    Parameters
    ----------
    numerators
        Cases of one year, shape ``(n_areas,)``; areas with NaN are not counted.
    """
    cases = np.asarray(numerators, dtype=float)
    cases = cases[~np.isnan(cases)]
    return bool(len(cases)) and bool(np.mean(cases < few_cases) > 1 / 2)
