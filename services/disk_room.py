"""Whether the disk has room for a file that is about to come in."""

from __future__ import annotations

import shutil
from pathlib import Path

from data.durable import is_full_disk

__all__ = ["FullDiskError", "check_room", "is_full_disk"]

SPARE_BYTES = 200 * 1024**2


class FullDiskError(Exception):
    """There is no room for another file; carries the free MiB."""

    def __init__(self, free: int) -> None:
        super().__init__(str(free))
        self.free = free


def check_room(folder: Path, most_bytes: int) -> None:
    """Refuse to begin a file for which there may be no room.

    Raises
    ------
    FullDiskError
        The disk of the folder lacks room for a file of the greatest size.
    """
    free = shutil.disk_usage(folder).free
    if free < most_bytes + SPARE_BYTES:
        raise FullDiskError(free >> 20)
