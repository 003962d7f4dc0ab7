"""Flask routes beside Dash: gate, headers, API, views, geometry, static files, health.

Every rule declares its audience; a rule without one is refused at run time and by a test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dash import Dash
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from domain.model import Audience
from web import (
    answers,
    api,
    arms,
    bundles,
    compression,
    errors,
    exports,
    facilities,
    funnels,
    gate,
    geometry,
    headers,
    health,
    logs,
    places,
    ranks,
    views,
)
from web.audience import Access
from web.bundles import Bundles
from web.gate import CallbackMaps
from web.sources import Sources
from web.static import StaticFiles, replace_dash_routes


@dataclass
class Web:
    """What has been mounted on one server, waiting for its Dash application."""

    server: Flask
    files: StaticFiles
    callbacks: CallbackMaps
    dash_apps: list[Dash] = field(default_factory=list)

    def attach(self, dash_app: Dash) -> None:
        """Put gate, headers and static files in front of a Dash application."""
        prefix: str = dash_app.config.routes_pathname_prefix
        self.callbacks[prefix] = dash_app.callback_map
        if not self.dash_apps:
            bundles.register(self.server, Bundles(Path(dash_app.config.assets_folder)))
        self.dash_apps.append(dash_app)
        replace_dash_routes(self.server, dash_app, self.files)

    def script_hashes(self) -> Sequence[str]:
        """Return the hashes of the inline scripts of all attached applications."""
        return sorted({h for dash_app in self.dash_apps for h in dash_app.csp_hashes()})


def register(
    server: Flask,
    services: Sources,
    settings: Settings,
    *,
    audience: Audience = Audience.PUBLIC,
) -> Web:
    """Mount all routes on a server; call ``attach`` for the Dash application built after it.

    The gate comes first, so that it also stands before the routes Dash mounts later. A server
    for the public answers no internal rule at all.
    """
    server.url_map.merge_slashes = False
    if settings.proxy_hops:
        hops = settings.proxy_hops
        server.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            server.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
    serves = {Access.OPERATOR, Access.PUBLIC}
    if audience is Audience.INTERNAL:
        serves.add(Access.INTERNAL)
    callbacks = gate.register(server, settings, serves=frozenset(serves))
    files = StaticFiles(settings.data_dir / "cache" / "static")
    web = Web(server, files, callbacks)
    # Answers pass these in reverse order: compressed first, then kept, then headers, then the log.
    logs.register(server)
    headers.register(server, web.script_hashes)
    answers.register(server, services)
    compression.register(server)
    errors.register(server, default_language=settings.language)
    api.register(server, services, default_language=settings.language)
    views.register(server, services)
    arms.register(server, services)
    geometry.register(server, services)
    facilities.register(server, services)
    funnels.register(server, services)
    ranks.register(server, services)
    exports.register(server, services, default_language=settings.language)
    places.register(server, services)
    health.register(server, services, settings.data_dir)
    return web
