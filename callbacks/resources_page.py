"""From an address to the page that shares money or posts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash.development.base_component import Component

from callbacks.kept_links import keep_address
from callbacks.painted_maps import shown_maps
from domain.distribution import Refusal
from domain.index_stability import DRAWS, SEED
from domain.model import Audience
from domain.profile_query import PATH as PROFILE
from domain.profile_query import ProfileQuery, serialise_profile
from domain.resource_query import PATH, ResourceQuery, serialise_resources
from domain.resource_view import IndexView, ShareView
from figures import resource_texts as texts
from figures.resource_amounts import unit_word
from figures.resource_changes import (
    BEFORE,
    EVEN,
    gains_notes,
    gains_of,
    gains_table,
    gains_title,
)
from figures.resource_map import index_picture
from figures.resources import (
    LESS,
    MORE,
    PARTS,
    changes_figure,
    curve_figure,
    differences_figure,
    parts_figure,
    ranks_figure,
)
from figures.sentences import page_hints
from figures.side_maps import MapPicture
from i18n import Translate, translator
from i18n.formats import number
from layouts import resources
from layouts.comparison_charts import ChartTable, Paper
from layouts.comparison_maps import map_figure
from layouts.ids import Resources
from layouts.plain_charts import Part, PlainChart
from layouts.resources_model import ResourcesPage, Weight
from layouts.resources_options import field_options, field_values, number_values
from services.container import Services

_MOST_NAMED = 12
"""Areas named in a warning; the tables hold all."""


def resources_page(services: Services, audience: Audience, search: str) -> Component:
    """Return the whole page of an address."""
    return resources.layout(resources_content(services, audience, search))


def resources_content(
    services: Services, audience: Audience, search: str | None
) -> list[Component]:
    """Return what stands inside the page, drawn anew for every address."""
    query, hints = services.resources.query(audience, search or "")
    tr = translator(query.lang)
    told = page_hints(tr, hints)
    if not query.level:
        return resources.empty(tr, told)
    index = services.resources.index(audience, query)
    share = services.resources.shares(audience, query)
    frame = services.monitoring.map_frame(audience, query.release, index.level)
    picture = index_picture(index, frame, tr, query.lang) if frame else None
    offer = services.monitoring.offer(audience, query.release)
    offered = services.resources.choices(audience, query.release)
    page = ResourcesPage(
        language=query.lang,
        options=field_options(
            offer,
            offered,
            query,
            tr,
            services.resources.last_years.offered(audience, query),
        ),
        values=field_values(query),
        numbers=number_values(query),
        indicators=list(query.indicators),
        weights=_weights(index),
        hints=told,
        index=_index_part(index, picture, tr),
        share=_share_part(share, tr),
        files=tuple(
            (tr(f"resources.file_{kind}"), file_address(index, kind))
            for kind in ("pdf", "xlsx", "csv")
        ),
        keep=_keep(query) if audience is Audience.INTERNAL else "",
        map_data=_map_data(index, picture, tr),
    )
    return resources.resources(tr, page)


def file_address(view: IndexView, suffix: str) -> str:
    """Return the address of the calculation as a file."""
    query = view.query
    place = f"/export/{view.catalogue.town.id}/{query.release}"
    search = serialise_resources(replace(query, is_pinned=False))
    if suffix == "pdf":
        return f"{place}/bericht.pdf?page=ressourcen&{search}"
    return f"{place}/ressourcen.{suffix}?{search}"


def _keep(query: ResourceQuery) -> str:
    pinned = serialise_resources(replace(query, is_pinned=True))
    return keep_address(PATH, pinned, query.lang)


def _weights(view: IndexView) -> tuple[Weight, ...]:
    query = view.query
    return tuple(
        Weight(
            c.indicator.short_name.in_language(query.lang),
            query.weights[n],
            texts.weight_text(query, n, query.lang),
        )
        for n, c in enumerate(view.columns)
    )


def _index_part(view: IndexView, picture: MapPicture | None, tr: Translate) -> Part:
    query = view.query
    lang = query.lang
    title = texts.index_title(view, tr, lang)
    table = ChartTable(title, *texts.index_table(view, tr, lang))
    names = (c.indicator.short_name.in_language(lang) for c in view.columns)
    charts = (
        PlainChart(
            Resources.PARTS,
            texts.parts_title(view, tr, lang),
            tr("resources.parts_sub"),
            parts_figure(view, tr, lang),
            table,
            _paper(view, tr, "index"),
            key=tuple(zip(PARTS, names, strict=False)),
        ),
        PlainChart(
            Resources.RANKS,
            texts.stability_title(view, tr, lang),
            tr("resources.ranks_sub", draws=number(DRAWS, 0, lang), seed=SEED),
            ranks_figure(view, tr, lang),
            table,
            _paper(view, tr, "raenge"),
        ),
    )
    return Part(
        title=title,
        lead=texts.index_lead(view, tr, lang),
        warnings=texts.warnings(view, tr, lang),
        charts=charts if view.by_burden else (),
        table=table,
        map=map_figure(tr, picture, is_beside=True, note=tr("resources.map_opens"))
        if picture
        else None,
    )


def _share_part(view: ShareView, tr: Translate) -> Part:
    lang = view.index.query.lang
    title = texts.share_title(view, tr, lang)
    table = ChartTable(title, *texts.share_table(view, tr))
    if isinstance(view.found, Refusal):
        return Part(title, texts.share_lead(view, tr, lang), (), (), table)
    charts = (
        _gains_chart(view, EVEN, differences_figure(view, tr, lang), tr),
        *_last_year_chart(view, tr),
        PlainChart(
            Resources.CURVE,
            texts.curve_title(view.found, tr, lang),
            tr("resources.curve_sub"),
            curve_figure(view, tr, lang),
            table,
            _paper(view.index, tr, "konzentration"),
        ),
    )
    warned = texts.share_warnings(view, tr, _MOST_NAMED)
    return Part(title, texts.share_lead(view, tr, lang), warned, charts, table)


def _last_year_chart(view: ShareView, tr: Translate) -> tuple[PlainChart, ...]:
    """Return the chart of changes against last year, where something stands for it."""
    told = gains_of(view, BEFORE)
    if told is None:
        return ()
    figure = changes_figure(view, told, tr, view.index.query.lang)
    return (_gains_chart(view, BEFORE, figure, tr),)


def _gains_chart(
    view: ShareView, against: str, figure: dict[str, Any], tr: Translate
) -> PlainChart:
    """Return the chart of who gets more and who less, with its table and the largest ones."""
    told = gains_of(view, against)
    if told is None:
        raise TypeError("a refused order has no gains")
    title = gains_title(view, told, against, tr)
    names = {EVEN: "verteilung", BEFORE: "vorjahr"}
    unit = unit_word(view.index.query, tr)
    return PlainChart(
        Resources.DIFFERENCES if against == EVEN else Resources.CHANGES,
        title,
        tr(f"resources.gains_sub_{against}", unit=unit),
        figure,
        ChartTable(title, *gains_table(view, told, against, tr)),
        _paper(view.index, tr, names[against]),
        key=((MORE, tr(f"resources.key_more_{against}")), (LESS, tr("resources.key_less"))),
        notes=gains_notes(view, told, tr),
    )


def _paper(view: IndexView, tr: Translate, name: str) -> Paper:
    query: ResourceQuery = view.query
    town = view.catalogue.town.id
    return Paper(
        key=(),
        source=source_text(view, tr),
        release=query.release,
        file=f"{town}_{name}_{query.level}",
    )


def source_text(view: IndexView, tr: Translate) -> str:
    """Name the offices whose figures enter."""
    used = {c.indicator.source for c in view.columns}
    offices = sorted({s.office for s in view.catalogue.sources if s.id in used})
    return tr("resources.source", offices="; ".join(offices))


def _map_data(view: IndexView, picture: MapPicture | None, tr: Translate) -> str:
    query = view.query
    release = query.release if query.is_pinned else ""
    profile = serialise_profile(ProfileQuery(lang=query.lang, release=release))
    about = {
        "level": query.level,
        "lang": query.lang,
        "release": query.release,
        "file": f"{view.catalogue.town.id}_index_{query.level}",
        "opens": f"{PROFILE}/{query.level}/{{area}}{'?' + profile if profile else ''}",
    }
    return shown_maps([(picture, tr("resources.map_name"))] if picture else [], tr, about)
