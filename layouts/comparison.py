"""The page that puts a few districts side by side, before any click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from domain.comparison_query import with_area, without_area
from domain.side_by_side import (
    FEWEST_AREAS,
    MOST_AREAS,
    MOST_INDICATORS,
    ComparedArea,
    ComparisonQuery,
)
from i18n import Translate
from layouts.comparison_charts import courses_section, strips_section
from layouts.comparison_model import Chooser, ComparisonPage, step
from layouts.comparison_table import table_section
from layouts.components import aria, selector
from layouts.form_parts import area_search, choice_of_many, found_areas, hint_box
from layouts.ids import Comparison


def layout(content: list[Component]) -> Component:
    """Return the page around its content, which is drawn anew for every address."""
    return html.Main(
        html.Div(content, id=Comparison.BODY), id="main", className="comparison", tabIndex=-1
    )


def comparison(tr: Translate, page: ComparisonPage) -> list[Component]:
    """Return the content for chosen areas."""
    query = page.view.query
    return [
        _bar(tr, page),
        _tray(tr, page.view.areas, query, page.back),
        hint_box(page.hints),
        html.Div(
            [
                html.Div(
                    [
                        html.H1(page.title, className="comparison__title"),
                        *(html.P(text, className="comparison__lead") for text in page.lead),
                    ]
                ),
                html.Div(
                    [
                        *page.actions,
                        *(html.A(text, href=href, download="") for text, href in page.files),
                    ],
                    className="actions comparison__actions",
                    role="group",
                    **aria(label=tr("side.actions")),
                ),
            ],
            className="comparison__head",
        ),
        table_section(tr, page),
        *([strips_section(tr, page.strips)] if page.strips else []),
        courses_section(tr, page.courses),
        *page.sections,
    ]


def chooser(tr: Translate, page: Chooser) -> list[Component]:
    """Return the content until areas are chosen: search, map, list."""
    names = [
        html.Li(step(name, with_area(page.query, area), name=f"add-{area}"))
        for area, name in page.areas
    ]
    return [
        _bar(tr, page),
        _tray(tr, (), page.query, page.back),
        hint_box(page.hints),
        html.Div(
            html.Div(
                [
                    html.H1(tr("side.choose_title"), className="comparison__title"),
                    html.P(
                        tr("side.choose_text", fewest=FEWEST_AREAS, most=MOST_AREAS),
                        className="comparison__lead",
                    ),
                ]
            ),
            className="comparison__head",
        ),
        html.Section(
            [html.H2(page.words, className="comparison__heading")]
            + (
                [html.Ul(names, className="comparison__names")]
                if names
                else [html.P(tr("side.choose_many", words=page.words))]
            ),
            className="comparison__section",
        ),
        *page.sections,
    ]


def _bar(tr: Translate, page: ComparisonPage | Chooser) -> Component:
    def pick(component: Comparison, name: str) -> Component:
        return selector(
            component,
            tr(f"side.{name}"),
            page.options[name],
            page.values[name],
            class_name=f"field--{name}",
        )

    return html.Div(
        [
            pick(Comparison.LEVEL, "level"),
            pick(Comparison.THEME, "theme"),
            _indicator_list(tr, page),
            pick(Comparison.PERIOD, "period"),
            pick(Comparison.COMPARE, "compare"),
            pick(Comparison.INTERVAL, "interval"),
        ],
        className="toolbar comparison__bar",
        role="group",
        **aria(label=tr("side.bar")),
    )  # fmt: skip


def _indicator_list(tr: Translate, page: ComparisonPage | Chooser) -> Component:
    return choice_of_many(
        (Comparison.INDICATORS, Comparison.APPLY),
        page.options["indicators"],
        page.indicators,
        tr,
        legend=tr("side.indicators_legend", most=MOST_INDICATORS),
    )


def _tray(
    tr: Translate, areas: Sequence[ComparedArea], query: ComparisonQuery, back: str
) -> Component:
    chosen = sorted(areas, key=lambda a: a.slot)
    return html.Div(
        [
            html.Span(tr("side.chosen"), className="tray__label"),
            html.Ul([_chip(tr, a, query) for a in chosen], className="comparison__chips"),
            area_search(
                Comparison.FIND,
                Comparison.FOUND,
                label=tr("side.find"),
                placeholder=tr("side.find_hint"),
            )
            if len(chosen) < MOST_AREAS
            else html.P(tr("side.full", most=MOST_AREAS), className="comparison__full"),
            html.A(tr("side.on_map"), href=back, className="tray__clear comparison__map"),
            step(tr("side.clear"), replace(query, areas=()), name="clear", class_name="tray__clear")
            if chosen
            else None,
        ],
        className="comparison__tray",
        role="group",
        **aria(label=tr("side.chosen")),
    )


def _chip(tr: Translate, area: ComparedArea, query: ComparisonQuery) -> Component:
    name = area.name if area.is_current else tr("side.former", name=area.name)
    return html.Li(
        [
            html.Span(name, className="chip__name"),
            step(
                [
                    html.Span("×", **aria(hidden="true")),
                    html.Span(tr("side.remove", name=area.name), className="visually-hidden"),
                ],
                without_area(query, area.id),
                name=f"remove-{area.id}",
                class_name="chip__remove",
            ),
        ],
        className=f"chip slot-{area.slot + 1}",
    )


def found_list(
    tr: Translate, query: ComparisonQuery, hits: Sequence[tuple[str, str]], *, is_asked: bool
) -> list[Component]:
    """Return what the search found, each a link that adds the area."""
    if not is_asked:
        return []
    links = (
        step(name, with_area(query, area), name="find", class_name="found__add")
        for area, name in hits
    )
    said = tr("side.found", n=len(hits))
    return found_areas(links, said=said, none=tr("side.found_none"))
