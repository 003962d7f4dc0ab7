"""The address decides the page: path, language and view all stand in it."""

from __future__ import annotations

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.atlas_page import language_of
from callbacks.pages import PAGES, Request, page_at
from domain.model import Audience
from i18n import translator
from layouts import atlas, shell
from layouts.ids import Shell
from services.container import Services


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
        page, rest = page_at(pathname or "/") or (None, "")
        body = page and page.build(services, Request(audience, rest, search or "", tr))
        head = shell.header(
            tr,
            town,
            arms=f"/arms/{town.id}/{release}/{town.arms}" if town.arms else "",
            language=language,
            links=tuple((p.name, p.paths[0]) for p in PAGES if p.is_in_head),
            page=page.name if page else "",
        )
        return [head, body or shell.not_found(tr)]
