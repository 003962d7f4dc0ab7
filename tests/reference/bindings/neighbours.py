"""Similar districts."""

from __future__ import annotations

import random
from string import ascii_uppercase
from typing import Any

from domain import similarity
from tests.reference.bindings.contract import Binding, Condition, Input, proven

_SEED = 20250302


def _similar(given: Input) -> Any:
    result: dict[str, Any] = {
        "must_hold": proven(_holds() and _outcome_stays_out(given)),
        "k_effective": Condition(_k_is),
    }
    table = _context(given)
    if not table or not isinstance(table[0], list):
        return result
    found = similarity.similar(table, given.get("weights"), given.get("k", similarity.NEIGHBOURS))
    names = given.get("areas") or list(ascii_uppercase[: len(table)])
    result["neighbours"] = [
        [names[j] if "areas" in given else j for j in row] for row in found.get("neighbours", [])
    ]
    result["k_effective"] = found.get("k")
    for i, name in enumerate(names):
        result[f"distance_{name}"] = found["distance"][i] if "distance" in found else None
        result[f"rebased_{name}"] = found["rebased"][i] if "rebased" in found else None
    return result


def _context(given: Input) -> Any:
    """Return the circumstances: all variables, or those that are named by their position."""
    table, context = given.get("X", given.get("context")), given.get("context")
    if "X" in given and context and all(isinstance(j, int) for j in context):
        return [[row[j] for j in context] for row in table]
    return table


def _table(n: int, columns: int = 4) -> list[list[float | None]]:
    draw = random.Random(_SEED + n)
    return [[draw.uniform(0, 100) for _ in range(columns)] for _ in range(n)]


def _k_is(want: Any, _tolerance: float) -> bool:
    """Compare the number of neighbours of that many areas."""
    found = similarity.similar(_table(want["n"]), k=want["k"])
    return all(len(row) == want["result"] == found["k"] for row in found["neighbours"])


def _outcome_stays_out(given: Input) -> bool:
    context, outcome = given.get("context"), given.get("outcome")
    named = isinstance(context, list) and isinstance(outcome, str)
    return not (named and outcome in context)


def _holds() -> bool:
    """Try the edges: own area, k, missing and constant variables, scale and order of areas."""
    table = _table(12)
    plain = similarity.similar(table)
    own = all(i not in row for i, row in enumerate(plain["neighbours"]))
    constant = similarity.similar([[*row, 7.0] for row in table])
    scaled = similarity.similar([[9 * v - 5 for v in row] for row in table])
    turned = similarity.similar(table[::-1])
    one_missing, two_missing = ([[None] * k + table[0][k:], *table[1:]] for k in (1, 2))
    few = similarity.similar(two_missing)
    return (
        own
        and len(similarity.similar(_table(4), k=10)["neighbours"][0]) == 3
        and constant["neighbours"] == scaled["neighbours"] == plain["neighbours"]
        and turned["neighbours"][::-1] == [[11 - j for j in row] for row in plain["neighbours"]]
        and None not in similarity.similar(one_missing)["distance"][0]
        and few["neighbours"][0] == []
        and set(few["distance"][0][1:]) == {None}
    )


BINDINGS: dict[str, Binding] = {"similar": _similar}
