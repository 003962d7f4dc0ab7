"""Long work in a process of its own, which lives on when the server process is renewed."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from os import environ
from pathlib import Path
from typing import Any

from config import Settings
from services.import_limits import child_environment

_LOG_FORM = "%(asctime)s [%(process)d] [%(levelname)s] %(name)s: %(message)s"


def launch(
    module: str, settings: Settings, wish: dict[str, str], ended: Callable[[], None]
) -> None:
    """Start a module, hand it what it shall do, and call ``ended`` when its process is gone.

    What it logs goes where the log of the server goes.
    """
    order: dict[str, Any] = {
        **wish,
        "data_dir": str(settings.data_dir.resolve()),
        "database_url": settings.database_url,
        "import_memory_mb": settings.import_memory_mb,
        "import_seconds": settings.import_seconds,
    }
    process = subprocess.Popen(  # noqa: S603 - one of our own modules
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env=child_environment(environ),
        cwd=Path(__file__).resolve().parent.parent,
        start_new_session=sys.platform != "win32",
    )

    def wait() -> None:
        with suppress(OSError):
            process.communicate(json.dumps(order).encode())
        ended()

    threading.Thread(target=wait, daemon=True).start()


def begun() -> tuple[dict[str, Any], Settings]:
    """Return, in the process that was started, what it shall do and the settings for it."""
    logging.basicConfig(level=logging.INFO, format=_LOG_FORM, stream=sys.stderr)
    wish = json.loads(sys.stdin.read())
    settings = Settings(
        Path(wish["data_dir"]),
        database_url=wish["database_url"],
        import_memory_mb=wish["import_memory_mb"],
        import_seconds=wish["import_seconds"],
    )
    return wish, settings
