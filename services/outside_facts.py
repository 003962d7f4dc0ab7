"""What a service to sign in at says of itself: addresses and keys.

They are read seldom, never by two threads at once, and not again soon after a fault: the threads
that would wait for a service are those that serve every reader of the atlas.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

LONGEST_SECONDS = 5.0
"""So long one answer of the service is waited for."""
_PATIENCE_SECONDS = 3.0
"""So long a thread waits for another one that asks."""
_AWAY_SECONDS = 30.0
"""So long a service that could not be asked is not asked again."""
_KEPT_SECONDS = 3600.0
_KEYS_PAUSE_SECONDS = 60.0
_LARGEST_BYTES = 512 * 1024
_ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class ProviderAwayError(Exception):
    """The service cannot be reached, or what it says of itself does not fit the settings."""


class ProviderFacts:
    """Addresses and keys of the service with an issuer; safe for several threads."""

    def __init__(self, issuer: str) -> None:
        self._issuer = issuer
        self._guard = threading.Lock()
        self._addresses: tuple[float, dict[str, str]] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._failed: tuple[float, str] | None = None

    def addresses(self) -> dict[str, str]:
        """Return the addresses of the service, read once an hour.

        Raises
        ------
        ProviderAwayError
            It cannot be reached, could not be a moment ago, or does not fit.
        """
        with self._alone():
            if self._addresses is None or _age(self._addresses[0]) >= _KEPT_SECONDS:
                with self.asking():
                    self._addresses = (time.monotonic(), _read_addresses(self._issuer))
            return self._addresses[1]

    def keys(self, *, is_new: bool = False) -> KeySet:
        """Return the keys it signs with, read once an hour; with ``is_new`` once a minute.

        Raises
        ------
        ProviderAwayError
            As :meth:`addresses`.
        """
        address = self.addresses()["jwks_uri"]
        with self._alone():
            longest = _KEYS_PAUSE_SECONDS if is_new else _KEPT_SECONDS
            if self._keys is None or _age(self._keys[0]) >= longest:
                with self.asking():
                    self._keys = (time.monotonic(), _read_keys(address))
            return self._keys[1]

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Remember a ``ProviderAwayError`` that is raised inside, until the service answers.

        Raises
        ------
        ProviderAwayError
            One was remembered a moment ago.
        """
        self._refuse_soon_after_a_fault()
        try:
            yield
        except ProviderAwayError as fault:
            self._failed = (time.monotonic(), str(fault))
            raise
        self._failed = None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._refuse_soon_after_a_fault()
        if not self._guard.acquire(timeout=_PATIENCE_SECONDS):
            # whoever comes after this thread does not wait as well
            self._failed = (time.monotonic(), "another thread waits for an answer")
            raise ProviderAwayError(self._failed[1])
        try:
            yield
        finally:
            self._guard.release()

    def _refuse_soon_after_a_fault(self) -> None:
        failed = self._failed
        if failed and _age(failed[0]) < _AWAY_SECONDS:
            raise ProviderAwayError(f"{failed[1]}, a moment ago")


def _age(moment: float) -> float:
    return time.monotonic() - moment


def _read_addresses(issuer: str) -> dict[str, str]:
    said = _fetched(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if said.get("issuer") != issuer:
        raise ProviderAwayError("the service names another issuer")
    found = {name: str(said.get(name, "")) for name in _ADDRESSES}
    if any(_host(address) != _host(issuer) for address in found.values()):
        raise ProviderAwayError("the service names addresses of another host")
    return found


def _read_keys(address: str) -> KeySet:
    try:
        return KeySet.import_key_set(_fetched(address))  # type: ignore[arg-type]
    except (JoseError, ValueError, TypeError, KeyError) as fault:
        raise ProviderAwayError("the keys of the service cannot be read") from fault


def _fetched(address: str) -> dict[str, Any]:
    """Return a JSON object of the service; no redirects, no large answers."""
    import requests

    try:
        with requests.get(
            address, timeout=LONGEST_SECONDS, allow_redirects=False, stream=True
        ) as answer:
            body = answer.raw.read(_LARGEST_BYTES + 1, decode_content=True)
            status = answer.status_code
        found = json.loads(body)
    except (requests.RequestException, OSError, ValueError, RecursionError) as fault:
        raise ProviderAwayError(type(fault).__name__) from fault
    if status != requests.codes.ok or len(body) > _LARGEST_BYTES or not isinstance(found, dict):
        raise ProviderAwayError(f"status {status}")
    return found


def _host(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc.lower()
