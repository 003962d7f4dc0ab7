"""What is said above a page whose address names a release."""

from __future__ import annotations

from dash.development.base_component import Component

from domain.links import StrangeLinkError, own_target, unpinned
from domain.model import Audience
from domain.selection import parse_query
from i18n import Translate
from i18n.formats import date
from layouts.share import release_notice
from services.container import Services


def pinned_notice(
    services: Services, audience: Audience, target: tuple[str, str], tr: Translate, language: str
) -> Component | None:
    """Return the notice on the release of an address; None where it is the newest or unnamed.

    ``target`` is the path and the query of the address.
    """
    pathname, search = target
    named = parse_query(search).get("release")
    shown, _ = services.releases.wanted(named, audience)
    current = services.monitoring.current() or ""
    if not named or named == current:
        return None

    def day(release: str) -> str:
        made = services.releases.created(release)
        return date(made, language) if made else release

    told = {"release": named[:40], "current": current, "current_date": day(current)}
    if shown != named:
        key = "removed" if services.releases.was_removed(named) else "unknown"
        return release_notice(tr, tr(f"pinned.{key}", **told), "")
    if services.releases.waits(named):
        text = tr("pinned.waiting", **told, date=day(named))
        return release_notice(tr, text, _newest(pathname, search))
    key = "older" if services.releases.is_older(named, current) else "other"
    text = tr(f"pinned.{key}", **told, date=day(named))
    return release_notice(tr, text, _newest(pathname, search))


def shown_release(services: Services, audience: Audience, search: str) -> tuple[str, str]:
    """Return the release a page shows, and its name where links go on naming it."""
    named = parse_query(search).get("release", "")
    shown, _ = services.releases.wanted(named, audience)
    return shown, named if named == shown else ""


def _newest(pathname: str, search: str) -> str:
    try:
        return unpinned(own_target(pathname + search))
    except StrangeLinkError:
        return "/atlas"
