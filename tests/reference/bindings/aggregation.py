"""Pooling over areas and years, symbols of offices, what is missing in a sum."""

from __future__ import annotations

from typing import Any

from domain import rates
from domain.model import State
from tests.reference.bindings.contract import Binding, Input

_ZURICH = {"zurich", "zürich", "ssz", "stadt_zuerich", "statistik_stadt_zuerich", "stadt_zurich"}


def _symbols(given: Input) -> Any:
    """Read cell by cell: a sign of no dialect is refused there and nowhere else."""
    dialect = "zuerich" if given["dialect"] in _ZURICH else given["dialect"]
    read: dict[str, list[Any]] = {"state": [], "value": [], "flag": []}
    for cell in given["cells"]:
        try:
            found = rates.parse_symbol([cell], dialect)
        except rates.UnknownSymbolError:
            found = {"state": ["unknown_symbol"], "value": [None], "flag": [None]}
        for name, values in found.items():
            read[name] += values
    return read


def _missing_logic(given: Input) -> Any:
    result: dict[str, Any] = {}
    if "combine" in given:
        result["state_of_sum"] = _state_of_sum(given["combine"])
    if "cases" in given:
        children = given["children"]
        states, values = [State(c["s"]) for c in children], [c["v"] for c in children]
        result["result"] = [_summed(states, values, case) for case in given["cases"]]
    elif "children" in given:
        result["result"] = _summed(*_parts(given["children"]), "sum_without_parent")
    return result


def _summed(states: list[State], values: list[Any], case: str) -> dict[str, Any]:
    parent = float(case.rsplit("_", 1)[1]) if "parent_" in case else None
    state, value = rates.combine(states, values, parent)
    return {"v": value, "s": _sum_word(state)}


def _state_of_sum(combined: Any) -> Any:
    """Return the state of one sum, or of every sum of a list."""
    if isinstance(combined[0], list):
        return [_state_of_sum(one) for one in combined]
    return _sum_word(rates.combine(*_parts(combined))[0])


def _parts(children: list[Any]) -> tuple[list[State], list[Any]]:
    words = [c["s"] if isinstance(c, dict) else c for c in children]
    values = [c.get("v") if isinstance(c, dict) else None for c in children]
    return [State(w) for w in words], values


def _sum_word(state: State) -> str:
    return "incomplete" if state is State.NOT_COLLECTED else state.value


def _no_mean(given: Input) -> Any:
    parts = given["areas"]
    pooled = rates.pool_share([p["num"] for p in parts], [p["den"] for p in parts])["value"]
    wrong = sum(p["num"] / p["den"] for p in parts) / len(parts)
    return {"pooled": pooled, "wrong_mean_of_shares": wrong}


BINDINGS: dict[str, Binding] = {
    "symbols": _symbols,
    "pool_share": lambda g: rates.pool_share(
        g["numerators"], g["denominators"], g.get("multiplier", 1)
    ),
    "pool_rate": lambda g: rates.pool_rate(
        g["numerators"], g["denominators"], g.get("multiplier", 1)
    ),
    "missing_logic": _missing_logic,
    "no_mean_of_percentages": _no_mean,
}
