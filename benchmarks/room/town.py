"""The town a room looks at: synthetic, imported by the command, with its services open beside."""

from __future__ import annotations

from pathlib import Path

from benchmarks.servers import import_town
from benchmarks.town_files import write_town
from benchmarks.towns import cells, numbers
from config import Settings
from services.container import Services, build_services

AREAS = 86


def room_town(work: Path) -> Services:
    """Import the town into ``work / "instance"`` and return services on it."""
    shapes = cells(AREAS)
    recipe = write_town(work / "files", shapes, numbers(shapes))
    import_town(work / "instance", recipe=recipe, data=work / "files")
    return build_services(Settings(data_dir=work / "instance"))
