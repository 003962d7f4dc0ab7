"""The key of a data folder that was given none: a file beside the database, never inside it."""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path

FILE = "secret.key"
_BYTES = 48
_WAITS = 50


def kept_key(folder: Path) -> str:
    """Return the key of a folder, making it where there is none; readable by its owner only.

    A backup does not hold it: whoever has both has the secrets of the second factors as well.

    Raises
    ------
    OSError
        It can be neither read nor written.
    """
    path = folder / FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(_BYTES))
        stream.flush()
        os.fsync(stream.fileno())
    return _read(path)


def found_key(folder: Path) -> str:
    """Return the key of a folder, empty where it has none."""
    path = folder / FILE
    return _read(path) if path.is_file() else ""


def _read(path: Path) -> str:
    """Return what stands in the file; another process may be about to write it."""
    for _ in range(_WAITS):
        if key := path.read_text(encoding="ascii", errors="replace").strip():
            return key
        time.sleep(0.02)
    raise OSError(f"{path} is empty")
