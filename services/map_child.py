"""The work on one map, run as ``python -m services.map_child`` in a process of its own.

It reads task, draft and job as JSON from standard input, and where the data lie. What it is at,
and how it ends, stands in the row of the job.
"""

from __future__ import annotations

import sys

from services.container import build_services
from services.map_worker import MapWorker
from services.work_process import begun


def main() -> int:
    """Do one task; how it ended, the row of its job says."""
    wish, settings = begun()
    worker = MapWorker(settings, build_services(settings, signs_in=False))
    worker.run(wish["task"], wish["draft"], wish["job"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
