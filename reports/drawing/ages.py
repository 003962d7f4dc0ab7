"""Children by age for paper: bars, or a pyramid where both sexes are known."""

from __future__ import annotations

from dataclasses import dataclass

from figures import theme
from i18n.formats import number
from reports import typeface
from reports.drawing.hatches import EDGE, hatch
from reports.drawing.svg import Drawing, Sheet

_ROW = 7.6
_TEXT = 6.6
_SMALL = 6.6
_BAR = 5.6
_HEAD = 14.0
_NUMBER = 26.0
_FILLS = (theme.DOT, "#b6d9c3")
_BOTH = 2


@dataclass(frozen=True)
class AgeRow:
    """One age group: the count of each column, or the state in place of it."""

    name: str
    values: tuple[float | None, ...]
    states: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class AgePlan:
    """Age groups from the youngest; ``names`` are those of one or two columns."""

    rows: tuple[AgeRow, ...]
    names: tuple[str, ...]
    language: str = "de"


def ages_drawing(plan: AgePlan, width: float) -> Drawing:
    """Draw bars of a width in points, the youngest at the bottom as in a pyramid."""
    labels = max((typeface.width(r.name, _TEXT) for r in plan.rows), default=0.0) + 12
    is_pyramid = len(plan.names) == _BOTH
    sides = _BOTH if is_pyramid else 1
    head = _HEAD if is_pyramid else 2.0
    sheet = Sheet(width, head + _ROW * len(plan.rows) + 2)
    room = (width - labels) / sides - _NUMBER
    largest = max((v for r in plan.rows for v in r.values if v is not None), default=1.0) or 1.0
    middle = width / 2 if is_pyramid else labels / 2
    for column in range(sides):
        turn = -1 if is_pyramid and column == 0 else 1
        begin = middle + turn * labels / 2
        if is_pyramid:
            anchor = "end" if turn < 0 else "start"
            sheet.text(
                begin, 9, plan.names[column], size=_TEXT, weight=typeface.SEMIBOLD, anchor=anchor
            )
        for place, row in enumerate(reversed(plan.rows)):
            centre = head + (place + 0.5) * _ROW
            _bar(sheet, row, column, (begin, centre, turn), room / largest)
    for place, row in enumerate(reversed(plan.rows)):
        centre = head + (place + 0.5) * _ROW
        sheet.text(middle, centre + 2.5, row.name, size=_TEXT, anchor="middle", fill=theme.MUTE)
    return sheet.drawing()


def _bar(
    sheet: Sheet, row: AgeRow, column: int, place: tuple[float, float, int], unit: float
) -> None:
    begin, centre, turn = place
    value = row.values[column]
    length = 10.0 if value is None else max(value * unit, 0.0)
    fill = _FILLS[column] if value is not None else hatch(sheet, row.states[column])
    x = begin if turn > 0 else begin - length
    sheet.rect(x, centre - _BAR / 2, length, _BAR, fill=fill, stroke=EDGE, stroke_width=0.3)
    anchor = "start" if turn > 0 else "end"
    at = begin + turn * (length + 3)
    sheet.text(at, centre + 2.4, row.texts[column], size=_SMALL, anchor=anchor)


def count_text(value: float | None, sign: str, language: str) -> str:
    """Write a count, or the sign of why there is none."""
    return sign if value is None else number(value, 0, language)
