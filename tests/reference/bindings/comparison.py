"""Comparison."""

from __future__ import annotations

from typing import Any

from domain import comparison, intervals
from tests.reference.bindings.contract import Binding, Input, polarity


def _rag(given: Input) -> Any:
    outcomes = []
    for case in given.get("cases", [given]):
        judged = polarity(case.get("polarity"))
        numbers = (case.get("value"), case.get("ci"), case.get("benchmark"))
        outcomes.append(comparison.rag(*numbers, judged))
    return {"outcome": outcomes}


def _overlap(given: Input) -> Any:
    first, second = given["a"], given["b"]
    (low_a, low_b), (high_a, high_b) = intervals.wilson_interval(
        [first[0], second[0]], [first[1], second[1]]
    )
    difference = comparison.diff_shares(tuple(first), tuple(second))["diff_ci95"]
    return {
        "ci_a": [low_a, high_a],
        "ci_b": [low_b, high_b],
        "ci_overlap": bool(low_a <= high_b and low_b <= high_a),
        "diff_ci95": difference,
        "different": not difference[0] <= 0 <= difference[1],
    }


def _fdr(given: Input) -> Any:
    result = comparison.fdr_bh(given["p"], given.get("q", 0.05))
    return {
        "adjusted": result["adjusted"],
        "n_rejected_bh": result["n_rejected"],
        "n_rejected_bonferroni": result["n_rejected_bonferroni"],
    }


BINDINGS: dict[str, Binding] = {
    "rag": _rag,
    "area_vs_rest": lambda g: comparison.area_vs_rest(
        tuple(g["area"]), tuple(g["city_including_area"])
    ),
    "diff_shares": lambda g: comparison.diff_shares(tuple(g["a"]), tuple(g["b"])),
    "overlap_is_not_a_test": _overlap,
    "fdr_bh": _fdr,
}
