"""Who lies in whom: parents of an area, and the areas inside it with a few of their figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from data.reader import ReleaseReader
from domain.model import Indicator, Level
from domain.profile import AreaRef, Inside, InsideArea
from domain.view import CityValue
from services.profile_figures import by_indicator, cell
from services.profile_sheet import PeriodsHeld, period_for

MOST_INSIDE = 120
"""Areas inside that are listed; the Atlas shows all of them."""

Place = tuple[str, str]
"""``level@vintage`` and area."""
Names = Callable[[Level], Mapping[str, str]]
"""Return area id → name of a level."""


@dataclass(frozen=True)
class Kinship:
    """Parents and children of all areas of a release, by hierarchy in the order of the delivery."""

    above: Mapping[Place, tuple[tuple[str, Place], ...]]
    below: Mapping[Place, tuple[tuple[str, Place], ...]]


def build_kinship(reader: ReleaseReader) -> Kinship:
    """Read the parents of all areas once."""
    above: dict[Place, list[tuple[str, Place]]] = {}
    below: dict[Place, list[tuple[str, Place]]] = {}
    for row in reader.all_parents().itertuples(index=False):
        child = (f"{row.child_level}@{row.child_vintage}", str(row.child))
        parent = (f"{row.parent_level}@{row.parent_vintage}", str(row.parent))
        above.setdefault(child, []).append((str(row.hierarchy), parent))
        below.setdefault(parent, []).append((str(row.hierarchy), child))
    return Kinship(
        {place: tuple(links) for place, links in above.items()},
        {place: tuple(links) for place, links in below.items()},
    )


@dataclass(frozen=True)
class Relatives:
    """What is asked for the relatives of one area."""

    reader: ReleaseReader
    kinship: Kinship
    held: PeriodsHeld
    names: Names

    def parents(self, area: AreaRef) -> tuple[tuple[str, AreaRef], ...]:
        """Return hierarchy and area of every parent."""
        links = self.kinship.above.get((area.level.key, area.id), ())
        found = ((name, self._area(place)) for name, place in links)
        return tuple((name, ref) for name, ref in found if ref is not None)

    def inside(self, area: AreaRef, wanted: Sequence[Indicator], period: str) -> tuple[Inside, ...]:
        """Return the areas inside, one entry for each level and hierarchy."""
        below: dict[tuple[str, str], dict[str, None]] = {}
        for hierarchy, (level_key, child) in self.kinship.below.get((area.level.key, area.id), ()):
            below.setdefault((level_key, hierarchy), {})[child] = None
        newest: dict[str, str] = {}
        for level_key, _ in below:
            level_id, _, vintage = level_key.rpartition("@")
            newest[level_id] = max(newest.get(level_id, ""), vintage)
        return tuple(
            found
            for (level_key, hierarchy), children in below.items()
            if level_key.rpartition("@")[2] == newest[level_key.rpartition("@")[0]]
            and (found := self._inside(hierarchy, (level_key, tuple(children)), wanted, period))
        )

    def _area(self, place: Place) -> AreaRef | None:
        level_id, _, vintage = place[0].rpartition("@")
        level = self.reader.catalogue().level(level_id, vintage)
        name = None if level is None else self.names(level).get(place[1])
        return None if level is None or name is None else AreaRef(level, place[1], name)

    def _inside(
        self,
        hierarchy: str,
        below: tuple[str, tuple[str, ...]],
        wanted: Sequence[Indicator],
        period: str,
    ) -> Inside | None:
        level_key, children = below
        refs = [self._area((level_key, child)) for child in children[:MOST_INSIDE]]
        areas = [ref for ref in refs if ref is not None]
        if not areas:
            return None
        held = self.held.get(level_key, {})
        shown = tuple(i for i in wanted if i.id in held)
        periods = tuple(period_for(held[i.id], period) for i in shown)
        return Inside(
            level=areas[0].level,
            hierarchy=hierarchy,
            indicators=shown,
            periods=periods,
            count=len(children),
            areas=tuple(InsideArea(a, self._cells(a, shown, periods)) for a in areas),
        )

    def _cells(
        self, area: AreaRef, shown: Sequence[Indicator], periods: Sequence[str]
    ) -> tuple[CityValue, ...]:
        if not shown:
            return ()
        rows = by_indicator(
            self.reader.values_of_areas(
                area.level.id, area.level.vintage, [area.id], indicators=[i.id for i in shown]
            )
        )
        return tuple(cell(rows.get(i.id, {}), p) for i, p in zip(shown, periods, strict=True))
