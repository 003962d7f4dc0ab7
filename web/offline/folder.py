"""A folder that is there whole or not at all: written beside its place, then moved there."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Time of every file of a ZIP: the same release gives the same bytes."""


class OfflineRefusedError(Exception):
    """There will be no folder; ``key`` and ``params`` are those of the sentence that says why."""

    def __init__(self, key: str, **params: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


def check_target(target: Path) -> None:
    """Refuse what is there already.

    Raises
    ------
    OfflineRefusedError
        A file of that name, or a folder that holds something.
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise OfflineRefusedError("offline.not_empty", folder=str(target))
    if target.is_dir() and any(target.iterdir()):
        raise OfflineRefusedError("offline.not_empty", folder=str(target))


class Draft:
    """Files of a folder in the making.

    Answers are packed and stored under a number; equal ones are stored once.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self.size = 0
        self.files = 0
        self._numbers: dict[bytes, int] = {}

    def write(self, name: str, content: bytes | str) -> None:
        """Write one file; folders in its name are made."""
        body = content.encode("utf-8") if isinstance(content, str) else content
        path = self.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        self.size += len(body)
        self.files += 1

    def text(self, name: str) -> str:
        """Return a text that was written."""
        return (self.place / name).read_text("utf-8")

    def keep(self, answer: bytes | str | Any) -> int:
        """Store an answer, JSON where it is no text, and return its number."""
        text = answer if isinstance(answer, (bytes, str)) else written(answer)
        body = text.encode("utf-8") if isinstance(text, str) else text
        digest = hashlib.sha256(body).digest()
        if digest not in self._numbers:
            number = len(self._numbers)
            self._numbers[digest] = number
            self.write(f"data/{number}.js", f'keckOffline.put({number},"{packed(body)}");\n')
        return self._numbers[digest]


def written(content: Any) -> str:
    """Return JSON in the shortest form."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def packed(body: bytes) -> str:
    """Return bytes compressed as letters; the same bytes give the same letters."""
    return base64.b64encode(gzip.compress(body, 9, mtime=0)).decode("ascii")


@contextmanager
def draft_beside(target: Path) -> Iterator[Draft]:
    """Give a draft; it takes the place of ``target`` at the end, or is removed after a fault.

    Raises
    ------
    OfflineRefusedError
        See :func:`check_target`.
    """
    check_target(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        yield Draft(place)
        place.chmod(0o755)
        if target.is_dir():
            target.rmdir()
        place.replace(target)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise


def zip_folder(folder: Path, target: Path) -> int:
    """Write a folder as a ZIP beside it, whole or not at all, and return its size in bytes."""
    part = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for path in sorted(x for x in folder.rglob("*") if x.is_file()):
                name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                info = zipfile.ZipInfo(name, _EARLIEST)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, path.read_bytes())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target.stat().st_size
