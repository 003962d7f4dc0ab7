"""Every page of the application: its address, its name in the head line, what builds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dash.development.base_component import Component

from callbacks.atlas_page import atlas_page
from callbacks.present import present_page
from domain.model import Audience
from i18n import Translate
from layouts import atlas
from services.container import Services


@dataclass(frozen=True)
class Request:
    """What a page is built from: the rest of the path, the query, and the language of both.

    ``rest`` is what follows the page's own path, without slashes at its ends.
    """

    audience: Audience
    rest: str
    search: str
    tr: Translate


@dataclass(frozen=True)
class Page:
    """One page. ``name`` is that of its text ``page.<name>``.

    A page answers its paths; one that ``takes_rest`` answers everything below them as well, such
    as ``/profil/<area>``. ``build`` returns None for a rest that names nothing.
    """

    name: str
    paths: tuple[str, ...]
    build: Callable[[Services, Request], Component | None]
    takes_rest: bool = False
    is_in_head: bool = True

    def rest_of(self, pathname: str) -> str | None:
        """Return what follows the page's path in an address, None where it is another page's."""
        asked = pathname.removesuffix("/") or "/"
        for path in self.paths:
            if asked == path:
                return ""
            if self.takes_rest and asked.startswith(path + "/"):
                return asked[len(path) + 1 :]
        return None


def _atlas(services: Services, request: Request) -> Component:
    page = atlas_page(services, request.audience, request.search)
    return atlas.layout(request.tr, page) if page else atlas.empty(request.tr)


def _present(services: Services, request: Request) -> Component:
    return present_page(services, request.audience, request.search)


PAGES = (
    Page("atlas", ("/atlas", "/"), _atlas),
    Page("present", ("/praesentieren",), _present),
)


def page_at(pathname: str) -> tuple[Page, str] | None:
    """Return the page of an address and the rest of the path, None where there is no page."""
    for page in PAGES:
        rest = page.rest_of(pathname)
        if rest is not None:
            return page, rest
    return None
