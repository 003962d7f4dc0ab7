"""The only place where all parts meet: settings, services, routes, Dash.

``python app.py`` serves; ``gunicorn "app:create_server()"`` serves behind a proxy. Importing
this module does nothing.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TextIO

from dash import Dash
from flask import Flask

import web
from callbacks import register_all
from callbacks.atlas_page import early_outlines
from config import Settings, SettingsError
from domain.model import Audience
from i18n import translator
from layouts import shell
from services.backups import AppDatabaseError
from services.container import Services, build_services
from services.demo import ensure_demo
from services.findings_text import finding_lines
from services.releases import DamagedBundleError
from web.atlas_dash import build_dash
from web.audience import INTERNAL_PREFIX
from web.logs import configure
from web.serving import port_is_free, serve

ASSETS = Path(__file__).parent / "assets"
PREFIXES = {Audience.PUBLIC: "/", Audience.INTERNAL: INTERNAL_PREFIX}
_WRONG_DATA = 1
_WRONG_SETTINGS = 2


def create_dash(audience: Audience, server: Flask, services: Services, settings: Settings) -> Dash:
    """Build the Dash application of one audience on a server and attach its callbacks."""
    dash_app = build_dash(
        server, prefix=PREFIXES[audience], assets=ASSETS, language=settings.language
    )
    dash_app.layout = shell.frame
    dash_app.early_outlines = partial(early_outlines, services, audience)
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
    """Build the server from the environment, for ``gunicorn "app:create_server()"``.

    Raises
    ------
    SettingsError, StartRefusedError
        The settings do not fit, or the data folder cannot be served.
    """
    settings = Settings.from_environ(os.environ)
    configure(settings.log_level)
    services = build_services(settings)
    prepare(settings, services)
    return create_app(settings, services=services)


class StartRefusedError(Exception):
    """The data folder cannot be served; the message says why and what to do."""


def prepare(settings: Settings, services: Services) -> None:
    """Set up the demo town in an empty data folder, and refuse a damaged one.

    Raises
    ------
    StartRefusedError
        The demo could not be imported, or the release is damaged and has no predecessor.
    """
    tr = translator(settings.language)
    if services.store.current() is None:
        _say(tr("app.demo"))
        outcome = ensure_demo(settings, services)
        if outcome is not None and not outcome.is_done:
            raise StartRefusedError("\n".join(finding_lines(outcome.findings, tr)))
    try:
        services.releases.current()
    except DamagedBundleError as damaged:
        raise StartRefusedError(tr("app.damaged", release=str(damaged))) from damaged


def main() -> int:
    """Serve until interrupted; return 2 when the settings do not fit, 1 when the data do not."""
    try:
        settings = Settings.from_environ(os.environ)
    except SettingsError as wrong:
        _say("\n".join(wrong.lines()), sys.stderr)
        return _WRONG_SETTINGS
    configure(settings.log_level)
    tr = translator(settings.language)
    try:
        prepare(settings, build_services(settings))
    except StartRefusedError as refused:
        _say(str(refused), sys.stderr)
        return _WRONG_DATA
    except AppDatabaseError as refused:
        _say(tr(refused.key, **refused.params), sys.stderr)
        return _WRONG_DATA
    if not port_is_free(settings):
        _say(tr("app.port_taken", port=settings.port), sys.stderr)
        return _WRONG_SETTINGS
    _say(tr("app.serving", url=f"http://{settings.host}:{settings.port}"))
    serve(lambda: create_app(settings), settings)
    return 0


def _say(text: str, stream: TextIO | None = None) -> None:
    out = stream or sys.stdout
    out.write(text + "\n")
    out.flush()


if __name__ == "__main__":
    sys.exit(main())
