"""What the public may see: small cells hidden, their neighbours with them, the rest as it is.

Indicators without small cells are published as a whole. Of the others, all cells that speak of
the same people form one table - levels, second groupings, categories, nested indicators, pooled
years - which is protected so that no hidden number can be derived (docs/methods.md, disclosure).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from domain.findings import Finding, Severity
from domain.model import SHOWN_STATES, TOTAL, Catalogue, Indicator, State
from domain.progress import Progress, silent
from services.area_steps import AreaSteps
from services.base_series import with_bases
from services.earlier_releases import Earlier, hidden_before, with_earlier
from services.group_protection import Desk, GroupProtection
from services.group_sums import with_member_sums
from services.kin import Kin, kin_of
from services.kin_groups import kin_groups
from services.kin_links import kin_links
from services.linked_tables import PROTECTED_HERE, k_of, marked_cells
from services.nesting import groups_by_level, hierarchies, level_order
from services.protected_table import ProtectedTable
from services.rounded_protection import RoundedProtection
from services.table_relations import cell_name
from services.table_structure import PLACE, find_structure, series, wide_numbers
from services.told_numbers import ToldNumbers
from services.uncertainty import with_weak_marked

MAX_HIDDEN_SHARE = 0.25
_ROUNDS = 4
"""Rows that tell what their own group hides are hidden this often, then they stay internal."""
NUMBERS = ["value", "numerator", "denominator", "lower", "upper", "lower998", "upper998"]


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
    earlier: Earlier | None = None,
    progress: Progress | None = None,
) -> Protection:
    """Return the public values of a town.

    Parameters
    ----------
    values
        All values with intervals, one row a cell, in display units.
    max_hidden_share
        A level of an indicator of which more than this share would be hidden is not published.
    earlier
        What earlier releases showed and hid.
    """
    keyed = values.assign(level_key=values["level"] + "@" + values["vintage"])
    by_indicator = {str(i): rows for i, rows in keyed.groupby("indicator", sort=False)}
    desk = _Town(catalogue, parents, max_hidden_share, earlier or Earlier.nothing())
    open_parts = [
        desk.open_rows(by_indicator[i.id], i)
        for i in catalogue.indicators
        if i.id in by_indicator and not _is_ours(i)
    ]
    ours = [i for i in catalogue.indicators if _is_ours(i) and i.id in by_indicator]
    marked = {i.id: desk.checked(marked_cells(by_indicator[i.id], i), i) for i in ours}
    links = kin_links(ours, marked)
    desk.told = ToldNumbers(links.told, marked)
    marked = desk.told.with_complements()
    groups = kin_groups(ours, marked, links)
    done, told, of = 0, progress or silent(), sum(map(len, groups))
    for members in groups:
        share = done / of
        done += len(members)
        told.at(share, "import.protecting", done=min(done, of), of=of)
        open_parts.append(desk.publish(members, marked, told.part(share, done / of)))
    parts = [p.loc[:, list(values.columns)] for p in open_parts if not p.empty]
    public = pd.concat(parts, ignore_index=True) if parts else values.iloc[:0]
    return Protection(public, tuple(desk.tables), tuple(desk.findings))


def without_numbers(rows: pd.DataFrame, hide: pd.Series) -> pd.DataFrame:
    """Return rows of which the marked ones carry a state and no number."""
    state = rows["state"].where(~hide, str(State.SUPPRESSED))
    cleared = rows.loc[:, NUMBERS].mask(hide, float("nan"))
    return rows.assign(**{name: cleared[name] for name in NUMBERS}, state=state)


def _is_ours(indicator: Indicator) -> bool:
    """Whether no office has protected it yet."""
    return indicator.disclosure in PROTECTED_HERE


class _Town:
    """Decides group by group and collects tables and findings."""

    def __init__(
        self,
        catalogue: Catalogue,
        parents: pd.DataFrame,
        max_hidden_share: float,
        earlier: Earlier,
    ) -> None:
        self._groups = groups_by_level(catalogue)
        steps = AreaSteps(hierarchies(parents, self._groups), self._groups)
        self._desk = Desk(steps, level_order(catalogue), max_hidden_share)
        self._earlier = earlier
        self._catalogue = catalogue
        self.told = ToldNumbers((), {})
        self.tables: list[ProtectedTable] = []
        self.findings: list[Finding] = []

    def open_rows(self, rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
        """Return the rows of an indicator without rules of ours: hidden stays hidden, though."""
        before = hidden_before(rows, self._earlier.of([indicator.id]))
        if count := int(before.sum()):
            self._tell("disclosure_loosened", indicator=indicator.id, count=count)
        return without_numbers(rows, before | (rows["state"] == State.SUPPRESSED))

    def checked(self, cells: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
        """Leave out shown cells no rule can test: what cannot be checked is not published."""
        count = int(cells["unchecked"].sum())
        if count:
            self._tell("disclosure_unchecked", indicator=indicator.id, count=count)
        return cells[~cells["unchecked"]]

    def publish(
        self, members: list[Indicator], marked: dict[str, pd.DataFrame], progress: Progress
    ) -> pd.DataFrame:
        """Return the public rows of one group, none of which tells what is hidden elsewhere."""
        rounds = any(m.rounding for m in members)
        strangers = self.told.strangers([m.id for m in members], is_rounded=rounds)
        for attempt in range(_ROUNDS + 1):
            for name, shown in strangers.items():
                self._tell("disclosure_group_internal", indicator=name, shown=shown)
            members = [m for m in members if m.id not in strangers]
            if not members:
                return next(iter(marked.values())).iloc[:0]
            rows = pd.concat([marked[m.id] for m in members])
            rows = self._kept_back(rows, *self.told.telling(rows))
            found = self._published(rows, members, progress)
            public = {m.id: found[0][found[0]["indicator"] == m.id] for m in members}
            again, because = self.told.telling(rows, public)
            again &= _is_told(rows, found[0])
            if not again.any():
                break
            strangers = because if attempt >= _ROUNDS - 1 else {}
            rows = self._kept_back(rows, again, because)
            marked = {m.id: rows[rows["indicator"] == m.id] for m in members}
        self.tables += found[1]
        self.findings += [f for f in found[2] if f not in self.findings]
        for name, mine in public.items():
            self.told.publish(name, mine, is_rounded=rounds)
        return found[0]

    def _kept_back(
        self, rows: pd.DataFrame, marks: pd.Series, because: dict[str, str]
    ) -> pd.DataFrame:
        """Hide rows that tell what another indicator hides, and say so."""
        for name, shown in because.items():
            self._tell("disclosure_told_elsewhere", indicator=name, shown=shown)
        return rows.assign(hidden=rows["hidden"] | marks)

    def _published(
        self, rows: pd.DataFrame, members: list[Indicator], progress: Progress
    ) -> tuple[pd.DataFrame, list[ProtectedTable], list[Finding]]:
        past = self._earlier.of([m.id for m in members])
        rounds = any(m.rounding for m in members)
        if rows.empty or not (rounds or past.hid_something or self._is_delicate(rows, members)):
            return rows, [], []
        kin = self._kin(rows, members)
        if not (rounds or past.hid_something or self._is_delicate_among(rows, members, kin)):
            return rows, [], []
        for name, shown in kin.left_out:
            self._tell("disclosure_group_internal", indicator=name, shown=shown)
        kept = [m for m in members if m.id in kin.stands_for]
        rows = with_earlier(rows, past)
        rows = _named(rows[rows["indicator"].isin(list(kin.stands_for))], kin)
        if not rounds:  # a rounded base is no base that everybody knows
            rows = with_bases(rows)
        others = [m.id for m in kept if not m.rounding]
        if rounds and others:
            self._tell("disclosure_rounded_together", indicator=others[0], shown=kept[0].id)
        way = RoundedProtection if any(m.rounding for m in kept) else GroupProtection
        group = way(self._desk, kept, kin, rows, progress)
        public, tables = group.protected()
        if rounds:
            public = with_weak_marked(public, self._catalogue)
        return without_numbers(public, public["hide"]), tables, group.findings

    def _is_delicate(self, rows: pd.DataFrame, members: Sequence[Indicator]) -> bool:
        """Whether small cells are there, or could come out by subtracting."""
        is_single = len(members) == 1 and set(rows["category"]) == {TOTAL}
        return not is_single or bool((rows["unsafe"] | rows["hidden"]).any())

    def _kin(self, rows: pd.DataFrame, members: Sequence[Indicator]) -> Kin:
        names = [m.id for m in members]
        if len(names) == 1:
            return Kin({names[0]: names[0]}, (), ())
        numbers = {}
        for name in names:
            # sums that anybody can make of a group's members count like the group's own figure
            mine = with_member_sums(rows[rows["indicator"] == name], self._groups)
            numbers[name] = mine.set_index(["category", *PLACE])["number"].dropna()
        return kin_of(names, numbers, {m.id: m.group or m.id for m in members})

    def _is_delicate_among(
        self, rows: pd.DataFrame, members: Sequence[Indicator], kin: Kin
    ) -> bool:
        if (rows["unsafe"] | rows["hidden"]).any():
            return True
        k = max(k_of(m) for m in members)
        whole = with_member_sums(rows, self._groups)
        cells = _named(whole[whole["indicator"].isin(list(kin.stands_for))], kin)
        wide = wide_numbers(cells)
        slacks = find_structure(cells, kin).slacks
        return bool(kin.left_out) or any(
            bool(((gap := wide[outer] - wide[inner]) > 0).where(gap < k, False).any())
            for inner, outer in slacks
        )

    def _tell(self, code: str, **params: str | int | float) -> None:
        finding = Finding(Severity.WARNING, code, params=params)
        if finding not in self.findings:
            self.findings.append(finding)


def _is_told(rows: pd.DataFrame, public: pd.DataFrame) -> pd.Series:
    """Mark the rows that are public with a number."""
    shown = public[public["state"].isin([str(s) for s in SHOWN_STATES])]
    keys = ["indicator", "category", *PLACE]
    told = pd.MultiIndex.from_frame(rows[keys]).isin(pd.MultiIndex.from_frame(shown[keys]))
    return pd.Series(told, index=rows.index)


def _named(rows: pd.DataFrame, kin: Kin) -> pd.DataFrame:
    """Name the series, place and cell of each row; those with the same numbers have one name."""
    names = rows["indicator"].map(kin.stands_for)
    found = rows.assign(
        series=[series(i, c) for i, c in zip(names, rows["category"], strict=True)],
        place=rows["level_key"] + "|" + rows["area"],
    )
    cells = zip(found["series"], found["period"], found["place"], strict=True)
    return found.assign(cell=[cell_name(s, p, where) for s, p, where in cells]).reset_index(
        drop=True
    )
