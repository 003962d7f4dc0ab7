"""Whether the disk has room for a file that is about to come in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.deliveries import DeliveryFolders, Incoming
from data.durable import is_full_disk

__all__ = ["FullDiskError", "check_room", "is_full_disk", "receiving"]

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


@contextmanager
def receiving(store: DeliveryFolders, folder: Path, most_bytes: int) -> Iterator[Incoming]:
    """Open a new file to write to; see :meth:`data.deliveries.DeliveryFolders.receiving`.

    Raises
    ------
    FullDiskError
        The disk of the folder has no room for a file of the greatest size.
    """
    check_room(folder, most_bytes)
    with store.receiving() as incoming:
        yield incoming
