"""What a release offers, looked up by the ids of an address; every miss says which id it was."""

from __future__ import annotations

import pandas as pd

from domain.model import TOTAL, Indicator, Level
from web.errors import RefusedRequestError
from web.releases import PublicRelease

_SHOWN_CHARACTERS = 60


def find_indicator(opened: PublicRelease, indicator_id: str) -> Indicator:
    """Return an indicator of the public catalogue or refuse with 404."""
    found = opened.catalogue.indicator(indicator_id)
    if found is None:
        raise _unknown("indicator", indicator_id)
    return found


def find_category(indicator: Indicator, category: str | None) -> str:
    """Return a category of an indicator, the total when none is named, or refuse with 404."""
    wanted = category or TOTAL
    if wanted != TOTAL and wanted not in {c for c, _ in indicator.categories}:
        raise _unknown("category", wanted)
    return wanted


def find_level(
    opened: PublicRelease, level_id: str, vintage: str | None, period: str = ""
) -> Level:
    """Return a level in the named vintage, else in the one valid for the period, else the newest.

    Raises
    ------
    RefusedRequestError
        404 when the release has no such level or vintage.
    """
    named = [x for x in opened.catalogue.levels if x.id == level_id]
    if not named:
        raise _unknown("level", level_id)
    if vintage:
        named = [x for x in named if x.vintage == vintage]
        if not named:
            raise _unknown("vintage", vintage)
    return max(named, key=lambda x: (_is_valid(x, period), x.vintage))


def rows_of(
    opened: PublicRelease, indicator: Indicator, level_id: str, category: str
) -> pd.DataFrame:
    """Return the availability of one indicator and category on all vintages of a level."""
    table = opened.reader.availability()
    return table[
        (table["indicator"] == indicator.id)
        & (table["level"] == level_id)
        & (table["category"] == category)
    ]


def find_level_of_period(
    opened: PublicRelease,
    indicator: Indicator,
    category: str,
    *,
    level_id: str,
    vintage: str | None,
    period: str,
) -> Level:
    """Return the level@vintage on which an indicator has values of a period.

    Raises
    ------
    RefusedRequestError
        404 for an unknown level or vintage, when there are no values of that period, or when
        there are some by category only; the categories are then named.
    """
    level = find_level(opened, level_id, vintage, period)
    rows = rows_of(opened, indicator, level_id, category)
    vintages = {str(v) for v in rows.loc[rows["period"] == period, "vintage"]}
    if level.vintage in vintages:
        return level
    if not vintages and category == TOTAL:
        _refuse_without_total(opened, indicator, level_id, period)
    if vintage or not vintages:
        raise RefusedRequestError(
            404, "no_values", period=period[:_SHOWN_CHARACTERS], level=level_id
        )
    return find_level(opened, level_id, max(vintages), period)


def _refuse_without_total(
    opened: PublicRelease, indicator: Indicator, level_id: str, period: str
) -> None:
    held = [
        name
        for name, _ in indicator.categories
        if (rows_of(opened, indicator, level_id, name)["period"] == period).any()
    ]
    if held:
        names = ", ".join(held)
        raise RefusedRequestError(404, "no_total", indicator=indicator.id, categories=names)


def _is_valid(level: Level, period: str) -> bool:
    """Compare the period's first year with the years a vintage was valid."""
    year = period[:4]
    if not year:
        return False
    after = not level.valid_from or level.valid_from[:4] <= year
    before = not level.valid_to or year <= level.valid_to[:4]
    return after and before


def _unknown(kind: str, wanted: str) -> RefusedRequestError:
    return RefusedRequestError(404, f"unknown_{kind}", id=wanted[:_SHOWN_CHARACTERS])
