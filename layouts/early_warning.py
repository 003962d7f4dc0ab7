"""The early-warning list before any click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from domain.warning_query import LEAST_Q, MOST_Q
from i18n import Translate
from layouts.components import Option, aria, selector
from layouts.form_parts import hint_box, number_field
from layouts.plain_charts import Part, caution_list, found_part
from layouts.warning_ids import EarlyWarning
from layouts.warning_table import WarnedArea, warning_table

SELECTORS: dict[str, str] = {
    EarlyWarning.LEVEL: "level",
    EarlyWarning.OF: "of",
    EarlyWarning.YEARS: "years",
    EarlyWarning.LEAST: "least",
}
NUMBERS: dict[str, str] = {EarlyWarning.Q: "q"}
_LIMITS: dict[str, Any] = {"min": 100 * LEAST_Q, "max": 100 * MOST_Q, "step": 1}
"""In percent, which are whole; the address holds a share."""


@dataclass(frozen=True)
class WarningPage:
    """Everything the page shows; ``options`` and ``values`` are by the names of the address.

    ``more`` says that the list goes on in the files; empty where it is whole.
    """

    language: str
    options: dict[str, list[Option]]
    values: dict[str, str]
    q: float
    hints: tuple[str, ...]
    found: Part
    list_title: str
    cautions: tuple[str, ...]
    areas: tuple[WarnedArea, ...]
    more: str
    checked: Part
    files: tuple[tuple[str, str], ...]
    map_data: str


def layout(content: list[Component]) -> Component:
    """Return the page around its content, which is drawn anew for every address."""
    return html.Main(
        html.Div(content, id=EarlyWarning.BODY),
        id="main",
        className="comparison resources",
        tabIndex=-1,
    )


def empty(tr: Translate, hints: tuple[str, ...]) -> list[Component]:
    """Return what stands where nothing in a release can be tested."""
    return [
        html.H1(tr("warning.heading"), className="comparison__title"),
        hint_box(hints),
        html.P(tr("warning.nothing"), className="comparison__lead"),
    ]


def early_warning(tr: Translate, page: WarningPage) -> list[Component]:
    """Return the content of the page."""
    return [
        html.H1(tr("warning.heading"), className="comparison__title"),
        html.P(tr("warning.intro"), className="comparison__lead"),
        hint_box(page.hints),
        _bar(tr, page),
        found_part(tr, page.found, "warning-found", page.language),
        _list(tr, page),
        found_part(tr, page.checked, "warning-checked", page.language),
        html.Div(
            [html.A(text, href=href, download="") for text, href in page.files],
            className="actions comparison__actions",
            role="group",
            **aria(label=tr("warning.files")),
        ),
        dcc.Store(id=EarlyWarning.MAP_DATA, data=page.map_data),
        dcc.Store(id=EarlyWarning.MAP_PAINTED),
    ]


def _bar(tr: Translate, page: WarningPage) -> Component:
    picks = [
        selector(
            component,
            tr(f"warning.{name}"),
            page.options[name],
            page.values[name],
            class_name=f"field--{name}",
        )
        for component, name in SELECTORS.items()
    ]
    return html.Div(
        [*picks, number_field(EarlyWarning.Q, tr("warning.q"), round(100 * page.q), _LIMITS)],
        className="resources__bar resources__fields",
        role="group",
        **aria(label=tr("warning.bar")),
    )


def _list(tr: Translate, page: WarningPage) -> Component:
    text = tr("warning.list_sub" if page.areas else "warning.list_empty")
    return html.Section(
        [
            html.H2(page.list_title, className="comparison__heading", id="warning-list"),
            html.P(text, className="panel__sub"),
            caution_list(page.cautions),
            warning_table(tr, page.areas, page.list_title) if page.areas else None,
            html.P(page.more, className="panel__sub") if page.more else None,
        ],
        className="comparison__section",
        **aria(labelledby="warning-list"),
    )
