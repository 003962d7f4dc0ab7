"""What the page of measures and their effects shows, without language and without hidden cells."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from domain.effect_design import DESCRIBED, Design, Parallel, Windows
from domain.measure import MeasureFacts
from domain.model import Catalogue, Indicator, Level

FloatArray = npt.NDArray[np.float64]
OWN, SIMILAR, TOWN = "own", "similar", "town"
LINES = (OWN, SIMILAR, TOWN)
BY_TWINS, BY_LEVEL = "twins", "level"


@dataclass(frozen=True)
class Entry:
    """One measure of the register for one audience.

    ``entered`` is when it was written down, ``areas`` are the names of its areas as far as the
    release knows them.
    """

    id: str
    facts: MeasureFacts
    entered: dt.datetime
    is_draft: bool
    standing: str
    review: str
    area_names: tuple[str, ...]
    level: Level | None
    indicator: Indicator | None


@dataclass(frozen=True)
class Course:
    """Values over the periods of a view; None where one of the areas has none to show.

    ``kind`` is one of :data:`LINES`; ``is_pooled`` says whether numerators and denominators were
    added up, else it is the mean of the areas.
    """

    kind: str
    values: tuple[float | None, ...]
    n_areas: int
    is_pooled: bool


@dataclass(frozen=True)
class Found:
    """The difference in differences and what chance makes of it, in units of the indicator."""

    difference: float
    own_change: float
    other_change: float
    p: float
    smallest_p: float
    n_assignments: int
    placebos: FloatArray


@dataclass(frozen=True)
class EffectView:
    """One measure with its courses.

    Attributes
    ----------
    periods
        Keys of the periods of the indicator on the boundaries in force.
    left_out
        Areas with the measure that have a hidden or missing year among those compared.
    others_left_out
        The same of the areas without it.
    neighbours_left_out, other_measures
        Areas not compared with because they touch, or have a measure for the same indicator.
    by
        Whether the others are the most similar areas, or all of the level.
    expected
        When areas, beginning, indicator or expectation were written as they stand: the day of
        entry, or of their last change.
    problem
        ``no_indicator``, ``no_areas`` or ``no_values`` where there is nothing to draw.
    """

    entry: Entry
    periods: tuple[str, ...] = ()
    courses: tuple[Course, ...] = ()
    windows: Windows = field(default_factory=lambda: Windows((), ()))
    breaks: tuple[str, ...] = ()
    design: Design = field(default_factory=lambda: Design(DESCRIBED))
    statement: str = DESCRIBED
    is_before_data: bool = False
    expected: dt.datetime | None = None
    parallel: Parallel | None = None
    found: Found | None = None
    n_treated: int = 0
    others: tuple[str, ...] = ()
    left_out: int = 0
    others_left_out: int = 0
    neighbours_left_out: int = 0
    other_measures: int = 0
    by: str = BY_TWINS
    has_older_boundaries: bool = False
    is_extreme: bool = False
    problem: str = ""

    def course(self, kind: str) -> Course | None:
        """Return one line, None where it is not drawn."""
        return next((c for c in self.courses if c.kind == kind), None)


@dataclass(frozen=True)
class RegisterView:
    """The register for one audience: what is listed by the filters of the page."""

    release: str
    catalogue: Catalogue
    today: dt.date
    entries: tuple[Entry, ...]
    listed: tuple[Entry, ...]
    years: tuple[int, ...] = field(default=())
