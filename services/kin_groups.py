"""Which indicators speak of the same people: as the recipe says, and as their numbers show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from domain.model import Indicator
from services.kin_links import FEWEST_AREAS, FEWEST_NUMBERS, KinLinks, kin_links


def kin_groups(
    indicators: Sequence[Indicator],
    marked: Mapping[str, pd.DataFrame],
    links: KinLinks | None = None,
) -> list[list[Indicator]]:
    """Return indicators that must be protected together, in their order.

    A group of the recipe is one; so are indicators of which a series has the same numbers on
    some level in some period, such as a count and the share made of it. Two indicators and their
    sum are one where something in one of their groups must be hidden. Who tells another's
    numbers by a base is protected after it, so groups that wait for each other are one.

    Parameters
    ----------
    marked
        Marked rows of each indicator, see :func:`services.linked_tables.marked_cells`.
    links
        What is told of them already, see :func:`services.kin_links.kin_links`.

    Returns
    -------
    list
        Groups, those whose numbers another one tells before that one.
    """
    links = links or kin_links(indicators, marked)
    joined = _Joined([i.id for i in indicators])
    first: dict[str, str] = {}
    for indicator in indicators:
        if indicator.group:
            joined.join(first.setdefault(indicator.group, indicator.id), indicator.id)
    for one, other in links.same:
        joined.join(one, other)
    _join_sums(joined, links, {i for i, rows in marked.items() if _hides_something(rows)})
    order = joined.in_order([(t.indicator, t.by) for t in links.told])
    of = {i.id: i for i in indicators}
    return [[of[name] for name in names] for names in order]


def _hides_something(rows: pd.DataFrame) -> bool:
    flags = [rows[name] for name in ("unsafe", "hidden") if name in rows]
    return any(bool(flag.any()) for flag in flags)


def _join_sums(joined: _Joined, links: KinLinks, delicate: set[str]) -> None:
    """Join wholes and parts until no sum touches a group that hides something."""
    while True:
        touched = {joined.leader[name] for name in delicate if name in joined.leader}
        due = [
            told
            for told in links.sums
            if len(leaders := {joined.leader[n] for n in told}) > 1 and leaders & touched
        ]
        if not due:
            return
        for whole, *parts in due:
            for part in parts:
                joined.join(whole, part)


class _Joined:
    """Sets of indicators that grow together."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = list(names)
        self.leader = {name: name for name in names}

    def join(self, one: str, other: str) -> None:
        old, new = self.leader[other], self.leader[one]
        if old != new:
            self.leader = {n: new if up == old else up for n, up in self.leader.items()}

    def in_order(self, before: Sequence[tuple[str, str]]) -> list[list[str]]:
        """Return the sets so that the first of each pair comes before the second.

        Sets that would wait for each other are joined.
        """
        while True:
            waits: dict[str, set[str]] = {self.leader[n]: set() for n in self._names}
            for early, late in before:
                if self.leader[early] != self.leader[late]:
                    waits[self.leader[late]].add(self.leader[early])
            done: list[str] = []
            while ready := [x for x in waits if x not in done and waits[x] <= set(done)]:
                done.append(ready[0])
            stuck = [x for x in waits if x not in done]
            if not stuck:
                return [[n for n in self._names if self.leader[n] == x] for x in done]
            self._join_circle(stuck[0], waits, set(done))

    def _join_circle(self, start: str, waits: Mapping[str, set[str]], done: set[str]) -> None:
        path = [start]
        while (ahead := min(waits[path[-1]] - done)) not in path:
            path.append(ahead)
        for name in path[path.index(ahead) :]:
            self.join(ahead, name)


def equal_series(wide: pd.DataFrame) -> list[tuple[str, str]]:
    """Return pairs of series of different indicators with the same numbers wherever both have some.

    Parameters
    ----------
    wide
        Numbers with a column a series and a row a place.
    """
    columns = {str(n): wide[n].to_numpy(dtype=float) for n in wide.columns}
    names = list(columns)
    pairs = []
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            if one.partition("|")[0] == other.partition("|")[0]:
                continue
            both = ~np.isnan(columns[one]) & ~np.isnan(columns[other])
            mine, theirs = columns[one][both], columns[other][both]
            if (
                len(mine) >= FEWEST_AREAS
                and np.allclose(mine, theirs, rtol=0, atol=5e-4)
                and len(np.unique(mine)) >= FEWEST_NUMBERS
            ):
                pairs.append((one, other))
    return pairs
