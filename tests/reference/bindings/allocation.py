"""Formula funding, floors, caps, whole posts."""

from __future__ import annotations

import itertools
import random
from typing import Any

import numpy as np

from domain import allocation
from tests.reference.bindings.contract import Binding, Input, each, proven

_SEED, _DRAWS = 20250301, 60


def _concentration(given: Input) -> Any:
    def index(amounts: list[float]) -> Any:
        found = allocation.concentration(given["index"], given["children"], amounts)
        return found.get("concentration_index")

    listed = given["allocations"]
    nested = isinstance(listed[0], list)
    return {"concentration_index": each(listed, index) if nested else index(listed)}


def _formula(given: Input) -> Any:
    change = given.get("max_change")
    limits = allocation.Limits(
        floor=given.get("floor_per_child"),
        cap=given.get("cap_per_child"),
        last_year=given.get("last_year"),
        # some write a share, some percent
        max_change=change / 100 if change is not None and change > 1 else change,
    )
    found = allocation.formula(
        given["children"],
        given.get("index", [1.0] * len(given["children"])),
        given["budget"],
        gearing=given.get("g", 1.0),
        limits=limits,
    )
    return {**found, "error": found.get("reason")}


def _largest_remainder(given: Input) -> Any:
    result: dict[str, Any] = {}
    if "weights" in given:
        codes = given.get("codes", given.get("names"))
        result = _each_seats(
            given, lambda n: allocation.largest_remainder(given["weights"], n, codes)
        )
    if "generate" in given:
        result["must_hold"] = proven(_seats_hold())
    return result


def _sainte_lague(given: Input) -> Any:
    return _each_seats(given, lambda n: allocation.sainte_lague(given["weights"], n))


def _each_seats(given: Input, share: Any) -> dict[str, Any]:
    """Share one number of seats, or every number of a list."""
    if not isinstance(given["seats"], list):
        return share(given["seats"])
    return {"seats": [share(n)["seats"] for n in given["seats"]]}


def _seats_hold() -> bool:
    """Try random weights: sum, quota rule, order of areas, scale of weights, no reversal."""
    draw = random.Random(_SEED)
    return all(_holds_for(draw) for _ in range(_DRAWS))


def _holds_for(draw: random.Random) -> bool:
    weights = [draw.randint(0, 5000) for _ in range(draw.randint(1, 40))]
    weights[0] += 1
    total, seats = sum(weights), draw.randint(0, 200)
    codes = [f"{i:03d}" for i in range(len(weights))]
    found = allocation.largest_remainder(weights, seats, codes)["seats"]
    order = draw.sample(range(len(weights)), len(weights))
    turned = allocation.largest_remainder(
        [weights[i] for i in order], seats, [codes[i] for i in order]
    )["seats"]
    scaled = allocation.largest_remainder([3 * w for w in weights], seats, codes)["seats"]
    return (
        sum(found) == seats
        and all(abs(s - seats * w / total) < 1 for s, w in zip(found, weights, strict=True))
        and turned == [found[i] for i in order]
        and scaled == found
        and all(
            a >= b
            for a, v in zip(found, weights, strict=True)
            for b, w in zip(found, weights, strict=True)
            if v > w
        )
    )


def _suits(given: Input) -> Any:
    need = _parts(given["need_share"])
    listed = [given[k] for k in ("benefit_share", "benefit_share2") if k in given]
    found = [allocation.suits(need, _parts(b)).get("S") for b in listed]
    return {"S": found if len(found) > 1 else found[0]}


def _parts(shares: list[float]) -> list[float]:
    """Return the parts of cumulative shares, which end at the whole without adding up to it."""
    whole = shares[-1]
    rising = all(a <= b for a, b in itertools.pairwise(shares))
    if rising and whole in (1, 100) and sum(shares) > whole * (1 + 1e-9):
        return np.diff([0.0, *shares]).tolist()
    return shares


BINDINGS: dict[str, Binding] = {
    "concentration": _concentration,
    "formula": _formula,
    "largest_remainder": _largest_remainder,
    "sainte_lague": _sainte_lague,
    "suits": _suits,
}
