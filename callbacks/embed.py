"""The page of a frame: one panel of an Atlas view."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

from dash.development.base_component import Component

from callbacks.atlas_page import atlas_page, choose
from domain.links import EMBEDDED
from domain.model import Audience
from domain.selection import parse_query, serialise
from figures.captions import period_texts
from i18n import translator
from i18n.periods import period_label
from layouts import atlas, embed
from services.container import Services


def embed_page(services: Services, audience: Audience, search: str) -> Component:
    """Return the page; a panel nobody knows is replaced by the map, and a hint says so."""
    selection, _ = choose(services, audience, search, {})
    tr = translator(selection.lang)
    page = atlas_page(services, audience, search)
    if page is None:
        return atlas.empty(tr)
    wanted = parse_qs(search.lstrip("?")).get("panel", [EMBEDDED[0]])[0]
    panel = wanted if wanted in EMBEDDED else EMBEDDED[0]
    strange = () if panel == wanted else (tr("embed.hint_panel", wanted=wanted[:60]),)
    content = services.monitoring.atlas_content(audience, selection)
    texts = period_texts(
        content, content.period, content.associations.get(content.period), tr, selection.lang
    )
    is_named = bool(parse_query(search).get("release"))
    own = selection if is_named else replace(selection, release="")
    view = content.view
    subject = (
        view.indicator.name.in_language(selection.lang),
        view.level.name.in_language(selection.lang),
        period_label(content.period, selection.lang),
    )
    origin = embed.Origin(
        subject=" · ".join(subject),
        town=content.town_name,
        office=content.office,
        licence=content.licence,
        release=selection.release,
        link=f"/atlas?{serialise(own)}",
        is_fictional=services.monitoring.catalogue(audience, selection.release).town.fictional,
    )
    # the address belongs to whoever wrote the frame: the scripts leave it alone
    framed = replace(page, address=f"?{serialise(selection)}", hints=(*page.hints, *strange))
    return embed.layout(tr, framed, panel, texts["title"], origin)
