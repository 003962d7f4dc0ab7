"""What the early-warning list shows: what was tested, what moved where, what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.early_warning import LISTED, WORSE, Counts, Signs, Warned
from domain.model import Catalogue, Indicator, Level
from domain.warning_query import WarningQuery

Numbers = npt.NDArray[np.float64]

COUNTS, NO_PARTS, UNJUDGED, RECUT, ONE_PERIOD, BROKEN, OLD = (
    "counts", "no_parts", "unjudged", "recut", "one_period", "broken", "old",
)  # fmt: skip
LEFT_OUT = (COUNTS, NO_PARTS, UNJUDGED, RECUT, ONE_PERIOD, BROKEN, OLD)
"""Why an indicator is not tested: no share or rate, no numbers of cases behind it, no side that
is a burden, only on other boundaries, one period, a break between any two, long out of date."""


@dataclass(frozen=True)
class IndicatorMoves:
    """One indicator between two periods; arrays of shape ``(n_areas,)`` in display units.

    Attributes
    ----------
    values
        Of both periods, NaN where no number is shown.
    town
        Values of the town in both periods, None where there is none.
    is_newest
        Whether the later period is the newest; else a break parts it from those before.
    hidden, missing, small, recut
        Areas not tested: withheld in a period, without a number, on too small a base, or with
        figures that a re-cut or break of the area's own makes incomparable.
    shift
        Factor by which all areas together moved in a way that looks like a change of counting;
        1 for none.
    slips
        Areas whose change looks like a slip in the data; shape ``(n_areas,)``.
    """

    indicator: Indicator
    periods: tuple[str, str]
    values: tuple[Numbers, Numbers]
    town: tuple[float | None, float | None]
    is_newest: bool
    hidden: int
    missing: int
    small: int
    recut: int
    shift: float
    slips: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class WarningView:
    """Everything the page shows of a level.

    Attributes
    ----------
    burden
        1 where burden grew, -1 where it fell, 0 elsewhere; shape ``(n_indicators, n_areas)``.
    around
        Neighbours of every area; None where the level has no borders.
    left_out
        Reason of :data:`LEFT_OUT` → indicators.
    """

    query: WarningQuery
    catalogue: Catalogue
    level: Level
    tested: tuple[IndicatorMoves, ...]
    area_ids: tuple[str, ...]
    area_names: tuple[str, ...]
    warned: Warned
    burden: Signs
    counts: Counts
    standings: tuple[str, ...]
    around: Sequence[Sequence[int]] | None
    left_out: Mapping[str, tuple[Indicator, ...]]

    @property
    def listed(self) -> tuple[int, ...]:
        """Positions of the areas of the list: growing burden first, most indicators first."""
        sides = {s: n for n, s in enumerate(LISTED)}
        found = [i for i, s in enumerate(self.standings) if s in sides]
        return tuple(
            sorted(
                found,
                key=lambda i: (
                    sides[self.standings[i]],
                    -int(self.counts.worse[i] if self.standings[i] == WORSE else
                         self.counts.moved[i]),
                    self.area_names[i].casefold(),
                ),
            )
        )  # fmt: skip

    def movements(self, area: int) -> tuple[int, ...]:
        """Return which indicators moved in an area, the surest first."""
        rows = np.flatnonzero(self.warned.directions[:, area])
        return tuple(sorted(rows.tolist(), key=lambda k: (self.warned.adjusted[k, area], k)))

    def untested(self) -> dict[str, int]:
        """Count the pairs of area and indicator that were not tested, by reason."""
        names = ("hidden", "missing", "small", "recut")
        return {n: sum(getattr(t, n) for t in self.tested) for n in names}
