"""Which parts of a linked table are offered to the public, and which would hide too much.

A part is what is published or withheld as a whole: a split by category (or the total) on one
level, for single or for pooled periods.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from services.table_structure import Series, Structure, is_total_series

EVERY_PERIOD = ""


@dataclass(frozen=True, order=True)
class Part:
    """A split on one level; ``period`` names one where only that is meant."""

    split: Series
    level_key: str
    is_pooled: bool = False
    period: str = EVERY_PERIOD


class Offer:
    """What of a group's rows is on offer; parts are taken away one by one."""

    def __init__(
        self, rows: pd.DataFrame, structure: Structure, order: Mapping[str, tuple[int, str]]
    ) -> None:
        splits = _splits(sorted({str(s) for s in rows["series"]}), structure)
        self._order = order
        self.rows = rows.assign(
            split=rows["series"].map(splits), is_pooled=rows["period"].isin(list(structure.pooled))
        )
        self._open = pd.Series(True, index=rows.index)

    def left(self) -> pd.DataFrame:
        """Return the rows on offer."""
        return self.rows[self._open]

    def in_play(self) -> pd.DataFrame:
        """Return the rows on offer and those that earlier releases show anyway."""
        return self.rows[self._open | self.rows["was_open"]]

    def withhold(self, part: Part) -> None:
        """Take a part away."""
        gone = (
            (self.rows["split"] == part.split)
            & (self.rows["level_key"] == part.level_key)
            & (self.rows["is_pooled"] == part.is_pooled)
        )
        if part.period != EVERY_PERIOD:
            gone &= self.rows["period"] == part.period
        self._open &= ~gone

    def withhold_pooled(self) -> int:
        """Take all pooled periods away; return how many rows that were."""
        gone = self._open & self.rows["is_pooled"]
        self._open &= ~gone
        return int(gone.sum())

    def withhold_indicator(self, indicator: str) -> None:
        """Take all series of an indicator away, also where others count the same."""
        self._open &= ~self.rows["series"].str.startswith(f"{indicator}|")

    def sparse(self, hide: pd.Series, limit: float) -> dict[Part, float]:
        """Return the parts of which a larger share than the limit is hidden, with the share."""
        left = self.left()
        counted = left[(left["shown"] | left["hidden"]) & ~left["past"]]
        keys = ["split", "level_key", "is_pooled"]
        shares = hide.loc[counted.index].groupby([counted[k] for k in keys]).mean()
        found = shares[shares > limit]
        parts = (Part(str(s), str(k), bool(p)) for s, k, p in found.index)
        return dict(zip(parts, found.astype(float), strict=True))

    def weakest(self, cells: Collection[str]) -> list[Part]:
        """Return the parts to give up first, so that cells nobody can protect are not shown.

        Splits go before totals, pooled periods before single ones, fine levels before coarse.
        """
        left = self.left()
        hit = left[left["cell"].isin(list(cells))]
        parts = {
            Part(str(r.split), str(r.level_key), bool(r.is_pooled), str(r.period))
            for r in hit.itertuples(index=False)
        }
        if not parts:
            return []
        lowest = min(map(self._rank, parts))
        return sorted(p for p in parts if self._rank(p) == lowest)

    def _rank(self, part: Part) -> tuple[bool, bool, int]:
        return (
            is_total_series(part.split),
            not part.is_pooled,
            -self._order.get(part.level_key, (0, ""))[0],
        )


def _splits(names: Sequence[Series], structure: Structure) -> dict[Series, Series]:
    """Return series → the first series of its split: categories that add up to something."""
    split = {name: name for name in names}
    joined = [
        [p for p in (target, *parts) if not is_total_series(p)] for target, parts in structure.sums
    ]
    joined += [
        list(pair)
        for pair in structure.slacks
        if not any(map(is_total_series, pair)) and len({p.partition("|")[0] for p in pair}) == 1
    ]
    for together in joined:
        known = [name for name in together if name in split]
        firsts = {split[name] for name in known}
        for name, first in split.items():
            if first in firsts:
                split[name] = min(firsts)
    return split
