"""What the public may see: small cells hidden, their neighbours with them, the rest as it is.

An indicator without small cells is published as a whole. One with small cells is published in a
single tree of levels, by year and without categories, protected so that no hidden number can be
derived; every other table of the same people stays internal (docs/methods.md, disclosure).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from domain.disclosure import protect_tree
from domain.findings import Finding, Severity
from domain.model import Catalogue, Indicator, State
from domain.progress import Progress, silent
from services.group_sums import with_member_sums
from services.linked_tables import (
    PROTECTED_HERE,
    base_periods,
    has_small_difference,
    is_total,
    k_of,
    marked_cells,
    same_numbers,
)
from services.nesting import Cell, Hierarchy, groups_by_level, hierarchies, level_order

MAX_HIDDEN_SHARE = 0.25
NUMBERS = ["value", "numerator", "denominator", "lower", "upper", "lower998", "upper998"]
_TABLE = ["period", "level_key", "area"]


@dataclass(frozen=True)
class ProtectedTable:
    """One group of indicators published in a tree; what the release audit needs to attack it."""

    indicators: tuple[str, ...]
    hierarchy: Hierarchy
    width: int
    hidden: dict[str, frozenset[Cell]] = field(default_factory=dict)
    """Hidden cells by period."""
    least: dict[str, float] = field(default_factory=dict)
    """What an attacker knows a hidden cell to hold at least, by period: 1 unless zeros hide."""


@dataclass(frozen=True)
class Protection:
    """The public values, the tables that had to be protected, and what was decided."""

    values: pd.DataFrame
    tables: tuple[ProtectedTable, ...]
    findings: tuple[Finding, ...]


def protect(
    values: pd.DataFrame,
    catalogue: Catalogue,
    parents: pd.DataFrame,
    *,
    max_hidden_share: float = MAX_HIDDEN_SHARE,
    progress: Progress | None = None,
) -> Protection:
    """Return the public values of a town.

    Parameters
    ----------
    values
        All values with intervals, one row a cell, in display units.
    max_hidden_share
        A level of an indicator of which more than this share would be hidden is not published.
    """
    keyed = values.assign(level_key=values["level"] + "@" + values["vintage"])
    by_indicator = {str(i): rows for i, rows in keyed.groupby("indicator", sort=False)}
    desk = _Desk(catalogue, hierarchies(parents, groups_by_level(catalogue)), max_hidden_share)
    open_parts = [
        _without_numbers(by_indicator[i.id], by_indicator[i.id]["state"] == State.SUPPRESSED)
        for i in catalogue.indicators
        if i.id in by_indicator and i.disclosure not in PROTECTED_HERE
    ]
    groups = _groups(catalogue, by_indicator)
    done, told = 0, progress or silent()
    for members in groups:
        of = sum(map(len, groups))
        told.at(done / of, "import.protecting", done=done + 1, of=of)
        done += len(members)
        marked = {m.id: desk.checked(marked_cells(by_indicator[m.id], m), m) for m in members}
        open_parts.append(desk.publish(members, marked))
    parts = [p.loc[:, list(values.columns)] for p in open_parts if not p.empty]
    public = pd.concat(parts, ignore_index=True) if parts else values.iloc[:0]
    return Protection(public, tuple(desk.tables), tuple(desk.findings))


def _groups(catalogue: Catalogue, by_indicator: dict[str, pd.DataFrame]) -> list[list[Indicator]]:
    """Return indicators that speak of the same people together, in catalogue order."""
    groups: dict[str, list[Indicator]] = {}
    for indicator in catalogue.indicators:
        if indicator.id in by_indicator and indicator.disclosure in PROTECTED_HERE:
            name = f"group {indicator.group}" if indicator.group else f"alone {indicator.id}"
            groups.setdefault(name, []).append(indicator)
    return list(groups.values())


class _Desk:
    """Decides group by group and collects tables and findings."""

    def __init__(
        self, catalogue: Catalogue, nesting: list[Hierarchy], max_hidden_share: float
    ) -> None:
        self._order = level_order(catalogue)
        self._groups = groups_by_level(catalogue)
        self._nesting = nesting
        self._limit = max_hidden_share
        self.tables: list[ProtectedTable] = []
        self.findings: list[Finding] = []

    def checked(self, cells: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
        """Leave out shown cells no rule can test: what cannot be checked is not published."""
        count = int(cells["unchecked"].sum())
        if count:
            self._tell("disclosure_unchecked", indicator=indicator.id, count=count)
        return cells[~cells["unchecked"]]

    def publish(self, members: list[Indicator], marked: dict[str, pd.DataFrame]) -> pd.DataFrame:
        """Return the public rows of one group."""
        k = max(k_of(m) for m in members)
        if not _is_delicate([with_member_sums(marked[m.id], self._groups) for m in members], k):
            return pd.concat(list(marked.values()))
        same = [m for m in members if m is members[0] or _same(marked, members[0], m)]
        for member in members:
            if member not in same:
                self._tell("disclosure_group_internal", indicator=member.id, shown=members[0].id)
        pooled = pd.concat([marked[m.id] for m in same])
        table = self._main_table(pooled, [m.id for m in same])
        hierarchy = self._hierarchy(table)
        protected = ProtectedTable(tuple(m.id for m in same), hierarchy, k)
        # A level that is too sparse already would only cost the others their numbers.
        table = self._dense_levels(table, table["unsafe"] | table["hidden"], protected.indicators)
        kept = pd.concat(
            [
                self._protect(rows, hierarchy, protected, str(p))
                for p, rows in table.groupby("period")
            ]
            or [table]
        )
        self.tables.append(protected)
        hidden = kept["state"] == State.SUPPRESSED
        return self._dense_levels(kept, hidden, protected.indicators)

    def _main_table(self, cells: pd.DataFrame, names: list[str]) -> pd.DataFrame:
        """Keep totals of single periods; the rest are linked tables and stay internal."""
        periods = base_periods([str(p) for p in cells["period"].unique()])
        main = is_total(cells) & cells["period"].isin(list(periods))
        if not main.all():
            self._tell("disclosure_linked_internal", indicator=names[0], count=int((~main).sum()))
        return cells[main]

    def _hierarchy(self, cells: pd.DataFrame) -> Hierarchy:
        """Return the hierarchy that holds most cells; levels of their own if there is none."""
        sizes = cells.groupby("level_key").size()
        lonely = [Hierarchy(str(key), {}, self._groups) for key in sizes.index]
        candidates = [*self._nesting, *lonely]

        def held(hierarchy: Hierarchy) -> int:
            levels = hierarchy.levels or {hierarchy.name}
            return int(sizes[sizes.index.isin(list(levels))].sum())

        return max(candidates, key=held)

    def _protect(
        self, cells: pd.DataFrame, hierarchy: Hierarchy, table: ProtectedTable, period: str
    ) -> pd.DataFrame:
        """Hide what must be hidden in one period of one tree."""
        levels = hierarchy.levels or {hierarchy.name}
        present = [str(x) for x in cells["level_key"].unique() if x in levels]
        chain = hierarchy.chain(sorted(present, key=lambda x: self._order.get(x, (0, x))))
        inside = cells[cells["level_key"].isin(chain)]
        if len(inside) < len(cells):
            self._tell(
                "disclosure_linked_internal",
                indicator=table.indicators[0],
                count=len(cells) - len(inside),
            )
        names = inside["level_key"] + "|" + inside["area"]
        facts = inside.assign(cell=names).groupby("cell").agg(
            number=("number", "max"), top=("top", "min"), unsafe=("unsafe", "any"),
            hidden=("hidden", "any"), shown=("shown", "any"),
        )  # fmt: skip
        table.least[period] = _least(facts)
        hidden = self._hidden(
            facts,
            hierarchy.parents(chain, facts.index),
            width=table.width,
            least=table.least[period],
        )
        if hidden is None:
            self._tell("disclosure_infeasible", indicator=table.indicators[0], period=period)
            root = inside["level_key"] == chain[0]
            hidden = frozenset(facts.index[facts["unsafe"] | facts["hidden"]])
            inside, names = inside[root], names[root]
        table.hidden[period] = hidden
        return _without_numbers(inside, names.isin(list(hidden)))

    def _hidden(
        self, facts: pd.DataFrame, parent: dict[Cell, Cell], *, width: int, least: float
    ) -> frozenset[Cell] | None:
        """Return the cells to hide, None when the tree cannot be protected."""
        unsafe = frozenset(facts.index[facts["unsafe"]])
        given = frozenset(facts.index[facts["hidden"]])
        if not unsafe and not given:
            return frozenset()
        values = tree_values(facts, parent)
        top = {str(c): float(t) for c, t in facts["top"].dropna().items()}
        roots = frozenset(c for c in values if c not in parent) - unsafe - given
        for frozen in (roots, frozenset[str]()):
            found = protect_tree(
                values, parent, unsafe, width=width, lower=least,
                upper=top, frozen=frozen, known_hidden=given,
            )  # fmt: skip
            if not found.infeasible:
                return found.hidden
        return None

    def _dense_levels(
        self, kept: pd.DataFrame, hide: pd.Series, names: tuple[str, ...]
    ) -> pd.DataFrame:
        """Leave out levels of which too much would be hidden."""
        counted = kept["shown"] | kept["hidden"]
        share = hide[counted].groupby(kept.loc[counted, "level_key"]).mean()
        sparse = [str(level) for level in share.index if share[level] > self._limit]
        for level in sparse:
            self._tell(
                "disclosure_level_withheld",
                indicator=names[0],
                level=level,
                share=round(100 * float(share[level])),
            )
        return kept[~kept["level_key"].isin(sparse)]

    def _tell(self, code: str, **params: str | int | float) -> None:
        finding = Finding(Severity.WARNING, code, params=params)
        if finding not in self.findings:
            self.findings.append(finding)


def _least(facts: pd.DataFrame) -> float:
    """Return 0 where a zero is among the cells to hide, else 1: shown zeros tell that much."""
    return 0.0 if (facts.loc[facts["unsafe"], "number"] == 0).any() else 1.0


def tree_values(facts: pd.DataFrame, parent: dict[Cell, Cell]) -> dict[Cell, float | None]:
    """Return the number of every cell so that open parents are the sum of their children.

    A delivered parent that differs from its children's sum (rounding, unknown addresses) is
    treated as their sum: an attacker would reckon so, too.
    """
    values: dict[Cell, float | None] = {}
    for name, row in facts.iterrows():
        known = None if pd.isna(row["number"]) else row["number"]
        if known is None and row["hidden"]:
            known = 1.0  # unknown to everybody; only its being hidden counts
        values[str(name)] = None if known is None else float(known)
    families: dict[Cell, list[Cell]] = {}
    for child, above in parent.items():
        families.setdefault(above, []).append(child)
    unknown = set(facts.index[facts["hidden"]])
    for above in sorted(families, key=lambda c: _depth(c, parent), reverse=True):
        group = families[above]
        if values.get(above) is None or any(values.get(c) is None for c in group):
            continue
        total = float(sum(values[c] or 0.0 for c in group))
        open_sum = not unknown.intersection(group)
        values[above] = total if open_sum else max(total, values[above] or 0.0)
    return values


def _depth(name: Cell, parent: dict[Cell, Cell]) -> int:
    steps = 0
    while name in parent:
        name, steps = parent[name], steps + 1
    return steps


def _is_delicate(tables: list[pd.DataFrame], k: int) -> bool:
    if any(bool((t["unsafe"] | t["hidden"]).any()) for t in tables):
        return True
    pairs = [(a, b) for i, a in enumerate(tables) for b in tables[i + 1 :]]
    return any(has_small_difference(a, b, k) for a, b in pairs)


def _same(marked: dict[str, pd.DataFrame], first: Indicator, other: Indicator) -> bool:
    return same_numbers(marked[first.id], marked[other.id])


def _without_numbers(rows: pd.DataFrame, hide: pd.Series) -> pd.DataFrame:
    """Return rows of which the marked ones carry a state and no number."""
    state = rows["state"].where(~hide, str(State.SUPPRESSED))
    cleared = rows.loc[:, NUMBERS].mask(hide, float("nan"))
    return rows.assign(**{name: cleared[name] for name in NUMBERS}, state=state)
