"""The work on one upload, run as ``python -m services.upload_child`` in a process of its own.

It reads which upload and which job as JSON from standard input, and where the data lie. What it
is at, and how it ends, stands in the row of the job.
"""

from __future__ import annotations

import sys

from services.container import build_services
from services.upload_work import UploadWorker
from services.work_process import begun


def main() -> int:
    """Do the work of one job; how it ended, its row says."""
    wish, settings = begun()
    services = build_services(settings, signs_in=False)
    UploadWorker(settings, services).run(wish["upload"], wish["job"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
