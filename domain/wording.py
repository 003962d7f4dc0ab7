"""What a view says, as message keys and parameters; the sentences live in ``i18n``.

Numbers in ``params`` are plain floats in the unit of the indicator (the front end formats them
with its decimals) or whole counts of areas as ``int``. No wording judges an indicator without
polarity, and none names a "worst" district.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

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
        What the badges compare with; only the comparison with the town counts areas.
    """
    known = [v for v in values if v is not None]
    if not known:
        return Message("finding_map.none")
    params: dict[str, Param] = {"low": min(known), "high": max(known), "areas": len(known)}
    if indicator.kind is Kind.COUNT:
        if city is None:
            return Message("finding_map.count_range", params)
        return Message("finding_map.count", {**params, "city": city})
    if len(known) == 1:
        return Message("finding_map.single", {"value": known[0]})
    if city is None:
        return Message("finding_map.range", params)
    params["city"] = city
    compared = [b for b in badges if b != "not_compared"]
    if compare != "city" or not compared:
        return Message("finding_map.city", params)
    above, below = ("higher", "lower")
    if indicator.polarity is Polarity.HIGH_BURDEN:
        above, below = "worse", "better"
    elif indicator.polarity is Polarity.LOW_BURDEN:
        above, below = "better", "worse"
    params |= {
        "above": compared.count(above),
        "below": compared.count(below),
        "compared": len(compared),
    }
    if not params["above"] and not params["below"]:
        return Message("finding_map.alike", params)
    # lead with the burdened side, so that need is read first
    lead = "below" if indicator.polarity is Polarity.LOW_BURDEN else "above"
    number = "_one" if params[lead] == 1 else ""
    return Message(f"finding_map.city_{lead}{number}", params)


def scatter_finding(result: dict[str, object]) -> Message:
    """Say how two indicators go together, honest about chance.

    Parameters
    ----------
    result
        What :func:`domain.association.pearson` returned.
    """
    if result.get("reason") == "too_few":
        return Message("finding_scatter.too_few", {"n": int(str(result.get("n", 0)))})
    if result.get("reason"):
        return Message("finding_scatter.constant")
    r = float(str(result["r"]))
    lower, upper = result["ci95"]  # type: ignore[misc]
    params: dict[str, Param] = {
        "r": r,
        "lower": float(lower),
        "upper": float(upper),
        "n": int(str(result["n"])),
    }
    if lower <= 0 <= upper:
        return Message("finding_scatter.unclear", params)
    strength = "strong" if abs(r) >= 0.7 else "medium" if abs(r) >= 0.4 else "weak"
    direction = "positive" if r > 0 else "negative"
    return Message(f"finding_scatter.{strength}_{direction}", params)
