"""Change, trends, effects."""

from __future__ import annotations

from typing import Any

from domain import effects, interrupted_series, rank_trends, trends
from tests.reference.bindings.contract import AnyForm, Binding, Input, polarity


def _recent_trend(given: Input) -> Any:
    return trends.recent_trend(
        given["value"],
        given.get("lower95", []),
        given.get("upper95", []),
        polarity(given.get("polarity")),
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


def _first_of(data: Input, *names: str) -> Any:
    return next((data[name] for name in names if name in data), None)


def _synthetic_control(given: Input) -> Any:
    data = given["data"]
    years = _first_of(data, "years", "year", "periods", "time")
    own = _first_of(data, "treated", "treated_unit", "treatment")
    pool = _first_of(data, "donors", "controls", "units", "series", "regions", "outcomes")
    if pool is None:  # one series a name beside the years
        pool = {k: v for k, v in data.items() if isinstance(v, list) and v not in (years, own)}
    named = dict(pool) if isinstance(pool, dict) else dict(enumerate(pool))
    if not isinstance(own, list):  # the treated one is named among all
        own = named.pop(own)
    n_pre = sum(year < given["treatment_year"] for year in years)
    rows = list(named.values())
    found = effects.synthetic_control(own, rows, n_pre, fewest_donors=1, fewest_pre=1)
    by_name = dict(zip(named, found["weights"], strict=True))
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
