"""Intervals."""

from __future__ import annotations

from typing import Any

from domain import intervals
from tests.reference.bindings.contract import Binding, Input


def _wilson(given: Input) -> Any:
    if "cases" in given:
        results = [intervals.wilson(a, n) for a, n in given["cases"]]
        return {"result": [r.get("reason", "ok") for r in results]}
    return intervals.wilson(given["numerator"], given["denominator"], given["multiplier"])


BINDINGS: dict[str, Binding] = {
    "wilson": _wilson,
    "poisson_rate": lambda g: intervals.poisson_rate(
        g["numerator"], g["denominator"], g["multiplier"]
    ),
    "byar": lambda g: {"ci": intervals.byar(g["count"], float(g["confidence"].strip("%")) / 100)},
    "mean_t": lambda g: intervals.mean_t(g["values"]),
}
