"""The early-warning list: the address decides what it shows, fields write it."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output

from callbacks.addressed import AddressedPage
from callbacks.early_warning_page import early_warning_content
from domain.model import Audience
from domain.warning_query import PATH, serialise_warning
from layouts.early_warning import NUMBERS, SELECTORS
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

    page.attach_body(
        app, EarlyWarning.BODY, lambda search: early_warning_content(services, audience, search)
    )
    page.attach_fields(app, _FIELDS)

    app.clientside_callback(
        ClientsideFunction("late", "sideMaps"),
        Output(EarlyWarning.MAP_PAINTED, "data"),
        Input(EarlyWarning.MAP_DATA, "data"),
    )
