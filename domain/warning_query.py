"""The address of the early-warning list: read, made valid, written back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from domain.conspicuous import FALSE_DISCOVERIES
from domain.plain_query import PlainReading, Raw, parse_plain, written
from domain.selection import LANGS, Choices, Hint, default_level

PATH = "/fruehwarnung"
LEAST_Q, MOST_Q = 0.01, 0.2
LEAST = ("1", "2", "3", "4")
"""Indicators on which an area must have moved to be listed."""
YEARS = ("1", "2", "3", "5")
"""Years between the two periods."""
BURDEN, ALL = "burden", "all"
KEYS = ("level", "of", "years", "least", "q", "release", "lang")
_LONGEST_VALUE = 60


@dataclass(frozen=True)
class WarningQuery:
    """Everything that decides what the page shows.

    Attributes
    ----------
    of
        :data:`BURDEN`: indicators that say whether burden grows; :data:`ALL`: the others too.
    q
        Share of the movements found that may be chance.
    """

    level: str
    of: str = BURDEN
    years: int = 1
    least: int = 2
    q: float = FALSE_DISCOVERIES
    release: str = ""
    lang: str = "de"
    is_pinned: bool = False


@dataclass(frozen=True)
class WarningChoices:
    """What the page may hold: level → which indicators can be tested there, the default first."""

    choices: Choices
    kinds: Mapping[str, tuple[str, ...]]

    def levels(self) -> tuple[str, ...]:
        """Return the levels with an indicator whose change can be tested."""
        return tuple(x for x in self.choices.level_order if self.kinds.get(x))


def parse_warning(text: str) -> Raw:
    """Read a query string as :func:`domain.plain_query.parse_plain` does."""
    return parse_plain(text, KEYS, _LONGEST_VALUE)


def validate_warning(raw: Raw, offered: WarningChoices) -> tuple[WarningQuery, tuple[Hint, ...]]:
    """Return the valid query nearest to an address, and what had to be replaced.

    Where nothing can be tested the level is empty.
    """
    reading = PlainReading(dict(raw), "hint.warning")
    return _query(reading, offered), tuple(reading.hints)


def _query(reading: PlainReading, offered: WarningChoices) -> WarningQuery:
    reading.begin()
    lang = reading.pick("lang", LANGS, LANGS[0])
    release = reading.raw.get("release", "")
    levels = offered.levels()
    if not levels:
        return WarningQuery("", release=release, lang=lang)
    level = reading.pick("level", levels, default_level(levels))
    kinds = offered.kinds[level]
    q = reading.number("q", LEAST_Q, MOST_Q, FALSE_DISCOVERIES)
    return WarningQuery(
        level=level,
        of=reading.pick("of", kinds, kinds[0]),
        years=int(reading.pick("years", YEARS, YEARS[0])),
        least=int(reading.pick("least", LEAST, LEAST[1])),
        q=round(q or FALSE_DISCOVERIES, 2),
        release=release,
        lang=lang,
    )


def serialise_warning(query: WarningQuery) -> str:
    """Write a query as a query string; defaults are left out.

    Examples
    --------
    >>> serialise_warning(WarningQuery("stadtteile", least=3, q=0.1))
    'level=stadtteile&least=3&q=0.1'
    """
    plain = WarningQuery("")
    pairs = [
        (key, written(getattr(query, key)))
        for key in KEYS
        if getattr(query, key) != getattr(plain, key) and (key != "release" or query.is_pinned)
    ]
    return urlencode([pair for pair in pairs if pair[1]], safe=",:/@")
