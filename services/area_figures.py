"""The newest figures of an indicator for the areas of a level, as arrays in their order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.compared_indicator import latest_until
from domain.model import SHOWN_STATES, TOTAL, Audience, Indicator, Level, State
from domain.periods import in_time
from services.monitoring import MonitoringService
from services.releases import ReleaseService

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
_SHOWN = frozenset(s.value for s in SHOWN_STATES)
_NUMBERS = ("value", "numerator", "denominator")


@dataclass(frozen=True)
class Figures:
    """One period of an indicator; NaN where no number is shown.

    ``values`` are in display units, ``cases`` and ``bases`` their numerators and denominators,
    ``states`` say why there is none, ``flags`` are remarks joined by blanks; all follow the areas
    asked for.
    """

    period: str
    values: FloatArray
    cases: FloatArray
    bases: FloatArray
    states: tuple[State, ...]
    flags: tuple[str, ...]

    @property
    def hidden(self) -> BoolArray:
        """Which areas are withheld."""
        return np.array([s is State.SUPPRESSED for s in self.states], dtype=bool)


class FigureReader:
    """Reads figures of one release for one audience, on given boundaries."""

    def __init__(
        self, monitoring: MonitoringService, releases: ReleaseService, audience: Audience, name: str
    ) -> None:
        self._monitoring = monitoring
        self._releases = releases
        self._audience = audience
        self._release = name

    def areas(self, level: Level) -> tuple[str, ...]:
        """Return the ids of the areas of a level@vintage."""
        frame = self._releases.level_frame(self._audience, self._release, level.id, level.vintage)
        return tuple(str(a) for a in frame.index)

    def indicator(self, indicator_id: str) -> Indicator:
        """Return the metadata of one indicator; ``KeyError`` when the release has none."""
        return self._monitoring.indicator(self._audience, self._release, indicator_id)

    def newest(self, level: Level, indicator: Indicator, until: str = "") -> Figures:
        """Return the newest figures, or the newest until a period; empty period without any."""
        held = self.periods(level, indicator)
        period = (latest_until(held, until) if until else "") or (held[-1] if held else "")
        return self.at(level, indicator, period)

    def at(self, level: Level, indicator: Indicator, period: str) -> Figures:
        """Return the figures of one period; areas without a row are not collected."""
        ids = self.areas(level)
        numbers = {name: np.full(len(ids), np.nan) for name in _NUMBERS}
        states, flags = [State.NOT_COLLECTED] * len(ids), [""] * len(ids)
        at = {area: n for n, area in enumerate(ids)}
        reader = self._releases.reader(self._release, self._audience)
        for row in reader.values_of_period(indicator.id, level.id, level.vintage, period):
            place = at.get(str(row["area"]))
            if place is None:
                continue
            states[place], flags[place] = State(row["state"]), row["flags"] or ""
            if row["state"] in _SHOWN and row["value"] is not None:
                for name, column in numbers.items():
                    if row[name] is not None:
                        column[place] = row[name]
        values, cases, bases = numbers.values()
        return Figures(period, values, cases, bases, tuple(states), tuple(flags))

    def periods(self, level: Level, indicator: Indicator) -> tuple[str, ...]:
        """Return the periods of an indicator on a level@vintage, in time order."""
        table = self._monitoring.availability(self._audience, self._release)
        here = table[
            (table["indicator"] == indicator.id)
            & (table["level"] == level.id)
            & (table["vintage"] == level.vintage)
            & (table["category"] == TOTAL)
        ]
        return tuple(sorted({str(p) for p in here["period"]}, key=in_time))
