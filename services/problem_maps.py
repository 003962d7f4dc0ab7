"""Maps of what is wrong with the areas of a delivery, made in the limited process."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from config import Settings
from data.importing.collection import Collection
from data.importing.problem_maps import problem_maps
from data.importing.recipe import load_recipe
from domain.findings import Finding
from domain.problem_map import ProblemMap
from services.import_watch import StoppedError, watch
from services.importing import ImportOrder

DRAWN = frozenset(
    {
        "geometry_overlap",
        "geometry_gap",
        "geometry_hole",
        "geometry_slivers",
        "crs_fits",
        "crs_fits_none",
    }
)
"""Findings that a map shows."""


def make_problem_maps(
    order: ImportOrder,
    findings: tuple[Finding, ...],
    settings: Settings,
    stop: threading.Event | None = None,
) -> tuple[ProblemMap, ...]:
    """Have the maps of an import made; none where there is nothing to show.

    A delivery too large to be read a second time gets no map: the findings name all areas.
    """
    if not any(finding.code in DRAWN for finding in findings):
        return ()
    wish = {
        "problem_maps": True,
        "recipe": str(order.recipe.resolve()),
        "data_dir": str(order.data_dir.resolve()),
    }
    try:
        told = watch(wish, settings, lambda _share, _step: True, stop or threading.Event())
    except StoppedError:
        return ()
    return tuple(ProblemMap.from_json(one) for one in told["maps"])


def told_maps(order: dict[str, Any]) -> dict[str, Any]:
    """Carry out such an order (``recipe``, ``data_dir``) in the limited process."""
    recipe = load_recipe(Path(order["recipe"]))
    collection = Collection(Path(order["data_dir"]))
    return {"maps": [one.to_json() for one in problem_maps(recipe, collection)]}
