"""From an address to the page of need and supply."""

from __future__ import annotations

from dataclasses import replace

from dash.development.base_component import Component

from callbacks.kept_links import keep_address
from callbacks.painted_maps import shown_maps
from domain.model import Audience
from domain.need_query import PATH, NeedQuery, serialise_need
from domain.need_view import NeedView
from figures import need_texts as texts
from figures.need import COLOURS, gap_figure, gap_map, reach_figure, reach_map
from figures.sentences import page_hints
from figures.side_maps import MapPicture
from i18n import Translate, translator
from layouts import need
from layouts.comparison_charts import ChartTable, Paper
from layouts.comparison_maps import map_figure
from layouts.ids import Need
from layouts.need import NeedPage
from layouts.need_options import field_options, field_values
from layouts.plain_charts import Part, PlainChart
from services.container import Services

FILES = ("pdf", "xlsx", "csv")
Written = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""Head and rows of a table, as texts."""


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
    gaps = gap_map(view, frame, tr, query.lang) if frame and view.target is not None else None
    reached = reach_map(view, frame, tr, query.lang) if frame else None
    offer = services.monitoring.offer(audience, query.release)
    offered = services.needs.choices(audience, query.release)
    maps = [(m, tr(f"need.map_{m.place}")) for m in (gaps, reached) if m]
    about = {
        "level": query.level,
        "lang": query.lang,
        "release": query.release,
        "file": f"{view.catalogue.town.id}_bedarf_{query.level}",
    }
    areas = texts.area_table(view, tr, query.lang)
    list_title = texts.facilities_title(view, tr, query.lang)
    page = NeedPage(
        language=query.lang,
        options=field_options(offer, offered, view, tr),
        values=field_values(query),
        numbers={"target": view.target, "metres": query.metres},
        hints=told,
        supply=_supply(view, gaps, areas, tr),
        reach=_reach(view, reached, areas, tr),
        list_title=list_title,
        list_table=ChartTable(list_title, *texts.facility_table(view, tr, query.lang)),
        files=tuple((tr(f"need.file_{kind}"), file_address(view, kind)) for kind in FILES),
        map_data=shown_maps(maps, tr, about),
        keep=_keep(query) if audience is Audience.INTERNAL else "",
    )
    return need.need(tr, page)


def _keep(query: NeedQuery) -> str:
    return keep_address(PATH, serialise_need(replace(query, is_pinned=True)), query.lang)


def file_address(view: NeedView, suffix: str) -> str:
    """Return the address of the table as a file."""
    query = view.query
    place = f"/export/{view.catalogue.town.id}/{query.release}"
    search = serialise_need(replace(query, is_pinned=False))
    if suffix == "pdf":
        return f"{place}/bericht.pdf?page=bedarf&{search}"
    return f"{place}/bedarf.{suffix}?{search}"


def _supply(view: NeedView, picture: MapPicture | None, areas: Written, tr: Translate) -> Part:
    lang = view.query.lang
    title = texts.title(view, tr, lang)
    table = ChartTable(title, *areas)
    shown = {a.kind for a in view.areas}
    chart = PlainChart(
        Need.GAPS,
        tr("need.gap_title"),
        tr("need.gap_sub"),
        gap_figure(view, tr, lang),
        table,
        _paper(view, tr, "platzbedarf"),
        key=tuple((c, tr(f"need.class_{k}")) for k, c in COLOURS.items() if k in shown),
    )
    return Part(
        title=title,
        lead=texts.lead(view, tr, lang),
        warnings=texts.warnings(view, tr),
        charts=(chart,) if view.gaps else (),
        table=table,
        map=map_figure(tr, picture, is_beside=True) if picture else None,
    )


def _reach(view: NeedView, picture: MapPicture | None, areas: Written, tr: Translate) -> Part:
    lang = view.query.lang
    title = texts.reach_title(view, tr, lang)
    table = ChartTable(title, *areas)
    chart = PlainChart(
        Need.REACHED,
        tr("need.reach_legend"),
        tr("need.reach_sub"),
        reach_figure(view, tr, lang),
        table,
        _paper(view, tr, "reichweite"),
    )
    return Part(
        title=title,
        lead=texts.reach_lead(view, tr, lang),
        warnings=(),
        charts=(chart,) if any(a.reach is not None for a in view.areas) else (),
        table=table,
        map=map_figure(tr, picture, is_beside=True) if picture else None,
    )


def _paper(view: NeedView, tr: Translate, name: str) -> Paper:
    return Paper(
        key=(),
        source=source_text(view, tr),
        release=view.query.release,
        file=f"{view.catalogue.town.id}_{name}_{view.query.level}",
    )


def source_text(view: NeedView, tr: Translate) -> str:
    """Name the offices whose figures enter."""
    ids = {view.children_of.source, *((view.care_of.source,) if view.care_of else ())}
    offices = sorted({s.office for s in view.catalogue.sources if s.id in ids})
    return tr("resources.source", offices=", ".join(offices))
