"""The one way to cache: flask-caching behind a wrapper that keeps bytes and never fails.

Keys are made here from audience, release, name and arguments; a key from a client does not
exist. Values are JSON text (base64 of the packed bytes), never pickles; packed, a view takes a
third of the memory and a millisecond to read. One computation serves all who ask at the same
time. A backend that fails is left alone for ten seconds.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import logging
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, Protocol, TypeVar

from domain.model import Audience

_LOG = logging.getLogger(__name__)
_PAUSE_SECONDS = 10.0
_FAST = 1
"""Level of packing: the fastest."""

Value = TypeVar("Value")
Wait = Callable[[Callable[[], bool | None]], object]
"""Asks until it hears True, and raises where its patience ends."""


class Backend(Protocol):
    """What the wrapper needs of flask-caching."""

    def get(self, key: str) -> Any:
        """Return the stored value or None."""

    def set(self, key: str, value: Any, timeout: int | None = None) -> Any:
        """Store a value."""


def cache_key(audience: Audience, release: str, name: str, args: tuple[str, ...]) -> str:
    """Return the key of a result: SHA-256 over everything that decides it."""
    text = json.dumps([audience.value, release, name, *args])
    return "keck:" + hashlib.sha256(text.encode()).hexdigest()


class _SingleFlight:
    """One lock a key, dropped when nobody waits for it."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: dict[str, tuple[threading.Lock, int]] = {}

    @contextmanager
    def hold(self, key: str, wait: Wait | None = None) -> Iterator[None]:
        """Let one thread at a time work on a key; ``wait`` bounds how long others wait for it."""
        with self._guard:
            lock, waiting = self._locks.get(key, (threading.Lock(), 0))
            self._locks[key] = (lock, waiting + 1)
        try:
            if wait is None:
                lock.acquire()
            else:
                wait(lambda: lock.acquire(blocking=False) or None)
            try:
                yield
            finally:
                lock.release()
        finally:
            with self._guard:
                lock, waiting = self._locks[key]
                if waiting == 1:
                    del self._locks[key]
                else:
                    self._locks[key] = (lock, waiting - 1)


class ResultCache:
    """Bytes by audience, release, name and arguments."""

    def __init__(self, backend: Backend, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._backend = backend
        self._clock = clock
        self._flights = _SingleFlight()
        self._closed_until = 0.0

    def get_or_build(
        self,
        audience: Audience,
        release: str,
        name: str,
        args: tuple[str, ...],
        build: Callable[[], bytes],
        *,
        wait: Wait | None = None,
    ) -> bytes:
        """Return the stored bytes, or build, store and return them.

        ``wait`` is how those who ask the same meanwhile wait, and what it raises is raised here;
        without it they wait as long as it takes.
        """
        key = cache_key(audience, release, name, args)
        found = self._read(key)
        if found is not None:
            return found
        with self._flights.hold(key, wait):
            found = self._read(key)
            if found is not None:
                return found
            body = build()
            self._write(key, body)
            return body

    @property
    def is_degraded(self) -> bool:
        """Whether the backend failed within the last seconds and is left alone."""
        return self._clock() < self._closed_until

    def _read(self, key: str) -> bytes | None:
        if self.is_degraded:
            return None
        try:
            stored = self._backend.get(key)
            if not isinstance(stored, str):
                return None
            return zlib.decompress(base64.b64decode(stored, validate=True))
        except (binascii.Error, ValueError, zlib.error):
            _LOG.warning("foreign bytes in the cache were ignored")
            return None
        except Exception:  # any fault of a cache is a miss, never an error page
            self._pause()
            return None

    def _write(self, key: str, body: bytes) -> None:
        if self.is_degraded:
            return
        try:
            packed = zlib.compress(body, _FAST)
            self._backend.set(key, base64.b64encode(packed).decode("ascii"))
        except Exception:  # any fault of a cache is a miss, never an error page
            self._pause()

    def _pause(self) -> None:
        self._closed_until = self._clock() + _PAUSE_SECONDS
        _LOG.warning("the cache backend failed and is left alone for %s s", _PAUSE_SECONDS)


class FrameCache(Generic[Value]):
    """A bounded store of decoded frames in this worker, the least used one leaves first.

    Where frames differ much in size, ``weigh`` says how heavy one is and ``heaviest`` how heavy all
    may be together; the newest is kept whatever it weighs.
    """

    def __init__(
        self, size: int = 64, *, weigh: Callable[[Value], int] | None = None, heaviest: int = 0
    ) -> None:
        self._size = size
        self._weigh = weigh or (lambda _value: 0)
        self._heaviest = heaviest
        self._frames: OrderedDict[str, Value] = OrderedDict()
        self._guard = threading.Lock()
        self._flights = _SingleFlight()

    def get_or_build(self, key: str, build: Callable[[], Value]) -> Value:
        """Return the frame of a key; it is built once and must not be changed by anybody."""
        found = self._touch(key)
        if found is not None:
            return found
        with self._flights.hold(key):
            found = self._touch(key)
            if found is not None:
                return found
            frame = build()
            with self._guard:
                self._frames[key] = frame
                while len(self._frames) > 1 and self._is_full():
                    self._frames.popitem(last=False)
            return frame

    def _is_full(self) -> bool:
        weight = sum(self._weigh(frame) for frame in self._frames.values())
        return len(self._frames) > self._size or weight > self._heaviest

    def _touch(self, key: str) -> Value | None:
        with self._guard:
            if key not in self._frames:
                return None
            self._frames.move_to_end(key)
            return self._frames[key]
