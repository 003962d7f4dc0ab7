"""Native charts of slides: bars and lines whose numbers open in a spreadsheet."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from figures import theme
from reports import typeface
from reports.document import BarData, LineData
from reports.slide_parts import FONT, Frame, Slide, colour, describe

_MANY_BARS = 20
_LONGEST_NAME = 34
_DASHES = (MSO_LINE.SOLID, MSO_LINE.DASH, MSO_LINE.ROUND_DOT, MSO_LINE.DASH_DOT)


def add_chart(slide: Slide, data: BarData | LineData, frame: Frame, *, alt: str) -> None:
    """Add a chart that can be edited; hidden values are gaps and said in words."""
    if isinstance(data, BarData):
        _bars(slide, data, frame, alt)
    else:
        _lines(slide, data, frame, alt)


def _insert(slide: Slide, kind: Any, data: CategoryChartData, frame: Frame, alt: str) -> Any:
    place = (Pt(frame.left), Pt(frame.top), Pt(frame.width), Pt(frame.height))
    shape = slide.slide.shapes.add_chart(kind, *place, data)
    describe(shape, alt)
    chart = shape.chart
    chart.font.size, chart.font.name = Pt(11), FONT
    chart.font.color.rgb = colour(theme.INK)
    chart.has_title = False
    return chart


def _format(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _bars(slide: Slide, data: BarData, frame: Frame, alt: str) -> None:
    numbers = CategoryChartData(number_format=_format(data.decimals))
    numbers.categories = [_name(data, i) for i in range(len(data.names))]
    numbers.add_series(_cell_text(data.unit) or "–", data.values)
    chart = _insert(slide, XL_CHART_TYPE.BAR_CLUSTERED, numbers, frame, alt)
    chart.has_legend = False
    size = Pt(7.5 if len(data.names) > _MANY_BARS else 11)
    names, axis = chart.category_axis, chart.value_axis
    names.reverse_order = True
    names.tick_labels.font.size = size
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = colour(theme.RULE)
    axis.visible = axis.has_major_gridlines = False  # each bar bears its number
    skip = names._element.makeelement(qn("c:tickLblSkip"), {"val": "1"})  # noqa: SLF001 - no API
    names._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)  # noqa: SLF001
    plot = chart.plots[0]
    plot.gap_width = 45
    plot.has_data_labels = True
    plot.data_labels.number_format = _format(data.decimals)
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.font.size = size
    series = plot.series[0]
    for i, fill in enumerate(data.colours):
        if data.values[i] is not None:
            point = series.points[i].format
            point.fill.solid()
            point.fill.fore_color.rgb = colour(fill)
            point.line.color.rgb = colour("#8f8b82")
            point.line.width = Pt(0.25)


def _name(data: BarData, i: int) -> str:
    """Return the name of a bar, with the reason where it has no value."""
    name = data.names[i]
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME - 1].rstrip() + "…"
    reason = data.texts[i] if data.values[i] is None and data.texts else ""
    return _cell_text(f"{name} ({reason})" if reason else name)


def _cell_text(text: str) -> str:
    """Return a text that the spreadsheet behind a chart takes for a text.

    python-pptx writes what begins with ``=`` as a formula and an address as a link, and offers
    no way to say otherwise; a blank before it is not seen in the chart.
    """
    plain = typeface.printable(text)
    return f" {plain}" if plain.startswith(("=", "{")) or ":" in plain else plain


def _lines(slide: Slide, data: LineData, frame: Frame, alt: str) -> None:
    numbers = CategoryChartData(number_format=_format(data.decimals))
    numbers.categories = [
        " " if i in data.breaks else _cell_text(label) for i, label in enumerate(data.labels)
    ]
    for line in data.lines:
        numbers.add_series(_cell_text(line.name), line.values)
    chart = _insert(slide, XL_CHART_TYPE.LINE_MARKERS, numbers, frame, alt)
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.RIGHT
    chart.legend.include_in_layout = False
    axis = chart.value_axis
    axis.major_gridlines.format.line.color.rgb = colour(theme.RULE)
    axis.has_title = True
    axis.axis_title.text_frame.text = typeface.printable(data.unit)
    axis.axis_title.text_frame.paragraphs[0].font.size = Pt(10)
    axis.axis_title.text_frame.paragraphs[0].font.bold = False
    for place, (series, line) in enumerate(zip(chart.plots[0].series, data.lines, strict=True)):
        series.smooth = False
        series.format.line.color.rgb = colour(line.colour)
        series.format.line.width = Pt(2.25)
        series.format.line.dash_style = _DASHES[place % len(_DASHES)]
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour(line.colour)
        series.marker.format.line.color.rgb = colour(line.colour)
