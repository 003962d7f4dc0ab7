"""The address of the page of measures: read, made valid, written back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from domain.measure import STANDINGS
from domain.plain_query import PlainReading, Raw, parse_plain, written
from domain.selection import LANGS, Hint

PATH = "/wirkung"
KEYS = ("measure", "area", "status", "year", "release", "lang")
_LONGEST_VALUE = 120


@dataclass(frozen=True)
class EffectsQuery:
    """Everything that decides what the page shows.

    Attributes
    ----------
    measure
        Id of the measure; empty where the register has none that fits.
    area
        ``level/area``: only measures there; empty for all.
    status
        One of :data:`domain.measure.STANDINGS`; empty for all.
    year
        The year that is looked back on, 0 for none.
    """

    measure: str = ""
    area: str = ""
    status: str = ""
    year: int = 0
    release: str = ""
    lang: str = "de"
    is_pinned: bool = False


@dataclass(frozen=True)
class EffectsChoices:
    """What the page may hold: for every measure its areas (``level/area``), status, and years."""

    measures: Mapping[str, tuple[tuple[str, ...], str]]
    years: Sequence[int]

    def areas(self) -> tuple[str, ...]:
        """Return the areas with a measure."""
        return tuple(dict.fromkeys(a for areas, _ in self.measures.values() for a in areas))

    def fitting(self, area: str, status: str) -> tuple[str, ...]:
        """Return the measures of an area and a status; empty texts for all."""
        return tuple(
            one
            for one, (areas, standing) in self.measures.items()
            if (not area or area in areas) and (not status or status == standing)
        )


def parse_effects(text: str) -> Raw:
    """Read a query string as :func:`domain.plain_query.parse_plain` does."""
    return parse_plain(text, KEYS, _LONGEST_VALUE)


def validate_effects(raw: Raw, offered: EffectsChoices) -> tuple[EffectsQuery, tuple[Hint, ...]]:
    """Return the valid query nearest to an address, and what had to be replaced."""
    reading = PlainReading(dict(raw), "hint.effects")
    reading.begin()
    area = reading.pick("area", offered.areas(), "")
    status = reading.pick("status", STANDINGS, "")
    fitting = offered.fitting(area, status)
    years = {str(y): y for y in offered.years}
    year = reading.pick("year", tuple(years), "")
    wanted = reading.raw.get("measure", "")
    measure = wanted if wanted in fitting else next(iter(fitting), "")
    if wanted and wanted not in offered.measures:
        reading.note("hint.effects_measure", wanted=wanted[:60])
    return (
        EffectsQuery(
            measure=measure,
            area=area,
            status=status,
            year=years.get(year, 0),
            release=reading.raw.get("release", ""),
            lang=reading.pick("lang", LANGS, LANGS[0]),
        ),
        tuple(reading.hints),
    )


def serialise_effects(query: EffectsQuery) -> str:
    """Write a query as a query string; defaults are left out."""
    plain = EffectsQuery()
    pairs = [
        (key, written(getattr(query, key)))
        for key in KEYS
        if getattr(query, key) != getattr(plain, key) and (key != "release" or query.is_pinned)
    ]
    return urlencode([pair for pair in pairs if pair[1]], safe=",:/@")
