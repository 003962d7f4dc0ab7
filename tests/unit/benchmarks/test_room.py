"""The relay fails as asked, a wire tells what was lost, and what phones met is counted."""

from __future__ import annotations

import asyncio
import random

import pytest

from benchmarks.room.crowd import Course, Met
from benchmarks.room.log import Log, p95
from benchmarks.room.phones import LONGEST_S, POLL_S, SPREAD, Phone
from benchmarks.room.relay import Relay
from benchmarks.room.results import rows_of
from benchmarks.room.wire import LostError, Wire

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeck-Retry-Ms: 1500\r\n\r\nda"


async def answering(reader, writer):
    while await reader.readuntil(b"\r\n\r\n"):
        writer.write(ANSWER)
        await writer.drain()


async def with_relay(deed):
    server = await asyncio.start_server(answering, "127.0.0.1", 0)
    relay = Relay(server.sockets[0].getsockname()[1])
    await relay.start()
    wire = Wire("127.0.0.1", relay.port, "http://127.0.0.1")
    try:
        await deed(relay, wire)
    finally:
        wire.close()
        await relay.stop()
        server.close()


def test_a_relay_passes_on_cuts_and_mends():
    async def deed(relay, wire):
        answer = await wire.ask("/")
        assert (answer.status, answer.body, answer.headers["keck-retry-ms"]) == (200, b"da", "1500")
        relay.cut()
        for _ in range(2):
            with pytest.raises(LostError):
                await wire.ask("/")
        relay.mend()
        assert (await wire.ask("/")).status == 200

    asyncio.run(with_relay(deed))


def test_a_relay_lets_everybody_wait_until_it_is_mended():
    async def deed(relay, wire):
        relay.hang()
        waiting = asyncio.create_task(wire.ask("/"))
        done, _ = await asyncio.wait([waiting], timeout=0.2)
        assert not done
        relay.mend()
        assert (await waiting).body == b"da"

    asyncio.run(with_relay(deed))


def test_a_slow_relay_holds_each_piece_back():
    async def deed(relay, wire):
        relay.slow(0.05)
        assert (await wire.ask("/")).seconds >= 0.1

    asyncio.run(with_relay(deed))


def test_a_vote_on_a_kept_connection_that_broke_is_told_as_lost_and_not_sent_twice():
    async def deed(relay, wire):
        await wire.ask("/")
        relay.cut()
        relay.mend()
        with pytest.raises(LostError):
            await wire.ask("/", method="POST", form=b"option=1")

    asyncio.run(with_relay(deed))


def test_refusals_that_do_not_say_when_to_come_back_are_failures():
    log = Log()
    log.note("vote", 429, {"retry-after": "1"})
    log.note("vote", 503, {})
    log.note("vote", 409, {})
    log.note("poll", 204, {})
    log.note("abuse", 409, {})
    assert log.failures() == 2
    assert log.refused("vote") == 2


def test_a_click_is_seen_by_those_who_show_it():
    log = Log()
    log.show(7)
    assert log.seen == {}
    log.clicked[7] = 0.0
    log.show(7)
    assert len(log.seen[7]) == 1


def test_answers_are_counted_by_the_second():
    log = Log(answered_at=[9.5, 10.0, 10.9, 12.5, 13.0])
    assert log.answers_a_second(10.0, 13.0) == [2, 0, 1]


def test_waiting_grows_with_errors_up_to_a_limit():
    wire = Wire("127.0.0.1", 1, "http://127.0.0.1")
    phone = Phone("p", "ABCDEFGH", wire, wire, Log(), random.Random(1))
    for errors, wanted in ((0, POLL_S), (1, 2 * POLL_S), (2, 4 * POLL_S), (9, LONGEST_S)):
        waits = [phone._wait(errors) for _ in range(200)]
        assert min(waits) >= wanted * (1 - SPREAD)
        assert max(waits) <= wanted * (1 + SPREAD)


def test_a_run_is_held_against_the_table_of_its_size():
    log = Log(polls=[0.2], votes={"calm": [0.3]})
    met = Met(log, cpu=0.5, memory_mb=700, normal=100, peak=500, missing=["phone 1 poll"])
    met.steady_polls = [0.2]
    few = {row.name: row.is_reached for row in rows_of(Course(200, gap_s=60), met)}
    assert not any(
        few[name]
        for name in (
            "question what is new, p95", "vote taken, p95", "lost votes",
            "processor, share of all cores", "memory of all processes",
            "answers a second after the gap, times normal",
        )
    )  # fmt: skip
    many = {row.name: row.is_reached for row in rows_of(Course(1000), met)}
    assert many["question what is new, p95"]
    assert many["vote taken, p95"]
    assert many["memory of all processes"]
    assert not many["lost votes"]


def test_without_anything_p95_is_none():
    assert p95([]) == 0.0
    assert p95([0.1] * 94 + [9.0] * 6) == 9000.0
