"""The only place where all parts meet: settings, services, routes, Dash.

``python app.py`` serves; ``gunicorn "app:create_server()"`` serves behind a proxy. Importing
this module does nothing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from dash import Dash
from flask import Flask

import web
from callbacks import register_all
from config import Settings, SettingsError
from domain.model import Audience
from i18n import translator
from layouts import shell
from services.container import Services, build_services
from web.atlas_dash import build_dash
from web.audience import INTERNAL_PREFIX
from web.logs import configure
from web.serving import serve

ASSETS = Path(__file__).parent / "assets"
PREFIXES = {Audience.PUBLIC: "/", Audience.INTERNAL: INTERNAL_PREFIX}
_WRONG_SETTINGS = 2


def create_dash(audience: Audience, server: Flask, services: Services, settings: Settings) -> Dash:
    """Build the Dash application of one audience on a server and attach its callbacks."""
    dash_app = build_dash(
        server, prefix=PREFIXES[audience], assets=ASSETS, language=settings.language
    )
    dash_app.layout = shell.frame
    register_all(dash_app, services, audience)
    return dash_app


def create_app(
    settings: Settings,
    *,
    services: Services | None = None,
    audience: Audience = Audience.PUBLIC,
) -> Flask:
    """Build an independent server; safe to call more than once in a process.

    Parameters
    ----------
    settings
        Everything the process is told from outside.
    services
        Services to build on; opened from the settings when left out.
    audience
        Whom the server is for. The program itself serves the public only: until there is
        sign-in, nothing below ``/intern/`` is mounted.
    """
    server = Flask("keck_atlas", static_folder=None, root_path=str(Path(__file__).parent))
    built = services or build_services(settings)
    mounted = web.register(server, built, settings, audience=audience)
    mounted.attach(create_dash(audience, server, built, settings))
    return server


def create_server() -> Flask:
    """Build the server from the environment, for ``gunicorn "app:create_server()"``."""
    settings = Settings.from_environ(os.environ)
    configure(settings.log_level)
    return create_app(settings)


def main() -> int:
    """Serve until interrupted; return 2 when the settings do not fit."""
    try:
        settings = Settings.from_environ(os.environ)
    except SettingsError as wrong:
        sys.stderr.write("\n".join(wrong.lines()) + "\n")
        return _WRONG_SETTINGS
    configure(settings.log_level)
    url = f"http://{settings.host}:{settings.port}"
    sys.stdout.write(translator(settings.language)("app.serving", url=url) + "\n")
    sys.stdout.flush()
    serve(lambda: create_app(settings), settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
