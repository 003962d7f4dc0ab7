"""Profiles: one area of any level on one page, for one audience."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.reader import ReleaseReader
from domain.model import Audience, Level
from domain.name_search import find_names
from domain.periods import in_time
from domain.profile import BURDEN, STRENGTH, AgeTable, AreaRef, KeyFigure, ProfileView
from domain.profile_courses import continued
from domain.profile_findings import headline, shown_inside, standing_out, statements
from services.area_courses import AreaCourses, Crossing, crossings_of
from services.cache import FrameCache, cache_key
from services.places import newest_levels
from services.profile_ages import age_indicator, age_table
from services.profile_facts import ReleaseFacts, release_facts
from services.profile_figures import (
    AreaRows,
    Rows,
    alike_by,
    by_indicator,
    by_stage,
    by_theme,
    key_figures,
    trust_of,
)
from services.profile_kin import Relatives
from services.profile_places import LevelPlaces, build_places, position_of
from services.profile_sheet import (
    LevelSheet,
    SheetKey,
    build_sheet,
)
from services.releases import ReleaseService
from services.twins import TwinService

_MOST_SHEETS = 24
_HEAVIEST = 12_000_000
_MOST_RELEASES = 4
_MOST_PARENTS = 32
COMPARISONS = ("city", "parent")


@dataclass(frozen=True)
class ProfileKey:
    """Which profile: ``period`` empty means the newest of each indicator."""

    audience: Audience
    release: str
    area: AreaRef
    period: str = ""
    compare: str = "city"


class ProfileService:
    """Hands out profiles; what a level shares is worked out once and kept."""

    def __init__(self, releases: ReleaseService, twins: TwinService) -> None:
        self._releases = releases
        self._twins = twins
        self._facts: FrameCache[ReleaseFacts] = FrameCache(_MOST_RELEASES)
        self._refs: FrameCache[dict[str, AreaRef]] = FrameCache(_MOST_RELEASES)
        self._names: FrameCache[dict[str, str]] = FrameCache(_MOST_SHEETS)
        self._parents: FrameCache[Rows] = FrameCache(_MOST_PARENTS)
        self._crossings: FrameCache[tuple[Crossing, ...]] = FrameCache(_MOST_SHEETS)
        self._places: FrameCache[LevelPlaces] = FrameCache(_MOST_SHEETS)
        self._sheets: FrameCache[LevelSheet] = FrameCache(
            _MOST_SHEETS, weigh=lambda sheet: sheet.weight, heaviest=_HEAVIEST
        )

    def profile(
        self,
        audience: Audience,
        release: str,
        level: str,
        area: str,
        *,
        period: str = "",
        compare: str = "city",
    ) -> ProfileView:
        """Return the profile of one area.

        Parameters
        ----------
        level
            Id of the level, or ``level@vintage``; alone it means the newest vintage that has
            the area.
        period
            The newest period up to this one is shown of each indicator; empty: the newest.
        compare
            What badges compare with: ``city`` or ``parent``.

        Raises
        ------
        KeyError
            The release has no such level or area.
        """
        found = self.area(audience, release, level, area)
        if found is None:
            raise KeyError(f"{level}/{area}")
        return self._build(ProfileKey(audience, release, found, period, compare))

    def levels(self, audience: Audience, release: str) -> tuple[Level, ...]:
        """Return the levels whose areas have profiles, newest vintages, the town first."""
        catalogue = self._releases.reader(release, audience).catalogue()
        towns = [x for x in catalogue.levels if x.kind == "city"]
        return (*towns, *newest_levels(catalogue))

    def areas(self, audience: Audience, release: str, level: Level) -> Mapping[str, str]:
        """Return area id → name of a level@vintage, in the order of its outlines."""

        def build() -> dict[str, str]:
            frame = self._releases.level_frame(audience, release, level.id, level.vintage)
            return {str(i): str(n) for i, n in zip(frame.index, frame["name"], strict=True)}

        return self._names.get_or_build(cache_key(audience, release, "names", (level.key,)), build)

    def area(self, audience: Audience, release: str, level: str, area: str) -> AreaRef | None:
        """Return an area by level and id, None where the release has none such."""
        level_id, _, vintage = level.partition("@")
        levels = self._releases.reader(release, audience).catalogue().levels
        same = [x for x in levels if x.id == level_id]
        is_newest = True
        for one in sorted(same, key=lambda x: x.vintage, reverse=True):
            name = self.areas(audience, release, one).get(area)
            if name is None:
                continue
            if vintage in ("", one.vintage):
                return AreaRef(one, area, name, is_newest)
            is_newest = False
        return None

    def areas_with_id(self, audience: Audience, release: str, area: str) -> tuple[AreaRef, ...]:
        """Return the areas of all levels that have an id."""
        found = (self.area(audience, release, x.id, area) for x in self.levels(audience, release))
        return tuple(x for x in found if x is not None)

    def find(
        self, audience: Audience, release: str, text: str, *, most: int = 12
    ) -> tuple[AreaRef, ...]:
        """Return the areas of all levels whose name or id fits a typed text, the best first."""
        refs = self._refs.get_or_build(
            cache_key(audience, release, "refs", ()), lambda: self._all_areas(audience, release)
        )
        same = [k for k, ref in refs.items() if ref.id == text.strip()]
        found = find_names({k: ref.name for k, ref in refs.items()}, text, most=most)
        return tuple(refs[k] for k in dict.fromkeys((*same, *found)))[:most]

    def _all_areas(self, audience: Audience, release: str) -> dict[str, AreaRef]:
        return {
            f"{level.id}/{area}": AreaRef(level, area, name)
            for level in self.levels(audience, release)
            for area, name in self.areas(audience, release, level).items()
        }

    def periods(self, audience: Audience, release: str, level: Level) -> tuple[str, ...]:
        """Return all periods of any indicator of a level, in time order."""
        held = self._release_facts(audience, release).held.get(level.key, {})
        return tuple(sorted({p for periods in held.values() for p in periods}, key=in_time))

    def sheet(self, key: SheetKey) -> LevelSheet:
        """Return how the areas of a level stand, worked out once."""
        facts = self._release_facts(key.audience, key.release)
        name = cache_key(
            key.audience, key.release, "sheet", (key.level.key, key.period, key.compare)
        )
        held = facts.held.get(key.level.key, {})
        return self._sheets.get_or_build(
            name, lambda: build_sheet(self._releases, key, held, facts.town)
        )

    def _release_facts(self, audience: Audience, release: str) -> ReleaseFacts:
        reader = self._releases.reader(release, audience)
        return self._facts.get_or_build(
            cache_key(audience, release, "facts", ()), lambda: release_facts(reader)
        )

    def _build(self, key: ProfileKey) -> ProfileView:
        area, level = key.area, key.area.level
        reader = self._releases.reader(key.release, key.audience)
        catalogue = reader.catalogue()
        facts = self._release_facts(key.audience, key.release)
        sheet = self.sheet(SheetKey(key.audience, key.release, level, key.period, key.compare))
        relatives = Relatives(
            reader, facts.kinship, facts.held, lambda x: self.areas(key.audience, key.release, x)
        )
        parents = relatives.parents(area)
        twins = self._twins.twins(key.audience, key.release, level, area.id)
        alike = tuple(sheet.places[t.area] for t in twins.twins)
        rows = replace(self._rows(key, parents), twins=alike, alike_by=alike_by(twins, catalogue))
        figures = self._continued(key, facts, key_figures(sheet, area.id, rows))
        ages = self._ages(reader, facts, key)
        trust = trust_of(figures)
        burdens, strengths = (standing_out(figures, side) for side in (BURDEN, STRENGTH))
        names = {"area": area.name, "town": catalogue.town.name}
        places = self._level_places(key)
        frame = self._releases.level_frame(key.audience, key.release, level.id, level.vintage)
        return ProfileView(
            town=catalogue.town,
            release=key.release,
            area=area,
            period=key.period,
            compare=key.compare,
            newest=sheet.newest,
            headline=headline(figures, names, is_town=level.kind == "city"),
            statements=statements(figures, ages, trust, names),
            burdens=burdens,
            strengths=strengths,
            themes=by_theme(catalogue, figures),
            stages=by_stage(figures),
            ages=ages,
            parents=parents,
            inside=relatives.inside(
                area, [f.indicator for f in shown_inside(figures, burdens, strengths)], key.period
            ),
            facilities=places.facilities.get(area.id, ()),
            twins=twins,
            trust=trust,
            position=position_of(places, area, frame.geometry[area.id]),
            area_count=len(sheet.places),
            licence=catalogue.town.licence,
        )

    def _rows(self, key: ProfileKey, parents: tuple[tuple[str, AreaRef], ...]) -> AreaRows:
        """Read the rows of an area, of its first parent, and of its group with a figure."""
        reader = self._releases.reader(key.release, key.audience)
        level, area = key.area.level, key.area.id
        group = next((g for g in level.groups if area in g.members), None)
        return AreaRows(
            own=by_indicator(reader.values_of_areas(level.id, level.vintage, [area])),
            parent=self._rows_of(key, parents[0][1]) if parents else None,
            group=group,
            group_rows=by_indicator(reader.values_of_areas(level.id, level.vintage, [group.id]))
            if group
            else None,
        )

    def _rows_of(self, key: ProfileKey, area: AreaRef) -> Rows:
        """Return the rows of a parent; many areas have the same one."""
        reader = self._releases.reader(key.release, key.audience)
        level = area.level
        return self._parents.get_or_build(
            cache_key(key.audience, key.release, "parent", (level.key, area.id)),
            lambda: by_indicator(reader.values_of_areas(level.id, level.vintage, [area.id])),
        )

    def _continued(
        self, key: ProfileKey, facts: ReleaseFacts, figures: tuple[KeyFigure, ...]
    ) -> tuple[KeyFigure, ...]:
        """Return the figures with their courses over re-cuts of the level."""
        level = key.area.level
        crossings = self._crossings.get_or_build(
            cache_key(key.audience, key.release, "crossings", (level.key,)),
            lambda: crossings_of(self._releases, key.audience, key.release, level),
        )
        if not crossings:
            return figures
        reader = self._releases.reader(key.release, key.audience)
        courses = AreaCourses(reader, level, facts.held, facts.town)
        found = courses.elsewhere(key.area.id, [f.indicator for f in figures], crossings)
        return tuple(continued(f, level.vintage, found.get(f.indicator.id, ())) for f in figures)

    def _level_places(self, key: ProfileKey) -> LevelPlaces:
        level = key.area.level
        name = cache_key(key.audience, key.release, "places", (level.key,))
        return self._places.get_or_build(
            name, lambda: build_places(self._releases, key.audience, key.release, level)
        )

    def _ages(self, reader: ReleaseReader, facts: ReleaseFacts, key: ProfileKey) -> AgeTable | None:
        level = key.area.level.key
        chosen = age_indicator(reader.catalogue(), facts.categories, level)
        if chosen is None:
            return None
        periods = facts.categories[(level, chosen[0].id)][chosen[1][0].category]
        table = age_table(reader, key.area, chosen, periods, key.period)
        return table if any(c.value is not None for b in table.bars for c in b.cells) else None
