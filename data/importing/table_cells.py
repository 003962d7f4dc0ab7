"""One delivered figure with its key and its place in the file."""

from __future__ import annotations

from typing import NamedTuple

from domain.model import State


class Cell(NamedTuple):
    """One delivered figure.

    ``value`` is in display units; ``step`` is one unit of the last printed digit (0.1 for
    "14,8") after scaling.
    """

    indicator: str
    role: str
    category: str
    period: str
    level: str
    vintage: str
    area: str
    state: State
    value: float | None
    step: float
    flags: str
    file: str
    sheet: str
    row: int
    column: str
    text: str

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """Indicator, category, period, level, vintage, area."""
        return (
            self.indicator,
            self.category,
            self.period,
            self.level,
            self.vintage,
            self.area,
        )
