"""The page of need and supply: the address decides what it shows, fields write it."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx
from dash.development.base_component import Component

from callbacks import need_plan
from callbacks.addressed import AddressedPage
from callbacks.need_page import need_content
from domain.model import Audience
from domain.need_query import PATH, serialise_need
from layouts.ids import Need, Shell
from layouts.need import NUMBERS, SELECTORS
from layouts.need_options import chosen_key
from services.container import Services

_FIELDS: dict[str, str] = {**SELECTORS, **NUMBERS}


def register(app: Dash, services: Services, audience: Audience) -> None:
    """Attach the callbacks of the page."""
    page = AddressedPage(
        path=PATH,
        read=lambda search, chosen: services.needs.query(audience, search, chosen)[0],
        write=serialise_need,
        changes=chosen_key,
    )

    @app.callback(
        Output(Need.BODY, "children"),
        Input(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        prevent_initial_call=True,
    )
    def draw(search: str | None, pathname: str | None) -> list[Component]:
        page.stay_if_elsewhere(pathname)
        return need_content(services, audience, search)

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

    need_plan.register(app, services, audience)
    app.clientside_callback(
        ClientsideFunction("late", "sideMaps"),
        Output(Need.MAP_PAINTED, "data"),
        Input(Need.MAP_DATA, "data"),
    )
