"""Who gets more and who less than by another distribution, and how many children live there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

MORE, SAME, LESS = "more", "same", "less"
_SMALLEST = 1e-6


@dataclass(frozen=True)
class Group:
    """Areas, their children, and what they get more (or less, below 0) together."""

    areas: int
    children: float
    amount: float


@dataclass(frozen=True)
class Gains:
    """A distribution beside another one; tuples follow the areas given.

    Attributes
    ----------
    changes
        In the unit of the amounts, NaN where the other one has no amount.
    shares
        The same as a share of the other amount, NaN where that is 0 or none.
    more, same, less
        The areas by the sign of their change; areas without another amount are in none.
    """

    changes: tuple[float, ...]
    shares: tuple[float, ...]
    more: Group
    same: Group
    less: Group

    @property
    def by_change(self) -> tuple[int, ...]:
        """Positions of areas with a change, the largest gain in the unit first."""
        return _by(self.changes)

    @property
    def by_share(self) -> tuple[int, ...]:
        """Positions of areas with a share, the largest gain in percent first.

        Areas held by one limit differ in percent by a cent only: among them the amount decides.
        """
        return tuple(
            sorted(_by(self.shares), key=lambda k: (-round(self.shares[k], 4), -self.changes[k]))
        )


def gains(amounts: Sequence[float], other: Sequence[float], children: Sequence[float]) -> Gains:
    """Compare two distributions of the same areas.

    Parameters
    ----------
    amounts, other
        In the same unit, ``other`` NaN where there is none, shape ``(n_areas,)`` each.
    children
        Of each area, same shape.

    Examples
    --------
    >>> found = gains([3.0, 1.0, 2.0], [2.0, 2.0, float("nan")], [10, 20, 30])
    >>> found.more, found.shares[:2]
    (Group(areas=1, children=10, amount=1.0), (0.5, -0.5))
    """
    changes = tuple(a - o for a, o in zip(amounts, other, strict=True))
    changes = tuple(0.0 if abs(c) < _SMALLEST else c for c in changes)
    groups: dict[str, list[int]] = {MORE: [], SAME: [], LESS: []}
    for k, change in enumerate(changes):
        if not math.isnan(change):
            groups[MORE if change > 0 else LESS if change < 0 else SAME].append(k)
    more, same, less = (
        Group(len(ks), sum(children[k] for k in ks), math.fsum(changes[k] for k in ks))
        for ks in groups.values()
    )
    return Gains(
        changes=changes,
        shares=tuple(c / o if o > 0 else math.nan for c, o in zip(changes, other, strict=True)),
        more=more,
        same=same,
        less=less,
    )


def _by(numbers: Sequence[float]) -> tuple[int, ...]:
    known = [k for k, x in enumerate(numbers) if not math.isnan(x)]
    return tuple(sorted(known, key=lambda k: (-numbers[k], k)))
