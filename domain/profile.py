"""One area on one page: what is known of it, beside its town, its parent and areas like it.

A profile holds no language and no geometry in files; sentences are statements (keys and
parameters), written by ``figures.profile_texts``. Everything is of one audience, and figures
whose state shows no number have none.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.model import AreaGroup, FacilityKind, Indicator, Level, LifeStage, State, Text, Town
from domain.twins import Twins
from domain.view import CityValue
from domain.wording import Param

HIGH, MIDDLE, LOW = "high", "middle", "low"
"""Thirds of the shown values of a level, by value (not by burden)."""

NOT_TESTED = "not_tested"
BURDEN, STRENGTH, ALIKE, DIFFERENT = "burden", "strength", "alike", "different"
"""How an area stands against the rest of its town, chance findings kept rare
(:mod:`domain.conspicuous`); ``different`` is conspicuous without a judgement."""


@dataclass(frozen=True)
class AreaRef:
    """An area by its level and id, with its name.

    ``is_newest`` is false where newer boundaries of the level have an area of the same id.
    """

    level: Level
    id: str
    name: str
    is_newest: bool = True

    @property
    def level_name(self) -> str:
        """Return the level as addresses name it; a level alone means its newest boundaries."""
        return self.level.id if self.is_newest else self.level.key

    @property
    def path(self) -> str:
        """Return where its profile is: ``stadtteile/04``."""
        return f"{self.level_name}/{self.id}"


@dataclass(frozen=True)
class KeyFigure:
    """One indicator of the area in one period, beside what it can be compared with.

    ``found`` is the area's own figure; ``group`` names the areas for which an office gives one
    figure together, which is then ``found``. ``parent`` is that of the first parent, None
    without one. ``twins`` is what ``n_twins`` similar areas have together. ``badge`` is a word of
    :mod:`domain.comparison` against ``compare`` of the view, ``is_clear`` says that it holds at
    99.8 % too. ``trend`` is a word of :mod:`domain.trends`, empty with ``trend_reason``.
    ``periods``, ``series`` and ``town_series`` are the course; ``positions`` places it on a time
    axis, in years, and ``recuts`` says where other boundaries begin in it, and which.
    """

    indicator: Indicator
    period: str
    found: CityValue
    city: CityValue
    parent: CityValue | None
    badge: str
    is_clear: bool
    standing: str
    third: str
    trend: str
    trend_reason: str
    periods: tuple[str, ...]
    positions: tuple[float, ...]
    series: tuple[CityValue, ...]
    town_series: tuple[CityValue, ...]
    twins: CityValue | None = None
    n_twins: int = 0
    group: AreaGroup | None = None
    is_old: bool = False
    recuts: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class Statement:
    """A finding before language; written at three lengths by ``figures.profile_texts``.

    ``params`` holds names and whole counts; ``figures`` are those the sentence speaks of, the
    first one gives value, town and unit.
    """

    key: str
    params: dict[str, Param] = field(default_factory=dict)
    figures: tuple[KeyFigure, ...] = ()


@dataclass(frozen=True)
class ThemeFigures:
    """The key figures of one theme, in the order of the catalogue."""

    id: str
    name: Text
    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class StageFigures:
    """The key figures of one step between birth and leaving school; may be empty."""

    stage: LifeStage
    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class AgeBar:
    """Children of one age group, ``low`` to ``high`` years inclusive.

    ``cells`` has one figure for each of :attr:`AgeTable.sexes`; ``town`` likewise.
    """

    low: int
    high: int
    name: Text
    cells: tuple[CityValue, ...]
    town: tuple[CityValue, ...]


@dataclass(frozen=True)
class AgeTable:
    """Children by age in one period; ``sexes`` are names of the columns, empty for all together."""

    indicator: Indicator
    period: str
    sexes: tuple[Text, ...]
    bars: tuple[AgeBar, ...]

    def total_below(self, age: int) -> float | None:
        """Return how many are younger than an age, None where a part of them is not known."""
        bars = [b for b in self.bars if b.low < age]
        numbers = [c.value for b in bars for c in b.cells]
        if not bars or max(b.high for b in bars) != age - 1 or None in numbers:
            return None
        return sum(n for n in numbers if n is not None)


@dataclass(frozen=True)
class FacilityRef:
    """A facility inside the area; ``places`` is None where the number is unknown."""

    kind: FacilityKind
    name: str
    operator: str
    address: str
    places: int | None
    longitude: float
    latitude: float


@dataclass(frozen=True)
class InsideArea:
    """An area that lies inside, with its figures of :attr:`Inside.indicators` (same order)."""

    area: AreaRef
    cells: tuple[CityValue, ...]


@dataclass(frozen=True)
class Inside:
    """The areas of one level that lie inside, by one hierarchy.

    ``count`` is how many there are; ``areas`` may hold fewer, the first ones.
    """

    level: Level
    hierarchy: str
    indicators: tuple[Indicator, ...]
    periods: tuple[str, ...]
    count: int
    areas: tuple[InsideArea, ...]


@dataclass(frozen=True)
class Trust:
    """How reliable the figures of a profile are; all numbers count key figures.

    ``weak`` stand on few cases (limited or with a large relative error), ``old`` end more than
    three years before the newest of the level, ``estimated`` are estimates or converted to new
    boundaries, ``no_interval`` are shown without a statement on chance. ``widest`` is the share
    with the widest interval.
    """

    total: int
    shown: int
    suppressed: int
    unreliable: int
    missing: int
    not_applicable: int
    weak: int
    old: int
    estimated: int
    provisional: int
    no_interval: int
    widest: KeyFigure | None = None


Ring = tuple[tuple[float, float], ...]
"""Longitudes and latitudes of a closed line, in degrees."""


_TINY = 0.04
"""Share of width and height of the town below which an area is a dot of a few pixels."""


def _box(rings: tuple[Ring, ...]) -> tuple[float, float, float, float]:
    """Return west, south, east and north of rings in degrees."""
    xs, ys = zip(*(corner for ring in rings for corner in ring), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True)
class Position:
    """Where the area lies: outlines in degrees, simplified for a small map.

    ``outline`` is the town, ``neighbours`` the lines of the areas of its level (empty where they
    are too many to be seen), ``area`` the area itself; a point has ``area`` empty and ``point``.
    """

    outline: tuple[Ring, ...]
    neighbours: tuple[Ring, ...]
    area: tuple[Ring, ...]
    point: tuple[float, float] | None = None

    @property
    def middle_if_tiny(self) -> tuple[float, float] | None:
        """The middle of an area that nobody would find on the map, None for a larger one."""
        if not self.area or not self.outline:
            return None
        box, whole = _box(self.area), _box(self.outline)
        reach = max(
            (box[2] - box[0]) / ((whole[2] - whole[0]) or 1),
            (box[3] - box[1]) / ((whole[3] - whole[1]) or 1),
        )
        return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) if reach < _TINY else None


@dataclass(frozen=True)
class ProfileView:
    """Everything the profile of one area says, before it is written in a language.

    ``headline`` and ``statements`` are the findings; ``burdens`` and ``strengths`` the figures
    that stand out from the rest of the town, those by which most first. ``parents`` is one area
    a hierarchy. ``newest`` is the newest period of the level, ``period`` the one asked for
    (empty: the newest of each indicator).
    """

    town: Town
    release: str
    area: AreaRef
    period: str
    compare: str
    newest: str
    headline: Statement
    statements: tuple[Statement, ...]
    burdens: tuple[KeyFigure, ...]
    strengths: tuple[KeyFigure, ...]
    themes: tuple[ThemeFigures, ...]
    stages: tuple[StageFigures, ...]
    ages: AgeTable | None
    parents: tuple[tuple[str, AreaRef], ...]
    inside: tuple[Inside, ...]
    facilities: tuple[FacilityRef, ...]
    twins: Twins
    trust: Trust
    position: Position | None
    area_count: int
    licence: str = ""

    @property
    def figures(self) -> tuple[KeyFigure, ...]:
        """All key figures, theme by theme."""
        return tuple(f for theme in self.themes for f in theme.figures)

    def figure(self, indicator_id: str) -> KeyFigure | None:
        """Return the key figure of an indicator, None where the profile has none."""
        return next((f for f in self.figures if f.indicator.id == indicator_id), None)


UNKNOWN = CityValue(value=None, state=State.NOT_COLLECTED)
"""The figure of an area no office speaks of."""
