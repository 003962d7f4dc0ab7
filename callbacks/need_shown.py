"""What the parts of the page of need and supply have in common."""

from __future__ import annotations

from collections.abc import Iterable

from dash.development.base_component import Component

from domain.model import Catalogue
from domain.need_query import NeedQuery
from figures.side_maps import MapPicture
from i18n import Translate
from layouts.comparison_charts import Paper

Shown = tuple[list[Component], tuple[MapPicture, ...]]
"""What a part of the page shows, and the maps to be painted in it."""


def paper(
    query: NeedQuery, catalogue: Catalogue, sources: Iterable[str], tr: Translate, name: str
) -> Paper:
    """Return what a picture of a chart says below it; ``sources`` are ids."""
    ids = set(sources)
    offices = sorted({s.office for s in catalogue.sources if s.id in ids})
    return Paper(
        key=(),
        source=tr("resources.source", offices="; ".join(offices)),
        release=query.release,
        file=f"{catalogue.town.id}_{name}_{query.level}",
    )
