"""Parts of forms that several pages share: text fields, the search of areas, lists of many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from i18n import Translate
from layouts.components import Option

_WAIT_MS = 500
"""A number or a slider is taken over when it rests."""
_DROPDOWN = (
    "select_all", "deselect_all", "selected_count", "search", "clear_search",
    "clear_selection", "no_options_found",
)  # fmt: skip


def text_field(
    component_id: str, label: str, *, longest: int, placeholder: str = "", class_name: str = ""
) -> Component:
    """Return a labelled line of text of at most ``longest`` letters."""
    return html.Div(
        [
            html.Label(label, htmlFor=component_id, className="field__label"),
            dcc.Input(
                id=component_id,
                type="text",
                value="",
                placeholder=placeholder or None,
                maxLength=longest,
                autoComplete="off",
                className=class_name,
            ),
        ],
        className="field",
    )


def number_field(
    component_id: str,
    label: str,
    value: float | None,
    limits: Mapping[str, Any],
    *,
    is_slider: bool = False,
    waits: bool = True,
) -> Component:
    """Return a labelled number, typed or set by a slider; ``limits`` are min, max and step.

    One that does not wait is known at once to the button of its form.
    """
    return html.Div(
        [
            html.Label(label, htmlFor=component_id, className="field__label"),
            number_input(component_id, value, limits, is_slider=is_slider, waits=waits),
        ],
        className="field",
    )


def number_input(
    component_id: str,
    value: float | None,
    limits: Mapping[str, Any],
    *,
    is_slider: bool = False,
    waits: bool = True,
) -> Component:
    """Return the field of a number without its label."""
    field: Component = dbc.Input(
        id=component_id,
        type="range" if is_slider else "number",
        value=value,
        debounce=_WAIT_MS if waits else False,
        autocomplete="off",
        class_name="" if is_slider else "resources__entry",
        **limits,
    )
    return field


def choice_of_many(
    ids: tuple[str, str], options: list[Option], chosen: list[str], tr: Translate, *, legend: str
) -> Component:
    """Return the list of all indicators of a level behind a fold; a button takes it over.

    Native boxes instead of a list of its own kind: they work with keyboard, phone and screen
    reader as they are, and the page is drawn once for a whole choice. ``ids`` are those of the
    list and of the button.
    """
    list_id, apply_id = ids
    return html.Div(
        [
            html.Span(tr("side.indicators"), className="field__label"),
            html.Details(
                [
                    html.Summary(tr("side.indicators_chosen", n=len(chosen))),
                    html.Fieldset(
                        [
                            html.Legend(legend, className="field__label"),
                            html.Button(
                                tr("side.indicators_apply"),
                                id=apply_id,
                                type="button",
                                className="button button--main",
                            ),
                            dbc.Checklist(
                                id=list_id,
                                options=options,
                                value=chosen,
                                class_name="many__list",
                            ),
                        ],
                        className="many__box",
                    ),
                ],
                className="many",
            ),
        ],
        className="field field--indicators",
    )


def area_search(
    find_id: str, found_id: str, *, label: str, placeholder: str, class_name: str = ""
) -> Component:
    """Return the search field for areas, with room for what is found below it."""
    return html.Div(
        [
            html.Label(label, htmlFor=find_id, className="field__label"),
            dcc.Input(
                id=find_id,
                type="search",
                debounce=0.25,
                value="",
                placeholder=placeholder,
                autoComplete="off",
                maxLength=60,
                className="entry comparison__find",
            ),
            html.Div(id=found_id, className="found comparison__found", role="status"),
        ],
        className=f"comparison__search {class_name}".strip(),
    )


def found_areas(links: Iterable[Component], *, said: str, none: str) -> list[Component]:
    """Return what a search found: ``said`` is read out, ``none`` shown where there is nothing."""
    items = [html.Li(link) for link in links]
    if not items:
        return [html.P(none, className="comparison__none")]
    return [
        html.P(said, className="visually-hidden"),
        html.Ul(items, className="found__list"),
    ]


def many_labels(tr: Translate) -> Any:
    """Return the words that a list of many says by itself."""
    return {name: tr(f"side.dropdown.{name}") for name in _DROPDOWN}


def hint_box(hints: Iterable[str]) -> Component:
    """Return what had to be replaced in an address; hidden where there is nothing to say."""
    lines = [html.P(text) for text in hints]
    return html.Div(lines, className="hint", role="status", hidden=not lines)
