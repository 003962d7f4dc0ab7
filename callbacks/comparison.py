"""The page of a comparison: the address decides what it shows, selectors write the address."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, ctx
from dash.development.base_component import Component

from callbacks import comparison_groups, comparison_maps, comparison_rules
from callbacks.addressed import AddressedPage, typed_text
from callbacks.comparison_page import comparison_content
from domain.comparison_query import serialise_comparison
from domain.model import Audience
from i18n import translator
from layouts.comparison import found_list
from layouts.comparison_model import PATH
from layouts.comparison_options import chosen_key
from layouts.ids import Comparison, Shell
from services.container import Services

_SELECTORS: dict[str, str] = {
    Comparison.LEVEL: "level",
    Comparison.THEME: "theme",
    Comparison.PERIOD: "period",
    Comparison.COMPARE: "compare",
    Comparison.INTERVAL: "interval",
}

_NAMES: dict[str, str] = {**_SELECTORS, Comparison.APPLY: "indicators"}


def register(app: Dash, services: Services, audience: Audience) -> None:
    """Attach the callbacks of the page and of its sections."""
    page = AddressedPage(
        path=PATH,
        read=lambda search, chosen: services.comparisons.query(audience, search, chosen)[0],
        write=serialise_comparison,
        changes=chosen_key,
    )
    for part in (comparison_groups, comparison_maps, comparison_rules):
        part.register(app, services, audience)

    @app.callback(
        Output(Comparison.BODY, "children"),
        Input(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        prevent_initial_call=True,
    )
    def draw(search: str | None, pathname: str | None) -> list[Component]:
        page.stay_if_elsewhere(pathname)
        return comparison_content(services, audience, search)

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        *(Input(selector, "value") for selector in _SELECTORS),
        Input(Comparison.APPLY, "n_clicks"),
        State(Comparison.INDICATORS, "value"),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def choose(*given: Any) -> str:
        *values, _, indicators, search = given
        asked = {**dict(zip(_SELECTORS.values(), values, strict=True)), "indicators": indicators}
        return page.address_after(search, _NAMES.get(str(ctx.triggered_id)), asked)

    @app.callback(
        Output(Comparison.FOUND, "children"),
        Input(Comparison.FIND, "value"),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def find(text: Any, search: str | None) -> list[Component]:
        query, typed = page.asked(search), typed_text(text)
        hits = services.comparisons.find(audience, query, typed)
        return found_list(translator(query.lang), query, hits, is_asked=bool(typed))
