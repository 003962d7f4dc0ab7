"""The funnel of a view: which areas lie outside what chance does to areas of their size."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from domain.funnel import (
    LABELS,
    funnel_label,
    funnel_limits,
    funnel_ratio_label,
    phi,
    pooled,
    ratio_limits,
    ratio_phi,
)
from domain.funnel_view import Funnel, FunnelPeriod, funnel_reason, has_parts
from domain.model import Indicator, Kind
from domain.view import IndicatorView, PeriodView

N_POINTS = 72
"""Places on the axis at which the limits are computed."""
_WIDE = 12.0
"""From which ratio of largest to smallest base on the axis is logarithmic."""
_PERCENT = 100.0
_SIDES = {label: side for side, label in LABELS.items()}

Numbers = NDArray[np.float64]


def build_funnel(view: IndicatorView) -> Funnel | None:
    """Return the funnel of a view, None where :func:`funnel_reason` says why there is none."""
    if funnel_reason(view):
        return None
    parts = {p: _parts(shown) for p, shown in view.by_period.items() if has_parts(shown)}
    bases = np.concatenate([n[~np.isnan(n)] for _, n in parts.values()])
    low, high = float(bases.min()), float(bases.max())
    is_log = high > _WIDE * low
    at = np.geomspace(low, high, N_POINTS) if is_log else np.linspace(low, high, N_POINTS)
    found = {p: _period(view.indicator, *both, at) for p, both in parts.items()}
    return Funnel(
        bases=tuple(at.tolist()),
        is_logarithmic=is_log,
        by_period={p: shown for p, shown in found.items() if shown is not None},
    )


def _parts(shown: PeriodView) -> tuple[Numbers, Numbers]:
    """Return both parts, NaN in both where a value is hidden or one is missing."""
    a = np.array(shown.numerators, dtype=float)
    n = np.array(shown.denominators, dtype=float)
    with np.errstate(invalid="ignore"):
        known = ~np.isnan(a) & (n > 0) & ~np.isnan(np.array(shown.values, dtype=float))
    return np.where(known, a, np.nan), np.where(known, n, np.nan)


def _period(indicator: Indicator, a: Numbers, n: Numbers, at: Numbers) -> FunnelPeriod | None:
    """Return limits at the places of the axis; those of a sample follow its effective size."""
    effect = indicator.design_effect or 1.0
    a, n, at = a / effect, n / effect, at / effect
    centre = pooled(a, n)
    if centre is None or centre <= 0:
        return None
    if indicator.kind is Kind.SHARE:
        spread = _spread(phi(a, n, centre))
        limits = funnel_limits(centre, at, overdispersion=spread)
        labels = funnel_label(a, n, centre, overdispersion=spread)
        factor = indicator.multiplier / _PERCENT
    else:
        spread = _spread(ratio_phi(a, n * centre))
        limits = ratio_limits(at * centre, overdispersion=spread)
        labels = funnel_ratio_label(a, n * centre, overdispersion=spread)
        factor = centre * indicator.multiplier
    return FunnelPeriod(
        centre=centre * indicator.multiplier,
        limits={k: tuple(factor * x for x in v if x is not None) for k, v in limits.items()},
        sides=tuple(None if label is None else _SIDES[label] for label in labels),
        widening=float(np.sqrt(spread)),
    )


def _spread(found: dict[str, Any]) -> float:
    """Return the overdispersion, 1 where there is none or too few areas to tell."""
    return max(1.0, float(found.get("phi", 1.0)))
