"""The page of measures: the address decides what it shows, fields write it."""

from __future__ import annotations

from dash import Dash

from callbacks.addressed import AddressedPage
from callbacks.effects_page import effects_content
from domain.effects_query import PATH, serialise_effects
from domain.model import Audience
from layouts.effects import SELECTORS
from layouts.effects_options import chosen_key
from layouts.ids import Effects
from services.container import Services


def register(app: Dash, services: Services, audience: Audience) -> None:
    """Attach the callbacks of the page."""
    page = AddressedPage(
        path=PATH,
        read=lambda search, chosen: services.effects.query(audience, search, chosen)[0],
        write=serialise_effects,
        changes=chosen_key,
    )

    page.attach_body(app, Effects.BODY, lambda search: effects_content(services, audience, search))
    page.attach_fields(app, SELECTORS)
