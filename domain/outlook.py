"""How many children of each age every area has in the next years, if the present trend goes on.

Cohorts of single years of age are moved on by the mean of their last three ratios, births are the
mean of the last three birth cohorts. The band is what each of these three years alone would give,
widened by chance; the error is what the same rule would have said of today five years ago.
Source: docs/methods.md, outlook; :mod:`domain.projection` holds the same rule for one area.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.projection import BIRTH_COHORTS, LEAST_RATIO, MOST_RATIO, SMALLEST_COHORT

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

HORIZON = 5
"""Years ahead that single years of age allow."""
VINTAGES = 3
"""Last years of which the ratios enter."""
FEWEST_YEARS = VINTAGES + 1
_NORMAL_95 = 1.96


@dataclass(frozen=True)
class Outlook:
    """Children of a span of ages, for every area and the next years.

    Attributes
    ----------
    central, low, high
        Shape ``(n_areas, n_steps)``; NaN for areas without an outlook.
    is_limited
        Areas of which a ratio was limited to 0.7 or 1.4.
    is_small
        Areas without an outlook since a cohort has fewer than ten children.
    is_unknown
        Areas without one since a number of the last years is not shown.
    """

    central: FloatArray
    low: FloatArray
    high: FloatArray
    is_limited: BoolArray
    is_small: BoolArray
    is_unknown: BoolArray


def outlook(children: FloatArray, ages: tuple[int, int], steps: int = HORIZON) -> Outlook:
    """Return the outlook of every area.

    Parameters
    ----------
    children
        Children by single year of age from 0, shape ``(n_areas, n_years, n_ages)``, years that
        follow each other, the newest last; NaN where no number is shown.
    ages
        First and last age of the children asked for; ``n_ages`` reaches the last.
    steps
        Years ahead.

    Raises
    ------
    ValueError
        Fewer than four years, or ages beyond those known.
    """
    _, n_years, n_ages = children.shape
    if n_years < FEWEST_YEARS or ages[1] >= n_ages:
        raise ValueError("an outlook needs four years and all ages")
    recent = children[:, -FEWEST_YEARS:, : ages[1] + 1]
    is_unknown = np.isnan(recent.sum(axis=(1, 2)))
    # only cohorts that are moved on count: the oldest age has nobody to become
    small = recent[:, :, :-1].min(axis=(1, 2)) < SMALLEST_COHORT
    is_small = np.logical_and(small, ~is_unknown)
    bases = recent[:, :-1, :-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = recent[:, 1:, 1:] / bases
    limited = np.clip(ratios, LEAST_RATIO, MOST_RATIO)
    births = recent[:, -BIRTH_COHORTS:, 0]
    now = recent[:, -1]
    mean_ratio = limited.mean(axis=1)
    central = _moved_on(now, mean_ratio, births.mean(axis=1), births, ages, steps)
    single = [
        _moved_on(now, limited[:, k], births[:, k], None, ages, steps) for k in range(VINTAGES)
    ]
    spread = _NORMAL_95 * np.sqrt(np.maximum(central, 0.0))
    ends = np.stack([*single, central])
    has_none = is_unknown | is_small
    central[has_none] = np.nan
    low, high = np.maximum(ends.min(axis=0) - spread, 0.0), ends.max(axis=0) + spread
    low[has_none] = high[has_none] = np.nan
    differs = np.logical_and(np.abs(limited - ratios).sum(axis=(1, 2)) > 0, ~has_none)
    return Outlook(central, low, high, differs, is_small, is_unknown)


def _moved_on(
    now: FloatArray,
    ratio: FloatArray,
    born: FloatArray,
    cohorts: FloatArray | None,
    ages: tuple[int, int],
    steps: int,
) -> FloatArray:
    """Return the children of the ages after each step, shape ``(n_areas, steps)``.

    With ``cohorts`` each new one is the mean of the three before it; else all are ``born``.
    """
    present = now.copy()
    last = None if cohorts is None else [cohorts[:, k] for k in range(BIRTH_COHORTS)]
    found = np.empty((len(now), steps))
    for step in range(steps):
        newborn = born if last is None else np.mean(last[-BIRTH_COHORTS:], axis=0)
        if last is not None:
            last.append(newborn)
        present = np.column_stack([newborn, ratio * present[:, :-1]])
        found[:, step] = present[:, ages[0] : ages[1] + 1].sum(axis=1)
    return found


def back_test(children: FloatArray, ages: tuple[int, int], steps: int = HORIZON) -> FloatArray:
    """Return by how much the same rule, used ``steps`` years ago, misses the newest year.

    Parameters as in :func:`outlook`.

    Returns
    -------
    array
        (outlook - real) / real of every area, shape ``(n_areas,)``; NaN where either is not known,
        and everywhere where there are too few years to look back.
    """
    n_areas, n_years, _ = children.shape
    if n_years - steps < FEWEST_YEARS:
        return np.full(n_areas, np.nan)
    told = outlook(children[:, : n_years - steps], ages, steps).central[:, -1]
    real = children[:, -1, ages[0] : ages[1] + 1].sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: FloatArray = np.where(real > 0, (told - real) / real, np.nan)
    return found


def mean_error(errors: FloatArray) -> float | None:
    """Return the mean absolute error, a share of the real number (MAPE); None without any."""
    known = errors[~np.isnan(errors)]
    return float(np.abs(known).mean()) if len(known) else None
