"""Layers that lay something beside an area: its neighbours, or a second indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from domain.layers import UNKNOWN, LayerPeriod, PaintedLayer
from domain.model import Polarity
from domain.thirds import KEYS, limits_of_thirds, third_keys
from domain.view import IndicatorView
from domain.wording import Message

CLUSTERS = {
    "high_high": "H",
    "low_low": "L",
    "high_low": "x",
    "low_high": "y",
    "not_significant": "s",
    "no_neighbours": "o",
    "not_applicable": "",
}
"""Words of :mod:`domain.autocorrelation` and the keys of their classes."""


def cluster_layer(view: IndicatorView, clusters: Mapping[str, Mapping[str, str]]) -> PaintedLayer:
    """Return the local clusters that the release holds."""
    by_period = {}
    for period, shown in view.by_period.items():
        words = clusters.get(period, {})
        found = [CLUSTERS.get(words.get(a, ""), "") for a in view.area_ids]
        keys = tuple(
            "" if v is None else k or UNKNOWN for k, v in zip(found, shown.values, strict=True)
        )
        by_period[period] = _cluster_period(keys)
    return PaintedLayer("cluster", (*filter(None, CLUSTERS.values()), UNKNOWN), by_period)


def _cluster_period(keys: tuple[str, ...]) -> LayerPeriod:
    found = Counter(keys)
    tested = sum(found[k] for k in "HLxys")
    if not tested:
        return LayerPeriod(keys, Message("layer.cluster.untested"))
    params = {"high": found["H"], "low": found["L"], "other": found["x"] + found["y"], "n": tested}
    side = "some" if tested > found["s"] else "none"
    notes = [Message("layer.cluster.rule")]
    if found["o"]:
        notes.append(Message("layer.cluster.islands", {"n": found["o"]}))
    return LayerPeriod(keys, Message(f"layer.cluster.{side}", {**params}), tuple(notes))


def bivariate_layer(
    view: IndicatorView,
    partners: Mapping[str, tuple[float | None, ...]],
    open_views: tuple[IndicatorView, IndicatorView],
) -> PaintedLayer | None:
    """Return the thirds of both indicators; None where one of them has no thirds.

    Parameters
    ----------
    partners
        Values of the second indicator by period of the view, in its order of areas.
    open_views
        Both indicators with public numbers only: their thirds are fixed over all periods.
    """
    first, second = (limits_of_thirds(_all_values(v)) for v in open_views)
    if first is None or second is None:
        return None
    polarities = (view.indicator.polarity, open_views[1].indicator.polarity)
    is_burden = Polarity.NONE not in polarities
    if not is_burden:
        polarities = (Polarity.NONE, Polarity.NONE)
    by_period = {}
    for period, shown in view.by_period.items():
        other = partners.get(period, (None,) * len(shown.values))
        found = third_keys(shown.values, other, (first, second), polarities)
        keys = tuple(
            "" if v is None else k or UNKNOWN for k, v in zip(found, shown.values, strict=True)
        )
        by_period[period] = _bivariate_period(keys, "burden" if is_burden else "some")
    return PaintedLayer("bivariate", (*KEYS, UNKNOWN), by_period, limits=(*first, *second))


def _all_values(view: IndicatorView) -> np.ndarray:
    return np.array([v for p in view.by_period.values() for v in p.values], dtype=float)


def _bivariate_period(keys: tuple[str, ...], wording: str) -> LayerPeriod:
    found = Counter(keys)
    pairs = sum(found[k] for k in KEYS)
    if not pairs:
        return LayerPeriod(keys, Message("layer.bivariate.no_pairs"))
    params = {"high": found[KEYS[-1]], "low": found[KEYS[0]], "n": pairs}
    return LayerPeriod(
        keys, Message(f"layer.bivariate.{wording}", {**params}), (Message("layer.bivariate.rule"),)
    )
