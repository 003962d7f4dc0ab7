"""Signals that ask a command to stop: they are noted, and the work itself ends in order."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


@contextmanager
def stop_on_signals() -> Iterator[threading.Event]:
    """Give an event that is set by Ctrl-C, a polite kill or a closed terminal.

    A second signal changes nothing: cleaning up is never interrupted half way. After a signal
    the command is on its way out, so further ones are ignored to the end of the process. Must
    be used in the main thread.
    """
    event = threading.Event()

    def note(_number: int, _frame: FrameType | None) -> None:
        event.set()

    known = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {number: signal.signal(number, note) for number in known}
    try:
        yield event
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_IGN if event.is_set() else handler)
