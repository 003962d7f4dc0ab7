"""Watch what Python does while a reader works: no network, no program, no file outside."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]

_FORBIDDEN = (
    *("socket.", "ssl.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser."),
    *("subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork"),
    *("ctypes.dlopen", "sqlite3.load_extension", "sqlite3.enable_load_extension"),
)
_OPENING = {"open", "os.listdir", "os.scandir", "os.remove", "os.mkdir", "os.rename", "os.rmdir"}


class ForbiddenError(BaseException):
    """Something a reader must never do; no reader can take it for a damaged file."""


class Guard:
    """Audit hook of the process; it only looks while :meth:`watching`.

    It sees what Python opens, and the path SQLite is given, but not what a library of C opens.
    """

    def __init__(self, folder: Path) -> None:
        libraries = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib")}
        self._folder = str(folder.resolve())
        self._readable = (self._folder, str(ROOT), *libraries)
        self._is_watching = False
        sys.addaudithook(self._hear)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Raise from now on where something forbidden is done."""
        self._is_watching = True
        try:
            yield
        finally:
            self._is_watching = False

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._is_watching:
            return
        if event.startswith(_FORBIDDEN):
            raise ForbiddenError(f"{event} {arguments[:1]}")
        if event in _OPENING:
            self._check_path(event, arguments)
        elif event == "sqlite3.connect" and self._folder not in str(arguments[0]):
            raise ForbiddenError(f"{event} {arguments[0]}")

    def _check_path(self, event: str, arguments: tuple[object, ...]) -> None:
        if isinstance(arguments[0], int) or arguments[0] is None:
            return  # a descriptor that was opened before
        path = arguments[0].decode() if isinstance(arguments[0], bytes) else str(arguments[0])
        if not path.startswith("/") and event != "open":
            return  # named within a folder that was opened before
        is_written = event not in {"open", "os.listdir", "os.scandir"} or (
            event == "open" and any(sign in str(arguments[1]) for sign in "wax+")
        )
        allowed = (self._folder,) if is_written else self._readable
        if not str(Path(path).absolute()).startswith(allowed):
            raise ForbiddenError(f"{event} {path}")
