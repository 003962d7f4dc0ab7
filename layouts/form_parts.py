"""Parts of forms that several pages share: text fields, the search of areas, lists of many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from i18n import Translate

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
