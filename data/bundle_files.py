"""The files of a bundle that are no database: what was delivered, lists and checksums."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from data.durable import sha256_of


def copy_originals(folder: Path, originals: Iterable[tuple[str, Path]]) -> None:
    """Copy files as they were delivered; a name may hold folders."""
    folder.mkdir(exist_ok=True)
    for name, source in originals:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def write_json(path: Path, content: Any) -> None:
    """Write JSON with sorted keys: same content, same bytes."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def checksums(folder: Path, *, but: str) -> dict[str, dict[str, str | int]]:
    """Return SHA-256 and size in bytes of all files of a folder, except the one named ``but``."""
    return {
        path.relative_to(folder).as_posix(): {
            "sha256": sha256_of(path),
            "bytes": path.stat().st_size,
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != but
    }
