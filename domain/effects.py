"""What may be said about a measure with few areas and few years: never that it is proven.

Difference in differences with placebo assignments, the interrupted series of a count, and the
synthetic control. Numbers alone; which sentence they allow is in docs/methods.md, effects.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.permutation import SEED

FloatArray = npt.NDArray[np.float64]

MOST_ASSIGNMENTS = 10_000
FEWEST_PRE_YEARS = 8
FEWEST_DONORS = 10


def did(
    pre: Sequence[float | None],
    post: Sequence[float | None],
    treated: Sequence[int],
    *,
    most_assignments: int = MOST_ASSIGNMENTS,
    seed: int = SEED,
) -> dict[str, Any]:
    """Difference in differences of areas, against sets of areas as if they had been treated.

    Parameters
    ----------
    pre, post
        Values before and after, shape ``(n_areas,)``; an area that lacks either is left out.
    treated
        Positions of the areas with the measure, counted from 0.
    most_assignments
        Beyond so many possible sets, so many are drawn at random.

    Returns
    -------
    dict
        ``did``, two-sided ``p``, ``n_assignments``, ``smallest_reachable_p``, ``n_treated`` and
        ``n_controls``; or the ``reason`` ``too_few`` without a treated or a control area.

    Raises
    ------
    ValueError
        A treated position is no area.

    Notes
    -----
    Randomisation inference (Conley & Taber 2011, MacKinnon & Webb 2020): with few treated areas
    usual errors reject far too often. One treated area of twelve can never go below 0.083.
    """
    changes, is_treated = _changes(pre, post, treated)
    n, k = len(changes), int(is_treated.sum())
    if not 0 < k < n:
        return {"reason": "too_few", "n_treated": k, "n_controls": n - k}
    observed = float(_difference(changes[is_treated].sum(), changes, k))
    placebos, n_sets = _placebos(changes, k, most_assignments, seed)
    slack = 1e-9 * max(1.0, abs(observed))
    reached = int((np.abs(placebos) >= abs(observed) - slack).sum())
    # sets drawn at random do not hold the real one, which is as likely as any of them
    is_drawn = n_sets > most_assignments
    total = most_assignments + 1 if is_drawn else n_sets
    return {
        "did": observed,
        "p": (reached + is_drawn) / total,
        "n_assignments": most_assignments if is_drawn else n_sets,
        "smallest_reachable_p": 1 / total,
        "n_treated": k,
        "n_controls": n - k,
    }


def placebo_differences(
    pre: Sequence[float | None],
    post: Sequence[float | None],
    treated: Sequence[int],
    *,
    most_assignments: int = MOST_ASSIGNMENTS,
    seed: int = SEED,
) -> FloatArray:
    """Return the differences in differences of the sets :func:`did` compares with, for drawing.

    Parameters are those of :func:`did`; shape ``(n_assignments,)``, empty without a treated or a
    control area. Where all sets are looked at, the real one is among them.
    """
    changes, is_treated = _changes(pre, post, treated)
    n, k = len(changes), int(is_treated.sum())
    if not 0 < k < n:
        return np.empty(0)
    return _placebos(changes, k, most_assignments, seed)[0]


def _changes(
    pre: Sequence[float | None], post: Sequence[float | None], treated: Sequence[int]
) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Return the changes of the areas that have both values, and which have the measure."""
    before, after = np.array(pre, dtype=float), np.array(post, dtype=float)
    is_treated = np.zeros(len(before), dtype=bool)
    if any(not 0 <= i < len(before) for i in treated):
        raise ValueError("a treated area is no area")
    is_treated[list(treated)] = True
    known = ~np.isnan(before) & ~np.isnan(after)
    return (after - before)[known], is_treated[known]


def did_of_means(treated: tuple[float, float], control: tuple[float, float]) -> dict[str, float]:
    """Difference in differences of two group means, each before and after."""
    return {"did": (treated[1] - treated[0]) - (control[1] - control[0])}


def _difference(total_of_set: Any, changes: FloatArray, k: int) -> Any:
    """Return mean change of a set of ``k`` areas less that of the others."""
    return total_of_set / k - (changes.sum() - total_of_set) / (len(changes) - k)


