"""Outlook on child population."""

from __future__ import annotations

import random
from typing import Any

from domain import projection
from tests.reference.bindings.contract import Binding, Input, proven

_SEED = 20250303


def _birth_cohorts(given: Input) -> Any:
    found = projection.birth_cohorts(given["cohorts_oldest_first"])
    return {"next_two": found["next"]} if "next" in found else found


def _control(given: Input) -> Any:
    areas, total = given["areas"], given["city_total"]
    if isinstance(areas, dict):
        scaled = projection.control_to_city(list(areas.values()), total).get("areas", [])
        return {"areas": dict(zip(areas, scaled, strict=False))}
    if isinstance(total, list):
        ages = [_scaled(list(c), t) for c, t in zip(zip(*areas, strict=True), total, strict=True)]
        return {"areas": [list(row) for row in zip(*ages, strict=True)]}
    return projection.control_to_city(areas, total)


def _scaled(areas: list[float], total: float) -> list[float | None]:
    found: list[float | None] = projection.control_to_city(areas, total)["areas"]
    return found


def _hamilton_perry(given: Input) -> Any:
    result: dict[str, Any] = {"must_hold": proven(_rules_hold())}
    if "t" not in given:
        return result
    steps = given.get("steps", 2)
    first, last = given.get("women_groups_index", (4, 9))
    found = projection.hamilton_perry(given["t_minus_5"], given["t"], (first, last), max(steps, 1))
    for step, groups in enumerate(found.get("projections", []), start=1):
        result[f"t_plus_{5 * step}"] = groups
    return {**found, **result}


def _rules_hold() -> bool:
    """Try ratios and cohorts at their limits, and that a stable population stays as it is."""
    draw = random.Random(_SEED)
    before = [float(draw.randint(200, 260)) for _ in range(9)]
    burst = projection.hamilton_perry(before, [v * 2 for v in before], (4, 9))
    fallen = projection.hamilton_perry(before, [v / 2 for v in before], (4, 9))
    tiny = projection.hamilton_perry([9.0, *before[1:]], before, (4, 9), 2)
    stable = projection.hamilton_perry([100.0] * 9, [100.0] * 9, (4, 9), 2)
    return (
        max(burst["ccr"]) <= projection.MOST_RATIO
        and burst["limited"] == list(range(8))
        and min(fallen["ccr"]) >= projection.LEAST_RATIO
        and fallen["limited"] != []
        and tiny["small"] == [0]
        and tiny["projections"][0][1] is None
        and None not in tiny["projections"][0][2:]
        and all(abs(v - 100) < 1e-9 for step in stable["projections"] for v in step)
    )


def _single_year(given: Input) -> Any:
    found = projection.single_year(given["t_minus_1"], given["t"])
    ages = given.get("ages", list(range(len(given["t"]))))
    return {
        "ratio_0to1_etc": found["ratio"],
        f"t_plus_1_age_{ages[1]}_to_{ages[-1]}": found["next"],
    }


BINDINGS: dict[str, Binding] = {
    "birth_cohorts": _birth_cohorts,
    "control_to_city": _control,
    "hamilton_perry": _hamilton_perry,
    "single_year": _single_year,
}
