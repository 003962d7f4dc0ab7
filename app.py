"""The only place where all parts meet: settings, services, routes, Dash.

``python app.py`` serves; ``gunicorn "app:create_server()"`` serves behind a proxy. Importing
this module does nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TextIO

from dash import Dash
from flask import Flask

import web
from callbacks import register_all
from callbacks.atlas_page import early_outlines
from callbacks.pages import HEAD, PAGES
from config import Settings, SettingsError
from domain.model import Audience
from figures.qr import qr_text
from i18n import translator
from layouts import shell
from layouts.staff import Viewer
from services.accounts import FIRST_LINK_MINUTES
from services.backups import AppDatabaseError
from services.container import Services, build_services
from services.demo import ensure_demo
from services.embargo_clock import embargo_clock
from services.findings_text import finding_lines
from services.forgetting_clock import forgetting_clock
from services.one_server import is_served_elsewhere
from services.releases import DamagedBundleError
from web.atlas_dash import build_dash
from web.audience import INTERNAL_PREFIX
from web.logs import configure
from web.own_addresses import own_addresses
from web.serving import port_is_free, serve

ASSETS = Path(__file__).parent / "assets"
PREFIXES = {Audience.PUBLIC: "/", Audience.INTERNAL: INTERNAL_PREFIX}
_WRONG_DATA = 1
_WRONG_SETTINGS = 2


def create_dash(
    audience: Audience,
    server: Flask,
    services: Services,
    settings: Settings,
    viewer: Callable[[], Viewer] = Viewer,
) -> Dash:
    """Build the Dash application of one audience on a server and attach its callbacks.

    ``viewer`` tells who asks; nobody in particular where it is left out.
    """
    dash_app = build_dash(
        server, prefix=PREFIXES[audience], assets=ASSETS, language=settings.language
    )
    dash_app.layout = shell.frame
    dash_app.early_outlines = partial(early_outlines, services, audience)
    register_all(dash_app, services, audience, viewer)
    return dash_app


def create_app(
    settings: Settings,
    *,
    services: Services | None = None,
    has_staff: bool = True,
) -> Flask:
    """Build an independent server; safe to call more than once in a process.

    Parameters
    ----------
    settings
        Everything the process is told from outside.
    services
        Services to build on; opened from the settings when left out.
    has_staff
        Whether anybody can sign in; without it nothing below ``/intern/`` is mounted, as for
        what answers the attack on a release or writes the folder for the disk.
    """
    server = Flask("keck_atlas", static_folder=None, root_path=str(Path(__file__).parent))
    built = services or build_services(settings)
    pages = tuple((page.name, page.paths[0]) for page in PAGES if page.is_found)
    mounted = web.register(server, built, settings, has_staff=has_staff, pages=pages, head=HEAD)
    audiences = (Audience.PUBLIC, Audience.INTERNAL) if has_staff else (Audience.PUBLIC,)
    for audience in audiences:
        mounted.attach(create_dash(audience, server, built, settings, mounted.viewer))
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
    if is_served_elsewhere(settings, is_worker=True):
        raise StartRefusedError(_served_elsewhere(settings))
    services = build_services(settings)
    prepare(settings, services)
    return keep_time(settings, services)


def keep_time(settings: Settings, services: Services | None = None) -> Flask:
    """Build the server of a process, and look in it for releases whose time comes.

    Also for workshops that are over so long that what was said in them is forgotten.
    """
    built = services or build_services(settings)
    embargo_clock(built.desk, built.leases).start()
    forgetting_clock(built.workshops.kept, built.leases).start()
    return create_app(settings, services=built)


class StartRefusedError(Exception):
    """The data folder cannot be served; the message says why and what to do."""


def prepare(settings: Settings, services: Services) -> None:
    """Set up the demo town in an empty data folder, refuse a damaged one, keep disk space back.

    Raises
    ------
    StartRefusedError
        The demo could not be imported, or the release is damaged and has no predecessor.
    """
    tr = translator(settings.language)
    if services.store.current() is None:
        outcome = ensure_demo(settings, services, begins=lambda: _say(tr("app.demo")))
        if outcome is not None and not outcome.is_done:
            raise StartRefusedError("\n".join(finding_lines(outcome.findings, tr)))
    services.reserve.begin()
    services.desk.publish_due()
    try:
        services.releases.current()
    except DamagedBundleError as damaged:
        raise StartRefusedError(tr("app.damaged", release=str(damaged))) from damaged


def first_account(settings: Settings, services: Services) -> str:
    """Return how the first account is set up; empty where there are accounts.

    The link is for whoever started the program on this machine: a server prints none.
    """
    tr = translator(settings.language)
    if services.staff.accounts.all():
        return ""
    if settings.server_mode:
        return tr("app.first_account_server")
    token = services.staff.accounts.first_link()
    url = f"http://{settings.host}:{settings.port}/intern/einrichten/{token}"
    return tr("app.first_account", url=url, minutes=FIRST_LINK_MINUTES)


def invitation(settings: Settings) -> str:
    """Return what is printed for a workshop: the addresses of the local network, and a QR code."""
    tr = translator(settings.language)
    found = [f"http://{address}:{settings.port}/w" for address in own_addresses()]
    if not found:
        return tr("app.workshop_no_network")
    lines = [tr("app.workshop_join", url=url) for url in found]
    return "\n".join([*lines, qr_text(found[0])])


def main() -> int:
    """Serve until interrupted; return 2 when the settings do not fit, 1 when the data do not."""
    try:
        settings = Settings.from_environ(os.environ)
    except SettingsError as wrong:
        _say("\n".join(wrong.lines()), sys.stderr)
        return _WRONG_SETTINGS
    configure(settings.log_level)
    tr = translator(settings.language)
    # first of all: a newer program would migrate the database of the one that serves
    if is_served_elsewhere(settings):
        _say(_served_elsewhere(settings), sys.stderr)
        return _WRONG_SETTINGS
    try:
        services = build_services(settings)
        prepare(settings, services)
    except StartRefusedError as refused:
        _say(str(refused), sys.stderr)
        return _WRONG_DATA
    except AppDatabaseError as refused:
        _say(tr(refused.key, **refused.params), sys.stderr)
        return _WRONG_DATA
    if not port_is_free(settings):
        _say(tr("app.port_taken", port=settings.port), sys.stderr)
        return _WRONG_SETTINGS
    _welcome(settings, services)
    serve(lambda: keep_time(settings), settings)
    return 0


def _welcome(settings: Settings, services: Services) -> None:
    """Say where the program serves, how the first account is set up, and how phones come in."""
    tr = translator(settings.language)
    _say(tr("app.serving", url=f"http://{settings.host}:{settings.port}"))
    if wanted := first_account(settings, services):
        _say(wanted)
    if settings.opens_network:
        _say(invitation(settings))


def _served_elsewhere(settings: Settings) -> str:
    return translator(settings.language)("app.folder_served", folder=settings.data_dir)


def _say(text: str, stream: TextIO | None = None) -> None:
    out = stream or sys.stdout
    out.write(text + "\n")
    out.flush()


if __name__ == "__main__":
    sys.exit(main())
