"""Areas of a comparison that the boundaries of a period do not know: values carried over a re-cut.

What is carried is what the Atlas shows of the same areas (:mod:`services.recuts`): converted
where the weights fit, never compared and without a range of chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from domain.classification import positions_of
from domain.compared_indicator import course
from domain.model import SHOWN_STATES
from domain.side_by_side import ComparedCell, ComparedIndicator, CoursePoint
from domain.view import IndicatorView, OtherVintage

Carriers = Mapping[int, tuple[IndicatorView, Sequence[OtherVintage], str]]
"""Place among the chosen areas → the indicator on boundaries that know the area, and its id."""


def with_carried(column: ComparedIndicator, carriers: Carriers) -> ComparedIndicator:
    """Return the column with cell and course of areas that other boundaries know.

    Parameters
    ----------
    column
        What a comparison says of an indicator; an area its boundaries do not know has neither
        value nor course.
    carriers
        The same indicator on the boundaries of those areas, with the values of the others.
    """
    cells, courses = list(column.cells), list(column.courses)
    for place, (view, elsewhere, area) in carriers.items():
        found = course(view, elsewhere, view.area_ids.index(area))
        courses[place] = found
        point = next((p for p in found if p.period == column.period), None)
        if point is not None:
            cells[place] = _cell(point, column)
    changes: dict[str, Any] = {"cells": tuple(cells), "courses": tuple(courses)}
    return replace(column, **changes)


def _cell(point: CoursePoint, column: ComparedIndicator) -> ComparedCell:
    if point.value is None or point.state not in SHOWN_STATES:
        return ComparedCell(None, point.state, flags=point.flags)
    found = int(positions_of([point.value], column.breaks)[0]) if column.breaks else -1
    return ComparedCell(
        point.value, point.state, flags=point.flags, position=None if found < 0 else found
    )
