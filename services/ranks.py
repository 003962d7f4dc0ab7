"""Rank ranges of a series, as they were worked out when the release was made."""

from __future__ import annotations

from typing import Any, Protocol

import pandas as pd

from domain.model import TOTAL


class DerivedReader(Protocol):
    """What is read of a release."""

    def area_ids(self, level: str, vintage: str) -> tuple[str, ...]:
        """Return the area ids of a level@vintage in the order of its views."""

    def derived(
        self, indicator: str, level: str, vintage: str, category: str = ...
    ) -> pd.DataFrame | None:
        """Return what was worked out of a series; None in a release without such a table."""


def rank_ranges(
    reader: DerivedReader, indicator: str, level: str, vintage: str, category: str = TOTAL
) -> dict[str, Any]:
    """Return the 95 % ranges of the ranks of a series by period.

    Returns
    -------
    dict
        Period → ``low`` and ``high``, lists in the order of the areas of the level with ``None``
        where an area has no range, and ``n``, how many have one. A period in which nobody has
        one is left out.
    """
    table = reader.derived(indicator, level, vintage, category)
    if table is None:
        return {}
    rows = {area: i for i, area in enumerate(reader.area_ids(level, vintage))}
    known = table[table["rank_low"].notna() & table["area"].isin(list(rows))]
    found: dict[str, Any] = {}
    columns = (known[name].tolist() for name in ("period", "area", "rank_low", "rank_high"))
    for period, area, low, high in zip(*columns, strict=True):
        held = found.setdefault(
            str(period), {"n": 0, "low": [None] * len(rows), "high": [None] * len(rows)}
        )
        held["n"] += 1
        held["low"][rows[area]], held["high"][rows[area]] = int(low), int(high)
    return found
