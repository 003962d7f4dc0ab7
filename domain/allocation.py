"""Sharing money and posts by need: formula with limits, whole posts, and who gets how much.

Nothing here decides what need is: the index comes from the caller, with a child-weighted mean of
1. Hare/Niemeyer and Sainte-Laguë/Schepers for whole posts (Balinski & Young 1982), Suits (1977);
docs/methods.md, allocation.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Limits:
    """What no area may go below or above.

    ``floor`` and ``cap`` are money per child; ``max_change`` is the largest change against
    ``last_year`` (money of each area, shape ``(n_areas,)``), 0.15 for 15 %. ``least`` and ``most``
    are money of each area, same shape.
    """

    floor: float | None = None
    cap: float | None = None
    last_year: Sequence[float] | None = None
    max_change: float | None = None
    least: Sequence[float] | FloatArray | None = None
    most: Sequence[float] | FloatArray | None = None

    def around(self, children: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the least and the most of each area, shape ``(n_areas,)`` each."""
        low = children * (self.floor or 0.0)
        high = np.full(len(children), np.inf) if self.cap is None else children * self.cap
        if self.last_year is not None and self.max_change is not None:
            before = np.asarray(self.last_year, dtype=float)
            low = np.maximum(low, before * (1 - self.max_change))
            high = np.minimum(high, before * (1 + self.max_change))
        low = low if self.least is None else np.maximum(low, self.least)
        high = high if self.most is None else np.minimum(high, self.most)
        return low, high


def formula(
    children: Sequence[float],
    index: Sequence[float],
    budget: float,
    *,
    gearing: float = 1.0,
    limits: Limits | None = None,
) -> dict[str, Any]:
    """Share a budget by children and need.

    Parameters
    ----------
    children, index
        Children and index of each area, shape ``(n_areas,)``; 1 is the mean need.
    gearing
        0 gives every child the same, 1 is fully proportional to the index.

    Returns
    -------
    dict
        ``allocation``, ``need_based`` (without limits) and ``per_head_baseline`` (shape
        ``(n_areas,)``), their ``sum`` and ``binding`` (positions of areas at a limit); or a
        ``reason`` with what the limits ``required``: ``floor_exceeds_budget``,
        ``cap_below_budget``, ``limits_contradict`` (positions in ``areas``), ``no_need``.

    Raises
    ------
    ValueError
        The index is not positive or the gearing not in ``[0, 1]``.

    Notes
    -----
    ``clip(factor · need, low, high)`` with the one factor that spends the budget. It is found
    exactly, between the corners of a piecewise linear sum; limits are never scaled.
    """
    persons, level = np.asarray(children, dtype=float), np.asarray(index, dtype=float)
    if np.any(level <= 0) or not 0 <= gearing <= 1:
        raise ValueError("the index must be positive and the gearing between 0 and 1")
    need = persons * (1 + gearing * (level - 1))
    if need.sum() <= 0:
        return {"reason": "no_need"}
    free = budget * need / need.sum()
    result: dict[str, Any] = {
        "need_based": free.tolist(),
        "per_head_baseline": (budget * persons / persons.sum()).tolist(),
    }
    low, high = (limits or Limits()).around(persons)
    refused = _infeasible(budget, low, np.where(need > 0, high, low))
    if refused:
        return {**result, **refused}
    shared = np.clip(_factor(need, low, high, budget) * need, low, high)
    at_limit = (shared <= low) & (low > 0) | (shared >= high)
    return {
        **result,
        "allocation": shared.tolist(),
        "sum": float(shared.sum()),
        "binding": np.flatnonzero(at_limit).tolist(),
    }


def _infeasible(budget: float, low: FloatArray, high: FloatArray) -> dict[str, Any] | None:
    slack = 1e-9 * max(1.0, abs(budget))
    apart = low - high
    if np.any(apart > slack):
        areas = np.flatnonzero(apart > slack).tolist()
        return {"reason": "limits_contradict", "areas": areas, "gap": float(apart.max())}
    if low.sum() > budget + slack:
        return {"reason": "floor_exceeds_budget", "required": float(low.sum())}
    if high.sum() < budget - slack:
        return {"reason": "cap_below_budget", "required": float(high.sum())}
    return None


def _factor(need: FloatArray, low: FloatArray, high: FloatArray, budget: float) -> float:
    """Return the factor that spends the budget; the sum is straight between the corners."""
    asked = need > 0
    corners = np.concatenate([low[asked] / need[asked], high[asked] / need[asked]])
    corners = np.unique(np.append(corners[np.isfinite(corners)], 0.0))
    spent = np.array([np.clip(c * need, low, high).sum() for c in corners])
    after = int(np.searchsorted(spent, budget, side="left"))
    if after == 0:
        return float(corners[0])
    start, left = float(corners[after - 1]), budget - float(spent[after - 1])
    if after < len(corners):
        part = left / float(spent[after] - spent[after - 1])
        return start + part * float(corners[after] - corners[after - 1])
    # beyond the last corner only the areas without a cap go on
    slope = float(need[np.isinf(high)].sum())
    return start + left / slope if slope > 0 else start


