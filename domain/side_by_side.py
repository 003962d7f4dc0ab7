"""A few areas side by side: what is asked, and everything the page, its files and papers say.

A view holds no language and no geometry. It is computed from released cells of one audience; an
area whose value is not shown has a state and no number, here as everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from domain.comparison import NOT_COMPARED
from domain.model import SHOWN_STATES, Catalogue, Indicator, Level, Source, State, Text
from domain.view import CityValue

FEWEST_AREAS, MOST_AREAS = 2, 8
MOST_INDICATORS = 20
BY_NAME = "name"
"""Sort key of the areas' names; any other key is the id of an indicator, ``-`` turns it round."""


GROUP = "group"
"""Key of a group of the reader's own, ``name:a,b,c``; it may stand several times."""
_OF_GROUP = "group:"


def group_id(name: str) -> str:
    """Return the id of a group among the areas of a comparison."""
    return f"{_OF_GROUP}{name}"


def group_name(area_id: str) -> str:
    """Return the name of the group an id belongs to, empty where it is an area."""
    return area_id.removeprefix(_OF_GROUP) if area_id.startswith(_OF_GROUP) else ""


@dataclass(frozen=True)
class ComparisonQuery:
    """Everything that decides what the page shows; equal queries give equal addresses.

    Attributes
    ----------
    areas
        Ids in the order of their colours; up to :data:`MOST_AREAS`.
    theme
        The theme whose indicators are shown; empty where the reader named ``indicators``.
    indicators
        What is shown, in this order; those of the theme when the reader named none.
    period
        The period asked for; empty: of each indicator the newest that all chosen areas have.
    sort
        ``""`` (order of choice), ``name``, or the id of an indicator; ``-`` turns it round.
    is_pinned
        Whether the address itself names the release; then every link of the page does.
    sections
        Keys and texts of further sections of the page, as the address has them, in its order.
    """

    level: str
    areas: tuple[str, ...] = ()
    theme: str = ""
    indicators: tuple[str, ...] = ()
    period: str = ""
    compare: str = "city"
    sort: str = ""
    intervals: bool = False
    release: str = ""
    lang: str = "de"
    sections: tuple[tuple[str, str], ...] = ()
    is_pinned: bool = False

    @property
    def is_comparable(self) -> bool:
        """Whether there are enough areas to put something side by side."""
        return self.n_columns >= FEWEST_AREAS

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of the reader's own as the address has them."""
        return tuple(v for k, v in self.sections if k == GROUP)

    @property
    def n_columns(self) -> int:
        """How many areas and groups are asked for."""
        return len(self.areas) + len(self.groups)

    def section(self, key: str) -> str:
        """Return the text of a further section, empty where the address has none."""
        return next((v for k, v in self.sections if k == key), "")

    def with_section(self, key: str, *texts: str) -> ComparisonQuery:
        """Return the query with other texts of one section; none takes it away."""
        kept = tuple((k, v) for k, v in self.sections if k != key)
        return replace(self, sections=(*kept, *((key, t) for t in texts if t)))


@dataclass(frozen=True)
class ComparedArea:
    """One chosen area.

    ``slot`` is the position of its colour, the same as in the tray of the Atlas; ``members`` are
    the areas of a group that is shown as one. ``is_current`` is false for an area that only
    earlier boundaries know; ``vintage`` names the newest that do.
    """

    id: str
    name: str
    slot: int
    is_current: bool = True
    members: tuple[str, ...] = ()
    vintage: str = ""


