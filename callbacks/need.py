"""The page of need and supply: the address decides what it shows, fields write it."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output

from callbacks import need_plan
from callbacks.addressed import AddressedPage
from callbacks.need_page import need_content
from domain.model import Audience
from domain.need_query import PATH, serialise_need
from layouts.ids import Need
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

    page.attach_body(app, Need.BODY, lambda search: need_content(services, audience, search))
    page.attach_fields(app, _FIELDS)

    need_plan.register(app, services, audience)
    app.clientside_callback(
        ClientsideFunction("late", "sideMaps"),
        Output(Need.MAP_PAINTED, "data"),
        Input(Need.MAP_DATA, "data"),
    )
