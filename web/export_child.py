"""One order made into its file, run as ``python -m web.export_child`` in a process of its own.

It reads the id of the job and where the data lie as JSON from standard input. What it is at, and
how it ends, stands in the row of the job.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sys
from pathlib import Path

from config import Settings
from domain.model import Audience
from domain.progress import Progress
from domain.report_template import own_texts
from services.container import Services, build_services
from services.export_jobs import PROFILES, ExportOrder
from services.export_work import TURN_SECONDS, ExportWorker
from services.heavy_exports import HeavyExports
from services.jobs import JobState

_NICE = 5


def main() -> int:
    """Make the file of one order; return 0 when it is ready."""
    wish = json.loads(sys.stdin.read())
    settings = Settings(Path(wish["data_dir"]), database_url=wish["database_url"])
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(_NICE)  # readers of pages come first
    services = build_services(settings, signs_in=False)
    turns = HeavyExports(settings.data_dir / "cache" / "exports", patience=TURN_SECONDS)
    worker = ExportWorker(services.exports, services.jobs, turns)

    def write(order: ExportOrder, target: Path, progress: Progress) -> None:
        write_order(services, order, target, progress)

    return int(worker.run(wish["job"], write) is not JobState.READY)


def write_order(services: Services, order: ExportOrder, target: Path, progress: Progress) -> None:
    """Write the file of an order."""
    # the drawing parts are imported where they are needed: a queue needs none of them
    from reports.archive import write_archive
    from reports.build import Occasion
    from reports.files import file_bytes
    from reports.planned import planned_document

    audience = Audience(order.audience)
    plan, hints = services.plans.plan(audience, order.query, {"lang": order.language})
    if audience is Audience.INTERNAL:
        hints = (*hints, ("hint.internal", {}))
    day = dt.datetime.now().astimezone().date()
    occasion = Occasion(
        audience=audience,
        release=plan.release,
        language=order.language,
        day=day,
        address=order.address,
        hints=hints,
    )
    if order.kind == PROFILES:
        write_archive(services, plan, occasion, target, progress)
        return
    texts = own_texts(order.texts)
    document = planned_document(services, plan, texts, occasion, progress.part(0.0, 0.8))
    progress.at(0.8, "export.writing")
    target.write_bytes(file_bytes(document, order.suffix, day))


if __name__ == "__main__":
    sys.exit(main())
