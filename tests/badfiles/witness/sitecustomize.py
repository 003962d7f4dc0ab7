"""Loaded by Python before an import begins: writes down what the process opens and calls.

Two witnesses that need no tracer. An audit hook sees every file, socket and program opened from
Python. The counters of the kernel see calls of native code too: as root the process lives in a
network of its own, whose counters begin at zero, so that any packet, failed route or connection
is one of its own attempts. Elsewhere the proxies of its environment lead to a listener of the
test.
"""

# pathlib would be loaded, and seen, before anything of the product is.
# ruff: noqa: PTH110, PTH115, PTH123

from __future__ import annotations

import atexit
import os
import sys
import time

_LOG = os.open(os.environ["KECK_WITNESS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
_OWN_NETWORK = "/proc/self/ns/net"
_NETWORK_AT_START = os.readlink(_OWN_NETWORK) if os.path.exists(_OWN_NETWORK) else ""
_CALLS = {
    "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
    "socket.sendto", "socket.sendmsg", "socket.bind", "urllib.Request", "http.client.connect",
    "ftplib.connect", "smtplib.connect",
}  # fmt: skip
_PROGRAMS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty"}
_COUNTED = {
    "Ip": ("OutRequests", "OutNoRoutes"),
    "Tcp": ("ActiveOpens",),
    "Udp": ("OutDatagrams",),
}


def _note(*words: object) -> None:
    os.write(_LOG, ("\t".join(str(word) for word in words) + "\n").encode("utf-8", "replace"))


def _heard(event: str, args: tuple[object, ...]) -> None:
    if event in {"open", "sqlite3.connect"} and isinstance(args[0], (str, bytes)):
        mode = args[1] if event == "open" else "sqlite"
        _note("open", mode, os.path.realpath(os.fsdecode(args[0])))
    elif event in _CALLS:
        _note("call", event, repr(args)[:200])
    elif event in _PROGRAMS:
        _note("program", event, repr(args)[:200])


def _counted() -> int:
    """Return how many packets and connections the own network has seen; 0 where it is shared."""
    if not _NETWORK_AT_START or os.readlink(_OWN_NETWORK) == _NETWORK_AT_START:
        return 0
    with open("/proc/self/net/snmp", encoding="ascii") as stream:
        lines = [line.split() for line in stream]
    seen = 0
    for names, numbers in zip(lines[::2], lines[1::2], strict=True):
        by_name = dict(zip(names, numbers, strict=True))
        seen += sum(int(by_name[name]) for name in _COUNTED.get(names[0].rstrip(":"), ()))
    return seen


def _ended() -> None:
    for _ in range(_counted()):
        _note("call", "kernel", "a packet or connection counted by the kernel")
    try:
        with open("/proc/self/status", encoding="ascii") as stream:
            peak = next(line.split()[1] for line in stream if line.startswith("VmHWM"))
        _note("peak", peak)
    except OSError:
        _note("peak", "0")
    _note("seconds", f"{time.process_time():.3f}")


atexit.register(_ended)
sys.addaudithook(_heard)
