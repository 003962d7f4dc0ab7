"""One server on a data folder: a second one is told so instead of serving beside the first."""

from __future__ import annotations

import os
import socket
import sys

from config import Settings
from data.slots import claim


def is_served_elsewhere(settings: Settings, *, is_worker: bool = False) -> bool:
    """Claim the data folder before anything in it is opened; return whether another server has it.

    Processes that this one forks share its claim, and so do, with ``is_worker``, the others that
    the same parent started: the workers of one gunicorn. Databases of several machines are no
    matter of a folder. A folder that cannot be written is told by what opens it next.
    """
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        return not claim(settings.data_dir, _server(is_worker))
    except OSError:
        return False


def _server(is_worker: bool) -> str:
    # numbers of processes repeat in containers that share a folder, names of machines do not
    own = [os.getpid()]
    if is_worker and sys.platform != "win32":
        own = [os.getppid(), os.getpgrp()]
    return " ".join([socket.gethostname(), *map(str, own)])