def _placebos(
    changes: FloatArray, k: int, most_assignments: int, seed: int
) -> tuple[FloatArray, int]:
    n = len(changes)
    n_sets = math.comb(n, k)
    if n_sets <= most_assignments:
        chosen = np.array(list(combinations(range(n), k)))
    else:
        keys = np.random.default_rng(seed).random((most_assignments, n))
        chosen = np.argsort(keys, axis=1)[:, :k]
    return np.asarray(_difference(changes[chosen].sum(axis=1), changes, k)), n_sets


def synthetic_control(
    treated: Sequence[float],
    donors: Sequence[Sequence[float]],
    n_pre: int,
    *,
    fewest_donors: int = FEWEST_DONORS,
    fewest_pre: int = FEWEST_PRE_YEARS,
) -> dict[str, Any]:
    """Compare a treated area with the mixture of other areas that went like it before.

    Parameters
    ----------
    treated
        Values of the treated area, shape ``(n_years,)``.
    donors
        Values of the areas without the measure, shape ``(n_donors, n_years)``; a donor with a
        missing value is left out.
    n_pre
        Number of years before the measure.
    fewest_donors, fewest_pre
        Below these there is only a ``reason``.

    Returns
    -------
    dict
        ``weights`` (0 or more, summing to 1, 0 for donors left out), ``synthetic`` and ``gap``,
        shape ``(n_years,)``, ``att`` (mean gap after), ``mspe_pre``, ``mspe_post`` and
        ``placebo_p``: the share of areas whose gap grew at least as much when each is taken
        for the treated one. Or the ``reason`` ``too_few``.

    Notes
    -----
    Abadie & Gardeazabal (2003), fitted to the outcome in all years before. For an expert's view:
    a picture and a placebo rank, never an effect by itself.
    """
    own = np.array(treated, dtype=float)
    others = np.array(donors, dtype=float).reshape(len(donors), len(own))
    whole = ~np.isnan(others).any(axis=1)
    pool = others[whole]
    enough = len(pool) >= max(1, fewest_donors) and n_pre >= max(1, fewest_pre)
    if not enough or n_pre >= len(own) or np.isnan(own).any():
        return {"reason": "too_few", "n_donors": len(pool), "n_pre": n_pre}
    mixture = _mixture(own, pool, n_pre)
    synthetic = mixture @ pool
    gap = own - synthetic
    growth = [_growth(gap, n_pre)]
    for i in range(len(pool) if len(pool) > 1 else 0):
        rest = np.delete(pool, i, axis=0)
        growth.append(_growth(pool[i] - _mixture(pool[i], rest, n_pre) @ rest, n_pre))
    weights = np.zeros(len(others))
    weights[whole] = mixture
    return {
        "weights": weights.tolist(),
        "synthetic": synthetic.tolist(),
        "gap": gap.tolist(),
        "att": float(gap[n_pre:].mean()),
        "mspe_pre": float((gap[:n_pre] ** 2).mean()),
        "mspe_post": float((gap[n_pre:] ** 2).mean()),
        "placebo_p": sum(g >= growth[0] for g in growth) / len(growth),
    }


def _mixture(own: FloatArray, pool: FloatArray, n_pre: int) -> FloatArray:
    """Return the weights of least squares before the measure, 0 or more and summing to 1.

    With weights summing to 1 the error is a linear form of them, so one extra row that asks for
    the sum turns the problem into least squares without it, up to a factor.
    """
    from scipy.optimize import nnls

    errors = (pool[:, :n_pre] - own[:n_pre]).T
    scale = float(np.abs(errors).max()) or 1.0
    rows = np.vstack([errors / scale, np.ones(len(pool))])
    found, _ = nnls(rows, np.append(np.zeros(n_pre), 1.0))
    return np.asarray(found / found.sum())


def _growth(gap: FloatArray, n_pre: int) -> float:
    """Return how many times the squared gap grew; a perfect fit before counts as a tiny one."""
    before = float((gap[:n_pre] ** 2).mean())
    return float((gap[n_pre:] ** 2).mean()) / max(before, 1e-300)
