"""What a measure may name: levels with areas, their areas, and indicators that can be compared."""

from __future__ import annotations

from dataclasses import dataclass

from domain.measure import INDICATOR_KINDS, MeasureFacts, WrongFieldError
from domain.model import Audience, Indicator, Level, Theme
from services.monitoring import MonitoringService
from services.releases import ReleaseService


@dataclass(frozen=True)
class LevelChoices:
    """Areas (id and name, by name) and indicators by theme that a level offers."""

    level: Level
    areas: tuple[tuple[str, str], ...]
    themes: tuple[tuple[Theme, tuple[Indicator, ...]], ...]

    def indicators(self) -> tuple[str, ...]:
        """Return the ids of the indicators."""
        return tuple(i.id for _, found in self.themes for i in found)


class MeasureChoices:
    """Reads the current release as staff see it."""

    def __init__(self, monitoring: MonitoringService, releases: ReleaseService) -> None:
        self._monitoring = monitoring
        self._releases = releases

    def levels(self) -> tuple[Level, ...]:
        """Return the levels that have indicators to be moved, the coarsest first."""
        release = self._monitoring.current()
        if release is None:
            return ()
        offer = self._monitoring.offer(Audience.INTERNAL, release)
        return tuple(x for x in offer.levels if x.kind != "city" and self._indicators(release, x))

    def of(self, level_id: str) -> LevelChoices | None:
        """Return what a level offers, None where the release has no such level."""
        release = self._monitoring.current()
        level = next((x for x in self.levels() if x.id == level_id), None)
        if release is None or level is None:
            return None
        found = self._indicators(release, level)
        newest = self._newest(release, level, found[0])
        frame = self._releases.level_frame(Audience.INTERNAL, release, newest.id, newest.vintage)
        named = [(str(a), str(n)) for a, n in zip(frame.index, frame["name"], strict=True)]
        catalogue = self._monitoring.catalogue(Audience.INTERNAL, release)
        by_theme = [(t, tuple(i for i in found if i.theme == t.id)) for t in catalogue.themes]
        return LevelChoices(
            newest,
            tuple(sorted(named, key=lambda pair: pair[1].casefold())),
            tuple((t, own) for t, own in by_theme if own),
        )

    def check(self, facts: MeasureFacts) -> None:
        """Refuse level, areas and indicators the current release does not have.

        Raises
        ------
        WrongFieldError
            It names the field.
        """
        offered = self.of(facts.level)
        if offered is None:
            raise WrongFieldError("level", "measures.problem.level")
        unknown = [a for a in facts.areas if a not in dict(offered.areas)]
        if unknown:
            told = ", ".join(unknown[:3])[:60]
            raise WrongFieldError("areas", "measures.problem.area", wanted=told)
        if facts.indicator not in offered.indicators():
            raise WrongFieldError("indicator", "measures.problem.indicator")

    def _indicators(self, release: str, level: Level) -> list[Indicator]:
        offer = self._monitoring.offer(Audience.INTERNAL, release)
        return [
            i
            for i in offer.catalogue.indicators
            if i.kind in INDICATOR_KINDS and offer.periods.get(i.id, {}).get(level.id)
        ]

    def _newest(self, release: str, level: Level, indicator: Indicator) -> Level:
        """Return the level on the boundaries of the newest figures."""
        held = self._monitoring.offer(Audience.INTERNAL, release).periods[indicator.id][level.id]
        return self._monitoring.level_of(
            Audience.INTERNAL, release, indicator.id, level.id, held[-1]
        )
