"""Under which addresses phones join: on a laptop those of its local networks."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request

from config import Settings
from figures.qr import qr_svg
from web.hosts import LOOPBACK, name_of
from web.own_addresses import own_addresses


@dataclass(frozen=True)
class Join:
    """One way to join.

    Attributes
    ----------
    url
        What the QR code leads to.
    typed
        What is typed into a phone, without the code.
    qr
        The code as SVG.
    """

    url: str
    typed: str
    qr: str


def joins(code: str, settings: Settings) -> tuple[Join, ...]:
    """Return the ways to join a room, the likeliest first; none where phones cannot reach us.

    A stage that was opened by the name of a server hands on that name. One that was opened on the
    machine itself (127.0.0.1) hands on the machine's addresses in local networks.
    """
    return tuple(_join(base, code) for base in _bases(settings))


def _bases(settings: Settings) -> tuple[str, ...]:
    if name_of(request.headers.get("Host", "")) not in LOOPBACK:
        return (request.host_url.removesuffix("/"),)
    if not (settings.opens_network or settings.server_mode):
        return ()
    port = urlsplit(request.host_url).port
    end = f":{port}" if port else ""
    return tuple(f"{request.scheme}://{address}{end}" for address in own_addresses())


def _join(base: str, code: str) -> Join:
    url = f"{base}/w/{code}"
    return Join(url, f"{base.partition('://')[2]}/w", qr_svg(url) or "")
