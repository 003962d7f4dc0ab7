"""The page of need and supply before any click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from domain.need_query import LEAST_METRES, MOST_METRES, MOST_TARGET
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
}
NUMBERS: dict[str, str] = {Need.TARGET: "target", Need.METRES: "metres"}


@dataclass(frozen=True)
class NeedPage:
    """Everything the page shows; ``options`` and ``values`` are by the names of the address."""

    language: str
    options: dict[str, list[Option]]
    values: dict[str, str]
    numbers: dict[str, float | None]
    hints: tuple[str, ...]
    supply: Part
    reach: Part
    list_title: str
    list_table: ChartTable
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
        _bar(tr, page),
        found_part(tr, page.supply, "need-supply", page.language),
        found_part(tr, page.reach, "need-reach", page.language),
        html.Section(
            [
                html.H2(page.list_title, className="comparison__heading", id="need-list"),
                html.Div(
                    selector(
                        Need.AREA,
                        tr("need.area"),
                        page.options["area"],
                        page.values["area"],
                        class_name="field--area",
                    ),
                    className="resources__fields",
                ),
                chart_table(tr, page.list_table),
            ],
            className="comparison__section",
            **aria(labelledby="need-list"),
        ),
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
    return html.Div(
        [*picks[:5], fields[0], *picks[5:], fields[1]],
        className="resources__bar resources__fields",
        role="group",
        **aria(label=tr("need.bar")),
    )
