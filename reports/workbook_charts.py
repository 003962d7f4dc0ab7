"""The sheet of charts of a workbook: each beside the numbers it is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from domain.plain_text import clean_text
from reports.document import BarData, ChartData, LineData, PointData
from reports.workbook_points import point_chart, write_points
from reports.workbook_styles import Styles

_LABEL_WIDTH, _NUMBER_WIDTH = 34, 15
_CHART_ROWS = 24
_ROW_PIXELS = 20
_TALLEST = 900
_LONGEST = 250
_A_PAGE = 2
"""Charts of a printed page."""


def write_charts(
    sheet: Any, book: Any, charts: Sequence[tuple[str, ChartData]], styles: Styles
) -> None:
    """Write numbers and charts below each other, all charts from the same column on."""
    widest = max(_columns(data) for _, data in charts)
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, widest - 1, _NUMBER_WIDTH)
    row, ends = 0, []
    for title, data in charts:
        sheet.write_string(row, 0, clean_text(title), styles.bold)
        length = _write_data(sheet, row + 1, data, styles)
        chart = _chart(book, sheet.get_name(), row + 1, data)
        chart.set_title({"name": clean_text(title)[:_LONGEST], "name_font": {"size": 11}})
        rows = max(_CHART_ROWS, length if isinstance(data, BarData) else 0)
        height = min(rows * _ROW_PIXELS, _TALLEST)
        chart.set_size({"width": 760, "height": height})
        options = {"description": clean_text(title)[:_LONGEST]}
        sheet.insert_chart(row, widest + 1, chart, options)
        row += max(length + 3, height // _ROW_PIXELS + 2)
        ends.append(row)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_h_pagebreaks(ends[_A_PAGE - 1 : -1 : _A_PAGE])


def _columns(data: ChartData) -> int:
    """Return how many columns the numbers of a chart take."""
    return len(data.lines) + 1 if isinstance(data, LineData) else 2 + isinstance(data, PointData)


def _write_data(sheet: Any, top: int, data: ChartData, styles: Styles) -> int:
    """Write the numbers of a chart; return how many rows they take. A hidden one has none."""
    if isinstance(data, PointData):
        return write_points(sheet, top, data, styles)
    writer: Callable[..., int] = _write_bars if isinstance(data, BarData) else _write_lines
    return writer(sheet, top, data, styles)


def _write_bars(sheet: Any, top: int, data: BarData, styles: Styles) -> int:
    sheet.write_string(top, 1, clean_text(data.unit), styles.right_head)
    for place, (name, value) in enumerate(zip(data.names, data.values, strict=True), start=1):
        sheet.write_string(top + place, 0, clean_text(name))
        if value is not None:
            sheet.write_number(top + place, 1, value, styles.number(data.decimals))
        elif data.texts:
            sheet.write_string(top + place, 1, clean_text(data.texts[place - 1]))
    return len(data.names) + 1


def _write_lines(sheet: Any, top: int, data: LineData, styles: Styles) -> int:
    for column, line in enumerate(data.lines, start=1):
        sheet.write_string(top, column, clean_text(line.name), styles.right_head)
        for place, value in enumerate(line.values, start=1):
            if value is not None:
                sheet.write_number(top + place, column, value, styles.number(data.decimals))
    for place, label in enumerate(data.labels, start=1):
        sheet.write_string(top + place, 0, clean_text(label))
    return len(data.labels) + 1


def _chart(book: Any, name: str, top: int, data: ChartData) -> Any:
    if isinstance(data, PointData):
        return point_chart(book, name, top, data)
    return (
        _bars(book, name, top, data) if isinstance(data, BarData) else _lines(book, name, top, data)
    )


def _bars(book: Any, name: str, top: int, data: BarData) -> Any:
    chart = book.add_chart({"type": "bar"})
    last = top + len(data.names)
    chart.add_series(
        {
            "name": [name, top, 1],
            "categories": [name, top + 1, 0, last, 0],
            "values": [name, top + 1, 1, last, 1],
            "points": [{"fill": {"color": c}} for c in data.colours],
            "gap": 40,
        }
    )
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}})
    chart.set_x_axis({"name": clean_text(data.unit)[:_LONGEST]})
    chart.set_legend({"none": True})
    return chart


def _lines(book: Any, name: str, top: int, data: LineData) -> Any:
    chart = book.add_chart({"type": "line"})
    last = top + len(data.labels)
    for place, line in enumerate(data.lines, start=1):
        chart.add_series(
            {
                "name": [name, top, place],
                "categories": [name, top + 1, 0, last, 0],
                "values": [name, top + 1, place, last, place],
                "line": {"color": line.colour, "width": 2},
                "marker": {"type": "circle", "size": 5, "fill": {"color": line.colour}},
            }
        )
    chart.set_y_axis({"name": clean_text(data.unit)[:_LONGEST]})
    chart.show_blanks_as("gap")
    return chart
