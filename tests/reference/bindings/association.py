"""Association."""

from __future__ import annotations

from typing import Any

from domain import association
from tests.reference.bindings.contract import Binding, Input


def _pearson(given: Input) -> Any:
    if "cases" in given:
        return {
            "result": [association.pearson(c["x"], c["y"]).get("reason") for c in given["cases"]]
        }
    return association.pearson(given["x"], given["y"], fewest=3)


def _lowess(given: Input) -> Any:
    fitted = association.lowess(
        given["x"], given["y"], frac=given.get("frac", 2 / 3), it=given.get("it", 3), fewest=3
    )["fitted"]
    return {"first10": fitted[:10], "last": fitted[-1]}


BINDINGS: dict[str, Binding] = {
    "pearson": _pearson,
    "spearman": lambda g: association.spearman(g["x"], g["y"], fewest=3),
    "weighted_pearson": lambda g: association.weighted_pearson(
        g["x"], g["y"], g.get("w", [1] * len(g["x"])), fewest=3
    ),
    "ols": lambda g: association.ols(g["x"], g["y"], fewest=3),
    "lowess": _lowess,
}
