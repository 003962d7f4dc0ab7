"""From an address to the page of need and supply."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dash.development.base_component import Component

from callbacks.kept_links import keep_address
from callbacks.need_offers import offers_part
from callbacks.need_outlook import outlook_part
from callbacks.need_places import places_part
from callbacks.need_plan import plan_part
from callbacks.need_shown import Shown
from callbacks.painted_maps import shown_maps
from domain.model import Audience
from domain.need_query import OFFERS, OUTLOOK, PARTS, PATH, PLACES, PLAN, NeedQuery, serialise_need
from domain.need_view import NeedView
from domain.view import MapFrame
from figures.sentences import page_hints
from i18n import Translate, translator
from layouts import need
from layouts.need import NeedPage
from layouts.need_options import field_options, field_values
from services.container import Services

FILES = ("pdf", "xlsx", "csv")
_DRAWN: Mapping[
    str, Callable[[Services, Audience, NeedView, MapFrame | None, Translate], Shown]
] = {
    PLACES: places_part,
    OFFERS: offers_part,
    OUTLOOK: outlook_part,
    PLAN: plan_part,
}


def need_page(services: Services, audience: Audience, search: str) -> Component:
    """Return the whole page of an address."""
    return need.layout(need_content(services, audience, search))


def need_content(services: Services, audience: Audience, search: str | None) -> list[Component]:
    """Return what stands inside the page, drawn anew for every address."""
    query, hints = services.needs.query(audience, search or "")
    tr = translator(query.lang)
    told = page_hints(tr, hints)
    if not query.level:
        return need.empty(tr, told)
    view = services.needs.view(audience, query)
    frame = services.monitoring.map_frame(audience, query.release, view.level)
    content, maps = _DRAWN[query.part](services, audience, view, frame, tr)
    offer = services.monitoring.offer(audience, query.release)
    offered = services.needs.choices(audience, query.release)
    about = {
        "level": query.level,
        "lang": query.lang,
        "release": query.release,
        "file": f"{view.catalogue.town.id}_bedarf_{query.level}",
    }
    page = NeedPage(
        language=query.lang,
        part=query.part,
        tabs=tuple((part, serialise_need(replace(query, part=part))) for part in PARTS),
        options=field_options(offer, offered, view, tr),
        values=field_values(query),
        numbers={"target": view.target, "metres": query.metres},
        hints=told,
        content=content,
        files=_files(view, tr),
        map_data=shown_maps([(m, tr(f"need.map_{m.place}")) for m in maps], tr, about),
        keep=_keep(query) if audience is Audience.INTERNAL else "",
    )
    return need.need(tr, page)


def _files(view: NeedView, tr: Translate) -> tuple[tuple[str, str], ...]:
    """Return what can be taken along; a release without offers has no file of them."""
    if view.query.part == OFFERS and not view.query.offer:
        return ()
    return tuple((tr(f"need.file_{kind}"), file_address(view, kind)) for kind in FILES)


def _keep(query: NeedQuery) -> str:
    return keep_address(PATH, serialise_need(replace(query, is_pinned=True)), query.lang)


def file_address(view: NeedView, suffix: str) -> str:
    """Return the address of what is shown as a file."""
    query = view.query
    place = f"/export/{view.catalogue.town.id}/{query.release}"
    search = serialise_need(replace(query, is_pinned=False))
    if suffix == "pdf":
        return f"{place}/bericht.pdf?page=bedarf&{search}"
    return f"{place}/bedarf.{suffix}?{search}"
