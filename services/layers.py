"""Layers of the map: which of them a view allows, and the one asked for, period by period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from domain.layers import FEWEST_FOR_CLUSTERS, LAYERS, LayerOffer, PaintedLayer
from domain.model import Kind
from domain.view import IndicatorView, PeriodView
from services.layers_of_chance import change_layer, conspicuous_layer, smoothed_layer, starts_of
from services.layers_of_space import bivariate_layer, cluster_layer

_TESTED = (Kind.SHARE, Kind.RATE)
_FEWEST_TO_SMOOTH = 3

Clusters = Mapping[str, Mapping[str, str]]
"""Period → area → word of its local cluster."""


@dataclass(frozen=True)
class LayerSource:
    """What layers are made from, beside the view itself.

    ``partner`` is the second indicator, ``partners`` its values by period of the view.
    ``open_view`` and ``open_partner`` hold public numbers only: limits between classes come from
    them, because they must not give away hidden ones. ``clusters`` is None where the release was
    made without them.
    """

    view: IndicatorView
    open_view: IndicatorView
    partner: IndicatorView | None = None
    open_partner: IndicatorView | None = None
    partners: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    clusters: Clusters | None = None
    has_outlines: bool = True


def layer_offers(source: LayerSource) -> tuple[LayerOffer, ...]:
    """Return all layers in their order, those a view does not allow with the reason."""
    reasons = {
        "value": "",
        "difference": _difference_reason(source.view),
        "conspicuous": _conspicuous_reason(source.view),
        "change": _change_reason(source.view),
        "smoothed": _smoothed_reason(source.view),
        "cluster": _cluster_reason(source),
        "bivariate": _bivariate_reason(source),
    }
    return tuple(LayerOffer(layer, reasons[layer]) for layer in LAYERS)


def painted_layer(source: LayerSource, layer: str, since: str) -> PaintedLayer | None:
    """Return the classes of a layer; None for those that every view carries.

    The layer is one that :func:`layer_offers` offers without a reason.
    """
    view = source.view
    match layer:
        case "conspicuous":
            return conspicuous_layer(view)
        case "change":
            return change_layer(view, source.open_view, since)
        case "smoothed":
            return smoothed_layer(view)
        case "cluster" if source.clusters is not None:
            return cluster_layer(view, source.clusters)
        case "bivariate" if source.open_partner is not None:
            return bivariate_layer(view, source.partners, (source.open_view, source.open_partner))
    return None


def _has_parts(shown: PeriodView) -> int:
    """Return how many areas have a shown value with both its parts."""
    pairs = zip(shown.numerators, shown.denominators, strict=True)
    return sum(a is not None and n is not None for a, n in pairs)


def _most_parts(view: IndicatorView) -> int:
    return max((_has_parts(p) for p in view.by_period.values()), default=0)


def _difference_reason(view: IndicatorView) -> str:
    if view.indicator.kind is Kind.COUNT:
        return "counts"
    compared = any(b != "not_compared" for p in view.by_period.values() for b in p.badges)
    return "" if compared else "not_compared"


def _counts_reason(view: IndicatorView) -> str:
    """Return why nothing can be computed from cases and persons, or nothing."""
    if view.indicator.kind is Kind.COUNT:
        return "counts"
    return "" if view.indicator.kind in _TESTED and _most_parts(view) else "no_parts"


def _conspicuous_reason(view: IndicatorView) -> str:
    found = _counts_reason(view)
    if found:
        return found
    towns = [p.city for p in view.by_period.values()]
    if not any(t.numerator is not None and t.denominator for t in towns):
        return "no_town"
    painted = conspicuous_layer(view)
    tested = any(set(p.keys) - {"", "n"} for p in painted.by_period.values())
    return "" if tested else "small_base"


def _change_reason(view: IndicatorView) -> str:
    if view.indicator.kind is Kind.COUNT:
        return "counts"
    if len(view.periods) == 1:
        return "one_period"
    return "" if any(starts_of(view, p) for p in view.periods) else "no_start"


def _smoothed_reason(view: IndicatorView) -> str:
    found = _counts_reason(view)
    return found or ("" if _most_parts(view) >= _FEWEST_TO_SMOOTH else "no_parts")


def _cluster_reason(source: LayerSource) -> str:
    view = source.view
    if view.indicator.kind is Kind.COUNT:
        return "counts"
    if view.level.kind == "institutions":
        return "institutions"
    if not source.has_outlines:
        return "no_outlines"
    counts = (int(np.isfinite(_numbers(p.values)).sum()) for p in view.by_period.values())
    most = max(counts, default=0)
    if most < FEWEST_FOR_CLUSTERS:
        return "few_areas"
    return "" if source.clusters else "not_derived"


def _numbers(values: tuple[float | None, ...]) -> np.ndarray:
    return np.array(values, dtype=float)


def _bivariate_reason(source: LayerSource) -> str:
    if source.view.indicator.kind is Kind.COUNT:
        return "counts"
    if source.partner is None or source.open_partner is None:
        return "no_second"
    if source.partner.indicator.kind is Kind.COUNT:
        return "second_counts"
    painted = painted_layer(source, "bivariate", "")
    return "" if painted else "no_pairs"
