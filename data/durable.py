"""Checksums, and files that are on disk when we say so."""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
from pathlib import Path

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def is_full_disk(fault: BaseException | None) -> bool:
    """Return whether a fault, or one that it came from, is a disk without space."""
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        if isinstance(fault, OSError) and fault.errno in _FULL:
            return True
        code = getattr(fault, "sqlite_errorcode", 0)
        if isinstance(fault, sqlite3.Error) and code == sqlite3.SQLITE_FULL:
            return True
        inner = getattr(fault, "orig", None)
        fault = inner if isinstance(inner, BaseException) else fault.__cause__ or fault.__context__
    return False


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_durably(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a draft beside it takes its place once it is on disk."""
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def sync_tree(folder: Path) -> None:
    """Force all files below a folder, and the folders, to disk."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb+") as stream:
                os.fsync(stream.fileno())
        else:
            sync_folder(path)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Force the entries of a folder to disk; Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
