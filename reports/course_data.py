"""The numbers of drawn courses, for charts that are edited."""

from __future__ import annotations

from reports.document import Line, LineData
from reports.drawing.trend import TrendPlan


def line_data(plan: TrendPlan, decimals: int) -> LineData:
    """Return the numbers of the courses, one value a period, None where it has none.

    A place of its own without values stands where the courses are parted, because a chart of a
    spreadsheet joins neighbouring values.
    """
    periods = [(x, text, False) for x, text in plan.times]
    inside = [(x, text) for x, text in plan.breaks if plan.times and x > plan.times[0][0]]
    breaks = [(x, text, True) for x, text in inside]
    places = sorted((*periods, *breaks), key=lambda place: (place[0], not place[2]))
    lines = []
    for course in plan.courses:
        known = {x: y for stretch in course.stretches for x, y in stretch}
        values = tuple(None if is_break else known.get(x) for x, _, is_break in places)
        lines.append(Line(course.name, course.colour, values))
    labels = tuple(text for _, text, _ in places)
    breaks_at = frozenset(i for i, (_, _, is_break) in enumerate(places) if is_break)
    return LineData(labels, tuple(lines), plan.unit, decimals, breaks_at)
