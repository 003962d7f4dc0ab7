"""One group of indicators is protected: all its cells as one table, part by part if need be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from domain.findings import Finding, Severity
from domain.model import Indicator
from domain.progress import Progress
from services.area_steps import AreaSteps
from services.base_tables import hide_bases
from services.hidden_neighbours import hidden_neighbours
from services.kin import Kin
from services.linked_tables import base_periods, k_of
from services.offer import Offer, Part
from services.protected_table import ProtectedTable
from services.table_protection import Hidden, hide
from services.table_relations import Knowledge
from services.table_structure import (
    Structure,
    Together,
    find_structure,
    is_total_series,
    joined_periods,
)

JOINT_CELLS = 30_000
"""Years and pooled years are protected together up to this size, else the pooled stay internal."""
_ROUNDS = 4
"""Parts that hide too much are taken away this often, then no pattern is sought any more."""


@dataclass(frozen=True)
class Desk:
    """What every group of a town is protected with."""

    steps: AreaSteps
    order: Mapping[str, tuple[int, str]]
    max_hidden_share: float


@dataclass
class GroupProtection:
    """Decides what of one group is public.

    Parameters
    ----------
    members
        Indicators of the group, the one that is published in any case first.
    rows
        Marked rows of all of them with ``cell``, ``series``, ``place``, ``was_open`` and
        ``past`` (in an earlier release only); indicators that count the same have one series.
    """

    desk: Desk
    members: Sequence[Indicator]
    kin: Kin
    rows: pd.DataFrame
    progress: Progress
    findings: list[Finding] = field(default_factory=list)

    def protected(self) -> tuple[pd.DataFrame, list[ProtectedTable]]:
        """Return the rows to publish, hidden ones marked in ``hide``, and what was decided."""
        rows, self._bases = hide_bases(self._one_way(), self.kin, self.desk.steps, self._width())
        structure = find_structure(rows, self.kin)
        rows = self._countable(rows, structure)
        self._structure = structure
        self._offer = Offer(rows, structure, self.desk.order)
        self._limit_pooled()
        self._give_up_sparse(self._offer.rows["unsafe"] | self._offer.rows["hidden"])
        outcomes: dict[Together, Hidden] = {}
        for _ in range(_ROUNDS):
            present = {str(p) for p in self._offer.in_play()["period"]}
            together = joined_periods(structure.pooled, present)
            outcomes = {periods: self._protect(periods) for periods in together}
            hidden = frozenset[str]().union(*(o.cells for o in outcomes.values()))
            too_late = self._offer.rows["was_open"] & self._offer.rows["unsafe"]
            hides = self._offer.rows["cell"].isin(list(hidden)) | too_late
            if not self._give_up_sparse(hides):
                break
        left = self._offer.left()
        left = left[~left["past"]].assign(hide=hides.loc[left.index])
        self._tell_neighbours(left, outcomes)
        return left, [self._table(left, outcomes), *self._bases]

    def _width(self) -> int:
        return max(k_of(m) for m in self.members)

    def _one_way(self) -> pd.DataFrame:
        """Keep the newest boundaries of a level, and the levels that sums join."""
        rows = self.rows
        level = rows["level_key"].str.partition("@")[0]
        age = rows["level_key"].map(lambda key: self.desk.order.get(key, (0, ""))[1])
        newest = age == age.groupby([rows["period"], level]).transform("min")
        levels = sorted({str(x) for x in rows.loc[newest, "level_key"]})
        sizes = rows["level_key"].value_counts()
        parts = self.desk.steps.connected(levels)
        largest = max(parts, key=lambda part: (sum(int(sizes[x]) for x in part), sorted(part)))
        return self._without(rows, newest & rows["level_key"].isin(list(largest)))

    def _countable(self, rows: pd.DataFrame, structure: Structure) -> pd.DataFrame:
        """Keep periods that do not overlap, and those that are the sum of such."""
        base = base_periods([str(p) for p in rows["period"].unique()])
        return self._without(rows, rows["period"].isin([*base, *structure.pooled]))

    def _without(self, rows: pd.DataFrame, kept: pd.Series) -> pd.DataFrame:
        gone = ~kept & ~rows["past"]
        if gone.any():
            self._tell("disclosure_linked_internal", count=int(gone.sum()))
        return rows[kept]

    def _limit_pooled(self) -> None:
        """Leave pooled years out where protecting them with the single ones takes too long."""
        if self._structure.pooled and len(self._offer.left()) > JOINT_CELLS:
            self._tell("disclosure_pooled_internal", count=self._offer.withhold_pooled())

    def _give_up_sparse(self, hides: pd.Series) -> bool:
        sparse = self._offer.sparse(hides, self.desk.max_hidden_share)
        for part, share in sparse.items():
            self._offer.withhold(part)
            self._tell(
                "disclosure_level_withheld",
                level=_named(part),
                share=round(100 * share),
            )
        return bool(sparse)

    def _protect(self, periods: Together) -> Hidden:
        """Protect one table, giving parts up until all that is left can be."""
        while True:
            facts = facts_of(self._offer.in_play(), periods)
            hidden = hide(
                facts,
                self._structure,
                self.desk.steps,
                self._width(),
                self.progress.counted("import.protecting_cells", period=periods[0]),
            )
            if not hidden.infeasible or not self._give_up(hidden, facts):
                return hidden

    def _give_up(self, hidden: Hidden, facts: pd.DataFrame) -> bool:
        """Withhold the least part that holds a cell without protection; False if there is none."""
        slacks = sorted(hidden.infeasible & hidden.slacks)
        for slack in slacks:
            inner = self._inner_of(slack)
            if is_total_series(inner):
                indicator = inner.partition("|")[0]
                self._offer.withhold_indicator(indicator)
                self._tell(
                    "disclosure_group_internal", indicator=indicator, shown=self.members[0].id
                )
                return True
        named = {c for s in slacks for c in facts.index if s.endswith(f"-{c}")}
        return self._give_up_weakest(hidden.infeasible | named)

    def _give_up_weakest(self, cells: Collection[str]) -> bool:
        parts = self._offer.weakest(cells)
        for part in parts:
            self._offer.withhold(part)
            self._tell("disclosure_infeasible", period=part.period, level=_named(part))
        return bool(parts)

    def _inner_of(self, slack: str) -> str:
        """Return the series that comes later in its group of the two a slack stands between."""
        names = [m.id for m in self.members]
        for inner, outer in self._structure.slacks:
            if slack.startswith(f"{outer}-{inner}|"):
                ids = [x.partition("|")[0] for x in (inner, outer)]
                return inner if names.index(ids[0]) >= names.index(ids[1]) else outer
        return ""

    def _tell_neighbours(self, left: pd.DataFrame, outcomes: Mapping[Together, Hidden]) -> None:
        beside = {c: others for o in outcomes.values() for c, others in o.beside.items()}
        self.findings += hidden_neighbours(left, beside, self.members[0].id)
        rows = self._offer.rows
        late = sorted(set(rows.loc[rows["was_open"] & rows["unsafe"], "cell"]))
        if late:
            self._tell("disclosure_was_public", count=len(late), cells="; ".join(late[:10]))

    def _table(self, left: pd.DataFrame, outcomes: Mapping[Together, Hidden]) -> ProtectedTable:
        known = [o.known for o in outcomes.values()]
        names = list(dict.fromkeys(str(i) for i in left["indicator"]))
        late = left["was_open"] & left["unsafe"]
        return ProtectedTable(
            indicators=tuple(m.id for m in self.members if m.id in names),
            structure=self._structure,
            known=Knowledge(
                self._width(),
                {p: n for one in known for p, n in one.least.items()},
                {c: n for one in known for c, n in one.most.items()},
                {c: n for one in known for c, n in one.rests.items()},
            ),
            slacks=frozenset[str]().union(*(o.slacks for o in outcomes.values())),
            was_public=frozenset(left.loc[late, "cell"]),
        )

    def _tell(self, code: str, **params: str | int | float) -> None:
        told = {"indicator": self.members[0].id, **params}
        finding = Finding(Severity.WARNING, code, params=told)
        if finding not in self.findings:
            self.findings.append(finding)


def facts_of(rows: pd.DataFrame, periods: Sequence[str]) -> pd.DataFrame:
    """Return one row a cell: what is known of it, whichever indicator shows it."""
    chosen = rows[rows["period"].isin(list(periods))]
    return chosen.groupby("cell").agg(
        series=("series", "first"), period=("period", "first"), place=("place", "first"),
        level_key=("level_key", "first"), number=("number", "max"), top=("top", "min"),
        unsafe=("unsafe", "any"), hidden=("hidden", "any"), was_open=("was_open", "any"),
    )  # fmt: skip


def _named(part: Part) -> str:
    """Return a part in words of the recipe: level, category, pooled or not."""
    _, _, category = part.split.partition("|")
    words = [part.level_key, *([] if is_total_series(part.split) else [category])]
    return ", ".join(words)
