"""The relay of the benchmarks in a thread of its own, for tests that do not wait by ``await``."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.room.relay import Relay


class Line:
    """A relay that is cut, hung, slowed and mended from outside its thread."""

    def __init__(self, relay: Relay, loop: asyncio.AbstractEventLoop) -> None:
        self._relay = relay
        self._loop = loop
        self.port = relay.port

    def cut(self) -> None:
        """Drop every connection, and every one that comes."""
        self._do(self._relay.cut)

    def hang(self) -> None:
        """Let everybody wait."""
        self._do(self._relay.hang)

    def mend(self) -> None:
        """Pass on as before."""
        self._do(self._relay.mend)

    def slow(self, seconds: float) -> None:
        """Hold each piece back."""
        self._do(lambda: self._relay.slow(seconds))

    def _do(self, deed) -> None:
        done = threading.Event()
        self._loop.call_soon_threadsafe(lambda: (deed(), done.set()))
        done.wait()


@contextmanager
def relayed(port: int) -> Iterator[Line]:
    """Relay to a port of this machine."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    relay = Relay(port)
    asyncio.run_coroutine_threadsafe(relay.start(), loop).result()
    try:
        yield Line(relay, loop)
    finally:
        asyncio.run_coroutine_threadsafe(relay.stop(), loop).result()
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.05), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
