"""The periods of a release: kind, first and last day, and how they are written."""

from __future__ import annotations

import pandas as pd

from data.bundle_schema import PERIOD_COLUMNS
from domain.model import Catalogue
from domain.periods import period_facts
from i18n.periods import period_label


def periods_frame(catalogue: Catalogue, offered: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each indicator and period of a table that has both.

    Columns are those of :data:`data.bundle_schema.PERIOD_COLUMNS`, days as ISO text; a text that
    is no period has no row.
    """
    pairs = offered[["indicator", "period"]].drop_duplicates().itertuples(index=False, name=None)
    rows = []
    for name, period in sorted((str(i), str(p)) for i, p in pairs):
        indicator = catalogue.indicator(name)
        facts = period_facts(indicator, period) if indicator else None
        if facts is not None:
            days = (facts.first_day.isoformat(), facts.last_day.isoformat())
            labels = (period_label(period, "de"), period_label(period, "en"))
            rows.append((name, period, facts.kind, *days, *labels))
    return pd.DataFrame(rows, columns=list(PERIOD_COLUMNS))
