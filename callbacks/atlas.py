"""The Atlas page: one Python callback answers indicator and year, scripts paint."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from callbacks.atlas_page import (
    areas_text,
    choose,
    extras_of,
    figures_of,
    selector_values,
    view_text,
)
from domain.model import Audience
from layouts.ids import Atlas, Shell
from services.container import Services

_SELECTORS = (
    Atlas.INDICATOR,
    Atlas.CATEGORY,
    Atlas.PERIOD,
    Atlas.LEVEL,
    Atlas.SECOND,
    Atlas.COMPARE,
    Atlas.LAYER,
    Atlas.SINCE,
)
_CHARTS = (Atlas.MAP, Atlas.RANKING, Atlas.SCATTER, Atlas.TREND)
_NAMES = (
    "indicator", "category", "period", "level", "second", "compare", "layer", "since",
    "classes",
)  # fmt: skip


def register(app: Dash, services: Services, audience: Audience) -> None:
    """Attach the callbacks of the Atlas page."""

    @app.callback(
        Output(Atlas.VIEW, "data"),
        Output(Atlas.FRAME, "data"),
        Output(Atlas.OUTLINES, "data"),
        *(Output(chart, "figure") for chart in _CHARTS),
        *(Input(selector, "value") for selector in _SELECTORS),
        Input(Atlas.CLASSES, "data"),
        State(Atlas.FRAME, "data"),
        State(Shell.URL, "search"),
        State(Atlas.ADDRESS, "data"),
        prevent_initial_call=True,
    )
    def draw_view(*given: Any) -> tuple[Any, ...]:
        *values, frame, search, address = given
        chosen = dict(zip(_NAMES, values, strict=True))
        own = address if isinstance(address, str) else search
        selection, _ = choose(services, audience, own, chosen)
        text, needed = view_text(services, audience, selection)
        if needed == frame:
            return text, no_update, no_update, *(no_update for _ in _CHARTS)
        content = services.monitoring.atlas_content(audience, selection)
        outlines = areas_text(services, audience, selection, content)
        return text, needed, outlines, *figures_of(content, selection).values()

    @app.callback(
        Output(Atlas.THEME, "value"),
        *(Output(selector, "value", allow_duplicate=True) for selector in _SELECTORS),
        Output(Atlas.SELECTION, "data"),
        Output(Atlas.CLASSES, "data", allow_duplicate=True),
        Output(Atlas.EXTRAS, "data"),
        Input(Shell.URL, "search"),
        State(Atlas.ADDRESS, "data"),
        prevent_initial_call=True,
    )
    def open_link(search: str | None, address: str | None) -> tuple[Any, ...]:
        if address is not None:  # the address bar names slides, not the view
            raise PreventUpdate
        selection, _ = choose(services, audience, search, {})
        offer = services.monitoring.offer(audience, selection.release)
        values = selector_values(offer.themes_by_indicator, selection)
        extras = extras_of(selection)
        return *values.values(), list(selection.areas), selection.classes, extras

    _register_clientside(app)


def _register_clientside(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("atlas", "chooseTheme"),
        Output(Atlas.INDICATOR, "options"),
        Output(Atlas.INDICATOR, "value"),
        Input(Atlas.THEME, "value"),
        State(Atlas.INDICATOR, "value"),
        State(Atlas.CATALOGUE, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("atlas", "chooseIndicator"),
        Output(Atlas.CATEGORY, "options"),
        Output(Atlas.CATEGORY, "value"),
        Output(Atlas.LEVEL, "options"),
        Output(Atlas.LEVEL, "value"),
        Output(Atlas.PERIOD, "options"),
        Output(Atlas.PERIOD, "value"),
        Output(Atlas.SECOND, "options"),
        Output(Atlas.SECOND, "value"),
        Output(Atlas.COMPARE, "options"),
        Output(Atlas.COMPARE, "value"),
        Input(Atlas.INDICATOR, "value"),
        Input(Atlas.LEVEL, "value"),
        State(Atlas.CATEGORY, "value"),
        State(Atlas.PERIOD, "value"),
        State(Atlas.SECOND, "value"),
        State(Atlas.COMPARE, "value"),
        State(Atlas.COMPARE, "options"),
        State(Atlas.CATALOGUE, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("atlas", "showTable"),
        Output(Atlas.TABLE_BOX, "children"),
        Input(Atlas.TABLE_READY, "data"),
        State(Atlas.TABLE_LATER, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("atlas", "paint"),
        Output(Atlas.PAINTED, "data"),
        Input(Atlas.VIEW, "data"),
        *(Input(selector, "value") for selector in _SELECTORS),
        Input(Atlas.CLASSES, "data"),
        Input(Atlas.SELECTION, "data"),
        Input(Atlas.EXTRAS, "data"),
        State(Atlas.OUTLINES, "data"),
        State(Atlas.CATALOGUE, "data"),
        State(Atlas.ADDRESS, "data"),
    )
