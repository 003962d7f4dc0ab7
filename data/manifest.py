"""The manifest of a release: which files belong to it, with their checksums."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_manifest(folder: Path, content: dict[str, Any]) -> None:
    """Write the manifest over every file already in the folder."""
    files = {
        path.relative_to(folder).as_posix(): {"sha256": sha256(path), "bytes": path.stat().st_size}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    text = json.dumps({**content, "files": files}, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of a release folder."""
    content: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return content


def damaged_files(folder: Path) -> list[str]:
    """Return the files of a release that are missing or differ from their checksum."""
    try:
        files = read_manifest(folder)["files"]
    except (OSError, ValueError, KeyError):
        return [MANIFEST]
    return [
        name
        for name, entry in files.items()
        if not (folder / name).is_file() or sha256(folder / name) != entry["sha256"]
    ]


def looks_whole(folder: Path) -> bool:
    """Quick check by size, fit for every start; :func:`damaged_files` reads every byte."""
    try:
        files = read_manifest(folder)["files"]
    except (OSError, ValueError, KeyError):
        return False
    return all(
        (folder / name).is_file() and (folder / name).stat().st_size == entry["bytes"]
        for name, entry in files.items()
    )


def sync_folder(folder: Path) -> None:
    """Flush files and folder to disk, so that a power cut leaves no half release."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
