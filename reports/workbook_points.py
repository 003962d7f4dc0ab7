"""Scatters in a workbook: pairs of numbers, and the chart of them."""

from __future__ import annotations

from typing import Any

from domain.plain_text import clean_text
from reports.document import PointData
from reports.workbook_styles import Styles

_LONGEST = 250


def write_points(sheet: Any, top: int, data: PointData, styles: Styles) -> int:
    """Write one row an area below a head of both units; return how many rows it takes."""
    for column, unit in enumerate(data.units, start=1):
        sheet.write_string(top, column, clean_text(unit), styles.right_head)
    for place, row in enumerate(zip(data.names, data.xs, data.ys, strict=True), start=1):
        name, *pair = row
        sheet.write_string(top + place, 0, clean_text(name))
        for column, value in enumerate(pair, start=1):
            style = styles.number(data.places[column - 1])
            sheet.write_number(top + place, column, value, style)
    return len(data.names) + 1


def point_chart(book: Any, name: str, top: int, data: PointData) -> Any:
    """Return the chart of pairs written by :func:`write_points` on the sheet of a name."""
    chart = book.add_chart({"type": "scatter"})
    first, last = top + 1, top + len(data.names)
    chart.add_series(
        {
            "categories": [name, first, 1, last, 1],
            "values": [name, first, 2, last, 2],
            "marker": {"type": "circle", "size": 6},
        }
    )
    chart.set_x_axis({"name": clean_text(data.units[0])[:_LONGEST]})
    chart.set_y_axis({"name": clean_text(data.units[1])[:_LONGEST]})
    chart.set_legend({"none": True})
    return chart
