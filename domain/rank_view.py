"""Which values have rank ranges: those whose cases can be drawn again."""

from __future__ import annotations

from domain.funnel_view import has_parts
from domain.model import Kind
from domain.view import IndicatorView


def rank_reason(view: IndicatorView) -> str:
    """Return why no area of a view has a rank range, empty where areas may have one.

    Returns
    -------
    str
        ``no_kind`` for values that are no counts of cases, ``no_parts`` where the cases were
        not delivered, or empty.
    """
    kind = view.indicator.kind
    if kind is Kind.COUNT:
        return ""
    if kind not in (Kind.SHARE, Kind.RATE):
        return "no_kind"
    return "" if any(has_parts(shown) for shown in view.by_period.values()) else "no_parts"
