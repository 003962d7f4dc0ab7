"""The early-warning list: the address decides what it shows, fields write it."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx
from dash.development.base_component import Component

from callbacks.addressed import AddressedPage
from callbacks.early_warning_page import early_warning_content
from domain.model import Audience
from domain.warning_query import PATH, serialise_warning
from layouts.early_warning import NUMBERS, SELECTORS
from layouts.ids import Shell
from layouts.warning_ids import EarlyWarning
from layouts.warning_options import chosen_key
from services.container import Services

_FIELDS: dict[str, str] = {**SELECTORS, **NUMBERS}


def register(app: Dash, services: Services, audience: Audience) -> None:
    """Attach the callbacks of the page."""
    page = AddressedPage(
        path=PATH,
        read=lambda search, chosen: services.warnings.query(audience, search, chosen)[0],
        write=serialise_warning,
        changes=chosen_key,
    )

    @app.callback(
        Output(EarlyWarning.BODY, "children"),
        Input(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        prevent_initial_call=True,
    )
    def draw(search: str | None, pathname: str | None) -> list[Component]:
        page.stay_if_elsewhere(pathname)
        return early_warning_content(services, audience, search)

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        *(Input(field, "value") for field in _FIELDS),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def choose(*given: Any) -> str:
        *values, search = given
        asked = dict(zip(_FIELDS.values(), values, strict=True))
        return page.address_after(search, _FIELDS.get(str(ctx.triggered_id)), asked)

    app.clientside_callback(
        ClientsideFunction("late", "sideMaps"),
        Output(EarlyWarning.MAP_PAINTED, "data"),
        Input(EarlyWarning.MAP_DATA, "data"),
    )
