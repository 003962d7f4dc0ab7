"""The difference of two releases as lines of text and as JSON; for signed-in staff only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from domain.model import TOTAL
from domain.release_difference import (
    CellKey,
    ChangedCell,
    IndicatorDifference,
    LevelDifference,
    ReleaseDifference,
)
from i18n import Translate
from i18n.formats import number

LISTED = 20
"""So many cells of a kind are named in the text; JSON names all."""

COUNTS = (
    "periods", "revised", "slightly", "jumps", "hidden", "shown", "lost", "metadata",
)  # fmt: skip
_DECIMALS = 2


def difference_to_json(difference: ReleaseDifference) -> dict[str, Any]:
    """Return everything as plain values, with the counts of each indicator beside its cells."""
    told = asdict(difference)
    for content, indicator in zip(told["indicators"], difference.indicators, strict=True):
        content["counts"] = counts_of(indicator)
    return {
        "audience": "internal",
        "allows_recalculation": difference.allows_recalculation,
        **told,
    }


def difference_lines(difference: ReleaseDifference, tr: Translate, language: str) -> Iterator[str]:
    """Yield the whole difference as sentences: head, table of counts, then what stands behind."""
    yield tr("difference.head", base=difference.base, new=difference.new)
    yield tr("difference.internal")
    if difference.allows_recalculation:
        yield ""
        yield tr("difference.recalculation", base=difference.base)
    for level in difference.levels:
        yield ""
        yield from level_lines(level, tr, language)
    yield ""
    if not difference.indicators:
        yield tr("difference.no_indicator")
        return
    yield from _table(difference.indicators, tr, language)
    yield tr("difference.unchanged", count=difference.unchanged)
    for indicator in difference.indicators:
        yield ""
        yield from indicator_lines(indicator, tr, language)


def counts_of(indicator: IndicatorDifference) -> dict[str, int]:
    """Return how many cells, periods or fields of each kind differ, in the order of columns."""
    found = {name: getattr(indicator, name) for name in COUNTS}
    return {name: n if isinstance(n, int) else len(n) for name, n in found.items()}


def _table(
    indicators: Sequence[IndicatorDifference], tr: Translate, language: str
) -> Iterator[str]:
    heads = [tr("difference.column.indicator"), *(tr(f"difference.column.{c}") for c in COUNTS)]
    rows = [[i.name.in_language(language), *map(str, counts_of(i).values())] for i in indicators]
    widths = [max(len(row[at]) for row in [heads, *rows]) for at in range(len(heads))]
    for row in [heads, *rows]:
        first, *numbers = row
        cells = (n.rjust(w) for n, w in zip(numbers, widths[1:], strict=True))
        yield "  ".join([first.ljust(widths[0]), *cells])


def indicator_lines(found: IndicatorDifference, tr: Translate, language: str) -> list[str]:
    """Return what is said of one indicator, its name first."""
    return list(_Told(tr, language).indicator(found))


def level_lines(level: LevelDifference, tr: Translate, language: str) -> Iterator[str]:
    """Yield what is said of one level, its name first."""
    name = f"{level.level.name.in_language(language)} ({level.level.key})"
    if level.is_new or level.is_gone:
        yield tr("difference.level_new" if level.is_new else "difference.level_gone", level=name)
        return
    yield tr("difference.level", level=name)
    for key, areas in (("orphaned", level.orphaned), ("added", level.added)):
        for area in areas[:LISTED]:
            words = {"id": area.id, "name": area.before or area.after, "values": area.values}
            yield "  " + tr(f"difference.area_{key}", **words)
        yield from _more(len(areas), tr)
    for area in level.renamed[:LISTED]:
        words = {"id": area.id, "before": area.before, "after": area.after}
        yield "  " + tr("difference.area_renamed", **words)
    yield from _more(len(level.renamed), tr)


def _more(count: int, tr: Translate) -> Iterator[str]:
    if count > LISTED:
        yield "  " + tr("difference.more", count=count - LISTED)


class _Told:
    """What is said of one indicator."""

    def __init__(self, tr: Translate, language: str) -> None:
        self._tr = tr
        self._language = language

    def indicator(self, found: IndicatorDifference) -> Iterator[str]:
        yield f"{found.name.in_language(self._language)} ({found.id})"
        if found.is_new or found.is_gone:
            yield "  " + self._tr("difference.new" if found.is_new else "difference.gone")
        yield from self._periods("difference.periods", found.periods)
        yield from self._periods("difference.periods_gone", found.periods_gone)
        if found.is_weaker:
            yield "  " + self._tr("difference.weaker")
        for shift in found.shifts:
            cell = CellKey(shift.level, shift.category, shift.period, "")
            yield "  " + self._tr(
                "difference.shift",
                cell=self._cell(cell),
                before=shift.period_before,
                factor=number(shift.factor, _DECIMALS, self._language),
            )
        for kind in ("jumps", "revised", "lost"):
            yield from self._changes(f"difference.{kind}", getattr(found, kind))
        if found.slightly:
            yield "  " + self._tr("difference.slightly", count=found.slightly)
        for kind in ("hidden", "shown"):
            cells = [self._cell(c) for c in getattr(found, kind)]
            yield from self._listed(f"difference.{kind}", cells)
        changes = [f"{c.name}: „{c.before}“ → „{c.after}“" for c in found.metadata]
        yield from self._listed("difference.metadata", changes)

    def _periods(self, key: str, periods: Sequence[str]) -> Iterator[str]:
        if periods:
            yield "  " + self._tr(key, periods=", ".join(periods))

    def _changes(self, key: str, cells: Sequence[ChangedCell]) -> Iterator[str]:
        yield from self._listed(key, [self._change(c) for c in cells])

    def _listed(self, key: str, lines: Sequence[str]) -> Iterator[str]:
        if not lines:
            return
        yield "  " + self._tr(key, count=len(lines))
        for line in lines[:LISTED]:
            yield f"    {line}"
        if len(lines) > LISTED:
            yield "    " + self._tr("difference.more", count=len(lines) - LISTED)

    def _change(self, changed: ChangedCell) -> str:
        before = f"{changed.period_before}: " if changed.period_before else ""
        return f"{self._cell(changed.cell)}: {before}{self._number(changed.before)} → " + (
            self._number(changed.after)
        )

    def _number(self, value: float | None) -> str:
        return "–" if value is None else number(value, _DECIMALS, self._language)

    def _cell(self, cell: CellKey) -> str:
        area = f"{cell.area} {cell.name}".strip()
        parts = [area, cell.period, cell.level]
        if cell.category != TOTAL:
            parts.append(cell.category)
        return ", ".join(part for part in parts if part)
