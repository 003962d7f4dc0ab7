"""What is there and what is missing, in words: cells, reasons, who delivers and since when."""

from __future__ import annotations

from domain.gaps import Cell, Gap, GapRow, GapTable, Listed, Why
from i18n import Translate
from i18n.periods import period_label, period_range

CellText = tuple[str, str, str]
"""Kind, of which the style draws the sign, what stands in the cell, and the whole of it."""


def cell_texts(cell: Cell, tr: Translate) -> CellText:
    """Return kind, short text and words of a cell."""
    counts = {"n": float(cell.shown), "areas": float(cell.areas)}
    return str(cell.gap), tr(f"gap.short_{cell.gap}", **counts), tr(f"gap.{cell.gap}", **counts)


def key_texts(tr: Translate) -> list[tuple[str, str]]:
    """Return the key of the signs."""
    return [(str(gap), tr(f"gap.key_{gap}")) for gap in Gap]


def row_texts(
    row: GapRow, table: GapTable, tr: Translate, language: str
) -> tuple[str, tuple[CellText, ...], str]:
    """Return who delivers since when, the cells of a row, and why there are none."""
    own = row.listed.periods.get(table.level.id, ())
    office = row.listed.source.office if row.listed.source else ""
    since = tr("gap.since", period=period_label(own[0], language)) if own else ""
    detail = " · ".join(part for part in (office, since) if part)
    reason = _reason(row, table, tr, language) if row.why else ""
    return detail, tuple(cell_texts(cell, tr) for cell in row.cells), reason


def _reason(row: GapRow, table: GapTable, tr: Translate, language: str) -> str:
    others = ", ".join(level.name.in_language(language) for level in row.at)
    key = str(row.why)
    if row.why is Why.FINER and row.listed.indicator.aggregation == "none":
        key = "not_summed"
    return tr(f"gap.why_{key}", level=table.level.name.in_language(language), others=others)


def levels_text(listed: Listed, names: dict[str, str], tr: Translate) -> str:
    """Name the levels on which an indicator has figures."""
    held = [name for level, name in names.items() if level in listed.periods]
    return ", ".join(held) or tr("gap.whole_town")


def periods_text(listed: Listed, language: str) -> str:
    """Return the first and the last period of an indicator, and how many there are."""
    held = listed.all_periods
    return (
        f"{period_range(held, language)} ({len(held)})"
        if len(held) > 1
        else period_range(held, language)
    )
