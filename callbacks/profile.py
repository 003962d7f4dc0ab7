"""The page of one area: the address decides what it shows, selectors write the address."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks.profile_links import address_with
from callbacks.profile_page import NEWEST, find, profile_body
from domain.links import page_path
from domain.model import Audience
from domain.profile_query import PATH
from layouts.ids import Profile, Shell
from services.container import Services


def register(app: Dash, services: Services, audience: Audience) -> None:
    """Attach the callbacks of the page."""

    @app.callback(
        Output(Profile.BODY, "children"),
        Input(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        prevent_initial_call=True,
    )
    def draw(search: str | None, pathname: str | None) -> list[Component]:
        path = page_path(pathname).removesuffix("/")
        if path != PATH and not path.startswith(PATH + "/"):
            raise PreventUpdate
        rest = path.removeprefix(PATH).lstrip("/")
        return profile_body(services, audience, rest, search or "")[1]

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        Input(Profile.PERIOD, "value"),
        Input(Profile.COMPARE, "value"),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def choose(period: Any, compare: Any, search: str | None) -> str:
        changed = {"period": "" if period == NEWEST else period or "", "compare": compare or ""}
        text = address_with(search or "", changed)
        if text == address_with(search or "", {}):
            raise PreventUpdate  # a selector that was only laid out has nothing to say
        return f"?{text}" if text else ""

    @app.callback(
        Output(Profile.FOUND, "children"),
        Input(Profile.FIND, "value"),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def search_areas(text: Any, search: str | None) -> list[Component]:
        typed = text.strip()[:80] if isinstance(text, str) else ""
        return find(services, audience, typed, search or "")

    app.clientside_callback(
        ClientsideFunction("profile", "settle"),
        Output(Profile.SETTLED, "data"),
        Input(Profile.BODY, "children"),
    )
