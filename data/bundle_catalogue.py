"""What of a catalogue the public file of a bundle may offer."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from domain.model import Catalogue


def offered(catalogue: Catalogue, values: pd.DataFrame) -> Catalogue:
    """Return the catalogue without indicators and categories that have no value at all."""
    pairs = values[["indicator", "category"]].drop_duplicates()
    categories: dict[str, set[str]] = {}
    for indicator, category in pairs.itertuples(index=False):
        categories.setdefault(indicator, set()).add(category)
    return replace(
        catalogue,
        indicators=tuple(
            replace(
                i,
                interval="none" if i.rounding else i.interval,
                categories=tuple(c for c in i.categories if c[0] in categories[i.id]),
            )
            for i in catalogue.indicators
            if i.id in categories
        ),
        tiles=tuple(
            replace(t, second=t.second if t.second in categories else "")
            for t in catalogue.tiles
            if t.indicator in categories
        ),
    )
