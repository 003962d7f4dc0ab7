"""The start page: questions with the views that answer them, themes, and what is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from data.bundle_schema import DamagedBundleError
from data.release_model import UnknownReleaseError
from domain.layers import PLAIN_LAYERS
from domain.model import Audience, Catalogue, Indicator, Kind, Polarity, Text, Theme, Tile
from domain.news import News
from domain.periods import in_time
from domain.selection import Choices, Selection
from domain.view import AtlasContent, IndicatorView
from services.container import Services

MOST_DERIVED = 8
_FEWEST_AREAS = 5


@dataclass(frozen=True)
class Answer:
    """A question and the view that answers it for its newest period.

    ``question`` is empty for one that was derived from a theme. ``content`` is there where the
    view is about more than values: a layer, or a second indicator.
    """

    tile: Tile
    selection: Selection
    view: IndicatorView
    content: AtlasContent | None

    @property
    def is_derived(self) -> bool:
        """Whether nobody asked the question in so many words."""
        return not self.tile.question.de


@dataclass(frozen=True)
class ThemeCount:
    """A theme with the number of its indicators that have a value."""

    theme: Theme
    indicators: int


@dataclass(frozen=True)
class ReleaseNote:
    """What every page says of the release it shows."""

    id: str
    created: dt.date
    note: Text
    licence: str
    is_current: bool


def answers(services: Services, audience: Audience, release: str, language: str) -> list[Answer]:
    """Return every question of a release that has an answer, those of the town first."""
    catalogue = services.monitoring.catalogue(audience, release)
    choices = services.monitoring.choices(audience, release)
    tiles = catalogue.tiles or tuple(derived_tiles(catalogue, choices))
    found = (_answer(services, audience, tile, (release, language)) for tile in tiles)
    return [answer for answer in found if answer is not None]


def derived_tiles(catalogue: Catalogue, choices: Choices) -> Iterator[Tile]:
    """Yield a question for each theme of a town that asks none: its most telling indicator.

    Shares that tell of burden come first, and the coarsest level on which areas can be compared.
    """
    for theme in catalogue.themes[:MOST_DERIVED]:
        usable = [
            i for i in catalogue.indicators if i.theme == theme.id and i.id in choices.periods
        ]
        if usable:
            chosen = min(usable, key=_telling)
            yield Tile(replace(chosen.name, de="", en=""), chosen.id, _level(chosen, choices))


def _telling(indicator: Indicator) -> tuple[bool, bool]:
    return indicator.polarity is Polarity.NONE, indicator.kind not in (Kind.SHARE, Kind.RATE)


def _level(indicator: Indicator, choices: Choices) -> str:
    held = [x for x in choices.level_order if x in choices.periods[indicator.id]]
    many = [x for x in held if len(choices.areas.get(x, ())) >= _FEWEST_AREAS]
    return next(iter(many or held), "")


def _answer(
    services: Services, audience: Audience, tile: Tile, place: tuple[str, str]
) -> Answer | None:
    """Return the view of a question; None where the release cannot answer it."""
    monitoring, (release, language) = services.monitoring, place
    asked = {
        "indicator": tile.indicator, "level": tile.level, "period": tile.period,
        "compare": tile.compare, "second": tile.second, "layer": tile.layer,
    }  # fmt: skip
    raw = {key: value for key, value in asked.items() if value}
    selection, _ = monitoring.selection(audience, {**raw, "release": release, "lang": language})
    if selection.indicator != tile.indicator:
        return None
    if tile.second or selection.layer not in PLAIN_LAYERS:
        content = monitoring.atlas_content(audience, selection)
        return Answer(tile, selection, content.view, content)
    level = monitoring.level_of(
        audience, release, selection.indicator, selection.level, selection.period
    )
    view = monitoring.view(
        audience, release, level, selection.indicator,
        category=selection.category, compare=selection.compare,
    )  # fmt: skip
    return Answer(tile, selection, view, None)


def themes(services: Services, audience: Audience, release: str) -> list[ThemeCount]:
    """Return the themes that have an indicator, in the order of the catalogue."""
    catalogue = services.monitoring.catalogue(audience, release)
    counts = {t.id: sum(i.theme == t.id for i in catalogue.indicators) for t in catalogue.themes}
    return [ThemeCount(t, counts[t.id]) for t in catalogue.themes if counts[t.id]]


def news(services: Services, audience: Audience, release: str) -> News:
    """Return what is new in a release; an earlier one that cannot be opened counts as removed."""
    previous, is_pruned = services.releases.before(release)
    if previous is None:
        return News(release, None, is_pruned)
    try:
        before = services.monitoring.catalogue(audience, previous)
        held = _periods(services, audience, previous)
    except (DamagedBundleError, UnknownReleaseError):
        return News(release, None, is_pruned=True)
    now = services.monitoring.catalogue(audience, release)
    known = {i.id for i in before.indicators}
    grown = _periods(services, audience, release)
    added = ((i, grown.get(i.id, set()) - held.get(i.id, set())) for i in now.indicators)
    levels = {x.key for x in before.levels}
    return News(
        release,
        previous,
        indicators=tuple(i for i in now.indicators if i.id not in known),
        gone=tuple(i for i in before.indicators if now.indicator(i.id) is None),
        periods=tuple(
            (i, tuple(sorted(more, key=in_time))) for i, more in added if more and i.id in known
        ),
        levels=tuple(x for x in now.levels if x.key not in levels),
    )


def _periods(services: Services, audience: Audience, release: str) -> dict[str, set[str]]:
    table = services.monitoring.availability(audience, release)
    found: dict[str, set[str]] = {}
    for indicator, period in zip(table["indicator"], table["period"], strict=True):
        found.setdefault(str(indicator), set()).add(str(period))
    return found


def release_note(services: Services, audience: Audience, release: str) -> ReleaseNote:
    """Return number, date, note and licence of a release.

    The note is the one written on the release desk, else that of the import. Without a licence
    of the town those of its sources hold.
    """
    reader = services.releases.reader(release, audience)
    catalogue, manifest = reader.catalogue(), reader.manifest()
    licences = dict.fromkeys(s.licence for s in catalogue.sources)
    return ReleaseNote(
        id=release,
        created=dt.datetime.fromisoformat(str(manifest["created"])).date(),
        note=services.desk.note(release)
        or Text(str(manifest.get("note", "")), str(manifest.get("note_en", ""))),
        licence=catalogue.town.licence or " · ".join(licences),
        is_current=release == services.monitoring.current(),
    )
