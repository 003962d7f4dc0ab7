"""Space kept back on the disk: given up in pieces once nothing else is left.

A file of random bytes, which no file system shrinks. Whoever looks after the data signs in, writes
the audit log and deletes by what a piece makes free.
"""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

from data.slots import SlotFolder

RESERVE_BYTES = 50 * 1024**2
FILE = "reserve.bin"
_PIECES = 10
"""Given up one by one: whatever fills the disk would take a whole reserve as well."""
_BLOCK = 1024**2
_LOG = logging.getLogger("keck.reserve")


class Reserve:
    """The space kept back in a folder.

    Parameters
    ----------
    folder
        The data folder.
    size
        Bytes that are kept back.
    """

    def __init__(self, folder: Path, size: int = RESERVE_BYTES) -> None:
        self._folder = folder
        self._path = folder / FILE
        self._size = size
        self._piece = size // _PIECES
        self._turn = SlotFolder(folder / "cache" / "reserve", 1)

    @property
    def held(self) -> int:
        """Bytes that are kept back now."""
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def make_room(self) -> None:
        """Give a piece up where less than half of one is free."""
        if self._free() < self._piece // 2:
            self.give_up()

    def give_up(self) -> None:
        """Give a piece up: the disk is full, whatever it says of itself."""
        held = self.held
        if not held:
            return
        left = max(held - self._piece, 0)
        try:
            os.truncate(self._path, left)
        except OSError as fault:
            _LOG.error("the reserve could not be given up", exc_info=fault)
        else:
            _LOG.warning("the disk is full: %d MiB of the reserve are left", left >> 20)

    def begin(self) -> None:
        """Keep space back from now on, at once where there is room; for servers."""
        try:
            self._path.touch(mode=0o600)
        except OSError as fault:
            _LOG.warning("no reserve can be kept back: %s", fault)
        self.restore()

    def restore(self) -> None:
        """Keep back what is missing, where as much as the whole is free besides.

        One process at a time does it; a disk that runs full meanwhile keeps what was there before.
        Where nobody began, as for commands, nothing is kept back.
        """
        if not self._path.exists():
            return
        missing = self._size - self.held
        if missing <= 0 or self._free() < missing + self._size:
            return
        try:
            turn = self._turn.take()
        except OSError:
            return
        if turn is None:
            return
        try:
            self._grow()
        finally:
            self._turn.give_back(turn)

    def _grow(self) -> None:
        before = self.held
        try:
            with self._path.open("ab") as stream:
                while (missing := self._size - stream.tell()) > 0:
                    stream.write(os.urandom(min(missing, _BLOCK)))
        except OSError as fault:
            _LOG.warning("no reserve could be kept back: %s", fault)
            if self.held > before:
                os.truncate(self._path, before)

    def _free(self) -> int:
        """Return what is free in bytes; a folder that cannot be asked is not said to be full."""
        try:
            return shutil.disk_usage(self._folder).free
        except OSError:
            return self._size
