"""One connection of one phone: kept open between questions, as browsers do."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

PATIENCE_S = 10.0


@dataclass(frozen=True)
class Answer:
    """What came back; ``seconds`` from the question to its last byte."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class LostError(OSError):
    """No answer: no network, cut off, or longer than a phone waits."""


class Wire:
    """Asks one server, one question at a time."""

    def __init__(self, host: str, port: int, origin: str) -> None:
        self.place = (host, port)
        self.origin = origin
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, path: str, *, method: str = "GET", form: bytes = b"", cookie: str = ""
    ) -> Answer:
        """Ask once; a kept connection that was closed meanwhile is opened anew, as browsers do.

        Raises
        ------
        LostError
            There was no whole answer.
        """
        head = self._head(path, method, form, cookie)
        was_kept = self._streams is not None
        try:
            return await self._once(head + form)
        except LostError:
            if not was_kept or method != "GET":
                raise
            return await self._once(head + form)

    def _head(self, path: str, method: str, form: bytes, cookie: str) -> bytes:
        host = self.origin.partition("://")[2]
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: keep-alive"]
        if cookie:
            lines.append(f"Cookie: {cookie}")
        if method == "POST":
            lines += [
                f"Origin: {self.origin}",
                "Accept: application/json",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(form)}",
            ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    async def _once(self, question: bytes) -> Answer:
        began = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE_S):
                if self._streams is None:
                    self._streams = await asyncio.open_connection(*self.place)
                reader, writer = self._streams
                writer.write(question)
                await writer.drain()
                status, headers = await _read_head(reader)
                body = await reader.readexactly(int(headers.get("content-length", 0)))
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as fault:
            self.close()
            raise LostError(str(fault)) from fault
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, body, time.perf_counter() - began)

    def close(self) -> None:
        """Drop the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def _read_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    raw = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *rest = raw.split("\r\n")
    pairs = (line.partition(":") for line in rest if line)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in pairs}
