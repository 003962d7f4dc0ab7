"""The funnel of an indicator as immutable JSON, fetched when a reader switches it on."""

from __future__ import annotations

from typing import Any

from flask import Response

from figures.funnel import funnel_payload
from i18n import translator
from services.encoding import encode
from services.funnels import build_funnel
from web.audience import audience
from web.errors import RefusedRequestError
from web.headers import IMMUTABLE
from web.mounting import Mount
from web.offered import find_category, find_indicator, find_level
from web.queries import read_query
from web.releases import open_of_town
from web.sources import Sources
from web.views import keepable


def register(server: Mount, sources: Sources) -> None:
    """Mount ``/funnel/<town>/<release>/<level>/<indicator>/<language>.json``.

    ``<level>`` carries its vintage (``stadtteil@2021``), as the page of the Atlas writes it.
    """

    @server.get("/funnel/<town>/<release>/<level>/<indicator>/<language>.json")
    def funnel(town: str, release: str, level: str, indicator: str, language: str) -> Response:
        query = read_query(optional=("category",))
        opened = open_of_town(sources, town, release, language)
        found = find_indicator(opened, indicator)
        category = find_category(found, query.get("category"))
        level_id, _, vintage = level.partition("@")
        chosen = find_level(opened, level_id, vintage)

        def build() -> dict[str, Any]:
            view = sources.monitoring.view(
                audience(), opened.id, chosen, found.id, category=category
            )
            made = build_funnel(view)
            if made is None:
                raise RefusedRequestError(404, "no_funnel", id=found.id)
            return funnel_payload(view, made, translator(language), language)

        body = sources.cache.get_or_build(
            audience(),
            opened.id,
            "funnel",
            (chosen.key, found.id, category, language),
            lambda: encode(build()),
        )
        return keepable(body, "application/json", IMMUTABLE)
