"""The address decides the page: path, language and view all stand in it."""

from __future__ import annotations

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.atlas_page import ATLAS_PATHS, atlas_page, language_of
from callbacks.present import present_page
from domain.model import Audience
from i18n import translator
from layouts import atlas, shell
from layouts.ids import Shell
from services.container import Services

PRESENT_PATHS = frozenset({"/praesentieren", "/praesentieren/"})


def register(app: Dash, services: Services, audience: Audience) -> None:
    """Attach the one callback that lays out a page."""

    @app.callback(
        Output(Shell.PAGE, "children"),
        Input(Shell.URL, "pathname"),
        State(Shell.URL, "search"),
    )
    def show_page(pathname: str | None, search: str | None) -> list[Component]:
        language = language_of(search)
        tr = translator(language)
        release = services.monitoring.current()
        if release is None:
            return [atlas.empty(tr)]
        town = services.monitoring.catalogue(audience, release).town
        is_stage = pathname in PRESENT_PATHS
        head = shell.header(
            tr,
            town,
            arms=f"/arms/{town.id}/{release}/{town.arms}" if town.arms else "",
            language=language,
            page="present" if is_stage else "atlas",
        )
        if pathname not in ATLAS_PATHS | PRESENT_PATHS:
            return [head, shell.not_found(tr)]
        if is_stage:
            return [head, present_page(services, audience, search)]
        page = atlas_page(services, audience, search)
        return [head, atlas.layout(tr, page) if page else atlas.empty(tr)]
