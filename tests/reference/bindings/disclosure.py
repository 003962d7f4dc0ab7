"""Disclosure."""

from __future__ import annotations

from typing import Any

from domain import attack, disclosure
from tests.reference.bindings.contract import Binding, Input


def _primary(given: Input) -> Any:
    if "contributions" in given:
        return disclosure.dominance(
            given["contributions"], nk=tuple(given["nk"]), p_percent=given["p_percent"]
        )
    cells = given["cells"]
    unsafe, states = disclosure.primary(
        [c["num"] for c in cells],
        [c["den"] for c in cells],
        k=given.get("k", 3),
        n_min=given.get("n_min", 10),
    )
    return {"unsafe": unsafe, "state": [s.value for s in states]}


def _audit(given: Input) -> Any:
    return attack.audit(given["equations_sum_to_zero"], given["known"], lower=given["lower_bound"])


def _ci_reveals_n(given: Input) -> Any:
    n = attack.ci_reveals_n(given["share"], given["ci95"])
    return {"n": n, "n_rounded": round(n)}


BINDINGS: dict[str, Binding] = {
    "primary": _primary,
    "audit": _audit,
    "rounded_share": lambda g: {
        "possible_numerators": [
            attack.rounded_share(c["denominator"], c["share_percent"], c["decimals"])
            for c in g["cases"]
        ]
    },
    "ci_reveals_n": _ci_reveals_n,
}