def largest_remainder(
    weights: Sequence[float], seats: int, codes: Sequence[str] | None = None
) -> dict[str, Any]:
    """Whole posts after Hare/Niemeyer; equal remainders go to the larger weight, then the code.

    Returns
    -------
    dict
        ``seats`` (shape ``(n_areas,)``), ``ties`` (whether the rule for ties decided) and
        ``tied`` (positions of the areas it decided between), for the log.

    Examples
    --------
    >>> largest_remainder([1, 1, 2], 4)["seats"]
    [1, 1, 2]
    """
    exact = _exact(weights)
    names = codes or [f"{i:09d}" for i in range(len(exact))]
    total = sum(exact)
    quotas = [w * seats / total for w in exact]
    whole = [int(q) for q in quotas]
    left = seats - sum(whole)
    rests = [q - w for q, w in zip(quotas, whole, strict=True)]
    order = sorted(range(len(exact)), key=lambda i: (-rests[i], -exact[i], names[i]))
    for i in order[:left]:
        whole[i] += 1
    tied: list[int] = []
    if 0 < left < len(order) and rests[order[left - 1]] == rests[order[left]]:
        tied = [i for i in range(len(exact)) if rests[i] == rests[order[left]]]
    return {"seats": whole, "ties": bool(tied), "tied": tied}


def sainte_lague(
    weights: Sequence[float],
    seats: int,
    codes: Sequence[str] | None = None,
    *,
    within: tuple[Sequence[float], Sequence[float]] | None = None,
) -> dict[str, Any]:
    """Whole posts after Sainte-Laguë/Schepers (divisors 1, 3, 5, …); ties as in Hare/Niemeyer.

    More posts in all never take one from an area, which Hare/Niemeyer can (Alabama paradox).
    ``within`` are the least and the most of each area in whole posts: everybody begins with the
    least, and who has the most is passed over (Balinski & Young 1982, minimum requirements).

    Raises
    ------
    ValueError
        The least of all areas is more than the posts, or the most of all fewer.
    """
    exact = _exact(weights)
    names = codes or [f"{i:09d}" for i in range(len(exact))]
    low, high = within or ([0] * len(exact), [math.inf] * len(exact))
    given = [int(x) for x in low]
    if not sum(given) <= seats <= sum(high):
        raise ValueError("the limits of the areas do not leave room for these posts")

    def place(i: int) -> tuple[Fraction, Fraction, str, int]:
        return -exact[i] / (2 * given[i] + 1), -exact[i], names[i], i

    queue = [place(i) for i in range(len(exact)) if given[i] < high[i]]
    heapq.heapify(queue)
    for _ in range(seats - sum(given)):
        best = heapq.heappop(queue)[-1]
        given[best] += 1
        if given[best] < high[best]:
            heapq.heappush(queue, place(best))
    return {"seats": given}


def _exact(weights: Sequence[float]) -> list[Fraction]:
    """Return weights as fractions: whether two remainders are equal must not hang on rounding."""
    exact = [Fraction(w) for w in weights]
    if not exact or min(exact) < 0 or sum(exact) == 0:
        raise ValueError("weights must not be negative and one must be positive")
    return exact


def concentration(
    need: Sequence[float], children: Sequence[float], amount: Sequence[float]
) -> dict[str, Any]:
    """Concentration of money over children, ordered from the highest need.

    Returns
    -------
    dict
        ``concentration_index`` (0 for the same money per child, below 0 where more goes to high
        need), ``children`` and ``amount`` (the curve: cumulative shares, from 0 to 1).
    """
    level = np.asarray(need, dtype=float)
    persons, money = np.asarray(children, dtype=float), np.asarray(amount, dtype=float)
    if persons.sum() <= 0 or money.sum() <= 0:
        return {"reason": "zero_mean"}
    # areas of the same need are one step: their order among themselves says nothing
    step = np.unique(-level, return_inverse=True)[1]
    across, up = (_cumulative(np.bincount(step, weights=v)) for v in (persons, money))
    index = 1 - float((np.diff(across) * (up[1:] + up[:-1])).sum())
    return {"concentration_index": index, "children": across.tolist(), "amount": up.tolist()}


def suits(need: Sequence[float], benefit: Sequence[float]) -> dict[str, Any]:
    """Suits index of money against need, over areas ordered from the highest need.

    Parameters
    ----------
    need, benefit
        Amount or share of each area, shape ``(n_areas,)``.

    Returns
    -------
    dict
        ``S``: 0 proportional to need, above 0 too little where need is high.
    """
    asked, given = np.asarray(need, dtype=float), np.asarray(benefit, dtype=float)
    if asked.sum() <= 0 or given.sum() <= 0:
        return {"reason": "zero_mean"}
    across, up = _cumulative(asked), _cumulative(given)
    return {"S": 1 - float((np.diff(across) * (up[1:] + up[:-1])).sum())}


def _cumulative(parts: npt.NDArray[Any]) -> FloatArray:
    return np.concatenate([[0.0], np.cumsum(parts) / parts.sum()])
