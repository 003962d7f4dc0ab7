"""Which five values may carry the trend marker, and why others may not.

The marker needs five yearly, independent values without a gap and without a break (rule of the
English public health service; docs/methods.md, trend marker). Pooled or overlapping years share
cases, so that what looks like a trend may be one and the same event counted three times.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from domain.model import Indicator
from domain.periods import PeriodKind, period_of
from domain.periods import position as position_of

WINDOW = 5
_YEARLY = (PeriodKind.YEAR, PeriodKind.SPLIT_YEAR)


def window_reason(indicator: Indicator, periods: Sequence[str], position: int) -> str:
    """Return why the five periods that end at a position carry no trend, empty if they do.

    Parameters
    ----------
    periods
        Keys of the periods of one boundary vintage, in time order.
    position
        Index of the period that is shown.

    Returns
    -------
    str
        ``no_interval``, ``pooled`` (or overlapping), ``short``, ``gap``, ``break`` or empty.

    Examples
    --------
    >>> from domain.model import Kind, Polarity, Text
    >>> share = Indicator("a", "t", *[Text("A")] * 3, Kind.SHARE, Text("%"), 1,
    ...                   Polarity.NONE, "s", interval="wilson")
    >>> years = ["2018", "2019", "2020", "2021", "2022", "2024"]
    >>> [window_reason(share, years, k) for k in (3, 4, 5)]
    ['short', '', 'gap']
    """
    if indicator.interval == "none":
        return "no_interval"
    kinds = {_kind(p) for p in periods[max(0, position - WINDOW + 1) : position + 1]}
    if len(kinds) != 1 or not kinds <= set(_YEARLY) or indicator.period_years > 1:
        return "pooled"
    if position + 1 < WINDOW:
        return "short"
    window = periods[position - WINDOW + 1 : position + 1]
    years = [_year(p) for p in window]
    if any(later - earlier != 1 for earlier, later in pairwise(years)):
        return "gap"
    first, last = position_of(window[0]), position_of(window[-1])
    ends = (position_of(b.period) for b in indicator.series_breaks if not b.comparable)
    return "break" if any(first < end <= last for end in ends) else ""


def _kind(period: str) -> PeriodKind | None:
    found = period_of(period)
    return found.kind if found else None


def _year(period: str) -> int:
    found = period_of(period)
    return found.year if found else 0
