"""Addresses that somebody pastes, as views of slides: pages of this atlas and no other."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import parse_qs, urlsplit

from domain.links import StrangeLinkError, own_target, page_path
from domain.workshop_script import LONGEST_VIEW, is_view

PRESENTED = "/praesentieren"
_NOT_KEPT = frozenset({"release", "lang"})


class StrangeViewError(ValueError):
    """An address that no slide can show; ``key`` names the sentence."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(f"{key} {params}")
        self.key = key
        self.params = params


def view_of(address: str, hosts: Collection[str] = ()) -> str:
    """Return path and query of the page a slide shows, of an address as the browser shows it.

    Release and language are left out: they are those of the workshop and of whoever looks. Pages
    of the internal area are shown with their public figures.

    Parameters
    ----------
    hosts
        Hosts (with port) under which this server is reached.

    Raises
    ------
    StrangeViewError
        It is the address of another server, of a page that cannot be shown, or damaged.

    Examples
    --------
    >>> view_of("/intern/atlas?indicator=armut&release=2026-1&lang=en&utm_source=post")
    '/atlas?indicator=armut'
    """
    path, query = _own(address, hosts)
    kept = "&".join(p for p in query.split("&") if p and p.partition("=")[0] not in _NOT_KEPT)
    view = f"{path}?{kept}" if kept else path
    if len(view) > LONGEST_VIEW:
        raise StrangeViewError("workshop.address.long", most=str(LONGEST_VIEW))
    if not is_view(view):
        raise StrangeViewError("workshop.address.page", path=path[:60])
    return view


def presented_in(address: str, hosts: Collection[str] = ()) -> str | None:
    """Return what a link to *Präsentieren* holds, None where an address is none.

    Raises
    ------
    StrangeViewError
        It is the address of another server, or damaged.
    """
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        raise StrangeViewError("workshop.address.damaged") from None
    if page_path(path).rstrip("/") != PRESENTED:
        return None
    _, query = _own(address, hosts)
    return parse_qs(query).get("slides", [""])[0]


def _own(address: str, hosts: Collection[str]) -> tuple[str, str]:
    """Return path and query of an address of this server."""
    text = address.strip()
    try:
        host = urlsplit(text).netloc.lower()
        target = own_target(text)
    except (StrangeLinkError, ValueError):
        raise StrangeViewError("workshop.address.damaged") from None
    if host and host not in hosts:
        raise StrangeViewError("workshop.address.host", host=host[:60])
    path, _, query = target.partition("?")
    return page_path(path), query
