"""Primary and secondary suppression, attack audit."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from domain import attack, disclosure
from tests.reference.bindings.contract import AnyForm, Binding, Input, each, proven

_SEED, _TABLES, _WIDTH, _TOWN = 20250304, 12, 3.0, "town"
_MOST_ADDED = 3


def _primary(given: Input) -> Any:
    if "contributions" in given:
        return disclosure.dominance(
            given["contributions"],
            nk=tuple(given.get("nk", (2, 75))),
            p_percent=given.get("p_percent", 10),
        )
    cells = given["cells"]
    unsafe, states = disclosure.primary(
        [c.get("num") for c in cells],
        [c.get("den") for c in cells],
        k=given.get("k", 3),
        n_min=given.get("n_min", 10),
    )
    return {"unsafe": unsafe, "state": [s.value for s in states]}


def _audit(given: Input) -> Any:
    equations, known = given["equations_sum_to_zero"], given["known"]
    lower = given.get("lower_bound", 0.0)
    found = attack.audit(equations, known, lower=lower)
    hidden = list(found["feasible"])
    alone = [c for c in hidden if not _told_by_one_table(c, equations, known, lower)]
    added = _added(equations, known, lower)
    return {
        **found,
        # which cells, how many, or whether all of them
        "hidden_alone_safe": AnyForm((alone, len(alone), len(alone) == len(hidden))),
        "joint_protection_adds": AnyForm((added, len(added), bool(added))),
    }


def _told_by_one_table(cell: str, equations: Any, known: Any, lower: float) -> bool:
    return any(
        cell in attack.audit([e], known, lower=lower)["exactly_disclosed"]
        for e in equations
        if cell in e
    )


def _added(equations: Any, known: Any, lower: float) -> list[str]:
    """Return the fewest and smallest numbers to hide too, so that none can be derived."""
    open_cells = sorted(
        (c for c, v in known.items() if not isinstance(v, list)), key=lambda c: (known[c], c)
    )
    for size in range(_MOST_ADDED + 1):
        for more in combinations(open_cells, size):
            left = {c: v for c, v in known.items() if c not in more}
            found = attack.audit(equations, left, lower=lower)
            if not found["exactly_disclosed"]:
                return sorted(more)
    return open_cells


def _ci_reveals_n(given: Input) -> Any:
    if isinstance(given["share"], list):
        pairs = zip(given["share"], given["ci95"], strict=True)
        n: Any = [attack.ci_reveals_n(share, ci) for share, ci in pairs]
    else:
        n = attack.ci_reveals_n(given["share"], given["ci95"])
    return {"n": n, "n_rounded": each(n, round)}


def _properties(_given: Input) -> Any:
    """Protect random tables of three levels and attack them with the linear programs."""
    draw = random.Random(_SEED)
    found = [_protected(draw) for _ in range(_TABLES)]
    derivable_unprotected = any(bare for _, bare in found)
    return {"must_hold": proven(all(safe for safe, _ in found) and derivable_unprotected)}


def _protected(draw: random.Random) -> tuple[bool, bool]:
    """Return whether a table keeps its secrets, and whether it told them before."""
    values, parent = _tree(draw)
    unsafe = [c for c, v in values.items() if 0 < v < 3 and c != _TOWN]
    fixed = {c for c, v in values.items() if v == 0} | {_TOWN}
    found = disclosure.protect_tree(values, parent, unsafe, width=_WIDTH, frozen=frozenset(fixed))
    again = disclosure.protect_tree(
        dict(reversed(values.items())),
        parent,
        unsafe[::-1],
        width=_WIDTH,
        frozen=frozenset(fixed),
    )
    attacked = _attack(values, parent, found.hidden)
    widths = {c: high - low for c, (low, high) in attacked["feasible"].items()}
    safe = (
        set(unsafe) <= found.hidden
        and not found.hidden & fixed
        and again == found
        and all(low <= values[c] <= high for c, (low, high) in attacked["feasible"].items())
        and {c for c, w in widths.items() if w < _WIDTH - 1e-6} == set(found.infeasible)
    )
    return safe, bool(_attack(values, parent, unsafe)["exactly_disclosed"])


def _tree(draw: random.Random) -> tuple[dict[str, float], dict[str, str]]:
    parts = {f"{b}.{i}": b for b in "abc" for i in range(draw.randint(2, 5))}
    numbers = [0, 1, 1, 2, 3, 4, 5, 8, 13, 40]
    values = {cell: float(draw.choice(numbers)) for cell in parts}
    for borough in "abc":
        values[borough] = sum(values[c] for c, above in parts.items() if above == borough)
    values[_TOWN] = sum(values[b] for b in "abc")
    return values, {**parts, **dict.fromkeys("abc", _TOWN)}


def _attack(
    values: dict[str, float], parent: dict[str, str], hidden: Iterable[str]
) -> dict[str, Any]:
    above: dict[str, dict[str, float]] = {}
    for child, name in parent.items():
        above.setdefault(name, {name: -1.0})[child] = 1.0
    shown = {c: v for c, v in values.items() if c not in set(hidden)}
    return attack.audit(list(above.values()), shown, lower=1.0)


BINDINGS: dict[str, Binding] = {
    "primary": _primary,
    "audit": _audit,
    "rounded_share": lambda g: {
        "possible_numerators": [
            attack.rounded_share(c["denominator"], c["share_percent"], c.get("decimals", 1))
            for c in g["cases"]
        ]
    },
    "ci_reveals_n": _ci_reveals_n,
    "properties": _properties,
}
