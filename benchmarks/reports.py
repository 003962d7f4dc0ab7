"""Profiles of all areas of a town as PDF, and one map: times of this process, printed as JSON.

Run as ``python -m benchmarks.reports`` with ``KECK_DATA_DIR``: a process of its own, so that
nothing else is counted. The demo town has 96 areas up to its districts and school districts.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time

from config import Settings
from domain.model import Audience
from figures.atlas_map import map_plan
from figures.atlas_view import AtlasView
from reports import build
from reports.drawing.map import map_drawing
from reports.pdf import to_pdf
from services.container import Services, build_services

MOST_PROFILES = 96
_MAPS = 20
_WIDTH, _HEIGHT = 493.0, 350.0


def main() -> int:
    """Set the profiles one after the other, then draw the opening map some times."""
    services = build_services(Settings.from_environ(os.environ))
    release = services.monitoring.current() or ""
    occasion = build.Occasion(Audience.PUBLIC, release, "de", dt.datetime.now(dt.UTC).date())
    wanted = [
        (level.key, area)
        for level in services.profiles.levels(Audience.PUBLIC, release)
        for area in services.profiles.areas(Audience.PUBLIC, release, level)
    ][:MOST_PROFILES]
    wall, cpu, size = time.perf_counter(), time.process_time(), 0
    for level, area in wanted:
        asked = build.AreaAsked(level, area)
        size += len(to_pdf(build.profile_document(services, asked, occasion), occasion.day))
    found = {
        "profiles": len(wanted),
        "wall_s": round(time.perf_counter() - wall, 1),
        "cpu_s": round(time.process_time() - cpu, 1),
        "kilobytes_each": round(size / len(wanted) / 1000),
        **_map(services),
    }
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


def _map(services: Services) -> dict[str, float]:
    """Return time and size of the map the Atlas opens with, its outlines kept."""
    selection, _ = services.monitoring.selection(Audience.PUBLIC, {})
    content = services.monitoring.atlas_content(Audience.PUBLIC, selection)
    level = content.view.level
    outlines = services.outlines.outlines(Audience.PUBLIC, selection.release, level)
    plan = map_plan(AtlasView(content, selection, outlines))
    if plan is None:
        return {}
    begin = time.process_time()
    for _ in range(_MAPS):
        drawing = map_drawing(plan, _WIDTH, _HEIGHT)
    spent = (time.process_time() - begin) / _MAPS
    return {"map_ms": round(1000 * spent, 1), "map_kilobytes": round(len(drawing.svg) / 1000)}


if __name__ == "__main__":
    sys.exit(main())
