"""What the page of need and supply shows: children, places and ways of every area of a level."""

from __future__ import annotations

from dataclasses import dataclass

from domain.model import Catalogue, FacilityKind, Indicator, Level, State
from domain.need_query import NeedQuery
from domain.supply_plan import Change

UNDER, BALANCED, OVER, NO_DEMAND = "under", "balanced", "over", "no_demand"
CLASSES = (UNDER, BALANCED, OVER, NO_DEMAND)


@dataclass(frozen=True)
class AreaNeed:
    """One area. Numbers are None where ``state`` shows none, or where nothing can be told.

    Attributes
    ----------
    state
        That of the number of children.
    places, facilities
        Places inside the area, and facilities of the kind; ``unknown`` of them do not tell places.
    coverage, attendance
        Places and children in care for 100 children, in percent.
    gap
        Places less what the target asks for; below 0 there are too few. None without a target.
    kind
        One of :data:`CLASSES`, empty without a target or number of children.
    reach
        Places for 100 children that can be reached by the longest way; ``nearest_m`` is the way
        to the nearest facility, both of the middle child.
    is_edge
        Whether the area lies so near to the border that facilities outside may be in reach.
    """

    id: str
    name: str
    state: State
    children: float | None
    in_care: float | None
    places: float
    facilities: int
    unknown: int
    coverage: float | None
    attendance: float | None
    gap: float | None
    kind: str
    reach: float | None
    nearest_m: float | None
    is_edge: bool


@dataclass(frozen=True)
class Facility:
    """One facility of the list; ``places`` is None where it does not tell them."""

    id: str
    name: str
    operator: str
    address: str
    hours: str
    area: str
    places: float | None


@dataclass(frozen=True)
class Burden:
    """How high the need of every area is, by an indicator; None where it shows no number."""

    indicator: Indicator
    period: str
    values: tuple[float | None, ...]
    states: tuple[State, ...]


@dataclass(frozen=True)
class NeedView:
    """Everything the page shows of a level.

    ``is_estimate`` says that children are taken to live at one point of their area, since no
    points of residence are at hand; ``is_same_age`` whether the children are of the ages the
    places are for, by the name of their count; ``outside`` counts facilities in no area of the
    level; ``lacks_ways`` that no ways are prepared for these children, so that they walk straight
    lines with a detour; ``after`` are the areas as the ``changes`` would make them.
    """

    query: NeedQuery
    catalogue: Catalogue
    level: Level
    kind: FacilityKind
    children_of: Indicator
    period: str
    care_of: Indicator | None
    care_period: str
    target: float | None
    """Places wanted for 100 children; None where nothing says what is wanted for these."""
    has_own_target: bool
    is_same_age: bool
    areas: tuple[AreaNeed, ...]
    facilities: tuple[Facility, ...]
    outside: int
    is_estimate: bool
    lacks_ways: bool = False
    changes: tuple[Change, ...] = ()
    after: tuple[AreaNeed, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of children and of children in care."""
        return (self.children_of.source, *((self.care_of.source,) if self.care_of else ()))

    @property
    def gaps(self) -> tuple[AreaNeed, ...]:
        """Areas with a gap, the most missing places first."""
        known = [a for a in self.areas if a.gap is not None]
        return tuple(sorted(known, key=lambda a: (a.gap or 0.0, a.name)))
