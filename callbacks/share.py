"""Handing a view on: the browser names its address, one Python callback answers with links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from dash import Dash, Input, Output
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks.atlas_page import language_of
from callbacks.pages import page_at
from domain.links import INTERNAL, embedded, own_target, page_path, pinned, report_query, unpinned
from domain.model import Audience
from domain.roles import Right, Role, may
from domain.selection import parse_query
from domain.workshop_addresses import StrangeViewError, view_of
from figures.qr import qr_svg
from i18n import DEFAULT_LANGUAGE, translator
from i18n.formats import date
from layouts import share
from layouts.ids import Share
from layouts.share import SharedView
from layouts.staff import Viewer
from services.container import Services
from services.sharing import NoLink, NoShortLinkError

_LONGEST_TITLE = 240


def register(
    app: Dash, services: Services, audience: Audience, viewer: Callable[[], Viewer]
) -> None:
    """Attach the callback that fills the dialog; ``viewer`` tells who asks."""

    @app.callback(
        Output(Share.BODY, "children"),
        Input(Share.WANTED, "data"),
        prevent_initial_call=True,
    )
    def offer_links(wanted: Any) -> list[Component]:
        href, title = _asked(wanted)
        view = shared_view(services, audience, href, title)
        if view is None:
            raise PreventUpdate
        view = replace(view, workshop=_workshop(href, viewer().role))
        return share.body(translator(language_of(urlsplit(href).query)), view)


def _asked(wanted: Any) -> tuple[str, str]:
    given = wanted if isinstance(wanted, dict) else {}
    href, title = given.get("href"), given.get("title")
    if not isinstance(href, str) or not isinstance(title, str):
        raise PreventUpdate
    return href, " ".join(title.split())[:_LONGEST_TITLE]


def _workshop(href: str, role: str) -> str:
    """Return where a view is put into a workshop; empty where it or the reader cannot be there."""
    if not role or not may(Role(role), Right.HAND_IN):
        return ""
    try:
        view = view_of(urlsplit(href)._replace(scheme="", netloc="").geturl())
    except StrangeViewError:
        return ""
    language = language_of(urlsplit(href).query)
    told = {"view": view, **({"lang": language} if language != DEFAULT_LANGUAGE else {})}
    return f"/intern/werkstatt/aufnehmen?{urlencode(told)}"


def shared_view(services: Services, audience: Audience, href: str, title: str) -> SharedView | None:
    """Return how the view of an address is handed on; None if it is no address of a page."""
    try:
        parts = urlsplit(href)
        origin = f"{parts.scheme}://{parts.netloc}"
        target = page_path(own_target(href))
    except ValueError:
        return None
    found = page_at(page_path(parts.path))
    if found is None or services.monitoring.current() is None:
        return None
    query = parse_query(parts.query)
    release, hints = services.releases.wanted(query.get("release"), audience)
    target = pinned(unpinned(target) if hints else target, release)
    made = services.releases.created(release)
    short, reason = _shortened(services, audience, release, target)
    is_atlas = found[0].name == "atlas" and target.startswith("/atlas")
    is_internal = audience is Audience.INTERNAL
    full = origin + (INTERNAL if is_internal else "") + target
    language = language_of(parts.query)
    link = origin + f"/s/{short}" if short else full
    return SharedView(
        title=title or "KECK-Atlas",
        town=services.monitoring.catalogue(audience, release).town.name,
        release=release,
        released=date(made, language) if made else release,
        full=full,
        short=link if short else "",
        why_no_short=f"share.no_short_{reason}" if reason else "",
        qr=qr_svg(link),
        embed=origin + embedded(target, "map") if is_atlas and not is_internal else "",
        ancestors=services.sharing.ancestors,
        has_pictures=is_atlas,
        reports=_reports(services, audience, release, target),
    )


def _shortened(
    services: Services, audience: Audience, release: str, target: str
) -> tuple[str, NoLink | None]:
    if audience is Audience.INTERNAL:  # a code would open for whoever finds it
        return "", NoLink.INTERNAL
    town = services.monitoring.catalogue(audience, release).town.id
    try:
        return services.sharing.shorten(town, target), None
    except NoShortLinkError as none:
        return "", none.reason


def _reports(
    services: Services, audience: Audience, release: str, target: str
) -> tuple[tuple[str, str], ...]:
    """Return what the page can be fetched as: keys of texts and addresses."""
    town = services.monitoring.catalogue(audience, release).town.id
    query = report_query(target)
    place = f"/export/{town}/{release}"
    if query.startswith("id="):
        return (("share.report_article", f"{place}/artikel.pdf?{query}"),)
    return tuple(
        (f"share.report_{suffix}", f"{place}/bericht.{suffix}?{query}")
        for suffix in ("pdf", "pptx", "xlsx")
        if query
    )
