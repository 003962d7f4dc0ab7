"""A phone in a room: it follows the stage and votes, as the script of the page does.

Waiting times are those of ``web/rooms/static/phone/10-pace.js`` and ``70-send.js``.
"""

from __future__ import annotations

import asyncio
import json
import random
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.room.log import ABUSE, Log
from benchmarks.room.wire import Answer, LostError, Wire

POLL_S, LONGEST_S, SPREAD = 1.5, 15.0, 0.3
_GAP_S = (0.2, 6.0)
_KEPT = frozenset({0, 408, 429, 500, 502, 503, 504})
ABUSE_S = 0.1
"""Pause of a phone that sends ten times a second."""


@dataclass
class Phone:
    """One participant.

    ``think_s`` is the longest time between a question and its answer; ``abuses`` lets it send the
    same vote ten times a second besides.
    """

    name: str
    code: str
    wire: Wire
    sender: Wire
    log: Log
    chance: random.Random
    think_s: float = 8.0
    abuses: bool = False
    cookie: str = ""
    version: str = ""
    frame: str = ""
    errors: int = 0
    queue: asyncio.Queue[tuple[str, dict[str, str]]] = field(default_factory=asyncio.Queue)
    waiting: int = 0
    online: asyncio.Event = field(default_factory=asyncio.Event)

    async def live(self) -> None:
        """Join and follow until cancelled."""
        self.online.set()
        await self._join()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._follow())
            group.create_task(self._send_all())
            if self.abuses:
                group.create_task(self._abuse())

    async def _join(self) -> None:
        while not self.cookie:
            try:
                page = await self.wire.ask(f"/w/{self.code}")
                self.log.note("page", page.status, page.headers)
                self.cookie = page.headers.get("set-cookie", "").partition(";")[0]
            except LostError:
                self._lost()
            if not self.cookie:
                await asyncio.sleep(self._wait(1))
        await self._send("da", {})

    async def _follow(self) -> None:
        while True:
            asked = 0.0
            try:
                asked = await self._look()
                if self.errors:
                    self.wake()
                self.errors = 0
            except LostError:
                self._lost()
                self.errors += 1
            await asyncio.sleep(max(self._wait(self.errors), asked * (1 - SPREAD)))

    async def _look(self) -> float:
        """Ask what is new and fetch it; return the seconds the server wants at least."""
        told = await self.wire.ask(f"/live/{self.code}/state?v={self.version}", cookie=self.cookie)
        self.log.note("poll", told.status, told.headers)
        self.log.polls.append(told.seconds)
        if told.status == 200:  # noqa: PLR2004 - HTTP
            await self._show(json.loads(told.body))
        elif told.status != 204:  # noqa: PLR2004 - HTTP
            raise LostError(str(told.status))
        return float(told.headers.get("keck-retry-ms", 0)) / 1000

    async def _show(self, state: dict[str, object]) -> None:
        version = str(state["v"])
        path = f"/live/{self.code}/screen?v={version}&lang=de"
        screen = await self.wire.ask(path, cookie=self.cookie)
        self.log.note("screen", screen.status, screen.headers)
        if screen.status != 200:  # noqa: PLR2004 - HTTP
            raise LostError(str(screen.status))
        is_other = state.get("frame") != self.frame
        self.version, self.frame = version, str(state.get("frame"))
        if is_other:
            self.log.show(int(version.split("-")[1]))
            if state.get("kind") == "poll" and state.get("accepts"):
                asyncio.get_running_loop().call_later(
                    self.chance.uniform(0, self.think_s), self.vote, str(state["slide"])
                )

    def vote(self, slide: str) -> None:
        """Choose an answer; it waits in the queue until it was taken."""
        key = f"{self.chance.getrandbits(96):x}"
        fields = {"slide": slide, "key": key, "option": str(self.chance.randrange(2))}
        self.waiting += 1
        self.queue.put_nowait(("antwort", fields))

    async def _send_all(self) -> None:
        while True:
            to, fields = await self.queue.get()
            await self._send(to, fields)
            self.waiting -= 1
            self.log.taken[f"{self.name} {fields['slide']}"] = fields["option"]

    async def _send(self, to: str, fields: dict[str, str]) -> None:
        """Send until it was taken."""
        errors = 0
        while True:
            answer = await self._post(to, fields)
            if answer is not None and answer.status not in _KEPT:
                if to == "antwort" and answer.status == 200 and not self.abuses:  # noqa: PLR2004
                    self.log.votes.setdefault(fields["slide"], []).append(answer.seconds)
                return
            errors += 1
            least = float(answer.headers.get("retry-after", 0)) if answer else 0.0
            self.online.clear()
            wait = max(least, 0.2) + self._wait(errors)
            try:
                async with asyncio.timeout(wait):
                    await self.online.wait()
            except TimeoutError:
                continue
            await asyncio.sleep(self.chance.uniform(*_GAP_S))

    async def _post(self, to: str, fields: dict[str, str]) -> Answer | None:
        try:
            body = urlencode(fields).encode()
            path = f"/w/{self.code}/{to}?lang=de"
            answer = await self.sender.ask(path, method="POST", form=body, cookie=self.cookie)
        except LostError:
            self._lost()
            return None
        self.log.note("vote" if to == "antwort" else "join", answer.status, answer.headers)
        return answer

    def wake(self) -> None:
        """Go on at once, or nearly so: the network is back."""
        self.online.set()

    async def _abuse(self) -> None:
        spam = Wire(*self.sender.place, self.sender.origin)
        form = urlencode({"slide": "calm", "key": "k", "option": "0"}).encode()
        path = f"/w/{self.code}/antwort?lang=de"
        try:
            while True:
                with suppress(LostError):
                    told = await spam.ask(path, method="POST", form=form, cookie=self.cookie)
                    self.log.statuses[(ABUSE, told.status)] += 1
                await asyncio.sleep(ABUSE_S)
        finally:
            spam.close()

    def _lost(self) -> None:
        self.log.lost += 1

    def _wait(self, errors: int) -> float:
        wanted = min(POLL_S * 2**errors, LONGEST_S) if errors else POLL_S
        return wanted * self.chance.uniform(1 - SPREAD, 1 + SPREAD)
