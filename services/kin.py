"""How indicators of the same people are related: the same, one among the other, or apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

TOLERANCE = 5e-4
"""Counts this close are the same."""


@dataclass(frozen=True)
class Kin:
    """How indicators of one group are related.

    Attributes
    ----------
    stands_for
        Indicator → the one with the same numbers; those left out are not among them.
    nested
        ``(inner, outer)`` indicators.
    left_out
        ``(indicator, one it cannot be reconciled with)``: they count the same people by rules
        that neither contain each other nor add up.
    """

    stands_for: Mapping[str, str]
    nested: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[str, str], ...]


def kin_of(
    members: Sequence[str], numbers: Mapping[str, pd.Series], declared: Mapping[str, str]
) -> Kin:
    """Compare the totals of indicators that speak of the same people.

    Parameters
    ----------
    members
        Indicators, the one that is published in any case first.
    numbers
        Their numbers by category and place, missing ones left out.
    declared
        Indicator → the group the recipe puts it in; two of one group that cannot be reconciled
        are not both published.
    """
    stands_for: dict[str, str] = {}
    nested: list[tuple[str, str]] = []
    left_out: list[tuple[str, str]] = []
    for member in members:
        kept = list(dict.fromkeys(stands_for.values()))
        ties = {other: tie(numbers[member], numbers[other]) for other in kept}
        twin = next((other for other, tie in ties.items() if tie == "same"), None)
        if twin:
            stands_for[member] = twin
            continue
        outer = [o for o, tie in ties.items() if tie == "inner"]
        strange = [
            o
            for o, tie in ties.items()
            if not tie
            and declared.get(o) == declared.get(member)
            and not _share_outer(o, outer, nested)
        ]
        if strange:
            left_out.append((member, strange[0]))
            continue
        stands_for[member] = member
        nested += [(member, o) for o in outer]
        nested += [(o, member) for o, tie in ties.items() if tie == "outer"]
    return Kin(stands_for, tuple(nested), tuple(left_out))


def tie(first: pd.Series, second: pd.Series) -> str:
    """Return "same", "inner" (first among second), "outer", or nothing that is known."""
    both = pd.concat([first, second], axis=1, keys=["a", "b"], join="inner").dropna()
    if both.empty:
        return ""
    gap = (both["a"] - both["b"]).to_numpy()
    if np.all(np.abs(gap) < TOLERANCE):
        return "same"
    if np.all(gap < TOLERANCE):
        return "inner"
    return "outer" if np.all(gap > -TOLERANCE) else ""


def _share_outer(other: str, outer: Collection[str], nested: Iterable[tuple[str, str]]) -> bool:
    """Two kinds of people that are both among a third may well be apart."""
    return any((other, whole) in nested for whole in outer)
