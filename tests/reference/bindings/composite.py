"""Composite social index."""

from __future__ import annotations

import random
from typing import Any

from domain import social_index
from domain.model import Polarity
from tests.reference.bindings.contract import AnyForm, Binding, Condition, Input, proven

_WORDS_OF_STATUS = (
    {"ok", "complete", "full", "in_index"},
    {"renormalised", "renormalized", "flagged", "renormalised_flagged", "renormalise_and_flag"},
    {"na", "n/a", "n_a", "not_available", "not available", "missing", "excluded"},
)


def _z_index(given: Input) -> Any:
    weights = given.get("weights")
    found = social_index.z_index(
        given["X"],
        weights=weights,
        population=given.get("population"),
        polarity=_polarity(given.get("polarity"), len(given["X"][0])),
    )
    return {
        **social_index.drop_one(found["z"], weights),
        **found,
        "z_col2": [row[1] if len(row) > 1 else None for row in found["z"]],
        "warning": _in_words_or_list(found.get("warning")),
    }


def _polarity(given: Any, columns: int) -> list[Polarity]:
    listed = given if isinstance(given, list) else [given or "all high = burden"] * columns
    low = {"low_burden", "low", "-", -1, "all low = burden", "high_good"}
    return [Polarity.LOW_BURDEN if p in low else Polarity.HIGH_BURDEN for p in listed]


def _in_words_or_list(warning: str | None) -> AnyForm:
    return AnyForm((warning, [warning] if warning else []))


def _imd(given: Input) -> Any:
    if "domain_scores" in given:
        return {"combined": social_index.combined(given["domain_scores"], given["weights"])}
    shares = given["R"] if "R" in given else social_index.rank_share(given["x"])
    return {
        "R": shares,
        "X": social_index.imd_exponential(shares),
        "statement": proven(_a_tenth_passes_fifty()),
    }


def _a_tenth_passes_fifty() -> bool:
    n = 10_000
    random_order = random.Random(n).sample(range(n), n)
    scores = social_index.imd_exponential(social_index.rank_share(random_order))
    return round(100 * sum(s > 50 for s in scores) / n) == 10


def _counts(given: Input) -> Any:
    """Return published class counts as they are; of their sum alone only that they add up."""
    listed = given["n"]
    if isinstance(listed, (list, dict)):
        counts = list(listed.values()) if isinstance(listed, dict) else listed
        return {"counts": listed, "sum": sum(counts)}
    return {"counts": Condition(lambda want, _: _add_up(want, listed)), "sum": listed}


def _add_up(counts: Any, total: int) -> bool:
    parts = list(counts.values()) if isinstance(counts, dict) else counts
    return all(c >= 0 for c in parts) and sum(parts) == total


def _missing(given: Input) -> Any:
    present, weights = given["present"], given.get("weights")
    if not isinstance(present[0], list):
        return {"status": _status(present, weights)}
    return {"status": [_status(p, weights) for p in present]}


def _status(present: list[bool], weights: list[float] | None) -> AnyForm:
    """The table does not name the words: any of one meaning will do."""
    order = ("ok", "renormalised", "na")
    found = social_index.missing_component(
        weights or [1.0] * len(present), list(map(bool, present))
    )
    meant = _WORDS_OF_STATUS[order.index(found)]
    return AnyForm((*meant, None) if found == "na" else tuple(meant))


BINDINGS: dict[str, Binding] = {
    "exclusion": lambda g: {
        "in_index": social_index.in_index(
            g["residents"], g.get("threshold", social_index.LEAST_RESIDENTS)
        )
    },
    "hamburg_sozialmonitoring": _counts,
    "imd_exponential": _imd,
    "minmax_geometric": lambda g: social_index.minmax_geometric(g["X"], g.get("weights")),
    "missing_component": _missing,
    "mss_class": lambda g: {"class": social_index.mss_class(g["standardised_burden_index"])},
    "z_index": _z_index,
}
