"""Trend impact."""

from __future__ import annotations

from typing import Any

from domain import effects, interrupted_series, rank_trends, trends
from tests.reference.bindings.contract import AnyForm, Binding, Input, polarity


def _recent_trend(given: Input) -> Any:
    return trends.recent_trend(
        given["value"], given["lower95"], given["upper95"], polarity(given.get("polarity"))
    )


def _mann_kendall(given: Input) -> Any:
    if "n_S" in given:
        return {"p_one_sided": [rank_trends.mann_kendall_tail(n, s) for n, s in given["n_S"]]}
    return rank_trends.mann_kendall(given["y"])


def _theil_sen(given: Input) -> Any:
    return rank_trends.theil_sen(given.get("x", range(len(given["y"]))), given["y"])


def _did(given: Input) -> Any:
    if "pre" not in given:
        return effects.did_of_means(tuple(given["treated"]), tuple(given["control"]))
    return effects.did(
        given["pre"], given["post"], given.get("treated_index", given.get("treated"))
    )


def _its(given: Input) -> Any:
    found = interrupted_series.its(
        given["count"],
        given["first_post_index_0based"],
        given.get("offset_population"),
        given.get("month"),
    )
    return {
        **found,
        "rr_poisson": found.get("rr"),
        "rr_quasi": found.get("rr"),
        "ci_poisson": found.get("ci95_poisson"),
        "ci_quasi": found.get("ci95_quasi"),
        "ci_seasonal": found.get("ci95_seasonal"),
    }


def _synthetic_control(given: Input) -> Any:
    data = given["data"]
    years = list(data.get("years", data.get("year", [])))
    donors = data.get("donors", data.get("controls"))
    names = list(donors) if isinstance(donors, dict) else None
    rows = list(donors.values()) if isinstance(donors, dict) else donors
    n_pre = sum(year < given["treatment_year"] for year in years)
    found = effects.synthetic_control(data["treated"], rows, n_pre, fewest_donors=1, fewest_pre=1)
    if names is None or "weights" not in found:
        return found
    by_name = dict(zip(names, found["weights"], strict=True))
    return {**found, "weights": AnyForm((found["weights"], by_name))}


BINDINGS: dict[str, Binding] = {
    "recent_trend": _recent_trend,
    "mann_kendall": _mann_kendall,
    "theil_sen": _theil_sen,
    "change": lambda g: trends.change(tuple(g["year1"]), tuple(g["year2"])),
    "did": _did,
    "its": _its,
    "synthetic_control": _synthetic_control,
}
