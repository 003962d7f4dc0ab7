"""The arcs of a topology as positions: taken as they stand, or summed up and scaled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from data.importing.readers.geojson_geometry import FlawedGeometryError, are_numbers, position_of
from data.importing.readers.geojson_geometry import short as shortened
from data.importing.readers.report import Report

Arc = npt.NDArray[np.float64]
"""Positions, shape ``(n, 2)``."""

_PLANE: Final = 2
_FEWEST: Final = 2


@dataclass(frozen=True)
class Transform:
    """How whole numbers of a quantised topology become positions."""

    scale: tuple[float, float]
    translate: tuple[float, float]

    def positions(self, numbers: Arc) -> Arc:
        """Return numbers of the grid as positions, shape ``(n, 2)``."""
        placed: Arc = numbers * np.array(self.scale) + np.array(self.translate)
        return placed


def read_arcs(document: dict[str, Any], report: Report) -> tuple[list[Arc], Transform | None]:
    """Return all arcs as positions, and the transform of a quantised topology.

    Raises
    ------
    RefusedFileError
        A transform that is none, or arcs that are no lists of positions; each with its number.
    """
    transform = _transform(document.get("transform"), report)
    written = document.get("arcs", [])
    if not isinstance(written, list):
        report.refuse("topojson_arc", arc=0, value=shortened(written))
    arcs: list[Arc] = []
    for number, arc in enumerate(written):
        try:
            arcs.append(_arc(arc, transform))
        except FlawedGeometryError as flaw:
            report.error("topojson_arc", arc=number, value=flaw.params["value"])
    report.stop_on_errors()
    return arcs, transform


def _arc(written: Any, transform: Transform | None) -> Arc:
    if not isinstance(written, list) or len(written) < _FEWEST:
        raise FlawedGeometryError("topojson_arc", value=shortened(written))
    numbers = np.array([position_of(position) for position in written], dtype=np.float64)
    if transform is None:
        return numbers
    with np.errstate(over="ignore", invalid="ignore"):
        return transform.positions(np.cumsum(numbers, axis=0))


def _transform(written: Any, report: Report) -> Transform | None:
    if written is None:
        return None
    parts = [written.get(key) for key in ("scale", "translate")] if _is_object(written) else []
    pairs = [(float(one[0]), float(one[1])) for one in parts if _is_pair(one)]
    if len(pairs) != _PLANE or 0 in pairs[0]:
        report.refuse("topojson_transform", value=shortened(parts or written))
    return Transform(*pairs)


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_pair(value: Any) -> bool:
    is_listed = isinstance(value, Sequence) and not isinstance(value, str)
    return is_listed and len(value) == _PLANE and are_numbers(value)
