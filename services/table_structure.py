"""Which series of numbers speak of the same people, and how they add up.

A series is one indicator in one category. Nobody declares that girls and boys are all children or
that the under-sixes are among the under-fifteens; it is found in the numbers, as an attacker
would find it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd

from domain.exact_sums import exact_sums
from domain.model import TOTAL
from services.kin import Kin, tie
from services.kin_groups import equal_series
from services.linked_tables import base_periods, spanned

Series = str
"""``indicator|category``."""

Together = tuple[str, ...]
"""Periods that are protected and attacked together."""

PLACE = ["period", "level_key", "area"]
"""Columns that say where and when a number was counted."""

_TOLERANCE = 5e-4
_MOST_TARGETS = 16
"""With more categories only the total is looked for as their sum."""


def series(indicator: str, category: str = TOTAL) -> Series:
    """Return the name of a series."""
    return f"{indicator}|{category}"


BASE = "#base"
"""Category of the people a share is of, where they are the same for all its categories."""


def is_total_series(name: Series) -> bool:
    """Return whether a series is not split by a category."""
    return name.endswith(f"|{TOTAL}")


@dataclass(frozen=True)
class Structure:
    """How the series of a group of indicators are linked.

    Attributes
    ----------
    stands_for
        Indicator → the one whose numbers are the same in every cell.
    sums
        ``(target, parts)``: the target is the sum of the parts, cell by cell.
    slacks
        ``(inner, outer)``: the inner people are among the outer ones; what is left is a count
        that anybody gets by subtracting.
    pooled
        Period → the periods it is the sum of.
    """

    stands_for: Mapping[str, str]
    sums: tuple[tuple[Series, tuple[Series, ...]], ...] = ()
    slacks: tuple[tuple[Series, Series], ...] = ()
    pooled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether nothing but the areas adds up."""
        return not (self.sums or self.slacks or self.pooled)

    def to_json(self) -> dict[str, Any]:
        """Return it as the manifest keeps it."""
        return {
            "stands_for": dict(self.stands_for),
            "sums": [[target, list(parts)] for target, parts in self.sums],
            "slacks": [list(pair) for pair in self.slacks],
            "pooled": {period: list(parts) for period, parts in self.pooled.items()},
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Structure:
        """Read what :meth:`to_json` wrote."""
        return cls(
            stands_for=dict(told["stands_for"]),
            sums=tuple((target, tuple(parts)) for target, parts in told["sums"]),
            slacks=tuple((inner, outer) for inner, outer in told["slacks"]),
            pooled={period: tuple(parts) for period, parts in told["pooled"].items()},
        )


def wide_numbers(cells: pd.DataFrame) -> pd.DataFrame:
    """Return numbers with a column a series and a row a place; NaN where there is none."""
    numbers = cells.groupby([*PLACE, "series"], sort=True, as_index=False)["number"].max()
    wide: pd.DataFrame = numbers.pivot(index=PLACE, columns="series", values="number")  # noqa: PD010 - pivot_table drops series without numbers
    return wide


def find_structure(cells: pd.DataFrame, kin: Kin) -> Structure:
    """Find out how the series of a group add up.

    Parameters
    ----------
    cells
        One row a cell with ``series``, ``period``, ``level_key``, ``area`` and ``number``;
        indicators stand for themselves only.
    """
    wide = wide_numbers(cells)
    names = {str(name) for name in wide.columns}
    sums: list[tuple[Series, tuple[Series, ...]]] = []
    slacks = [(series(inner), series(outer)) for inner, outer in kin.nested]
    for indicator in dict.fromkeys(kin.stands_for.values()):
        whole = series(indicator)
        among = [s for s, outer in slacks if outer == whole]
        sums += _sums_of(wide, whole, among) if whole in names else []
        found, inner = _categories(wide, indicator)
        sums += found
        slacks += inner
    slacks += _split_alike(names, kin.nested)
    equal = equal_series(wide)
    sums += [(one, (other,)) for one, other in equal]
    slacks = [pair for pair in slacks if not _is_told_by_parts(pair, sums, equal)]
    base = base_periods([str(p) for p in wide.index.get_level_values("period").unique()])
    pooled = pooled_periods(wide, base)
    return Structure(kin.stands_for, tuple(dict.fromkeys(sums)), tuple(slacks), pooled)


def _is_told_by_parts(
    slack: tuple[Series, Series],
    sums: Iterable[tuple[Series, tuple[Series, ...]]],
    equal: Iterable[tuple[Series, Series]],
) -> bool:
    """Where the inner people are one part of a sum, the other parts are what is left."""
    inner, outer = slack
    twins = {inner}.union(*(pair for pair in equal if inner in pair))
    return any(target == outer and twins.intersection(parts) for target, parts in sums)


def _sums_of(
    wide: pd.DataFrame, target: Series, parts: Sequence[Series]
) -> list[tuple[Series, tuple[Series, ...]]]:
    """Return the sets of parts that make the target wherever all are known."""
    found: list[tuple[Series, tuple[Series, ...]]] = []
    left = list(parts)
    while len(left) > 1:
        used, table = _known_together(wide, [target, *left])
        columns = {name: table[name].to_numpy(dtype=float) for name in used if name != target}
        sets = exact_sums(table[target].to_numpy(dtype=float), columns) if len(table) else []
        found += [(target, chosen) for chosen in sets]
        # those that are known elsewhere only may add up among themselves
        left = [name for name in left if name not in used]
    return found


def _known_together(
    wide: pd.DataFrame, names: Sequence[Series]
) -> tuple[list[Series], pd.DataFrame]:
    """Return the series that are known in half of the cells of the best known, and those cells."""
    known = wide[list(names)].notna()
    known = known[known[names[0]]]
    counts = known[list(names[1:])].sum()
    used = [names[0], *(n for n in names[1:] if counts[n] * 2 >= counts.max() > 0)]
    while len(used) > 1:
        table = wide[used].dropna()
        if len(table) * 2 >= counts[used[1:]].max():
            return used, table
        used.remove(min(used[1:], key=lambda n: (counts[n], n)))
    return [names[0], *names[1:]], wide.iloc[:0]


def _categories(
    wide: pd.DataFrame, indicator: str
) -> tuple[list[tuple[Series, tuple[Series, ...]]], list[tuple[Series, Series]]]:
    """Return the sums of one indicator's categories, and which are in none and what they leave."""
    mine = [str(n) for n in wide.columns if n.startswith(f"{indicator}|")]
    wholes = [n for n in mine if n in (series(indicator), series(indicator, BASE))]
    split = [n for n in mine if n not in wholes]
    sums = [found for whole in wholes for found in _sums_of(wide, whole, split)]
    in_whole = {part for _, parts in sums for part in parts}
    if len(split) <= _MOST_TARGETS:
        for target in split:
            sums += _sums_of(wide, target, [name for name in split if name != target])
    alone = [name for name in split if name not in in_whole]
    total = series(indicator)
    # what is left of the base is tested cell by cell, as the complement of a share
    slacks = [(name, total) for name in alone if total in wholes]
    for inner, outer in permutations(alone, 2):
        if tie(wide[inner], wide[outer]) == "inner":
            slacks.append((inner, outer))
    return sums, slacks


def _split_alike(
    known: Collection[Series], nested: Iterable[tuple[str, str]]
) -> list[tuple[Series, Series]]:
    """Nested indicators are nested in each category that both have."""
    found = []
    for inner, outer in nested:
        for name in sorted(known):
            indicator, _, category = name.partition("|")
            other = series(outer, category)
            if indicator == inner and category not in {TOTAL, BASE} and other in known:
                found.append((name, other))
    return found


def pooled_periods(wide: pd.DataFrame, base: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return which periods are, in every cell, the sum of which base periods.

    Parameters
    ----------
    wide
        Numbers as :func:`wide_numbers` returns them.
    base
        Periods that do not overlap, see :func:`services.linked_tables.base_periods`.
    """
    months = {p: spanned(p) for p in wide.index.get_level_values("period").unique()}
    pooled = {}
    for period in sorted(set(months) - set(base)):
        parts = sorted(p for p in base if months.get(p) and months[p] <= months[period])
        covered = frozenset[int]().union(*(months[p] for p in parts))
        if covered == months[period] and parts and _adds_up(wide, period, parts):
            pooled[str(period)] = tuple(parts)
    return pooled


def joined_periods(pooled: Mapping[str, Sequence[str]], present: Iterable[str]) -> list[Together]:
    """Return the periods that say something about each other, as tables of their own.

    Examples
    --------
    >>> joined_periods({"2019-2020": ("2019", "2020")}, ["2019", "2019-2020", "2021"])
    [('2019', '2019-2020'), ('2021',)]
    """
    tables = [{period} for period in sorted(set(present))]
    for period, parts in pooled.items():
        if {period} in tables or any(period in t for t in tables):
            joined = [t for t in tables if t.intersection({period, *parts})]
            tables = [t for t in tables if t not in joined] + [set().union(*joined)]
    return sorted(tuple(sorted(t)) for t in tables)


def _adds_up(wide: pd.DataFrame, period: str, parts: Sequence[str]) -> bool:
    gap = wide.xs(period, level="period") - sum(wide.xs(p, level="period") for p in parts)
    known = gap.to_numpy(dtype=float)
    known = known[~np.isnan(known)]
    return len(known) > 0 and bool(np.all(np.abs(known) < _TOLERANCE))
