"""Aggregation."""

from __future__ import annotations

from typing import Any

from domain import rates
from domain.model import State
from tests.reference.bindings.contract import Binding, Input


def _missing_logic(given: Input) -> Any:
    children = given.get("children", [])
    states = [State(c["s"]) for c in children]
    values = [c["v"] for c in children]
    if "combine" in given:
        found = [rates.combine([State(s) for s in c], [None] * len(c))[0] for c in given["combine"]]
        return {"state_of_sum": [_sum_word(s) for s in found]}
    results = []
    for case in given["cases"]:
        parent = float(case.rsplit("_", 1)[1]) if "parent_" in case else None
        state, value = rates.combine(states, values, parent)
        results.append({"v": value, "s": state.value})
    return {"result": results}


def _sum_word(state: State) -> str:
    return "incomplete" if state is State.NOT_COLLECTED else state.value


def _no_mean(given: Input) -> Any:
    parts = given["areas"]
    pooled = rates.pool_share([p["num"] for p in parts], [p["den"] for p in parts])["value"]
    wrong = sum(p["num"] / p["den"] for p in parts) / len(parts)
    return {"pooled": pooled, "wrong_mean_of_shares": wrong}


BINDINGS: dict[str, Binding] = {
    "symbols": lambda g: rates.parse_symbol(g["cells"], g["dialect"]),
    "pool_share": lambda g: rates.pool_share(g["numerators"], g["denominators"], g["multiplier"]),
    "pool_rate": lambda g: rates.pool_rate(g["numerators"], g["denominators"], g["multiplier"]),
    "missing_logic": _missing_logic,
    "no_mean_of_percentages": _no_mean,
}
