"""The page of need and supply before any click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from domain.need_query import (
    LEAST_METRES,
    MOST_METRES,
    MOST_TARGET,
    OFFERS,
    OUTLOOK,
    PLACES,
    PLAN,
)
from i18n import Translate
from layouts.comparison_charts import ChartTable, chart_table
from layouts.components import Option, aria, selector
from layouts.form_parts import hint_box, number_field
from layouts.ids import Need
from layouts.plain_charts import Part, found_part

SELECTORS: dict[str, str] = {
    Need.LEVEL: "level",
    Need.KIND: "kind",
    Need.GROUP: "group",
    Need.CHILDREN: "children",
    Need.CARE: "care",
    Need.WAY: "way",
    Need.SPREAD: "spread",
    Need.AREA: "area",
    Need.BURDEN: "burden",
    Need.OFFER: "offer",
}
NUMBERS: dict[str, str] = {Need.TARGET: "target", Need.METRES: "metres"}


ALL_FIELDS = frozenset({*SELECTORS.values(), *NUMBERS.values()})
FIELDS_OF: dict[str, frozenset[str]] = {
    PLACES: ALL_FIELDS - {"offer"},
    PLAN: ALL_FIELDS - {"care", "burden", "offer"},
    OUTLOOK: frozenset({"level", "kind", "group", "target", "area"}),
    OFFERS: frozenset({"level", "area", "offer"}),
}
"""What can be set in each part; the other fields are there and hidden."""
_ORDER = (
    "level", "offer", "kind", "group", "children", "care", "target", "way", "spread", "metres",
    "area", "burden",
)  # fmt: skip


@dataclass(frozen=True)
class NeedPage:
    """Everything the page shows; ``options`` and ``values`` are by the names of the address."""

    language: str
    part: str
    tabs: tuple[tuple[str, str], ...]
    """Part and the query string that opens it."""
    options: dict[str, list[Option]]
    values: dict[str, str]
    numbers: dict[str, float | None]
    hints: tuple[str, ...]
    content: list[Component]
    files: tuple[tuple[str, str], ...]
    map_data: str
    keep: str = ""
    """Where staff save these choices; empty for the public."""


def layout(content: list[Component]) -> Component:
    """Return the page around its content, which is drawn anew for every address."""
    return html.Main(
        html.Div(content, id=Need.BODY), id="main", className="comparison resources", tabIndex=-1
    )


def empty(tr: Translate, hints: tuple[str, ...]) -> list[Component]:
    """Return what stands where a release has no facilities or no counts of children."""
    return [
        html.H1(tr("need.heading"), className="comparison__title"),
        hint_box(hints),
        html.P(tr("need.nothing"), className="comparison__lead"),
    ]


def need(tr: Translate, page: NeedPage) -> list[Component]:
    """Return the content of the page."""
    return [
        html.H1(tr("need.heading"), className="comparison__title"),
        html.P(tr("need.intro"), className="comparison__lead"),
        hint_box(page.hints),
        _tabs(tr, page),
        _bar(tr, page),
        *page.content,
        html.Div(
            [
                *(html.A(text, href=href, download="") for text, href in page.files),
                *([html.A(tr("scenarios.keep"), href=page.keep)] if page.keep else []),
            ],
            className="actions comparison__actions",
            role="group",
            **aria(label=tr("need.files")),
        ),
        dcc.Store(id=Need.MAP_DATA, data=page.map_data),
        dcc.Store(id=Need.MAP_PAINTED),
    ]


def supply_parts(
    tr: Translate, parts: tuple[Part, Part, Part], listed: ChartTable, language: str
) -> list[Component]:
    """Return places against children, need against these, ways, and the list of facilities."""
    supply, both, reach = parts
    return [
        found_part(tr, supply, "need-supply", language),
        found_part(tr, both, "need-both", language),
        found_part(tr, reach, "need-reach", language),
        _listed(tr, listed, "need-list"),
    ]


def offer_parts(tr: Translate, part: Part, listed: ChartTable, language: str) -> list[Component]:
    """Return how an offer is used, and the facilities that have it."""
    return [
        found_part(tr, part, "need-offers", language),
        _listed(tr, listed, "need-offer-list"),
    ]


def _listed(tr: Translate, table: ChartTable, heading: str) -> Component:
    return html.Section(
        [
            html.H2(table.caption, className="comparison__heading", id=heading),
            chart_table(tr, table),
        ],
        className="comparison__section",
        **aria(labelledby=heading),
    )


def _tabs(tr: Translate, page: NeedPage) -> Component:
    """Return links to the parts of the page; they keep all that is chosen."""
    return html.Nav(
        [
            html.Span(
                tr(f"need.part_{part}"),
                className="parts__link parts__link--here",
                **aria(current="page"),
            )
            if part == page.part
            else dcc.Link(tr(f"need.part_{part}"), href=f"?{search}", className="parts__link")
            for part, search in page.tabs
        ],
        className="parts",
        **aria(label=tr("need.parts")),
    )


def _bar(tr: Translate, page: NeedPage) -> Component:
    limits: dict[str, dict[str, Any]] = {
        Need.TARGET: {"min": 0, "max": MOST_TARGET, "step": "any"},
        Need.METRES: {"min": LEAST_METRES, "max": MOST_METRES, "step": 50},
    }
    fields = [
        number_field(component, tr(f"need.{name}"), page.numbers[name], limits[component])
        for component, name in NUMBERS.items()
    ]
    picks = [
        selector(
            component,
            tr(f"need.{name}"),
            page.options[name],
            page.values[name],
            class_name=f"field--{name}",
        )
        for component, name in SELECTORS.items()
    ]
    named = dict(zip((*SELECTORS.values(), *NUMBERS.values()), (*picks, *fields), strict=True))
    shown = FIELDS_OF[page.part]
    return html.Div(
        [
            html.Div(named[name], hidden=name not in shown or page.options.get(name) == [])
            for name in _ORDER
        ],
        className="resources__bar resources__fields",
        role="group",
        **aria(label=tr("need.bar")),
    )
