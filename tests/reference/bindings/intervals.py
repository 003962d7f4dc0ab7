"""Intervals."""

from __future__ import annotations

from typing import Any

from domain import intervals
from tests.reference.bindings.contract import Binding, Input


def _wilson(given: Input) -> Any:
    if "cases" in given:
        results = [intervals.wilson(a, n) for a, n in given["cases"]]
        return {"result": [r.get("reason", "ok") for r in results]}
    return intervals.wilson(given["numerator"], given["denominator"], given.get("multiplier", 1))


def _byar(given: Input) -> Any:
    confidence = given.get("confidence", 0.95)
    if isinstance(confidence, str):
        confidence = float(confidence.strip(" %")) / (100 if "%" in confidence else 1)
    return {
        "ci": intervals.byar(given["count"], confidence / 100 if confidence > 1 else confidence)
    }


BINDINGS: dict[str, Binding] = {
    "wilson": _wilson,
    "poisson_rate": lambda g: intervals.poisson_rate(
        g["numerator"], g["denominator"], g.get("multiplier", 1)
    ),
    "byar": _byar,
    "mean_t": lambda g: intervals.mean_t(g["values"]),
}
