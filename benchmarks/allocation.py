"""1,000 drawn weightings of an index, each shared among 542 areas within all limits.

The product finds the factors of all draws together; the rivals go draw by draw, as one does first:
in plain Python, and by the exact formula of :mod:`domain.allocation`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.planning_results import Measured, measured
from domain.allocation import formula
from domain.distribution import LEAST_LEVEL, MIDDLE, PER_DEVIATION, Order, drawn_amounts
from domain.needs_index import FloatArray

AREAS, DRAWS = 542, 1000
_SEED = 20260101
_HALVINGS = 60
_CLOSE = 1e-6


@dataclass(frozen=True)
class Sharing:
    """What is shared among whom: children, burdens under each draw, last year, the order."""

    children: FloatArray
    burdens: FloatArray
    before: FloatArray
    order: Order


def sharing(areas: int = AREAS, draws: int = DRAWS) -> Sharing:
    """Return a town drawn with a fixed seed; limits for each child and by last year both bite."""
    generator = np.random.default_rng(_SEED)
    children = generator.integers(40, 2500, areas).astype(float)
    scores = generator.standard_normal((areas, 4))
    weights = generator.dirichlet(np.full(4, 30.0), draws)
    before = 10.0 * children * generator.uniform(0.9, 1.1, areas)
    amount = round(float(before.sum()) * 1.02, 2)
    order = Order(amount, gearing=1.0, floor=7.0, cap=15.0, fall=0.15, rise=0.1)
    return Sharing(children, weights @ scores.T, before, order)


def measure(town: Sharing, repeats: int) -> list[Measured]:
    """Time the product and both rivals; raise where they do not agree to a millionth."""
    own, ours = measured(
        "KECK-Atlas",
        lambda: drawn_amounts(
            town.children.tolist(), town.burdens, town.order, town.before.tolist()
        ),
        repeats,
    )
    rivals: list[tuple[str, Callable[[], FloatArray]]] = [
        ("plain Python, draw by draw", lambda: plain_loop(town)),
        ("the exact formula, draw by draw", lambda: formula_loop(town)),
    ]
    rows = [own]
    for name, run in rivals:
        row, theirs = measured(name, run, 1)
        ends = theirs.min(axis=0), np.median(theirs, axis=0), theirs.max(axis=0)
        if not all(np.allclose(a, b, atol=_CLOSE) for a, b in zip(ours, ends, strict=True)):
            raise RuntimeError(f"{name} shares otherwise than the product")
        rows.append(row)
    return rows


def formula_loop(town: Sharing) -> FloatArray:
    """Return the shares of every draw by the exact formula, one draw after the other."""
    limits = town.order.limits(town.before.tolist())
    return np.array(
        [
            formula(town.children.tolist(), level, town.order.amount, gearing=1.0, limits=limits)[
                "allocation"
            ]
            for level in _levels(town).tolist()
        ]
    )


def plain_loop(town: Sharing) -> FloatArray:
    """Return the shares of every draw by halving the factor, in plain Python."""
    low, high = (x.tolist() for x in town.order.limits(town.before.tolist()).around(town.children))
    return np.array(
        [
            _shared(town.children.tolist(), level, low, high, town.order.amount)
            for level in _levels(town).tolist()
        ]
    )


def _levels(town: Sharing) -> FloatArray:
    raw = np.maximum((MIDDLE + PER_DEVIATION * town.burdens) / MIDDLE, LEAST_LEVEL)
    mean = (raw * town.children).sum(axis=1, keepdims=True) / town.children.sum()
    levels: FloatArray = raw / mean
    return levels


def _shared(
    children: list[float], level: list[float], low: list[float], high: list[float], amount: float
) -> list[float]:
    need = [c * x for c, x in zip(children, level, strict=True)]

    def kept(factor: float) -> list[float]:
        return [min(b, max(a, factor * n)) for n, a, b in zip(need, low, high, strict=True)]

    under, over = 0.0, 1.0
    while sum(kept(over)) < amount:
        over *= 2
    for _ in range(_HALVINGS):
        middle = (under + over) / 2
        under, over = (middle, over) if sum(kept(middle)) < amount else (under, middle)
    return kept(over)