@dataclass(frozen=True)
class ComparedCell:
    """One value with everything a reader needs to judge it.

    ``position`` is that of its class among the breaks of the indicator, None where no number is
    shown or the kind has no classes. ``reason`` says why there is no number where the state alone
    does not: ``absent`` (the boundaries of this period do not know the area), ``no_period`` (the
    indicator has no value for the period asked for), ``no_sum`` (a group of which no value can be
    summed). ``benchmark`` is what the badge compares with.
    """

    value: float | None
    state: State
    flags: str = ""
    lower: float | None = None
    upper: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    badge: str = NOT_COMPARED
    is_clear: bool = False
    benchmark: float | None = None
    position: int | None = None
    trend: str = ""
    reason: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether there is a number that a reader may see."""
        return self.state in SHOWN_STATES and self.value is not None


def cell_of_city(city: CityValue, *, trend: str = "") -> ComparedCell:
    """Return the value of the town as a cell; nothing compares it with itself."""
    return ComparedCell(
        value=city.value,
        state=city.state,
        flags=city.flags,
        lower=city.lower,
        upper=city.upper,
        numerator=city.numerator,
        denominator=city.denominator,
        trend=trend,
    )


@dataclass(frozen=True)
class CoursePoint:
    """One period of a course; ``position`` places it on a time axis, in years."""

    period: str
    position: float
    value: float | None
    state: State
    flags: str = ""
    lower: float | None = None
    upper: float | None = None
    vintage: str = ""


@dataclass(frozen=True)
class CourseMark:
    """Where courses are not simply comparable: a ``break`` of the series, or a ``recut``.

    ``position`` is that of the first period behind it; ``text`` is empty for a new boundary.
    """

    position: float
    kind: str
    text: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True)
class Spread:
    """Where the values of all areas of the level lie, in display units.

    ``values`` are those shown, from low to high; ``hidden`` counts the others by state, in the
    order of :class:`State`.
    """

    values: tuple[float, ...]
    hidden: tuple[tuple[State, int], ...]

    @property
    def n_areas(self) -> int:
        """All areas of the level, with a number or without."""
        return len(self.values) + sum(n for _, n in self.hidden)

    @property
    def low(self) -> float | None:
        """The lowest value shown."""
        return self.values[0] if self.values else None

    @property
    def high(self) -> float | None:
        """The highest value shown."""
        return self.values[-1] if self.values else None

    @property
    def middle(self) -> float | None:
        """The median of the values shown."""
        n = len(self.values)
        return (self.values[(n - 1) // 2] + self.values[n // 2]) / 2 if n else None


@dataclass(frozen=True)
class ComparedIndicator:
    """One indicator of a comparison; ``cells`` and ``courses`` are in the order of the areas.

    ``level`` carries the vintage of ``period``. ``is_wanted`` is false where the period asked for
    has no value and the newest one before it stands here, or where there is none at all.
    """

    indicator: Indicator
    category: str
    level: Level
    period: str
    is_wanted: bool
    cells: tuple[ComparedCell, ...]
    city: ComparedCell
    breaks: tuple[float, ...]
    spread: Spread
    courses: tuple[tuple[CoursePoint, ...], ...]
    city_course: tuple[CoursePoint, ...]
    marks: tuple[CourseMark, ...]
    source: Source | None


@dataclass(frozen=True)
class ComparisonView:
    """A few areas of one level side by side, in the order asked for.

    ``areas`` are sorted as the query says; their ``slot`` tells the order of choice.
    """

    query: ComparisonQuery
    catalogue: Catalogue
    level: Level
    areas: tuple[ComparedArea, ...]
    indicators: tuple[ComparedIndicator, ...]

    def indicator(self, indicator_id: str) -> ComparedIndicator | None:
        """Return one indicator of the comparison, None where it is not part of it."""
        return next((x for x in self.indicators if x.indicator.id == indicator_id), None)


def sort_order(
    query: ComparisonQuery,
    areas: tuple[ComparedArea, ...],
    indicators: tuple[ComparedIndicator, ...],
) -> tuple[int, ...]:
    """Return the positions of the areas in the order asked for; those without a number close it.

    Areas without a number keep the order of choice, so that their place tells nothing.
    """
    key, turned = query.sort.removeprefix("-"), query.sort.startswith("-")
    order = tuple(range(len(areas)))
    if key == BY_NAME:
        return tuple(sorted(order, key=lambda i: areas[i].name.casefold(), reverse=turned))
    column = next((x for x in indicators if x.indicator.id == key), None)
    if column is None:
        return order
    known = [i for i in order if column.cells[i].is_shown]
    # sorted is stable in both directions: equal values keep the order of choice
    found = sorted(known, key=lambda i: column.cells[i].value or 0.0, reverse=turned)
    return (*found, *(i for i in order if i not in known))
