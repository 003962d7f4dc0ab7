"""The address decides the page: path, language and view all stand in it."""

from __future__ import annotations

from collections.abc import Callable

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.atlas_page import language_of
from callbacks.pages import FOOT, HEAD, PAGES, Request, page_at
from callbacks.pinned import pinned_notice, shown_release
from domain.links import page_path
from domain.model import Audience
from i18n import translator
from layouts import atlas, shell
from layouts.ids import Shell
from layouts.staff import Viewer
from services.container import Services
from services.start import release_note


def register(
    app: Dash, services: Services, audience: Audience, viewer: Callable[[], Viewer]
) -> None:
    """Attach the one callback that lays out a page."""

    @app.callback(
        Output(Shell.PAGE, "children"),
        Input(Shell.URL, "pathname"),
        State(Shell.URL, "search"),
    )
    def show_page(pathname: str | None, search: str | None) -> list[Component | None]:
        language = language_of(search)
        tr = translator(language)
        release = services.monitoring.current()
        if release is None:
            return [atlas.empty(tr)]
        town = services.monitoring.catalogue(audience, release).town
        path = page_path(pathname)
        page, rest = page_at(path) or (None, "")
        body = page and page.build(services, Request(audience, rest, search or "", tr))
        notice = pinned_notice(services, audience, (path, search or ""), tr, language)
        if page and page.is_bare:
            return [notice, body or shell.not_found(tr, language)]
        shown, pinned = shown_release(services, audience, search or "")
        reading = shell.Reading(language, release, pinned)
        note = release_note(services, audience, shown)
        links = tuple((p.name, p.paths[0]) for p in PAGES if p.name in FOOT)
        head = shell.header(
            tr,
            town,
            reading=reading,
            links=HEAD,
            page=page.name if page else "",
            viewer=viewer(),
        )
        foot = shell.footer(tr, reading, note, links)
        return [head, notice, body or shell.not_found(tr, language), foot]
