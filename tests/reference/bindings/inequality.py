"""Segregation, inequality and gradients."""

from __future__ import annotations

from typing import Any

from domain import inequality
from tests.reference.bindings.contract import Binding, Input, columns, each


def _dissimilarity(given: Input) -> Any:
    if "cases" not in given:
        return inequality.dissimilarity(given["group"], given["total"])
    return columns(inequality.dissimilarity(c["group"], c["total"]) for c in given["cases"])


def _atkinson(given: Input) -> Any:
    return {"A": each(given["epsilon"], lambda e: inequality.atkinson(given["y"], e).get("A"))}


def _theil(given: Input) -> Any:
    found = inequality.theil(given["y"], given.get("regime"))
    return {**found, **inequality.gini(given["y"])}


def _concentration_index(given: Input) -> Any:
    persons, rates = given["births"], given["u5mr_per_1000"]
    if str(given.get("order", "poorest first")).startswith(("rich", "best", "least")):
        persons, rates = persons[::-1], rates[::-1]
    return inequality.concentration_index(persons, rates)


def _sii(given: Input) -> Any:
    persons, values = given["population"], given["value"]
    if str(given.get("order", "most deprived first")).startswith(("least", "rich")):
        persons, values = persons[::-1], values[::-1]
    return inequality.sii(persons, values)


BINDINGS: dict[str, Binding] = {
    "dissimilarity": _dissimilarity,
    "gini": lambda g: inequality.gini(g["y"]),
    "theil": _theil,
    "atkinson": _atkinson,
    "concentration_index": _concentration_index,
    "sii": _sii,
}
