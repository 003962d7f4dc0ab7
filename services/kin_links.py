"""What numbers tell of kinship: equal series, bases that another counts, complements and sums.

Nobody declares that a share is of the people another indicator counts. An attacker compares, and
so does this: on each level in each period, wherever both series have a number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.model import TOTAL, Indicator

FEWEST_AREAS = 5
FEWEST_NUMBERS = 3
"""Fewer areas, or fewer different numbers, may be alike by chance."""
_TOLERANCE = 5e-4
_FIRST_LOOK = 32

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Told:
    """The numbers of one indicator that another one tells in each of its rows.

    Attributes
    ----------
    indicator, category
        Whose numbers are told.
    by, by_category
        Who tells them.
    rest
        Whether they are told by what is left of the base, not by the base itself.
    """

    indicator: str
    category: str
    by: str
    by_category: str
    rest: bool


@dataclass(frozen=True)
class KinLinks:
    """Everything that was found between indicators.

    Attributes
    ----------
    same
        Pairs with a series of the same numbers.
    told
        Who tells whose numbers by a base or by what is left of it.
    sums
        ``(whole, part, part)`` of totals.
    """

    same: tuple[tuple[str, str], ...]
    told: tuple[Told, ...]
    sums: tuple[tuple[str, str, str], ...]


_Name = tuple[str, str, str]
"""Indicator, category, and which of its numbers: "number", "base" or "rest"."""


def kin_links(indicators: Sequence[Indicator], marked: Mapping[str, pd.DataFrame]) -> KinLinks:
    """Compare all series of all indicators.

    Parameters
    ----------
    marked
        Marked rows of each indicator, see :func:`services.linked_tables.marked_cells`.
    """
    order = {indicator.id: place for place, indicator in enumerate(indicators)}
    same: dict[tuple[str, str], None] = {}
    told: dict[Told, None] = {}
    sums: dict[tuple[str, str, str], None] = {}
    long = [_long(marked[i.id]) for i in indicators if not marked[i.id].empty]
    if not long:
        return KinLinks((), (), ())
    for names, table in _tables(pd.concat(long, ignore_index=True)):
        for one, other in _equal(names, table):
            mine, kind = names[one], names[other][2]
            theirs = names[other]
            if mine[0] == theirs[0]:
                continue
            if kind == "number":
                first, second = sorted((mine[0], theirs[0]), key=order.__getitem__)
                same[first, second] = None
            else:
                told[Told(mine[0], mine[1], theirs[0], theirs[1], kind == "rest")] = None
        totals = [n for n, name in enumerate(names) if name[1:] == (TOTAL, "number")]
        for whole, part, another in _sums(table[totals]):
            ids = [names[totals[n]][0] for n in (part, another)]
            first, second = sorted(ids, key=order.__getitem__)
            sums[names[totals[whole]][0], first, second] = None
    return KinLinks(tuple(same), tuple(_one_way(told, order)), tuple(sums))


def _one_way(told: Collection[Told], order: Mapping[str, int]) -> list[Told]:
    """Of two shares that complete each other the later one tells the earlier one's numbers."""
    backward = {(t.by, t.by_category, t.indicator, t.category) for t in told if t.rest}
    return [
        t
        for t in told
        if not t.rest
        or (t.indicator, t.category, t.by, t.by_category) not in backward
        or order[t.indicator] < order[t.by]
    ]


def _long(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the shown numbers, bases and what is left of them, one below the other."""
    keys = ["indicator", "category", "period", "level_key", "area"]
    shown = rows[rows["shown"] & rows["number"].notna()]
    parts = [shown[keys].assign(kind="number", value=shown["number"])]
    if "base" in shown and shown["base"].notna().any():
        rest = shown["base"] - shown["number"]
        parts += [
            shown[keys].assign(kind="base", value=shown["base"]),
            shown[keys].assign(kind="rest", value=rest.where(rest > -_TOLERANCE)),
        ]
    return pd.concat(parts, ignore_index=True).dropna(subset=["value"])


def _tables(long: pd.DataFrame) -> Iterator[tuple[list[_Name], FloatArray]]:
    """Yield, for each level in each period, the series and their numbers, a column an area."""
    for _, cells in long.groupby(["period", "level_key"], sort=True):
        areas, found = pd.factorize(cells["area"])
        if len(found) < FEWEST_AREAS:
            continue
        keys = pd.MultiIndex.from_frame(cells[["indicator", "category", "kind"]])
        series, named = pd.factorize(keys)
        table = np.full((len(named), len(found)), np.nan)
        table[series, areas] = cells["value"].to_numpy(dtype=float)
        yield [(str(i), str(c), str(k)) for i, c, k in named], table


def _equal(names: Sequence[_Name], table: FloatArray) -> Iterator[tuple[int, int]]:
    """Yield the series of cases and another one with the same numbers wherever both have some."""
    rounded = np.nan_to_num(np.round(table, 3), nan=-1.0)  # rows with gaps are alike, too
    _, first, place = np.unique(rounded, axis=0, return_index=True, return_inverse=True)
    place = place.reshape(-1)
    alike: dict[int, list[int]] = {}
    for row, number in enumerate(place.tolist()):
        alike.setdefault(number, []).append(row)
    unlike = table[first]
    for group, rows in alike.items():
        cases = [row for row in rows if names[row][2] == "number"]
        if not cases:
            continue
        for other in _agreeing(unlike[group], unlike):
            for one in cases:
                for twin in alike[int(other)]:
                    if names[twin][2] != "number" or one < twin or other != group:
                        yield one, twin


def _agreeing(one: FloatArray, table: FloatArray) -> list[int]:
    """Return the rows of a table that say the same wherever both say something."""
    # most series differ in the first areas already, and need not be compared in all of them
    first = np.abs(table[:, :_FIRST_LOOK] - one[:_FIRST_LOOK])
    near = np.flatnonzero(~(first >= _TOLERANCE).any(axis=1))
    gap = np.abs(table[near] - one)
    common = ~np.isnan(gap)
    known = np.minimum((~np.isnan(table[near])).sum(axis=1), int((~np.isnan(one)).sum()))
    counts = common.sum(axis=1)
    fits = (counts >= FEWEST_AREAS) & (2 * counts >= known)
    fits &= ~(gap >= _TOLERANCE).any(axis=1)
    return [int(near[n]) for n in np.flatnonzero(fits) if _is_varied(one[common[n]])]


def _is_varied(numbers: FloatArray) -> bool:
    return len(np.unique(np.round(numbers, 3))) >= FEWEST_NUMBERS


def _sums(table: FloatArray) -> Iterator[tuple[int, int, int]]:
    """Yield ``(whole, part, part)`` wherever two series make a third."""
    for whole, numbers in enumerate(table):
        gaps: Any = numbers - table
        among = np.flatnonzero(~(gaps < -_TOLERANCE).any(axis=1) & (gaps > _TOLERANCE).any(axis=1))
        parts = table[among]
        for place, part in enumerate(among):
            left = gaps[part]
            if not _is_varied(left[~np.isnan(left)]):
                continue
            for other in _agreeing(left, parts[place + 1 :]):
                both = ~np.isnan(left) & ~np.isnan(parts[place + 1 + other])
                if _is_varied(parts[place][both]):
                    yield whole, int(part), int(among[place + 1 + other])
