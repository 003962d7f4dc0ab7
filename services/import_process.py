"""The limited process of one import, seen from its parent: messages, end, kill."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from typing import Any

from services.import_limits import child_environment


class ImportChild:
    """The limited process: given one order, it tells messages until it ends.

    Its temporary files lie in a folder of its own that goes with it, however it ends.
    """

    def __init__(self, wish: dict[str, Any]) -> None:
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._temp = tempfile.TemporaryDirectory(prefix="keck-import-", ignore_cleanup_errors=True)
        places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._temp.name)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "services.import_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**child_environment(os.environ), **places},
            start_new_session=sys.platform != "win32",
            text=True,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        if self._process.stdin:
            # A child that died at once tells so by the end of its messages.
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.write(json.dumps(wish))
                self._process.stdin.close()

    def next_message(self, seconds: float) -> dict[str, Any] | None:
        """Return the next message, ``{}`` when none came in time, None at the end."""
        try:
            return self._messages.get(timeout=seconds)
        except queue.Empty:
            return {}

    def return_code(self) -> int:
        """Wait for the end of the process and return its code."""
        return self._process.wait()

    def kill(self) -> None:
        """End the process, and all it may have started, at once."""
        if self._process.poll() is None:
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join()
        if self._process.stdout:
            self._process.stdout.close()
        self._temp.cleanup()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            try:
                told = json.loads(line)
            except ValueError:
                continue  # a line cut off by the end of the process
            if isinstance(told, dict):
                self._messages.put(told)
        self._messages.put(None)
