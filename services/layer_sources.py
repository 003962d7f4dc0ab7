"""Gathers what layers are made from: public views beside a view, and clusters of the release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from data.reader import ReleaseReader
from domain.model import TOTAL, Audience, Level
from domain.view import Association, IndicatorView
from services.layers import Clusters, LayerSource


class Views(Protocol):
    """Where views come from."""

    def view(
        self,
        audience: Audience,
        release: str,
        level: Level,
        indicator_id: str,
        *,
        category: str = TOTAL,
    ) -> IndicatorView:
        """Return one indicator on one level@vintage."""


def layer_source(
    views: Views,
    reader: ReleaseReader,
    pair: tuple[IndicatorView, IndicatorView | None],
    relations: Mapping[str, Association],
    has_outlines: bool,
) -> LayerSource:
    """Return the source of the layers of a view and its partner in the scatter.

    Parameters
    ----------
    reader
        The value file from which both were made.
    relations
        The association of both by period of the view.
    """
    view, partner = pair
    return LayerSource(
        view=view,
        open_view=_open_view(views, view, reader.audience),
        partner=partner,
        open_partner=_open_view(views, partner, reader.audience) if partner else None,
        partners={p: found.second_values for p, found in relations.items()},
        clusters=clusters_of(reader, view),
        has_outlines=has_outlines,
    )


def _open_view(views: Views, view: IndicatorView, audience: Audience) -> IndicatorView:
    """Return a view with public numbers only, from which limits between classes come."""
    if audience is Audience.PUBLIC:
        return view
    try:
        return views.view(
            Audience.PUBLIC, view.release, view.level, view.indicator.id, category=view.category
        )
    except KeyError:  # nothing of this indicator is public
        return replace(view, by_period={})


def clusters_of(reader: ReleaseReader, view: IndicatorView) -> Clusters | None:
    """Return the local clusters of a view by period and area; None in a release without them."""
    table = reader.derived(view.indicator.id, view.level.id, view.level.vintage, view.category)
    if table is None:
        return None
    found: dict[str, dict[str, str]] = {}
    columns = (table[name].tolist() for name in ("period", "area", "lisa"))
    for period, area, word in zip(*columns, strict=True):
        if word:
            found.setdefault(period, {})[area] = word
    return found
