"""Whether the level of a series of counts steps at a known date.

Poisson regression on time with a step, with the errors widened by the overdispersion found, and
once more with the seasons. Source: Lopez Bernal, Cummins & Gasparrini (2017); docs/methods.md,
effects of measures. For experts: a step is no proof of a cause.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.intervals import z_value

FloatArray = npt.NDArray[np.float64]

FEWEST_POINTS = 8
"""Points needed on either side of the date."""
HARMONICS = 2
MONTHS = 12
_MOST_ROUNDS = 100
_CONVERGED = 1e-12


def its(
    count: Sequence[float | None],
    first_post: int,
    population: Sequence[float | None] | None = None,
    month: Sequence[int] | None = None,
) -> dict[str, Any]:
    """Rate ratio of the step of a series at a known date.

    Parameters
    ----------
    count
        Cases of equal spans of time in their order, shape ``(n,)``; missing ones are left out.
    first_post
        Position of the first span after the date, counted from 0.
    population
        Persons, shape ``(n,)``; without them the cases themselves are modelled.
    month
        Calendar months 1 to 12, shape ``(n,)``; needed for the seasons.

    Returns
    -------
    dict
        ``rr`` with ``ci95_poisson`` and ``ci95_quasi``, ``dispersion``, ``n``; with months also
        ``rr_seasonal``, ``ci95_seasonal`` (quasi-Poisson) and ``dispersion_seasonal``, unless
        there are too few points for them. Or a ``reason``: ``too_few`` (fewer than eight points
        on a side), ``no_cases``.
    """
    cases = np.array(count, dtype=float)
    n = len(cases)
    persons = np.ones(n) if population is None else np.array(population, dtype=float)
    time = np.arange(1.0, n + 1)
    after = (np.arange(n) >= first_post).astype(float)
    known = ~np.isnan(cases) & (persons > 0)
    if min((known & (after > 0)).sum(), (known & (after == 0)).sum()) < FEWEST_POINTS:
        return {"reason": "too_few", "n": int(known.sum())}
    if any(not cases[known & (after == side)].sum() > 0 for side in (0, 1)):
        return {"reason": "no_cases", "n": int(known.sum())}
    design = np.column_stack([np.ones(n), after, time])[known]
    offset = np.log(persons[known])
    plain = _step(cases[known], design, offset)
    result = {
        "rr": plain["rr"],
        "ci95_poisson": plain["ci95_poisson"],
        "ci95_quasi": plain["ci95_quasi"],
        "dispersion": plain["dispersion"],
        "n": int(known.sum()),
    }
    if month is None:
        return result
    design = np.column_stack([design, _seasons(np.array(month, dtype=float)[known])])
    if len(design) <= design.shape[1] or np.linalg.matrix_rank(design) < design.shape[1]:
        return result
    seasonal = _step(cases[known], design, offset)
    return {
        **result,
        "rr_seasonal": seasonal["rr"],
        "ci95_seasonal": seasonal["ci95_quasi"],
        "dispersion_seasonal": seasonal["dispersion"],
    }


def _seasons(month: FloatArray) -> FloatArray:
    """Return sines and cosines of the year and its half, shape ``(n, 4)``."""
    angle = 2 * np.pi * month / MONTHS
    waves = [wave(k * angle) for k in range(1, HARMONICS + 1) for wave in (np.sin, np.cos)]
    return np.column_stack(waves)


def _step(cases: FloatArray, design: FloatArray, offset: FloatArray) -> dict[str, Any]:
    """Return the rate ratio of the second column with its intervals and the dispersion."""
    mean = _fitted(cases, design, offset)
    information = design.T @ (design * mean[:, None])
    working = design.T @ (mean * (np.log(mean) - offset) + cases - mean)
    step = float(np.linalg.solve(information, working)[1])
    error = math.sqrt(float(np.linalg.inv(information)[1, 1]))
    pearson = float(((cases - mean) ** 2 / mean).sum())
    dispersion = pearson / (len(cases) - design.shape[1])
    return {
        "rr": math.exp(step),
        "ci95_poisson": _interval(step, error),
        "ci95_quasi": _interval(step, error * math.sqrt(dispersion)),
        "dispersion": dispersion,
    }


def _fitted(cases: FloatArray, design: FloatArray, offset: FloatArray) -> FloatArray:
    """Return the means of a Poisson regression with log link, by reweighted least squares."""
    mean = cases + 0.5
    deviance = math.inf
    for _ in range(_MOST_ROUNDS):
        target = np.log(mean) - offset + (cases - mean) / mean
        root = np.sqrt(mean)
        beta = np.linalg.lstsq(design * root[:, None], target * root, rcond=None)[0]
        mean = np.exp(np.clip(design @ beta + offset, -700, 700))
        logs = np.log(np.where(cases > 0, cases, 1) / np.where(cases > 0, mean, 1))
        now = 2 * float((cases * logs - cases + mean).sum())
        if abs(now - deviance) <= _CONVERGED * (abs(now) + 0.1):
            break
        deviance = now
    return mean


def _interval(step: float, error: float) -> list[float]:
    half = z_value(0.95) * error
    return [math.exp(step - half), math.exp(step + half)]
