"""A slide names a view; the stage is the Atlas, set to it by one Python callback."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks.atlas_page import (
    atlas_page,
    choose,
    extras_of,
    language_of,
    selector_values,
)
from domain.model import Audience
from domain.selection import serialise
from figures.sentences import hint_text
from i18n import translator
from layouts import atlas, present
from layouts.ids import Atlas, Present, Shell
from services.container import Services

_SELECTORS = (
    Atlas.THEME, Atlas.INDICATOR, Atlas.CATEGORY, Atlas.PERIOD, Atlas.LEVEL, Atlas.SECOND,
    Atlas.COMPARE, Atlas.LAYER, Atlas.SINCE,
)  # fmt: skip


def present_page(services: Services, audience: Audience, search: str | None) -> Component:
    """Return the page; the slides themselves stand in the address or in the browser."""
    language = language_of(search)
    tr = translator(language)
    own = f"?lang={language}"
    page = atlas_page(services, audience, own)
    release = services.monitoring.current()
    if page is None or release is None:
        return atlas.empty(tr)
    town = services.monitoring.catalogue(audience, release).town
    place = present.Place(town.id, town.name, release)
    return present.layout(tr, replace(page, address=own), place)


def register(app: Dash, services: Services, audience: Audience) -> None:
    """Attach the callback that sets the Atlas to the view of a slide."""

    @app.callback(
        *(Output(selector, "value", allow_duplicate=True) for selector in _SELECTORS),
        Output(Atlas.SELECTION, "data", allow_duplicate=True),
        Output(Atlas.CLASSES, "data", allow_duplicate=True),
        Output(Atlas.EXTRAS, "data", allow_duplicate=True),
        Output(Atlas.ADDRESS, "data"),
        Output(Present.HINTS, "data"),
        Input(Present.WANTED, "data"),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def open_slide(wanted: Any, search: str | None) -> tuple[Any, ...]:
        query = wanted.get("query") if isinstance(wanted, dict) else None
        if not isinstance(query, str):
            raise PreventUpdate
        selection, hints = choose(services, audience, query, {"lang": language_of(search)})
        if not selection.indicator:
            raise PreventUpdate
        offer = services.monitoring.offer(audience, selection.release)
        values = selector_values(offer.themes_by_indicator, selection)
        tr = translator(selection.lang)
        arrived = {
            "turn": wanted.get("turn"),
            "hints": [hint_text(tr, *hint) for hint in hints],
            "indicator": selection.indicator,
            "period": selection.period,
            "level": selection.level,
            "second": selection.second,
            "compare": selection.compare,
            "layer": selection.layer,
            "since": selection.since,
            "classes": selection.classes,
            "category": selection.category,
        }
        areas = list(selection.areas)
        address = "?" + serialise(selection)
        extras = extras_of(selection)
        return *values.values(), areas, selection.classes, extras, address, arrived

    app.clientside_callback(
        ClientsideFunction("present", "arrived"),
        Output(Present.ARRIVED, "data"),
        Input(Present.HINTS, "data"),
        prevent_initial_call=True,
    )
