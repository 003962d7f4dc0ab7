"""The heat table of a comparison: indicators down, the town and the chosen districts across."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from domain.comparison_query import sort_word, sorted_by
from domain.profile_query import ProfileQuery, profile_address
from domain.side_by_side import BY_NAME, ComparedArea, ComparisonQuery
from figures.heat_table import HeatCell, HeatRow
from figures.side_texts import shades_text
from i18n import Translate
from layouts.comparison_model import ComparisonPage, step
from layouts.components import aria
from layouts.ids import Comparison

_ARROWS = {"ascending": "↑", "descending": "↓", "none": "↕"}


def table_section(tr: Translate, page: ComparisonPage) -> Component:
    """Return the table with its key of shades, signs and kinds of empty."""
    return html.Section(
        [
            html.H2(page.table_title, className="comparison__heading", id="comparison-table-title"),
            html.P(
                [
                    shades_text(page.view, tr),
                    html.Span(f" {tr('side.sort_hint')}", className="screen-only"),
                ],
                className="panel__sub",
            ),
            html.Div(
                html.Table(
                    [
                        html.Thead(_head(tr, page)),
                        html.Tbody([_row(tr, page, row) for row in page.rows]),
                        html.Tfoot(_foot(tr, page)),
                    ],
                    id=Comparison.TABLE,
                    className="heat",
                    **aria(labelledby="comparison-table-title"),
                ),
                className="heat__scroll",
                tabIndex=0,
                role="region",
                **aria(labelledby="comparison-table-title"),
            ),
            html.Div(page.legend, className="heat__legend"),
        ],
        className="comparison__section",
    )


def _head(tr: Translate, page: ComparisonPage) -> Component:
    query = page.view.query
    return html.Tr(
        [
            html.Th(
                [
                    html.Span(tr("side.column_indicator")),
                    _sorter(tr, query, BY_NAME, tr("side.sort_name")),
                ],
                scope="col",
                className="heat__corner",
            ),
            html.Th(page.view.catalogue.town.name, scope="col", className="heat__town"),
            *(_area_head(tr, area, query) for area in page.view.areas),
        ]
    )


def _area_head(tr: Translate, area: ComparedArea, query: ComparisonQuery) -> Component:
    name = area.name if area.is_current else tr("side.former", name=area.name)
    has_profile = area.is_current and not area.members
    return html.Th(
        html.A(name, href=_profile(area, query), className="heat__name")
        if has_profile
        else html.Span(name, className="heat__name"),
        scope="col",
        className=f"heat__area slot-{area.slot + 1}",
        **aria(sort=sort_word(query, BY_NAME)),
    )


def _profile(area: ComparedArea, query: ComparisonQuery) -> str:
    """Return the address of the profile of an area, in the language of the page."""
    release = query.release if query.is_pinned else ""
    return profile_address(query.level, area.id, ProfileQuery(lang=query.lang, release=release))


def _sorter(tr: Translate, query: ComparisonQuery, key: str, text: str) -> Component:
    word = sort_word(query, key)
    return step(
        [
            html.Span(_ARROWS[word], **aria(hidden="true")),
            html.Span(f"{text}: {tr(f'side.sorted_{word}')}", className="visually-hidden"),
        ],
        sorted_by(query, key),
        name=f"sort-{key}",
        class_name=f"heat__sort heat__sort--{word}",
    )


def _row(tr: Translate, page: ComparisonPage, row: HeatRow) -> Component:
    query = page.view.query
    period = row.period if row.is_wanted else tr("side.period_instead", period=row.period)
    polarity = tr(f"side.polarity_{row.polarity}") if row.polarity != "none" else ""
    about = " · ".join(x for x in (row.unit, period, polarity) if x)
    return html.Tr(
        [
            html.Th(
                [
                    html.Div(
                        [
                            html.A(row.name, href=page.atlas_links[row.id], className="heat__link"),
                            _sorter(tr, query, row.id, tr("side.sort_by", name=row.name)),
                        ],
                        className="heat__indicator",
                    ),
                    html.Span(about, className="heat__about"),
                ],
                scope="row",
                **aria(sort=sort_word(query, row.id)),
            ),
            html.Td(
                _cell(row.city, has_interval=query.intervals),
                className=_class("heat__cell heat__town", row.city),
            ),
            *(
                html.Td(
                    _cell(cell, has_interval=query.intervals),
                    className=_class("heat__cell", cell),
                    style={"backgroundColor": cell.fill, "color": cell.ink} if cell.fill else None,
                )
                for cell in row.cells
            ),
        ]
    )


def _class(name: str, cell: HeatCell) -> str:
    return f"{name} heat__cell--empty legend__swatch--{cell.state}" if cell.state else name


def _cell(cell: HeatCell, *, has_interval: bool) -> list[Component | str]:
    """Write a cell with as few parts as can be: a page of many cells stays quick."""
    if cell.state:
        sign = f"{cell.text} " if cell.text else ""
        return [html.Span(f"{sign}{cell.remark}", className="heat__word")]
    said = "; ".join(x for x in (cell.word, cell.remark, *cell.flags) if x)
    sign = cell.sign + ("*" if cell.flags else "")
    parts: list[Component | str] = [cell.text]
    if sign:
        parts.append(html.Span(sign, className="heat__sign", title=said, **aria(hidden="true")))
    if said:
        parts.append(html.Span(f" {said}", className="visually-hidden"))
    if cell.interval and has_interval:
        parts.append(html.Span(cell.interval, className="heat__interval"))
    return parts


def _foot(tr: Translate, page: ComparisonPage) -> Component:
    return html.Tr(
        [
            html.Th(tr("side.standing"), scope="row"),
            html.Td("", className="heat__town"),
            *(html.Td(text, className="heat__standing") for text in page.standings),
        ]
    )
