"""The page of measures: the address decides what it shows, fields write it."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, ctx
from dash.development.base_component import Component

from callbacks.addressed import AddressedPage
from callbacks.effects_page import effects_content
from domain.effects_query import PATH, serialise_effects
from domain.model import Audience
from layouts.effects import SELECTORS
from layouts.effects_options import chosen_key
from layouts.ids import Effects, Shell
from services.container import Services


def register(app: Dash, services: Services, audience: Audience) -> None:
    """Attach the callbacks of the page."""
    page = AddressedPage(
        path=PATH,
        read=lambda search, chosen: services.effects.query(audience, search, chosen)[0],
        write=serialise_effects,
        changes=chosen_key,
    )

    @app.callback(
        Output(Effects.BODY, "children"),
        Input(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        prevent_initial_call=True,
    )
    def draw(search: str | None, pathname: str | None) -> list[Component]:
        page.stay_if_elsewhere(pathname)
        return effects_content(services, audience, search)

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        *(Input(field, "value") for field in SELECTORS),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def choose(*given: Any) -> str:
        *values, search = given
        asked = dict(zip(SELECTORS.values(), values, strict=True))
        return page.address_after(search, SELECTORS.get(str(ctx.triggered_id)), asked)
