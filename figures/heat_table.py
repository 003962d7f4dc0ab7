"""The heat table of a comparison in words: every value with its unit, state, sign and shade."""

from __future__ import annotations

from dataclasses import dataclass

from domain.model import Flag, Kind, State
from domain.side_by_side import ComparedCell, ComparedIndicator, ComparisonView
from figures import theme
from figures.packing import SIGNS
from figures.palettes import colours_of
from figures.sentences import quantity, unit_suffix
from figures.signs import badge_texts
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

_FLAGS = {Flag.PROVISIONAL: "p", Flag.REVISED: "r", Flag.ESTIMATED: "s"}
_LONGEST_UNIT = 3


@dataclass(frozen=True)
class HeatCell:
    """One cell as it is written.

    ``sign`` and ``word`` tell the comparison; ``state`` is that of a cell without a number, its
    ``text`` is then the sign of official statistics and ``remark`` the word. ``fill`` and ``ink``
    are colours, empty where the cell has no shade. ``interval`` is written on demand.
    """

    text: str
    remark: str = ""
    sign: str = ""
    word: str = ""
    interval: str = ""
    state: str = ""
    fill: str = ""
    ink: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeatRow:
    """One indicator: its name, unit and period, the town, the areas."""

    id: str
    name: str
    unit: str
    period: str
    is_wanted: bool
    polarity: str
    city: HeatCell
    cells: tuple[HeatCell, ...]


def heat_rows(view: ComparisonView, tr: Translate, language: str) -> tuple[HeatRow, ...]:
    """Return the rows of the table in the order of the indicators."""
    return tuple(_row(column, tr, language) for column in view.indicators)


def _row(column: ComparedIndicator, tr: Translate, language: str) -> HeatRow:
    indicator = column.indicator
    return HeatRow(
        id=indicator.id,
        name=indicator.short_name.in_language(language),
        unit=indicator.unit.in_language(language),
        period=period_label(column.period, language),
        is_wanted=column.is_wanted,
        polarity=indicator.polarity.value,
        city=heat_cell(column, column.city, tr, language),
        cells=tuple(heat_cell(column, cell, tr, language) for cell in column.cells),
    )


def heat_cell(
    column: ComparedIndicator, cell: ComparedCell, tr: Translate, language: str
) -> HeatCell:
    """Write one cell."""
    if not cell.is_shown or cell.value is None:
        return HeatCell(
            text=SIGNS.get(cell.state, "") if not cell.reason else "",
            remark=tr(f"side.reason.{cell.reason}") if cell.reason else tr(f"state.{cell.state}"),
            state=cell.state.value,
        )
    text = quantity(cell.value, column.indicator, language)
    if len(unit_suffix(column.indicator, language)) > _LONGEST_UNIT:
        # longer units stand once, beside the name of the indicator
        text = number(cell.value, column.indicator.decimals, language)
    fill, ink = shade(column, cell)
    badge = cell.badge + ("_clear" if cell.is_clear else "")
    sign, _, word = badge_texts(column.indicator.polarity, tr).get(badge, "").partition(" ")
    is_compared = cell.badge != "not_compared"
    return HeatCell(
        text=f"({text})" if cell.state is State.LIMITED else text,
        remark=tr("state.limited") if cell.state is State.LIMITED else "",
        sign=sign if is_compared else "",
        word=word if is_compared else "",
        interval=interval_text(column, cell, language),
        fill=fill,
        ink=ink,
        flags=tuple(tr(f"flag.{f}") for f in cell.flags.split() if f in set(Flag)),
    )


def interval_text(column: ComparedIndicator, cell: ComparedCell, language: str) -> str:
    """Write the range of chance of a value, empty where it has none."""
    if cell.lower is None or cell.upper is None:
        return ""
    lower, upper = (
        number(x, column.indicator.decimals, language) for x in (cell.lower, cell.upper)
    )
    return f"{lower} – {upper}"


def shade(column: ComparedIndicator, cell: ComparedCell) -> tuple[str, str]:
    """Return fill and ink of a value: the colour of its class on the map, and a readable text."""
    if cell.position is None or column.indicator.kind is Kind.COUNT:
        return "", ""
    colours = colours_of(column.indicator, len(column.breaks))
    fill = colours[cell.position]
    return fill, theme.ink_on(fill)


def empty_states(view: ComparisonView) -> tuple[State, ...]:
    """Return the kinds of empty that the table holds, in their order."""
    cells = [c for x in view.indicators for c in (*x.cells, x.city)]
    found = {c.state for c in cells if not c.is_shown and not c.reason}
    limited = {State.LIMITED} if any(c.state is State.LIMITED for c in cells) else set()
    return tuple(s for s in State if s in found | limited)


def flags_told(view: ComparisonView, tr: Translate) -> tuple[str, ...]:
    """Return what the star behind a value means, for all values of the table."""
    cells = [c for x in view.indicators for c in (*x.cells, x.city) if c.is_shown]
    found = {f for c in cells for f in c.flags.split() if f in set(Flag)}
    return tuple(sorted(tr(f"flag.{f}") for f in found))
