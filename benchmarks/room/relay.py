"""A relay between phones and server that fails as networks do: it cuts, hangs, slows down."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

_CHUNK = 1 << 16


class Relay:
    """Passes bytes on between those who connect and one server.

    ``cut`` drops what is open and refuses what comes, ``hang`` lets everybody wait without a byte,
    ``slow`` holds each piece back for some seconds, ``mend`` ends all of it.
    """

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self._server_place = (host, port)
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._flows = asyncio.Event()
        self._flows.set()
        self._is_cut = False
        self._delay = 0.0
        self.port = 0

    async def start(self) -> None:
        """Listen on a free port of this machine, :attr:`port`."""
        self._listener = await asyncio.start_server(self._pass_on, "127.0.0.1", 0, backlog=4096)
        self.port = int(self._listener.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """End all."""
        self.cut()
        self._flows.set()
        self._listener.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut(self) -> None:
        """Drop every connection, and every one that comes."""
        self._is_cut = True
        for writer in list(self._open):
            writer.close()

    def hang(self) -> None:
        """Let everybody wait."""
        self._flows.clear()

    def slow(self, seconds: float) -> None:
        """Hold each piece back."""
        self._delay = seconds

    def mend(self) -> None:
        """Pass on as before."""
        self._is_cut, self._delay = False, 0.0
        self._flows.set()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.close()
            return
        try:
            there, back = await asyncio.open_connection(*self._server_place)
        except OSError:
            writer.close()
            return
        both = (writer, back)
        self._open.update(both)
        for flow in (self._flow(reader, back), self._flow(there, writer)):
            self._spawn(flow, both)

    def _spawn(
        self, flow: Coroutine[Any, Any, None], both: tuple[asyncio.StreamWriter, ...]
    ) -> None:
        task = asyncio.create_task(flow)
        self._tasks.add(task)

        def ended(done: asyncio.Task[None]) -> None:
            self._tasks.discard(done)
            for writer in both:
                self._open.discard(writer)
                writer.close()

        task.add_done_callback(ended)

    async def _flow(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(_CHUNK):
                if self._delay:
                    await asyncio.sleep(self._delay)
                await self._flows.wait()
                writer.write(piece)
                await writer.drain()
