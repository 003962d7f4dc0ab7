"""What is drawn: one indicator on one level, all its periods, ready for map, bars and table.

A view holds no language and no geometry. Values are in display units (percent for a share with
multiplier 100); positions in every tuple follow ``area_ids``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.layers import LayerOffer, PaintedLayer
from domain.model import AreaGroup, Catalogue, Indicator, Kind, Level, State
from domain.wording import Message


@dataclass(frozen=True)
class CityValue:
    """The pooled or official value of the town in one period, or of another benchmark."""

    value: float | None
    state: State
    lower: float | None = None
    upper: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    flags: str = ""


@dataclass(frozen=True)
class GroupValue:
    """The figure of several areas together in one period, in which they have none of their own.

    ``members`` are positions of the view's areas; ``position`` is that of the class.
    """

    group: AreaGroup
    members: tuple[int, ...]
    found: CityValue
    position: int | None = None


@dataclass(frozen=True)
class Signs:
    """What one period says of chance, beside the words of comparison.

    ``clear`` marks the differences that hold at 99.8 % as well. ``trends`` are the words of
    :mod:`domain.trends` for the five years that end here, ``town_trend`` that of the town; where
    no area can have one, ``trends`` is empty and ``trend_reason`` says why. ``chance`` are the
    sentences on how many areas differ, and how many would by chance alone.
    """

    clear: tuple[bool, ...] = ()
    trends: tuple[str, ...] = ()
    town_trend: str = ""
    trend_reason: str = ""
    chance: tuple[Message, ...] = ()


@dataclass(frozen=True)
class PeriodView:
    """One period of a view.

    ``classes`` are positions of :attr:`IndicatorView.breaks` intervals, ``None`` where no number
    is shown; ``order`` lists positions from the highest value down, areas without a number last;
    ``badges`` are the words of :mod:`domain.comparison`; ``groups`` holds those with a figure.
    """

    values: tuple[float | None, ...]
    states: tuple[State, ...]
    flags: tuple[str, ...]
    numerators: tuple[float | None, ...]
    denominators: tuple[float | None, ...]
    lowers: tuple[float | None, ...]
    uppers: tuple[float | None, ...]
    classes: tuple[int | None, ...]
    order: tuple[int, ...]
    badges: tuple[str, ...]
    benchmarks: tuple[float | None, ...]
    class_counts: tuple[int, ...]
    city: CityValue
    message: Message
    groups: tuple[GroupValue, ...] = ()
    signs: Signs = Signs()

    def group_of(self, position: int) -> GroupValue | None:
        """Return the figure that holds for an area together with others."""
        return next((g for g in self.groups if position in g.members), None)


@dataclass(frozen=True)
class IndicatorView:
    """All periods of one indicator and category on one level@vintage."""

    town: str
    release: str
    indicator: Indicator
    level: Level
    category: str
    compare: str
    area_ids: tuple[str, ...]
    area_names: tuple[str, ...]
    periods: tuple[str, ...]
    breaks: tuple[float, ...]
    by_period: dict[str, PeriodView]

    @property
    def mark(self) -> str:
        """How values are drawn on the map."""
        return mark_of(self.indicator, self.level)


def mark_of(indicator: Indicator, level: Level) -> str:
    """Return how values are drawn: ``fill``, ``circle`` for counts, ``symbol`` for points.

    Counts are never a fill, because large areas would look like many cases.
    """
    if level.kind == "institutions":
        return "symbol"
    return "circle" if indicator.kind is Kind.COUNT else "fill"


def frame_key(indicator: Indicator, level: Level) -> str:
    """Return a key that changes when the map needs other geometry or another kind of mark."""
    return f"{level.key}|{mark_of(indicator, level)}"


@dataclass(frozen=True)
class MapFrame:
    """Where the areas of a level lie.

    ``outline_ids`` are the areas of the geometry file in its order; for institutions these are
    the areas drawn behind the symbols. ``longitudes`` and ``latitudes`` are the points of the
    view's areas (interior points for polygons), in degrees. ``tolerance_m`` says how far the
    outlines are simplified, in metres; None where the release does not say it.
    """

    geometry_url: str
    outline_ids: tuple[str, ...]
    longitudes: tuple[float, ...]
    latitudes: tuple[float, ...]
    bounds: tuple[float, float, float, float]
    tolerance_m: float | None = None


@dataclass(frozen=True)
class Fit:
    """A straight line through the points of a scatter: ``y = intercept + slope * x``."""

    slope: float
    intercept: float


@dataclass(frozen=True)
class Association:
    """How the two indicators of the scatter go together in one period."""

    second_period: str | None
    second_values: tuple[float | None, ...]
    fit: Fit | None
    message: Message


@dataclass(frozen=True)
class OtherVintage:
    """Values of a view's areas under other boundaries, for the trend only.

    ``values`` is position of the area → one value a period; areas that were cut and cannot be
    converted have none. ``estimated`` are positions of areas whose values are estimates;
    ``states`` says why a period of an area has no value.
    """

    vintage: str
    periods: tuple[str, ...]
    positions: tuple[float, ...]
    values: dict[int, tuple[float | None, ...]]
    city: tuple[float | None, ...]
    estimated: frozenset[int] = frozenset()
    states: dict[int, tuple[State, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class AtlasContent:
    """Everything one view of the Atlas page says, before it is written in a language.

    ``positions`` place the periods of the view on a time axis, in years; ``period`` is the one
    to draw first. Without outlines there is no ``frame``; ``drawn_levels`` are then those of the
    indicator that have some. ``layers`` are all that a map may show, ``layer`` is the one asked
    for where it is more than what every view holds.
    """

    period: str
    view: IndicatorView
    second: IndicatorView | None
    associations: dict[str, Association]
    frame: MapFrame | None
    town_name: str
    office: str
    licence: str
    positions: tuple[float, ...]
    elsewhere: tuple[OtherVintage, ...] = ()
    drawn_levels: tuple[Level, ...] = ()
    layers: tuple[LayerOffer, ...] = ()
    layer: PaintedLayer | None = None


@dataclass(frozen=True)
class Offer:
    """What a release offers to one audience: which indicator exists where and when.

    ``periods`` is indicator → level → periods in time order; ``levels`` holds one level an id,
    in the newest vintage; ``partners`` proposes second indicators for the scatter,
    the best first; ``categories`` are those with values, the total first where there is one, and
    ``categories_at`` those of (indicator, level) → period, under the boundaries of that period.
    """

    catalogue: Catalogue
    levels: tuple[Level, ...]
    periods: dict[str, dict[str, tuple[str, ...]]]
    themes_by_indicator: dict[str, str]
    partners: dict[str, tuple[str, ...]]
    categories: dict[str, tuple[str, ...]] = field(default_factory=dict)
    categories_at: dict[tuple[str, str], dict[str, tuple[str, ...]]] = field(default_factory=dict)
    of_town: frozenset[str] = frozenset()
    """Indicators with a value of the town as a whole, which areas can be compared with."""
    city_periods: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    """Like ``periods``, for indicators that exist for the town as a whole only: no map of them."""
