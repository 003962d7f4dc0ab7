"""What a view says, as message keys and parameters; the sentences live in ``i18n``.

Numbers in ``params`` are plain floats in the unit of the indicator (the front end formats them
with its decimals) or whole counts of areas as ``int``. No wording judges an indicator without
polarity, and none names a "worst" district.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.model import Indicator, Kind, Polarity

Param = float | int | str


@dataclass(frozen=True)
class Message:
    """A sentence before language: key, numbers, names."""

    key: str
    params: dict[str, Param] = field(default_factory=dict)


def map_finding(
    indicator: Indicator,
    *,
    values: Sequence[float | None],
    badges: Sequence[str],
    city: float | None,
    compare: str,
) -> Message:
    """Say what the map shows: the town, the range, how many areas differ by more than chance.

    Parameters
    ----------
    values
        Shown values of all areas, ``None`` where none may be shown.
    badges
        Words of :mod:`domain.comparison`, same length.
    city
        Value of the town in the same period, if there is one.
    compare
        What the badges compare with: ``city``, ``parent``, ``target`` or ``previous``.
    """
    known = [v for v in values if v is not None]
    if not known:
        return Message("finding_map.none")
    params: dict[str, Param] = {"low": min(known), "high": max(known), "areas": len(known)}
    if city is not None:
        params["city"] = city
    if indicator.kind is Kind.COUNT:
        return Message("finding_map.count_range" if city is None else "finding_map.count", params)
    if len(known) == 1:
        return Message("finding_map.single", {"value": known[0]})
    has_basis = compare != "city" or city is not None
    if has_basis and any(b != "not_compared" for b in badges):
        return _compared(indicator.polarity, badges, params, compare)
    return Message("finding_map.range" if city is None else "finding_map.city", params)


def _compared(
    polarity: Polarity, badges: Sequence[str], params: dict[str, Param], compare: str
) -> Message:
    """Count the areas that differ; the burdened side first, so that need is read first."""
    words = {
        Polarity.HIGH_BURDEN: ("worse", "better"),
        Polarity.LOW_BURDEN: ("better", "worse"),
        Polarity.NONE: ("higher", "lower"),
    }
    above, below = (sum(b == w for b in badges) for w in words[polarity])
    compared = sum(b != "not_compared" for b in badges)
    params = {**params, "above": above, "below": below, "compared": compared}
    if not above and not below:
        return Message(
            f"finding_map.{'alike' if compare == 'city' else compare + '_alike'}", params
        )
    sides = ("below", "above") if polarity is Polarity.LOW_BURDEN else ("above", "below")
    lead = next(side for side in sides if params[side])
    number = "_one" if params[lead] == 1 and compare == "city" else ""
    return Message(f"finding_map.{compare}_{lead}{number}", params)


STRONG, MEDIUM = 0.7, 0.4
"""From which |r| on a relation is called strong, or of middle strength."""


def scatter_finding(result: Mapping[str, Any]) -> Message:
    """Say how two indicators go together, honest about chance.

    Parameters
    ----------
    result
        What :func:`domain.association.pearson` returned.
    """
    if result.get("reason") == "too_few":
        return Message("finding_scatter.too_few", {"n": int(result["n"])})
    if result.get("reason"):
        return Message("finding_scatter.constant")
    r = float(result["r"])
    lower, upper = (float(x) for x in result["ci95"])
    params: dict[str, Param] = {
        "r": r,
        "lower": lower,
        "upper": upper,
        "n": int(result["n"]),
    }
    if lower <= 0 <= upper:
        return Message("finding_scatter.unclear", params)
    strength = "strong" if abs(r) >= STRONG else "medium" if abs(r) >= MEDIUM else "weak"
    direction = "positive" if r > 0 else "negative"
    return Message(f"finding_scatter.{strength}_{direction}", params)
