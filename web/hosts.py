"""Under which names this server may be addressed, and from which pages it takes writes.

A browser that was led here by a foreign name (DNS rebinding) or by a foreign page (cross-site
request) shows it in ``Host`` and ``Origin``; both are compared with a list, never echoed.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from config import Settings

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of the machine the program runs on, for itself."""
_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>\d{1,5}))?")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Hosts:
    """The list of allowed names, made from the settings."""

    def __init__(self, settings: Settings) -> None:
        self._names = LOOPBACK | {name.lower() for name in settings.allowed_hosts}
        if settings.host not in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
            self._names |= {settings.host.lower()}
        # In a workshop room the laptop is addressed by number; a number cannot be rebound.
        self._numbers_allowed = settings.server_mode or settings.opens_network

    def allows_host(self, header: str) -> bool:
        """Return whether a ``Host`` header names this server."""
        name = name_of(header)
        return name in self._names or (self._numbers_allowed and _is_number(name))

    def allows_origin(self, origin: str, *, host: str, scheme: str) -> bool:
        """Return whether a page of ``origin`` may write: only pages of this server may."""
        try:
            parts = urlsplit(origin)
            port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
        except ValueError:
            return False
        if parts.scheme not in _DEFAULT_PORTS or parts.path or parts.query or not parts.hostname:
            return False
        own = _HOST.fullmatch(host)
        if own is None or not self.allows_host(host):
            return False
        own_port = int(own["port"]) if own["port"] else _DEFAULT_PORTS[scheme]
        same_name = parts.hostname.lower() == own["name"].strip("[]").lower()
        return parts.scheme == scheme and same_name and port == own_port


def name_of(header: str) -> str:
    """Return the name in a ``Host`` header without its port, empty for none that can be one."""
    found = _HOST.fullmatch(header)
    if found is None or int(found["port"] or 0) > 65535:  # noqa: PLR2004 - highest port
        return ""
    return found["name"].strip("[]").lower()


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
