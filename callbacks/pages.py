"""Every page of the application: its address, its name in the head line, what builds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dash.development.base_component import Component

from callbacks.articles import articles_page
from callbacks.atlas_page import atlas_page
from callbacks.builder_page import builder_page
from callbacks.comparison_page import comparison_page
from callbacks.early_warning_page import early_warning_page
from callbacks.effects_page import effects_page
from callbacks.embed import embed_page
from callbacks.legal import legal_page
from callbacks.methods import methods_page
from callbacks.need_page import need_page
from callbacks.present import present_page
from callbacks.profile_page import profile_page
from callbacks.resources_page import resources_page
from callbacks.start import start_page
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
    as ``/profil/<area>``. ``build`` returns None for a rest that names nothing. A page that
    ``is_bare`` has neither head nor foot: it is drawn in the frame of another page.
    """

    name: str
    paths: tuple[str, ...]
    build: Callable[[Services, Request], Component | None]
    takes_rest: bool = False
    is_in_head: bool = True
    is_bare: bool = False
    is_found: bool = True
    """Whether the search of every page finds it."""

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


def _comparison(services: Services, request: Request) -> Component:
    return comparison_page(services, request.audience, request.search)


def _profile(services: Services, request: Request) -> Component:
    return profile_page(services, request.audience, request.rest, request.search)


def _need(services: Services, request: Request) -> Component:
    return need_page(services, request.audience, request.search)


def _early_warning(services: Services, request: Request) -> Component:
    return early_warning_page(services, request.audience, request.search)


def _resources(services: Services, request: Request) -> Component:
    return resources_page(services, request.audience, request.search)


def _effects(services: Services, request: Request) -> Component:
    return effects_page(services, request.audience, request.search)


def _report(services: Services, request: Request) -> Component:
    return builder_page(services, request.audience, request.search)


def _present(services: Services, request: Request) -> Component:
    return present_page(services, request.audience, request.search)


def _embed(services: Services, request: Request) -> Component:
    return embed_page(services, request.audience, request.search)


def _articles(services: Services, request: Request) -> Component | None:
    return articles_page(services, request.audience, request.rest, request.search)


def _start(services: Services, request: Request) -> Component:
    return start_page(services, request.audience, request.search)


def _methods(services: Services, request: Request) -> Component | None:
    return methods_page(services, request.audience, request.rest, request.search)


def _legal(name: str) -> Callable[[Services, Request], Component]:
    return lambda services, request: legal_page(services, request.audience, name, request.search)


PAGES = (
    Page("start", ("/",), _start, is_in_head=False),
    Page("atlas", ("/atlas",), _atlas),
    Page("comparison", ("/vergleich",), _comparison),
    Page("profile", ("/profil",), _profile, takes_rest=True),
    Page("need", ("/bedarf",), _need),
    Page("resources", ("/ressourcen",), _resources),
    Page("effects", ("/wirkung",), _effects),
    Page("warning", ("/fruehwarnung",), _early_warning, is_in_head=False),
    Page("report", ("/bericht",), _report, is_in_head=False),
    Page("methods", ("/methoden",), _methods, takes_rest=True),
    Page("present", ("/praesentieren",), _present),
    Page("articles", ("/artikel",), _articles, takes_rest=True, is_in_head=False),
    Page("embed", ("/embed/atlas",), _embed, is_in_head=False, is_found=False, is_bare=True),
    Page("imprint", ("/impressum",), _legal("imprint"), is_in_head=False),
    Page("privacy", ("/datenschutz",), _legal("privacy"), is_in_head=False),
    Page("accessibility", ("/barrierefreiheit",), _legal("accessibility"), is_in_head=False),
)


HEAD = tuple(
    link
    for page in PAGES
    if page.is_in_head
    for link in (
        (page.name, page.paths[0]),
        # workshops are drawn without Dash; they stand behind what they talk about
        *((("workshop", "/werkstatt"),) if page.name == "effects" else ()),
    )
)
"""Names and paths of the pages that the head line of every page names."""
FOOT = frozenset({"imprint", "privacy", "accessibility"})
"""Pages that the foot line of every page names."""


def page_at(pathname: str) -> tuple[Page, str] | None:
    """Return the page of an address and the rest of the path, None where there is no page."""
    for page in PAGES:
        rest = page.rest_of(pathname)
        if rest is not None:
            return page, rest
    return None
