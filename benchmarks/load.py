"""Load on the server: a closed loop by wrk, and an open loop of readers who think.

Both are bounded and stay on this machine. In the open loop every reader pauses for an
exponentially distributed time, whether or not the server keeps up.
"""

from __future__ import annotations

import asyncio
import random
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.callback_bodies import CALLBACK, ENCODINGS, synthetic_bodies
from benchmarks.results import Crowd, Findings, Throughput, percentile
from benchmarks.servers import ROOT, Server

_CONNECTIONS = 16
_WARM_SECONDS, _WARM_ROUNDS, _STEADY = 3, 10, 1.15
_PER_SECOND = r"Requests/sec:\s+([\d.]+)"
_USERS = 200
_THINK_S = 5.0
_CROWD_SECONDS = 30


def wrk_is_here() -> bool:
    """Return whether wrk can be run; installs it where the tests may install programs."""
    if shutil.which("wrk") is None:
        subprocess.run(["sh", "tools/ensure.sh", "wrk"], cwd=ROOT, check=False, capture_output=True)
    return shutil.which("wrk") is not None


def measure_throughput(
    server: Server, tool: str, size: int, findings: Findings, *, seconds: int, warm: bool
) -> None:
    """Ask for random views as fast as 16 connections can.

    A tool that builds its views once is asked until it answers steadily before anything counts.
    A tool that builds nothing is not: wrk would leave it a queue of questions nobody waits for.
    """
    if not wrk_is_here():
        findings.notes.append(f"throughput of {tool} was not measured: wrk is missing")
        return
    bodies = synthetic_bodies(server.address)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "bodies.lua"
        script.write_bytes(lua_script(bodies, server.address))
        if warm:
            _warm_up(server.address, script)
        cpu = server.cpu_s()
        said = _wrk(server.address, script, seconds)
        used = server.cpu_s() - cpu
    answers, refused = wrk_counts(said)
    if answers == 0:
        findings.notes.append(f"{tool} gave no answer within {seconds} s of load")
        return
    findings.throughputs.append(
        Throughput(
            size,
            tool,
            per_second=_number(_PER_SECOND, said),
            cpu_ms=1000 * used / answers,
            kilobytes=kilobytes_read(said) / answers,
            refused=refused,
        )
    )


def _warm_up(address: str, script: Path) -> None:
    """Ask until a round is hardly faster than the one before: both workers have built all."""
    before = 0.0
    for _ in range(_WARM_ROUNDS):
        answered = _number(_PER_SECOND, _wrk(address, script, _WARM_SECONDS))
        if before and answered < _STEADY * before:
            return
        before = answered


def lua_script(bodies: Sequence[bytes], origin: str) -> bytes:
    """Return a script by which wrk posts one of the bodies at random."""
    listed = b",\n".join(b"[==[" + body + b"]==]" for body in bodies)
    return (
        b'wrk.headers["Content-Type"]="application/json"\n'
        b'wrk.headers["Accept-Encoding"]="' + ENCODINGS["Accept-Encoding"].encode() + b'"\n'
        b'wrk.headers["Origin"]="' + origin.encode() + b'"\n'
        b"local bodies={" + listed + b"}\n"
        b'request=function() return wrk.format("POST","' + CALLBACK.encode() + b'",nil,'
        b"bodies[math.random(#bodies)]) end\n"
    )


def wrk_counts(said: str) -> tuple[int, int]:
    """Return how many answers wrk counted, and how many of them were refusals.

    >>> wrk_counts("  9000 requests in 6.00s, 1.0GB read")
    (9000, 0)
    """
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return int(_number(r"(\d+) requests in", said)), int(refused[1]) if refused else 0


def measure_crowd(server: Server, tool: str, size: int, findings: Findings) -> None:
    """Let 200 readers switch views for half a minute."""
    bodies = synthetic_bodies(server.address)
    waits, failed = asyncio.run(_crowd(server.address, bodies))
    waits.sort()
    if not waits:
        findings.notes.append(f"{tool} answered none of {_USERS} readers")
        return
    p50, p95, p99 = (1000 * percentile(waits, share) for share in (0.5, 0.95, 0.99))
    findings.crowds.append(Crowd(size, tool, _USERS, len(waits), failed, p50, p95, p99))


async def _crowd(address: str, bodies: Sequence[bytes]) -> tuple[list[float], int]:
    waits: list[float] = []
    failures: list[str] = []
    end = time.perf_counter() + _CROWD_SECONDS
    chance = random.Random(11)  # noqa: S311 - pauses of readers, nothing secret

    async def read() -> None:
        await asyncio.sleep(chance.random() * _THINK_S)
        while time.perf_counter() < end:
            started = time.perf_counter()
            try:
                status = await post_once(address, chance.choice(bodies))
            except OSError as lost:
                status = str(lost)
            if status == "200":
                waits.append(time.perf_counter() - started)
            else:
                failures.append(status)
            await asyncio.sleep(chance.expovariate(1 / _THINK_S))

    await asyncio.gather(*(read() for _ in range(_USERS)))
    return waits, len(failures)


async def post_once(address: str, body: bytes) -> str:
    """Send a callback body on a connection of its own; return the status, empty for none."""
    place = urlsplit(address)
    head = (
        f"POST {CALLBACK} HTTP/1.1\r\nHost: {place.netloc}\r\nOrigin: {address}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"Accept-Encoding: {ENCODINGS['Accept-Encoding']}\r\nConnection: close\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    try:
        writer.write(head.encode() + body)
        await writer.drain()
        line = await reader.readline()
        while await reader.read(1 << 18):
            pass
    finally:
        writer.close()
    return line.split()[1].decode() if line else ""


def _wrk(address: str, script: Path, seconds: int) -> str:
    command = ["wrk", "-t1", f"-c{_CONNECTIONS}", f"-d{seconds}s", "--timeout", "60s"]
    done = subprocess.run(
        [*command, "-s", str(script), address], capture_output=True, text=True, check=True
    )
    return done.stdout


def _number(pattern: str, said: str) -> float:
    found = re.search(pattern, said)
    return float(found[1]) if found else 0.0


def kilobytes_read(said: str) -> float:
    """Return how much wrk read, in kilobytes of 1,000 bytes.

    >>> kilobytes_read("  5 requests in 6.00s, 2.00MB read")
    2097.152
    """
    found = re.search(r"([\d.]+)([KMG]?)B read", said)
    if found is None:
        return 0.0
    return float(found[1]) * 1024 ** " KMG".index(found[2] or " ") / 1000
