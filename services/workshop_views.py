"""What the slides of a workshop show of the atlas: always public figures, of the room's release."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qs

import shapely

from data.workshops import Workshop
from domain.model import SHOWN_STATES, Audience, Level
from domain.print_outlines import PrintOutlines
from domain.selection import Selection, parse_query, serialise
from domain.view import AtlasContent
from domain.workshop_answers import Answer, Place
from domain.workshop_script import GUESS, RANKING, Slide
from domain.workshop_truth import Truth, truth_of
from services.cache import FrameCache, cache_key
from services.monitoring import MonitoringService
from services.print_outlines import PrintOutlineService
from services.releases import ReleaseService

ATLAS = "/atlas"
Spot = tuple[float, float]
"""Longitude and latitude."""
_MOST_CONTENTS = 40
_MOST_PLACES = 20


@dataclass(frozen=True)
class ShownView:
    """What a view shows.

    Attributes
    ----------
    path
        The page, for example ``/atlas``.
    address
        Path and query with the release of the room, to open the page itself.
    selection, content
        What the atlas shows; None for the other pages.
    """

    path: str
    address: str
    selection: Selection | None = None
    content: AtlasContent | None = None


class WorkshopViews:
    """Hands out what slides show; everything is worked out once for all who look."""

    def __init__(
        self,
        monitoring: MonitoringService,
        releases: ReleaseService,
        outlines: PrintOutlineService,
    ) -> None:
        self._monitoring = monitoring
        self._releases = releases
        self._outlines = outlines
        self._contents: FrameCache[ShownView] = FrameCache(_MOST_CONTENTS)
        self._places: FrameCache[Place] = FrameCache(_MOST_PLACES)

    def shown(self, room: Workshop, view: str, language: str = "de") -> ShownView:
        """Return what an address shows; ``language`` is that of the page it leads to."""
        path, _, query = view.partition("?")
        release = self.release(room)
        key = cache_key(Audience.PUBLIC, release, "workshop_view", (view, language))
        return self._contents.get_or_build(key, lambda: self._build(release, path, query, language))

    def release(self, room: Workshop) -> str:
        """Return the release a room shows; the present one where its own is gone."""
        return self._releases.wanted(room.release_id, Audience.PUBLIC)[0]

    def _build(self, release: str, path: str, query: str, language: str) -> ShownView:
        own = {"release": release, "lang": language}
        if path != ATLAS:
            kept = "&".join(
                part
                for part in query.split("&")
                if part and part.partition("=")[0] not in ("release", "lang")
            )
            told = "&".join([*([kept] if kept else []), *(f"{k}={v}" for k, v in own.items())])
            return ShownView(path, f"{path}?{told}")
        selection, _ = self._monitoring.selection(Audience.PUBLIC, {**parse_query(query), **own})
        address = f"{path}?{serialise(selection)}"
        if not selection.indicator:
            return ShownView(path, address)
        content = self._monitoring.atlas_content(Audience.PUBLIC, selection)
        return ShownView(path, address, selection, content)

    def level(self, room: Workshop, slide: Slide) -> Level:
        """Return the level whose areas a slide asks for: that of its view, or of the room."""
        if slide.kind == GUESS:
            content = self.shown(room, slide.view).content
            if content is not None:
                return content.view.level
        catalogue = self._releases.reader(self.release(room), Audience.PUBLIC).catalogue()
        own = [x for x in catalogue.levels if x.id == room.level]
        return max(own or catalogue.levels, key=lambda x: x.vintage)

    def place(self, room: Workshop, slide: Slide) -> Place:
        """Return the areas that can be named, and the bounds of the town in degrees."""
        release, level = self.release(room), self.level(room, slide)

        def build() -> Place:
            frame = self._releases.level_frame(Audience.PUBLIC, release, level.id, level.vintage)
            west, south, east, north = (float(x) for x in frame.total_bounds)
            return Place(frozenset(str(a) for a in frame.index), (west, south, east, north))

        key = cache_key(Audience.PUBLIC, release, "workshop_place", (level.key,))
        return self._places.get_or_build(key, build)

    def names(self, room: Workshop, slide: Slide) -> dict[str, str]:
        """Return the names of the areas that can be named, by id, in the order of their names."""
        release, level = self.release(room), self.level(room, slide)
        frame = self._releases.level_frame(Audience.PUBLIC, release, level.id, level.vintage)
        pairs = zip((str(a) for a in frame.index), frame["name"].astype(str), strict=True)
        return dict(sorted(pairs, key=lambda pair: (pair[1].casefold(), pair[0])))

    def area_of(self, room: Workshop, slide: Slide, answer: Answer) -> str:
        """Return the area an answer names, or the one its point lies in; empty where in none."""
        if answer.area or answer.at is None:
            return answer.area
        release, level = self.release(room), self.level(room, slide)
        frame = self._releases.level_frame(Audience.PUBLIC, release, level.id, level.vintage)
        hits = frame.sindex.query(shapely.Point(answer.at), predicate="intersects")
        return str(frame.index[min(hits)]) if len(hits) else ""

    def middles(self, release: str, levels: Collection[str]) -> dict[tuple[str, str], Spot]:
        """Return level and area → longitude and latitude inside it, of the newest boundaries.

        Levels that the release has no more are left out.
        """
        catalogue = self._releases.reader(release, Audience.PUBLIC).catalogue()
        newest = {x.id: x.vintage for x in sorted(catalogue.levels, key=lambda x: x.vintage)}
        found: dict[tuple[str, str], Spot] = {}
        for name in newest.keys() & set(levels):
            frame = self._releases.level_frame(Audience.PUBLIC, release, name, newest[name])
            known = frame[frame.geometry.notna() & ~frame.geometry.is_empty]
            spots = known.geometry.representative_point()
            for area, x, y in zip(known.index, spots.x, spots.y, strict=True):
                found[name, str(area)] = (float(x), float(y))
        return found

    def outlines(self, room: Workshop, level: Level) -> PrintOutlines | None:
        """Return the outlines of a level on a grid of whole numbers; None where it has none."""
        return self._outlines.outlines(Audience.PUBLIC, self.release(room), level)

    def truth(self, room: Workshop, slide: Slide) -> Truth:
        """Return what the published figures say to a guess; unknown where they say nothing."""
        figures = self.figures(room, slide)
        if slide.kind != GUESS or figures is None:
            return Truth()
        return truth_of(slide, *figures, asked_areas(slide))

    def figures(
        self, room: Workshop, slide: Slide
    ) -> tuple[dict[str, float | None], float | None] | None:
        """Return what is published of the view of a slide; None where it shows no indicator.

        Returns
        -------
        Area → value, None where there is none, and the value of the town, in display units.
        """
        content = self.shown(room, slide.view).content
        if content is None:
            return None
        view, shown = content.view, content.view.by_period[content.period]
        values = {
            area: value if state in SHOWN_STATES else None
            for area, value, state in zip(view.area_ids, shown.values, shown.states, strict=True)
        }
        return values, shown.city.value if shown.city.state in SHOWN_STATES else None


def asked_areas(slide: Slide) -> tuple[str, ...]:
    """Return the areas that the view of a slide names."""
    named = parse_qs(slide.view.partition("?")[2]).get("areas", [""])[0]
    return tuple(a for a in named.split(",") if a)


def ranked_in(slide: Slide) -> int:
    """Return how many areas a ranking puts in order: those its view names."""
    return len(asked_areas(slide)) if slide.form == RANKING else 0
