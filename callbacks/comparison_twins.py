"""Twins of the chosen districts: the service is asked, rows are written."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from callbacks.comparison_request import SectionRequest
from domain.comparison_query import with_area
from domain.side_by_side import MOST_AREAS, ComparedArea
from domain.twins import Twin, Twins
from figures.side_twins import circumstances_text, distance_text, left_out_texts, traits_text
from layouts.comparison_model import step
from layouts.comparison_twins import TwinBlock, TwinRow, twins_section
from layouts.components import aria
from services.container import Services


def twins_part(services: Services, request: SectionRequest) -> Component | None:
    """Return the twins of each chosen area; groups have none."""
    view, tr = request.view, request.tr
    level, language = view.level, view.query.lang
    areas = [a for a in sorted(view.areas, key=lambda a: a.slot) if a.is_current and not a.members]
    if not areas or level.kind == "city":
        return None
    release = view.query.release
    found = [services.twins.twins(request.audience, release, level, a.id) for a in areas]
    return twins_section(
        tr,
        [_block(request, area, twins) for area, twins in zip(areas, found, strict=True)],
        circumstances_text(found[0], view.catalogue, tr, language),
        left_out_texts(found[0], view.catalogue, tr, language),
    )


def _block(request: SectionRequest, area: ComparedArea, twins: Twins) -> TwinBlock:
    reason = request.tr(f"sidetwin.none_{twins.reason}") if twins.reason else ""
    return TwinBlock(area.name, area.slot, tuple(_row(request, t) for t in twins.twins), reason)


def _row(request: SectionRequest, twin: Twin) -> TwinRow:
    tr, view = request.tr, request.view
    language = view.query.lang
    return TwinRow(
        name=twin.name,
        distance=distance_text(twin, tr, language),
        share=twin.rebased,
        alike=traits_text(twin.alike, view.catalogue, language),
        differing=traits_text(twin.differing, view.catalogue, language),
        link=add_link(request, twin.area, twin.name, place="twin"),
        note=tr("sidetwin.partly") if twin.is_partly else "",
    )


def add_link(request: SectionRequest, area: str, name: str, *, place: str) -> Component:
    """Return a link that adds an area to the comparison, or a word that it is there or full."""
    query, tr = request.view.query, request.tr
    if area in query.areas:
        return html.Span(tr("sidetwin.is_chosen"))
    if query.n_columns >= MOST_AREAS:
        return html.Span(tr("sidetwin.full"))
    label: list[Component | str] = [
        html.Span(tr("sidetwin.add"), **aria(hidden="true")),
        html.Span(tr("sidetwin.add_name", name=name), className="visually-hidden"),
    ]
    return step(label, with_area(query, area), name=f"{place}-{area}", class_name="found__add")
