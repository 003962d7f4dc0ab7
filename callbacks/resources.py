"""The page that shares money or posts: the address decides what it shows, fields write it."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx

from callbacks.addressed import AddressedPage
from callbacks.resources_page import resources_content
from domain.model import Audience
from domain.resource_query import PATH, serialise_resources
from layouts.ids import Resources, Shell
from layouts.resources import INDEX_SELECTORS, LAST_YEAR, NUMBERS, SHARE_SELECTORS, WEIGHTS
from layouts.resources_options import chosen_key
from services.container import Services

_FIELDS: dict[str, str] = {
    **INDEX_SELECTORS,
    **SHARE_SELECTORS,
    **NUMBERS,
    Resources.BEFORE: "before",
    **LAST_YEAR,
    **{component: f"weight-{n}" for n, component in enumerate(WEIGHTS)},
}
_NAMES: dict[str, str] = {**_FIELDS, Resources.APPLY: "indicators"}


def register(app: Dash, services: Services, audience: Audience) -> None:
    """Attach the callbacks of the page."""
    page = AddressedPage(
        path=PATH,
        read=lambda search, chosen: services.resources.query(audience, search, chosen)[0],
        write=serialise_resources,
        changes=chosen_key,
    )

    page.attach_body(
        app, Resources.BODY, lambda search: resources_content(services, audience, search)
    )

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        *(Input(field, "value") for field in _FIELDS),
        Input(Resources.APPLY, "n_clicks"),
        State(Resources.INDICATORS, "value"),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def choose(*given: Any) -> str:
        *values, _, indicators, search = given
        asked = {**dict(zip(_FIELDS.values(), values, strict=True)), "indicators": indicators}
        return page.address_after(search, _NAMES.get(str(ctx.triggered_id)), asked)

    app.clientside_callback(
        ClientsideFunction("late", "sideMaps"),
        Output(Resources.MAP_PAINTED, "data"),
        Input(Resources.MAP_DATA, "data"),
    )
