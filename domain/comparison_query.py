"""The address of a comparison: read, made valid, written back.

Whatever an address says, the page opens: what is unknown falls back and leaves a hint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from domain.selection import COMPARISONS, LANGS, LONGEST_QUERY, Choices, Hint, default_level
from domain.side_by_side import (
    BY_NAME,
    FEWEST_AREAS,
    GROUP,
    MOST_AREAS,
    MOST_INDICATORS,
    ComparisonQuery,
    group_name,
)

KEYS = (
    "level", "areas", "theme", "indicators", "period", "compare", "sort", "interval", "release",
    "lang",
)  # fmt: skip
SECTION_KEYS = (GROUP, "rule", "map", "left", "right")
"""Keys of further sections of the page: kept as they are, read by the section itself.

A section may stand several times in an address, as ``group=…&group=…`` does.
"""
_MOST_FIELDS = 60
_LONGEST_VALUE = 4800
_SHOWN = 60
_UNREADABLE = "unreadable"

Raw = tuple[tuple[str, str], ...]
"""Keys and texts of an address in its order."""


@dataclass(frozen=True)
class ComparisonChoices:
    """What a comparison may hold: that of every selection, and the indicators of each theme.

    ``themes`` is theme → indicators in the order of the catalogue.
    """

    choices: Choices
    themes: Mapping[str, tuple[str, ...]]

    def themes_at(self, level: str) -> dict[str, tuple[str, ...]]:
        """Return the themes with the indicators that exist on a level, empty ones left out."""
        periods = self.choices.periods
        found = {
            theme: tuple(i for i in members if periods.get(i, {}).get(level))
            for theme, members in self.themes.items()
        }
        return {theme: members for theme, members in found.items() if members}

    def levels(self) -> tuple[str, ...]:
        """Return the levels with any indicator, in their order."""
        held = {level for levels in self.choices.periods.values() for level in levels}
        return tuple(x for x in self.choices.level_order if x in held)


def parse_comparison(text: str) -> Raw:
    """Read a query string; foreign keys are passed over, doubled and endless ones left out.

    Examples
    --------
    >>> parse_comparison("?areas=a,b&utm_source=post")
    (('areas', 'a,b'),)
    >>> parse_comparison("level=x&level=y")
    (('unreadable', 'level'),)
    """
    if len(text) > LONGEST_QUERY:
        return ((_UNREADABLE, "address"),)
    try:
        pairs = parse_qsl(text.lstrip("?"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return ((_UNREADABLE, "address"),)
    pairs = [(k, v) for k, v in pairs if k in KEYS or k in SECTION_KEYS]
    names = [k for k, _ in pairs]
    kept = [
        (k, v)
        for k, v in pairs
        if (k in SECTION_KEYS or names.count(k) == 1)
        and len(v) <= _LONGEST_VALUE
        and v.isprintable()
    ]
    left_out = sorted({k for k, v in pairs if (k, v) not in kept})
    return (*kept, *(((_UNREADABLE, ", ".join(left_out)),) if left_out else ()))


def validate_comparison(
    raw: Raw, offered: ComparisonChoices
) -> tuple[ComparisonQuery, tuple[Hint, ...]]:
    """Return the valid query nearest to an address, and what had to be replaced.

    An empty release gives an empty level.
    """
    reading = _Reading(dict(raw), offered, [])
    query = reading.query()
    sections = tuple((k, v) for k, v in raw if k in SECTION_KEYS)
    return replace(query, sections=sections), tuple(reading.hints)


@dataclass(frozen=True)
class _Reading:
    """One address on its way to a query; what is replaced on the way is noted in ``hints``."""

    raw: dict[str, str]
    offered: ComparisonChoices
    hints: list[Hint]

    def query(self) -> ComparisonQuery:
        if self.raw.get(_UNREADABLE):
            self._note("unreadable", wanted=self.raw[_UNREADABLE])
        lang = self._pick("lang", LANGS, LANGS[0])
        release = self.raw.get("release", "")
        levels = self.offered.levels()
        if not levels:
            return ComparisonQuery("", release=release, lang=lang)
        level = self._level(levels)
        theme, indicators = self._indicators(level)
        return ComparisonQuery(
            level=level,
            areas=self._areas(level),
            theme=theme,
            indicators=indicators,
            period=self._pick("period", self._periods(level, indicators), ""),
            compare=self._pick("compare", COMPARISONS, "city"),
            sort=self._sort(indicators),
            intervals=self._pick("interval", ("on", "off"), "off") == "on",
            release=release,
            lang=lang,
        )

    def _note(self, key: str, **params: object) -> None:
        self.hints.append((f"hint.{key}", params))

    def _pick(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        wanted = self.raw.get(name, "")
        if not wanted or wanted in allowed:
            return wanted or default
        self._note(f"side_{name}" if name != "lang" else name, wanted=wanted[:_SHOWN])
        return default

    def _list(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(x for x in self.raw.get(name, "").split(",") if x))

    def _level(self, levels: tuple[str, ...]) -> str:
        """Return the level asked for; where none is named, the one that knows all the areas."""
        wanted = self._list("areas")
        known = self.offered.choices.areas
        holding = [x for x in levels if wanted and known.get(x, frozenset()) >= set(wanted)]
        return self._pick("level", levels, next(iter(holding), default_level(levels)))

    def _indicators(self, level: str) -> tuple[str, tuple[str, ...]]:
        """Return the theme and its indicators, or no theme and those the reader named."""
        themes = self.offered.themes_at(level)
        here = {i for members in themes.values() for i in members}
        wanted = self._list("indicators")
        self._note_unknown(wanted, here, level)
        named = tuple(i for i in wanted if i in here)
        if len(named) > MOST_INDICATORS:
            self._note("side_many_indicators", most=MOST_INDICATORS)
        if named:
            return "", named[:MOST_INDICATORS]
        opening = self.offered.choices.default
        default = next((t for t, members in themes.items() if opening in members), "")
        theme = self._pick("theme", tuple(themes), default or next(iter(themes)))
        if len(themes[theme]) > MOST_INDICATORS:
            self._note("side_long_theme", most=MOST_INDICATORS, n=len(themes[theme]))
        return theme, themes[theme][:MOST_INDICATORS]

    def _note_unknown(self, wanted: tuple[str, ...], here: set[str], level: str) -> None:
        known = set(self.offered.choices.indicators)
        elsewhere = [i for i in wanted if i in known and i not in here]
        unknown = [i for i in wanted if i not in known]
        if elsewhere:
            self._note("side_not_here", wanted=_few(elsewhere), level=level)
        if unknown:
            self._note("side_indicators", wanted=_few(unknown))

    def _periods(self, level: str, indicators: tuple[str, ...]) -> tuple[str, ...]:
        periods = self.offered.choices.periods
        return tuple(dict.fromkeys(p for i in indicators for p in periods[i][level]))

    def _areas(self, level: str) -> tuple[str, ...]:
        wanted = self._list("areas")
        known = self.offered.choices.areas
        here = known.get(level, frozenset())
        strange = [a for a in wanted if a not in here]
        elsewhere = [a for a in strange if any(a in ids for ids in known.values())]
        unknown = [a for a in strange if a not in elsewhere]
        if elsewhere:
            self._note("side_other_level", wanted=_few(elsewhere))
        if unknown:
            self._note("areas", wanted=_few(unknown))
        found = tuple(a for a in wanted if a in here)
        if len(found) > MOST_AREAS:
            self._note("side_many_areas", most=MOST_AREAS, left_out=len(found) - MOST_AREAS)
        has_groups = GROUP in self.raw
        if 0 < len(found) < FEWEST_AREAS and not has_groups:
            self._note("side_one_area")
        return found[:MOST_AREAS]

    def _sort(self, indicators: tuple[str, ...]) -> str:
        wanted = self.raw.get("sort", "")
        if wanted.removeprefix("-") in ("", BY_NAME, *indicators):
            return wanted if wanted != "-" else ""
        self._note("side_sort", wanted=wanted[:_SHOWN])
        return ""


def _few(ids: list[str]) -> str:
    return ", ".join(ids[:3])[:_SHOWN]


def serialise_comparison(query: ComparisonQuery) -> str:
    """Write a query as a query string; defaults are left out, a theme stands for its indicators.

    The release is written where the address named it, so that a page does not age unseen.
    """
    return urlencode(list(_pairs(query)), safe=",:/@")


def _pairs(query: ComparisonQuery) -> Iterator[tuple[str, str]]:
    plain = ComparisonQuery("")
    for key in KEYS:
        if key == "interval":
            if query.intervals:
                yield key, "on"
        elif (key == "indicators" and query.theme) or (key == "release" and not query.is_pinned):
            continue
        else:
            value = getattr(query, key)
            if value and value != getattr(plain, key):
                yield key, ",".join(value) if isinstance(value, tuple) else value
    yield from query.sections


def with_area(query: ComparisonQuery, area: str) -> ComparisonQuery:
    """Return the query with one more area at its end; unchanged where there is no room."""
    if area in query.areas or query.n_columns >= MOST_AREAS:
        return query
    return replace(query, areas=(*query.areas, area))


def without_area(query: ComparisonQuery, area: str) -> ComparisonQuery:
    """Return the query without one area or group of areas."""
    name = group_name(area)
    kept = tuple((k, v) for k, v in query.sections if k != GROUP or v.partition(":")[0] != name)
    left = tuple(a for a in query.areas if a != area)
    return replace(query, areas=left, sections=kept if name else query.sections)


def sorted_by(query: ComparisonQuery, key: str) -> ComparisonQuery:
    """Return the query one step on: names rise first, values fall first, then turned, then none."""
    steps = (key, f"-{key}", "") if key == BY_NAME else (f"-{key}", key, "")
    at = steps.index(query.sort) if query.sort in steps else -1
    return replace(query, sort=steps[(at + 1) % len(steps)])


def sort_word(query: ComparisonQuery, key: str) -> str:
    """Return how the areas are sorted by a key: ``ascending``, ``descending`` or ``none``."""
    return {key: "ascending", f"-{key}": "descending"}.get(query.sort, "none")
