"""One group of indicators is rounded: shown everywhere, unless sums pin a small count down."""

from __future__ import annotations

import pandas as pd

from domain.model import State
from services.group_protection import GroupProtection, facts_of
from services.offer import Offer
from services.protected_table import ProtectedTable
from services.rounded_tables import known_zeros, narrow_rounded, rounded, rounded_rows
from services.table_relations import Knowledge
from services.table_structure import Structure, Together, find_structure, joined_periods


class RoundedProtection(GroupProtection):
    """Decides what of one group is shown in rounded counts."""

    def protected(self) -> tuple[pd.DataFrame, list[ProtectedTable]]:
        """Return the rows to publish, rounded, and what an attacker knows of them.

        What its office or an earlier release hid stays hidden.
        """
        base = max(m.rounding for m in self.members)
        rows = self._one_way()
        structure = find_structure(rows, self.kin)
        rows = self._countable(rows, structure)
        self._structure = structure
        self._offer = Offer(rows, structure, self.desk.order)
        self._limit_pooled()
        rests: dict[str, float] = {}
        present = {str(p) for p in self._offer.in_play()["period"]}
        for periods in joined_periods(structure.pooled, present):
            rests |= self._attacked(structure, periods, base)
        left = self._offer.left()
        left = left[~left["past"]]
        by_id = {m.id: m for m in self.members}
        parts = [
            rounded_rows(mine, by_id[str(name)], base)
            for name, mine in left.groupby("indicator", sort=False)
        ]
        public = pd.concat(parts) if parts else left
        late = public["was_open"] & (public["state"] == State.SUPPRESSED)
        table = ProtectedTable(
            indicators=tuple(m.id for m in self.members if m.id in set(left["indicator"])),
            structure=structure,
            known=Knowledge(self._width(), {}, {}, rests),
            was_public=frozenset(public.loc[late, "cell"]),
            rounding=base,
        )
        return public.assign(hide=public["hidden"]), [table]

    def _attacked(self, structure: Structure, periods: Together, base: int) -> dict[str, float]:
        """Give up parts until no small count can be pinned down; return the rests."""
        known = Knowledge(self._width(), {})
        while True:
            rows = self._offer.in_play()
            facts = facts_of(rows, periods)
            facts = facts.assign(
                number=facts["number"].mask(facts["hidden"]),
                displayed=rounded(facts["number"].mask(facts["hidden"]), base),
                is_zero=facts.index.isin(list(known_zeros(rows))),
            )
            narrow, rests, _ = narrow_rounded(facts, structure, self.desk.steps, known, base)
            if not narrow or not self._give_up_weakest(narrow):
                return rests
