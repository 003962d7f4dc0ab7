"""Release folders on disk: what their manifest says, whether they are whole, moved, removed."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Any

from data.bundle import MANIFEST
from data.bundle_schema import READABLE_VERSIONS, DamagedBundleError
from data.durable import sha256_of

RENAME_TRIES = 5


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a bundle.

    Raises
    ------
    DamagedBundleError
        It is missing, is no JSON, or has a schema this program does not read.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DamagedBundleError(MANIFEST) from error
    if manifest.get("schema_version") not in READABLE_VERSIONS:
        raise DamagedBundleError(f"{MANIFEST}: schema {manifest.get('schema_version')}")
    return manifest


def damaged_files(folder: Path, manifest_digest: str) -> list[str]:
    """Return the files that are missing or differ from their SHA-256, the manifest included."""
    try:
        manifest = read_manifest(folder)
    except DamagedBundleError:
        return [MANIFEST]
    if sha256_of(folder / MANIFEST) != manifest_digest:
        return [MANIFEST]
    return [
        name
        for name, entry in manifest["files"].items()
        if not (folder / name).is_file() or sha256_of(folder / name) != entry["sha256"]
    ]


def folders(parent: Path) -> list[Path]:
    """Return the folders directly below one, sorted; none when it does not exist."""
    return sorted(p for p in parent.iterdir() if p.is_dir()) if parent.is_dir() else []


def rename(source: Path, target: Path) -> None:
    """Rename to a new name; virus scanners on Windows hold files for a moment."""
    for attempt in range(RENAME_TRIES):
        try:
            source.rename(target)
        except PermissionError:
            if attempt == RENAME_TRIES - 1:
                raise
            time.sleep(0.2 * (attempt + 1))
        else:
            return


def remove(path: Path) -> None:
    """Remove a folder as far as possible; what is held open goes with the next sweep."""
    shutil.rmtree(path, ignore_errors=True)
