"""Files that people brought: a folder each, named by an id, below one folder of the data folder.

A folder appears under its name only when its file is there as a whole, so that what broke off
half-way was never there; it goes away by losing its name first. ``input.bin`` is the file as it
came, ``told.json`` what was found out about it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from data.durable import sync_folder, write_durably
from data.slots import alone

INPUT, TOLD, DELIVERY = "input.bin", "told.json", "delivery"
KEPT_DAYS = 30
BROKEN_SECONDS = 60
"""A file that is still coming in is written to more often than this."""
_ID = frozenset("0123456789abcdef")
_ID_LENGTH = 32


class UnknownDeliveryError(Exception):
    """There is nothing of this id, or no more."""


class Incoming:
    """A file that is being received; ``path`` is where its bytes are written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.id = folder.name.removeprefix(".")
        self.path = folder / INPUT
        self.stream: BinaryIO = self.path.open("wb")

    def keep(self, state: Mapping[str, Any], name: str) -> None:
        """Let the folder appear with what is known of the file, which is on disk by then."""
        self._close()
        write_json(self._folder / name, state)
        self._folder.rename(self._folder.with_name(self.id))
        sync_folder(self._folder.parent)

    def take_place(self, path: Path) -> None:
        """Put the file into a folder that is there already, in place of one called alike."""
        self._close()
        path.parent.mkdir(exist_ok=True)
        self.path.replace(path)
        sync_folder(path.parent)

    def _close(self) -> None:
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self.stream.close()


class DeliveryFolders:
    """The folders of one sort of file.

    Parameters
    ----------
    root
        Where they lie.
    unknown
        What is raised for an id that is none of this program.
    """

    def __init__(self, root: Path, unknown: type[UnknownDeliveryError]) -> None:
        self._root = root
        self._unknown = unknown

    @contextmanager
    def receiving(self) -> Iterator[Incoming]:
        """Open a new file; what is not kept is removed however the block ends."""
        folder = self._root / f".{uuid.uuid4().hex}"
        folder.mkdir(parents=True, mode=0o700)
        incoming = None
        try:
            incoming = Incoming(folder)
            yield incoming
        finally:
            if incoming is not None:
                incoming.stream.close()
            shutil.rmtree(folder, ignore_errors=True)

    def alone(self) -> AbstractContextManager[None]:
        """Keep every other process out that asks as well, to look and write as one step."""
        return alone(self._root.with_suffix(".lock"))

    def folder(self, one: str) -> Path:
        """Return the folder of an id."""
        if len(one) != _ID_LENGTH or not set(one) <= _ID:
            raise self._unknown(one)
        return self._root / one

    def ids(self) -> list[str]:
        """Return the names of all folders."""
        return [path.name for path in self._root.glob("*/") if not path.name.startswith(".")]

    def read(self, one: str, name: str) -> dict[str, Any] | None:
        """Return what a file of a folder holds, None where there is no such file."""
        try:
            text = (self.folder(one) / name).read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return None
        found: dict[str, Any] = json.loads(text)
        return found

    def write(self, one: str, name: str, content: Mapping[str, Any]) -> None:
        """Write a file of a folder; a reader sees it whole or not at all."""
        write_json(self.folder(one) / name, content)

    def remove(self, one: str) -> None:
        """Forget a folder and its file."""
        folder = self.folder(one)
        gone = folder.with_name(f".{folder.name}")
        with suppress(FileNotFoundError):
            folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def sweep_broken(self) -> None:
        """Remove what broke off when a process died."""
        for path in self._root.glob(".*/"):
            with suppress(OSError):
                newest = max(p.stat().st_mtime for p in (path, *path.iterdir()))
                if time.time() - newest > BROKEN_SECONDS:
                    shutil.rmtree(path, ignore_errors=True)


def is_old(created: dt.datetime, now: dt.datetime) -> bool:
    """Return whether nobody may come back any more to what was brought at a time."""
    return now - created > dt.timedelta(days=KEPT_DAYS)


def lay_out(folder: Path, originals: Path, recipe: str) -> Path:
    """Lay the files of a release out anew as a delivery of their own; return its recipe.

    Parameters
    ----------
    originals
        The folder of the files a release was made of (``files/…`` and the recipe).
    recipe
        Name of the recipe there.

    The files are not copied where the system can give a file a second name; nothing here ever
    writes into one, a new file takes the place of the old name.
    """
    target = folder / DELIVERY
    shutil.rmtree(target, ignore_errors=True)
    files = originals / "files"
    if files.is_dir():
        shutil.copytree(files, target, copy_function=_second_name)
    target.mkdir(exist_ok=True)
    path = target / "recipe.toml"
    path.unlink(missing_ok=True)
    shutil.copyfile(originals / recipe, path)
    return path


def lay_in(delivery: Path, name: str, file: Path) -> None:
    """Put a file into a delivery, in place of one called alike."""
    target = delivery / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    _second_name(str(file), str(target))


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write an object as JSON; times as ISO 8601."""
    text = json.dumps(content, ensure_ascii=False, default=_plain)
    write_durably(path, text.encode("utf-8"))


def _second_name(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    return target


def _plain(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
