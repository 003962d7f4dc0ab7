"""How two views go together, period by period; a missing year is taken from the nearest one."""

from __future__ import annotations

from domain.association import ols, pearson
from domain.periods import position
from domain.view import Association, Fit, IndicatorView
from domain.wording import scatter_finding


def nearest_period(second: IndicatorView, period: str) -> str | None:
    """Return the same period of the second view, else the nearest one, the earlier on a tie."""
    if period in second.by_period:
        return period
    wanted = position(period)
    return min(second.periods, key=lambda p: (abs(position(p) - wanted), position(p)), default=None)


def associations(view: IndicatorView, second: IndicatorView | None) -> dict[str, Association]:
    """Return one association a period of ``view``; empty without a second indicator."""
    if second is None:
        return {}
    rows = {a: i for i, a in enumerate(second.area_ids)}
    found = {}
    for period in view.periods:
        other = nearest_period(second, period)
        if other is None:
            continue
        shown = second.by_period[other].values
        y = tuple(shown[rows[a]] if a in rows else None for a in view.area_ids)
        x = view.by_period[period].values
        result, line = pearson(x, y), ols(x, y)
        fit = None if "reason" in line else Fit(line["slope"], line["intercept"])
        found[period] = Association(other, y, fit, scatter_finding(result))
    return found
