"""Flask routes beside Dash: gate, headers, API, views, geometry, static files, health.

Every rule declares its audience; a rule without one is refused at run time and by a test.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from dash import Dash
from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from domain.links import INTERNAL
from layouts.staff import Viewer
from services.container import Services
from web import (
    answers,
    api,
    arms,
    article_files,
    below,
    bundles,
    comparison_exports,
    compression,
    contributions,
    early_warning_exports,
    effects_exports,
    embargo,
    errors,
    export_files,
    exports,
    facilities,
    funnels,
    gate,
    geometry,
    headers,
    health,
    logs,
    need_exports,
    pictures,
    places,
    profile_exports,
    ranks,
    report_files,
    reserve,
    resource_exports,
    rooms,
    search,
    short_links,
    staff,
    views,
)
from web.audience import FRAMED, PAGES
from web.bundles import Bundles
from web.gate import CallbackMaps
from web.mounting import Mount
from web.report_sources import ReportSources
from web.staff import Guard
from web.static import StaticFiles, replace_dash_routes


@dataclass
class Web:
    """What has been mounted on one server, waiting for its Dash application."""

    server: Flask
    files: StaticFiles
    callbacks: CallbackMaps
    viewer: Callable[[], Viewer]
    dash_apps: list[Dash] = field(default_factory=list)

    def attach(self, dash_app: Dash) -> None:
        """Put gate, headers and static files in front of a Dash application."""
        prefix: str = dash_app.config.routes_pathname_prefix
        self.callbacks[prefix] = dash_app.callback_map
        if not self.dash_apps:
            bundles.register(self.server, Bundles(Path(dash_app.config.assets_folder)))
            for rule in sorted(FRAMED):
                self.server.add_url_rule(rule, f"framed {rule}", dash_app.index)
        self.dash_apps.append(dash_app)
        replace_dash_routes(self.server, dash_app, self.files)

    def script_hashes(self) -> Sequence[str]:
        """Return the hashes of the inline scripts of all attached applications."""
        return sorted({h for dash_app in self.dash_apps for h in dash_app.csp_hashes()})


_IN_A_LANGUAGE = (
    api,
    article_files,
    exports,
    comparison_exports,
    effects_exports,
    early_warning_exports,
    need_exports,
    profile_exports,
    report_files,
    resource_exports,
)
"""Routes whose answers are written in the language of the address."""
_PLAIN = (
    views,
    arms,
    geometry,
    facilities,
    contributions,
    funnels,
    ranks,
    export_files,
    places,
    pictures,
)


def register(
    server: Flask,
    services: Services,
    settings: Settings,
    *,
    has_staff: bool = True,
    pages: Sequence[tuple[str, str]] = (),
    head: Sequence[tuple[str, str]] = (),
) -> Web:
    """Mount all routes on a server; call ``attach`` for the Dash application built after it.

    ``pages`` are names and paths of the pages that can be searched for, ``head`` of those that the
    head line names. The gate comes first, so that it also stands before the routes Dash mounts
    later. A server without staff answers no internal rule at all; with it, the data routes are
    mounted a second time below ``/intern/``.
    """
    server.url_map.merge_slashes = False
    if settings.proxy_hops:
        hops = settings.proxy_hops
        server.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            server.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
    guard = Guard(services.staff) if has_staff else None
    if has_staff:
        reserve.register(server, services.reserve)
        embargo.register(server, services.desk)
    callbacks = gate.register(server, settings, guard=guard)
    files = StaticFiles(settings.data_dir / "cache" / "static")
    web = Web(server, files, callbacks, staff.viewer if has_staff else Viewer)
    # Answers pass these in reverse order: compressed first, then kept, then headers, then the log.
    logs.register(server)
    headers.register(server, web.script_hashes, ancestors=settings.embed_ancestors)
    answers.register(server, services)
    compression.register(server)
    # workshops have a list of staff below the prefix, and are no page of Dash
    drawn = tuple(path.split("/")[1] for path in PAGES if path != "/")
    below.register(server, (*drawn, "werkstatt"))
    errors.register(
        server,
        default_language=settings.language,
        links=head,
        on_full_disk=partial(reserve.give_up, services.reserve),
    )
    _mount(server, services, settings, pages)
    if guard is not None:
        inside = Blueprint("inside", __name__, url_prefix=INTERNAL)
        _mount(inside, services, settings, pages)
        server.register_blueprint(inside)
        staff.register(server, services, settings, guard)
    short_links.register(server, services)
    rooms.register(server, services, settings, head)
    health.register(server, services, settings.data_dir)
    return web


def _mount(
    place: Mount, services: ReportSources, settings: Settings, pages: Sequence[tuple[str, str]]
) -> None:
    """Mount the routes that hand out data, for whomever the place is."""
    for routes in _IN_A_LANGUAGE:
        routes.register(place, services, default_language=settings.language)
    for plain in _PLAIN:
        plain.register(place, services)
    search.register(place, services, pages)
