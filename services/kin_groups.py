"""Which indicators speak of the same people: as the recipe says, and as their numbers show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from domain.model import Indicator

_FEWEST_AREAS = 5
_FEWEST_NUMBERS = 3
"""Fewer areas, or fewer different numbers, may be alike by chance."""


def kin_groups(
    indicators: Sequence[Indicator], marked: Mapping[str, pd.DataFrame]
) -> list[list[Indicator]]:
    """Return indicators that must be protected together, in their order.

    A group of the recipe is one; so are indicators of which a series has the same numbers on
    some level in some period, such as a count and the share made of it.

    Parameters
    ----------
    marked
        Marked rows of each indicator, see :func:`services.linked_tables.marked_cells`.
    """
    leader: dict[str, str] = {i.id: i.id for i in indicators}
    first: dict[object, str] = {}
    for indicator in indicators:
        keys = {("group", indicator.group)} if indicator.group else set()
        for key in {*keys, *_fingerprints(marked[indicator.id])}:
            other = first.setdefault(key, indicator.id)
            if leader[other] != leader[indicator.id]:
                old, new = leader[indicator.id], leader[other]
                leader = {name: new if up == old else up for name, up in leader.items()}
    groups: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        groups.setdefault(leader[indicator.id], []).append(indicator)
    return list(groups.values())


def _fingerprints(rows: pd.DataFrame) -> set[object]:
    """Return one key for each series, period and level: all its areas and numbers."""
    known = rows.loc[rows["number"].notna() & rows["shown"]]
    known = known.sort_values(["category", "period", "level_key", "area"], kind="stable")
    found: set[object] = set()
    for (_, period, level), cells in known.groupby(["category", "period", "level_key"], sort=False):
        numbers = np.round(cells["number"].to_numpy(dtype=float), 3)
        if len(numbers) >= _FEWEST_AREAS and len(np.unique(numbers)) >= _FEWEST_NUMBERS:
            found.add((period, level, hash(tuple(cells["area"])), hash(numbers.tobytes())))
    return found


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
                len(mine) >= _FEWEST_AREAS
                and np.allclose(mine, theirs, rtol=0, atol=5e-4)
                and len(np.unique(mine)) >= _FEWEST_NUMBERS
            ):
                pairs.append((one, other))
    return pairs
