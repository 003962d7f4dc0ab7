"""Holds the answers of the API beside what the pages draw: the same views, periods and ranks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

NUMBERS = {
    "value": "values",
    "numerator": "numerators",
    "denominator": "denominators",
    "lower": "lower",
    "upper": "upper",
}
SAME = 1e-6
"""A view is rounded to six places, which no screen shows."""


@dataclass(frozen=True)
class Offer:
    """One table that the catalogue offers."""

    indicator: str
    category: str
    level: str
    vintage: str
    period: str

    @property
    def query(self) -> dict[str, str]:
        return {name: str(value) for name, value in vars(self).items()}


def newest(client: Any) -> Iterator[Offer]:
    """Yield the newest period of every indicator and category on every level@vintage."""
    for theme in client.get("/api/v1/catalogue").json["themes"]:
        for indicator in theme["indicators"]:
            for offer in indicator["offered"]:
                yield Offer(
                    indicator["id"],
                    offer["category"],
                    offer["level"],
                    offer["vintage"],
                    offer["periods"][-1],
                )


def differences(client: Any, offer: Offer) -> list[tuple[str, str, Any, Any]]:
    """Return area, column, answer and page of every cell in which the two differ."""
    answer = client.get("/api/v1/values", query_string=offer.query).json
    release, town = answer["release"], client.get("/api/v1/catalogue").json["town"]["id"]
    place = f"{town}/{release}/{offer.level}@{offer.vintage}/{offer.indicator}.json"
    category = {"category": offer.category}
    view = client.get(f"/view/{place}", query_string=category).json
    ranks = client.get(f"/ranks/{place}", query_string=category).json["by"].get(offer.period)
    assert [v["area_id"] for v in answer["values"]] == view["areas"]
    assert answer["vintage"] == offer.vintage
    assert answer["ranked"] == (ranks["n"] if ranks else 0)
    found = []
    for i, value in enumerate(answer["values"]):
        page = _of_page(view["by_period"][offer.period], ranks, i)
        found += [
            (value["area_id"], name, value[name], page[name])
            for name in page
            if not _equal(value[name], page[name])
        ]
    return found


def _of_page(shown: dict[str, Any], ranks: dict[str, Any] | None, i: int) -> dict[str, Any]:
    return {
        **{name: shown[column][i] for name, column in NUMBERS.items()},
        "state": shown["states"][i],
        "flags": shown["flags"][i],
        "rank_low": ranks["low"][i] if ranks else None,
        "rank_high": ranks["high"][i] if ranks else None,
    }


def _equal(told: Any, drawn: Any) -> bool:
    if isinstance(told, float) and isinstance(drawn, int | float):
        return math.isclose(told, drawn, rel_tol=1e-9, abs_tol=SAME)
    return bool(told == drawn)
