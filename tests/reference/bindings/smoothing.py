"""Smoothing."""

from __future__ import annotations

from typing import Any

from domain import smoothing
from tests.reference.bindings.contract import AnyForm, Binding, Input


def _summed_up(smoothed: list[float | None]) -> dict[str, Any]:
    known = [v for v in smoothed if v is not None]
    return {
        "first5": smoothed[:5],
        "first10": smoothed[:10],
        "mean": sum(known) / len(known),
        "min": min(known),
        "max": max(known),
    }


def _eb_global(given: Input) -> Any:
    found = smoothing.eb_global(given["events"], given["population"])
    return {**_summed_up(found["smoothed"]), **found}


def _eb_share(given: Input) -> Any:
    found = smoothing.eb_share(given["events"], given["population"])
    summed = _summed_up(found["smoothed"])
    percent = [None if v is None else 100 * v for v in summed["first10"]]
    # beside a list in percent the mean may be one as well
    mean = AnyForm((summed["mean"], 100 * summed["mean"]))
    return {**summed, **found, "first10_percent": percent, "mean": mean}


def _eb_spatial(given: Input) -> Any:
    around = given.get("neighbours_0based", given.get("neighbours"))
    found = smoothing.eb_spatial(given["events"], given["population"], around)
    return {**_summed_up(found["smoothed"]), **found}


def _excess_risk(given: Input) -> Any:
    ratios = smoothing.excess_risk(given["events"], given["population"])
    return {**_summed_up(ratios), "ratio": ratios}


BINDINGS: dict[str, Binding] = {
    "eb_global": _eb_global,
    "eb_share": _eb_share,
    "eb_spatial": _eb_spatial,
    "excess_risk": _excess_risk,
}
