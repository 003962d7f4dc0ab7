"""What the search needs of a page: its button, its texts, and which selectors are searched."""

from __future__ import annotations

import json
from typing import Any

from dash import html
from dash.development.base_component import Component

from i18n import Translate
from layouts.ids import Atlas

SEARCHED = {Atlas.INDICATOR: "indicators", Atlas.SECOND: "indicators"}
"""Selectors over which ``assets/20-js/39-finder-select.js`` opens its list."""

_TEXTS = (
    "finder.placeholder",
    "finder.listed",
    "finder.one",
    "finder.many",
    "finder.first",
    "finder.none",
    "finder.none_hint",
    "finder.type_hint",
    "finder.city_only",
    "finder.on_map",
    "finder.not_for",
    "finder.indicator_not_for",
    "finder.changes_level",
    "finder.is_selected",
    "finder.tray_full",
    "finder.title",
    "finder.search_placeholder",
    "finder.close",
    "finder.keys",
    "finder.slash_key",
    "finder.facilities",
    "finder.failed",
    "finder.retry",
    "finder.area_added",
    "finder.indicator_shown",
)


def finder_attributes(component_id: str) -> dict[str, Any]:
    """Return what marks the field of a selector as searched; nothing for any other."""
    found = SEARCHED.get(Atlas(component_id)) if component_id in set(Atlas) else None
    return {"data-finder": found} if found else {}


def search_button(tr: Translate) -> Component:
    """Return the button of the head line; the dialog itself is built when it is first opened."""
    opens: dict[str, Any] = {"aria-haspopup": "dialog", "aria-keyshortcuts": "Control+K /"}
    return html.Button(
        [html.Span(className="header__glass"), html.Span(tr("finder.open"))],
        id="search-open",
        type="button",
        className="header__tool header__button header__search",
        title=tr("finder.open_title"),
        **opens,
    )


def finder_texts(tr: Translate, address: str) -> Component:
    """Return the sentences of list and dialog, unfilled, for the scripts to read.

    ``address`` is the one that answers what is typed.
    """
    texts = {key.removeprefix("finder."): tr(key) for key in _TEXTS}
    data: dict[str, Any] = {
        "data-texts": json.dumps(texts, ensure_ascii=False),
        "data-search": address,
    }
    return html.Div(id="finder-texts", hidden=True, **data)
