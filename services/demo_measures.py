"""Measures of the fictional town: entered on the days its story tells, published at once."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from services.measures import MeasureService

ACTOR = "demo"


def seed_measures(path: Path, measures: MeasureService) -> int:
    """Enter and publish the measures of a file; return how many there are, 0 without a file."""
    if not path.is_file():
        return 0
    told = tomllib.loads(path.read_text("utf-8"))["measure"]
    for one in told:
        _enter(measures, dict(one))
    return len(told)


def _enter(measures: MeasureService, one: dict[str, Any]) -> None:
    entered = one.pop("entered", None)
    if isinstance(entered, dt.date):
        noon = dt.datetime.combine(entered, dt.time(12), dt.UTC)
        measures = measures.at(noon)
    typed = {name: str(value).strip() for name, value in one.items()}
    kept = measures.add(typed, actor=ACTOR)
    measures.publish(kept.id, seen=kept.version, actor=ACTOR)
