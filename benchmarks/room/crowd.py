"""A workshop of simulated phones from joining to the last vote, with what goes wrong on the way."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]

from benchmarks.callback_bodies import synthetic_bodies
from benchmarks.load import post_once
from benchmarks.room.log import Log
from benchmarks.room.phones import Phone
from benchmarks.room.relay import Relay
from benchmarks.room.wire import Wire
from benchmarks.servers import Server
from benchmarks.town_files import LEVEL
from domain.workshop_script import Script, Slide, Words, option_words
from services.container import Services
from services.workshop_rooms import participant_of
from services.workshops import KeptWorkshop

_SEED = 20261128
_CLICKS = 4
_BETWEEN_S = 4.0
_PATIENCE_S = 120.0
_THINK_S = 5.0
_AFTER_S = 30
_LAST_S = 0.2
PRESENTER = "benchmark"
VOTES = CALM, KILLED, CUT = ("calm", "killed", "cut")
"""Votes of a run: undisturbed, while a worker is killed, and without network."""


@dataclass(frozen=True)
class Course:
    """How a run goes.

    Attributes
    ----------
    phones, abusers
        How many follow, and how many of them send ten times a second.
    arrive_s, steady_s
        Seconds in which they come, and in which nothing happens but following.
    kills
        Whether a worker of the server is killed in the middle of a vote.
    gap_s
        Seconds without network during another vote; 0 for none.
    readers
        Public readers who change the map on their own.
    """

    phones: int
    abusers: int = 0
    arrive_s: float = 10.0
    steady_s: float = 15.0
    kills: bool = True
    gap_s: float = 0.0
    readers: int = 50


@dataclass
class Met:
    """What a run met.

    Attributes
    ----------
    cpu
        Share of the machine's cores that the server used while phones followed.
    memory_mb
        Memory of all its processes, what they share counted once, in MiB.
    normal, peak
        Answers a second while phones followed (middle), and the most after the gap.
    missing
        Votes that were told to be taken and are not kept, or never arrived.
    steady_polls, calm_readers
        Seconds of questions while nothing else happened, and of changed maps until a worker was
        killed or the network was cut.
    """

    log: Log = field(default_factory=Log)
    cpu: float = 0.0
    memory_mb: float = 0.0
    normal: float = 0.0
    peak: float = 0.0
    missing: list[str] = field(default_factory=list)
    steady_polls: list[float] = field(default_factory=list)
    calm_readers: list[float] = field(default_factory=list)


def script() -> Script:
    """Return the workshop of a run: three votes, and slides of text."""
    yes_no = option_words(("Ja", "Nein"))
    polls = [
        Slide(name, "poll", "single", Words("Stimmen Sie zu?"), options=yes_no) for name in VOTES
    ]
    texts = [Slide(f"text{k}", "text", title=Words(f"Teil {k}")) for k in range(_CLICKS)]
    return Script("Lasttest", (texts[0], polls[0], *texts[1:], *polls[1:]))


class Run:
    """One run against a running server whose data folder ``services`` have open as well."""

    def __init__(self, server: Server, services: Services, course: Course) -> None:
        self._server = server
        self._services = services
        self._course = course
        self._met = Met()
        release = services.monitoring.current() or ""
        self._room = services.workshops.kept.add(
            script(), release=release, level=LEVEL, actor="benchmark"
        )
        self._chance = random.Random(_SEED)  # noqa: S311 - pauses of phones, nothing secret
        self._bodies = synthetic_bodies(server.address) if course.readers else []
        self._phones: list[Phone] = []

    async def go(self) -> Met:
        """Run from joining to the last vote."""
        self._relay = Relay(urlsplit(self._server.address).port or 80)
        await self._relay.start()
        await self._move("start")
        tasks = [asyncio.create_task(self._phone(k)) for k in range(self._course.phones)]
        tasks += [asyncio.create_task(self._reader()) for _ in range(self._course.readers)]
        try:
            await asyncio.sleep(self._course.arrive_s)
            await self._steady()
            await self._vote(CALM, _nothing)
            for _ in range(_CLICKS - 1):
                await self._click("next")
                await asyncio.sleep(_BETWEEN_S)
            self._met.calm_readers = list(self._met.log.readers)
            if self._course.kills:
                await self._vote(KILLED, self._kill)
            if self._course.gap_s:
                await self._vote(CUT, self._gap)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._relay.stop()
            # connections that were closed a moment ago end in the next turns of the loop
            await asyncio.sleep(_LAST_S)
        return self._met

    async def _phone(self, number: int) -> None:
        own = random.Random(_SEED + number)  # noqa: S311 - pauses of phones, nothing secret
        await asyncio.sleep(own.uniform(0, self._course.arrive_s * 0.8))
        # a relay between costs as much as the server: phones go through it where it is needed
        direct = urlsplit(self._server.address).port or 80
        port = self._relay.port if self._course.gap_s else direct
        wires = [Wire("127.0.0.1", port, self._server.address) for _ in range(2)]
        phone = Phone(
            f"phone {number}",
            self._room.code,
            *wires,
            log=self._met.log,
            chance=own,
            think_s=_THINK_S,
            abuses=number < self._course.abusers,
        )
        self._phones.append(phone)
        try:
            await phone.live()
        finally:
            for wire in wires:
                wire.close()

    async def _reader(self) -> None:
        while True:
            await asyncio.sleep(self._chance.expovariate(1 / 5.0))
            with suppress(OSError):
                began = time.perf_counter()
                body = self._chance.choice(self._bodies)
                status = await post_once(self._server.address, body)
                self._met.log.statuses[("reader", int(status or 0))] += 1
                self._met.log.readers.append(time.perf_counter() - began)

    async def _steady(self) -> None:
        before, begin = self._server.cpu_s(), time.perf_counter()
        first = len(self._met.log.polls)
        await asyncio.sleep(self._course.steady_s)
        end = time.perf_counter()
        used = self._server.cpu_s() - before
        self._met.cpu = used / (end - begin) / (psutil.cpu_count() or 1)
        self._met.memory_mb = self._server.memory_mb()
        rates = sorted(self._met.log.answers_a_second(begin, end))
        self._met.normal = rates[len(rates) // 2]
        self._met.steady_polls = self._met.log.polls[first:]

    async def _vote(self, slide: str, disturb: Callable[[], Awaitable[None]]) -> None:
        await self._click("go", position=self._room.script.at(slide))
        await asyncio.sleep(_THINK_S / 2)
        await disturb()
        await asyncio.sleep(_THINK_S)
        await self._all_sent()
        self._met.missing += await asyncio.to_thread(self._not_kept, slide)

    async def _all_sent(self) -> None:
        end = time.perf_counter() + _PATIENCE_S
        while any(p.waiting for p in self._phones) and time.perf_counter() < end:
            await asyncio.sleep(0.5)

    async def _kill(self) -> None:
        """Kill a worker as the system does when memory is short."""
        worker = self._server.process.children()[0]
        worker.send_signal(signal.SIGKILL)

    async def _gap(self) -> None:
        self._relay.cut()
        await asyncio.sleep(self._course.gap_s)
        self._relay.mend()
        begin = time.perf_counter()
        await asyncio.sleep(_AFTER_S)
        self._met.peak = max(self._met.log.answers_a_second(begin, time.perf_counter()))

    async def _click(self, deed: str, *, position: int = 0) -> None:
        state = await self._move(deed, position)
        self._met.log.clicked[state] = time.perf_counter()

    async def _move(self, deed: str, position: int = 0) -> int:
        kept = self._services.workshops.kept
        state = await asyncio.to_thread(
            lambda: kept.move(self._room.id, PRESENTER, deed, position=position)
        )
        return state.version

    def _not_kept(self, slide: str) -> list[str]:
        """Return phones whose vote is not kept as it was taken."""
        rooms, room = self._services.workshops.rooms, self._kept()
        missing = []
        for phone in self._phones:
            secret = phone.cookie.partition("=")[2]
            own = rooms.own(room, slide, participant_of(secret, room))
            wanted = self._met.log.taken.get(f"{phone.name} {slide}")
            is_kept = own is not None and (phone.abuses or str(own.chosen[0]) == wanted)
            if not is_kept:
                missing.append(f"{phone.name} {slide}")
        return missing

    def _kept(self) -> KeptWorkshop:
        return self._services.workshops.kept.get(self._room.id)


async def _nothing() -> None:
    return None
