"""Funnel."""

from __future__ import annotations

from typing import Any

from domain import funnel
from tests.reference.bindings.contract import Binding, Input


def _proportion(given: Input) -> Any:
    result: dict[str, Any] = {}
    sizes = given.get("denominators", given.get("denominator"))
    common = given.get("p0")
    if "numerator" in given:
        common = funnel.pooled(given["numerator"], sizes) if common is None else common
        result["label"] = funnel.funnel_label(given["numerator"], sizes, common)
    if common is not None:
        result.update(funnel.funnel_limits(common, sizes))
    return result


def _overdispersion(given: Input) -> Any:
    return funnel.phi(
        given["numerator"],
        given.get("denominator", given.get("denominators")),
        given.get("p0"),
        given.get("winsor", funnel.WINSOR),
    )


BINDINGS: dict[str, Binding] = {
    "funnel_proportion": _proportion,
    "funnel_ratio": lambda g: {
        "label": funnel.funnel_ratio_label(g["observed"], g["expected_count"])
    },
    "overdispersion": _overdispersion,
}
