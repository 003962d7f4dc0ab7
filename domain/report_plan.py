"""What a report of one's own is made of: areas, indicators, years, chapters and their order.

Whatever an address says, there is a plan: what is unknown falls back and leaves a hint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

from domain.comparison_query import ComparisonChoices
from domain.periods import in_time
from domain.selection import LANGS, LONGEST_QUERY, Hint, default_level

COVER, OVERVIEW, COMPARISON = "cover", "overview", "comparison"
MAPS, TWINS, RULE = "maps", "twins", "rule"
PROFILES, METHODS, SHEETS = "profiles", "methods", "sheets"
CHAPTERS = (COVER, OVERVIEW, COMPARISON, MAPS, TWINS, RULE, PROFILES, METHODS, SHEETS)
OPENING = (COVER, OVERVIEW, COMPARISON, METHODS, SHEETS)
"""Chapters of a report nobody changed yet."""
FORMATS = ("pdf", "pptx", "xlsx")
ALL = "all"
MOST_INDICATORS = 12
MOST_PERIODS = 3
MOST_NAMED = 120
"""Areas that an address may name one by one; of more, ``all`` is meant."""
MOST_PROFILES = 24
"""Profiles in one report; all of a level come as an archive of single files."""
MOST_ARCHIVED = 1200
"""Profiles in one archive, which holds a turn of the heavy exports all the while."""
SECTION_KEYS = ("left", "right", "map", "rule")
"""Keys of the maps in step and of the rule, as the address of a comparison has them."""
KEYS = (
    "level", "areas", "theme", "indicators", "periods", "chapters", *SECTION_KEYS, "format",
    "release", "lang",
)  # fmt: skip
_SHOWN = 60
_UNREADABLE = "unreadable"
_MOST_FIELDS = 60
_OPENING_INDICATORS = 4


Raw = tuple[tuple[str, str], ...]
"""Keys and texts of an address in its order."""


@dataclass(frozen=True)
class ReportPlan:
    """Everything that decides a report but the reader's own texts; equal plans, equal addresses.

    Attributes
    ----------
    areas
        Ids in the order of choice; empty with ``all_areas``.
    theme
        The theme whose indicators are meant; empty where the reader named ``indicators``.
    periods
        Years of the overview, newest first; empty: of each indicator the newest.
    chapters
        What the report holds, in this order.
    sections
        What the maps in step show and the rule, as the address has them; read by those chapters.
    """

    level: str
    areas: tuple[str, ...] = ()
    all_areas: bool = False
    theme: str = ""
    indicators: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    chapters: tuple[str, ...] = OPENING
    format: str = "pdf"
    release: str = ""
    lang: str = "de"
    sections: tuple[tuple[str, str], ...] = ()

    @property
    def rule(self) -> str:
        """The rule as the reader wrote it; empty where there is none."""
        return dict(self.sections).get(RULE, "")

    @property
    def period(self) -> str:
        """The newest of the named years; empty means that of each indicator."""
        return max(self.periods, key=in_time, default="")


def parse_plan(query: str) -> Raw:
    """Read a query string; foreign keys are passed over, doubled and endless ones left out.

    >>> parse_plan("?areas=a,b&utm_source=post")
    (('areas', 'a,b'),)
    >>> parse_plan("level=x&level=y")
    (('unreadable', 'level'),)
    """
    if len(query) > LONGEST_QUERY:
        return ((_UNREADABLE, "address"),)
    try:
        pairs = parse_qsl(query.lstrip("?"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return ((_UNREADABLE, "address"),)
    known = [(k, v) for k, v in pairs if k in KEYS]
    names = [k for k, _ in known]
    kept = [(k, v) for k, v in known if names.count(k) == 1 and v.isprintable()]
    left_out = sorted(set(names) - {k for k, _ in kept})
    return (*kept, *(((_UNREADABLE, ", ".join(left_out)),) if left_out else ()))


def read_plan(raw: Raw, offered: ComparisonChoices) -> tuple[ReportPlan, tuple[Hint, ...]]:
    """Return the valid plan nearest to an address, and what had to be replaced.

    An empty release gives an empty level.
    """
    reading = _Reading(dict(raw), offered)
    if reading.raw.get(_UNREADABLE):
        reading.note("unreadable", wanted=reading.raw[_UNREADABLE])
    return reading.plan(), tuple(reading.hints)


@dataclass
class _Reading:
    """One address on its way to a plan; what is replaced on the way is noted in ``hints``."""

    raw: Mapping[str, str]
    offered: ComparisonChoices
    hints: list[Hint] = field(default_factory=list)

    def plan(self) -> ReportPlan:
        lang = self._pick("lang", LANGS, LANGS[0])
        release = self.raw.get("release", "")
        levels = self.offered.levels()
        if not levels:
            return ReportPlan("", release=release, lang=lang)
        level = self._pick("level", levels, default_level(levels))
        theme, indicators = self._indicators(level)
        wanted = self._list("areas")
        return ReportPlan(
            level=level,
            areas=() if ALL in wanted else self._areas(level, wanted),
            all_areas=ALL in wanted,
            theme=theme,
            indicators=indicators,
            periods=self._periods(level, indicators),
            chapters=self._chapters(),
            format=self._pick("format", FORMATS, FORMATS[0]),
            release=release,
            lang=lang,
            sections=tuple((k, self.raw[k]) for k in SECTION_KEYS if self.raw.get(k)),
        )

    def note(self, key: str, **params: object) -> None:
        self.hints.append((f"hint.{key}", params))

    def _pick(self, name: str, allowed: Sequence[str], default: str) -> str:
        wanted = self.raw.get(name, "")
        if not wanted or wanted in allowed:
            return wanted or default
        self.note(f"builder_{name}" if name != "lang" else name, wanted=wanted[:_SHOWN])
        return default

    def _list(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(x for x in self.raw.get(name, "").split(",") if x))

    def _known(self, name: str, allowed: Sequence[str] | frozenset[str], most: int) -> list[str]:
        """Return what is known of a list, cut to its limit; both leave a hint."""
        wanted = self._list(name)
        known = [x for x in wanted if x in allowed]
        if len(known) < len(wanted):
            strange = [x for x in wanted if x not in allowed]
            self.note(f"builder_{name}", wanted=", ".join(strange[:3])[:_SHOWN])
        if len(known) > most:
            self.note(f"builder_many_{name}", most=most)
        return known[:most]

    def _indicators(self, level: str) -> tuple[str, tuple[str, ...]]:
        themes = self.offered.themes_at(level)
        here = [i for members in themes.values() for i in members]
        named = self._known("indicators", here, MOST_INDICATORS)
        if named:
            return "", tuple(named)
        opening = self.offered.choices.default
        usual = next((t for t, members in themes.items() if opening in members), next(iter(themes)))
        theme = self._pick("theme", tuple(themes), "")
        if theme:
            if len(themes[theme]) > MOST_INDICATORS:
                self.note("builder_many_indicators", most=MOST_INDICATORS)
            return theme, themes[theme][:MOST_INDICATORS]
        return "", themes[usual][:_OPENING_INDICATORS]

    def _areas(self, level: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
        here = self.offered.choices.areas.get(level, frozenset())
        return tuple(self._known("areas", here, MOST_NAMED)) if wanted else ()

    def _periods(self, level: str, indicators: tuple[str, ...]) -> tuple[str, ...]:
        held = {p for i in indicators for p in self.offered.choices.periods[i][level]}
        found = self._known("periods", frozenset(held), MOST_PERIODS)
        return tuple(sorted(found, key=in_time, reverse=True))

    def _chapters(self) -> tuple[str, ...]:
        if not self._list("chapters"):
            return OPENING
        return tuple(self._known("chapters", CHAPTERS, len(CHAPTERS))) or OPENING


def write_plan(plan: ReportPlan) -> str:
    """Write a plan as a query string; defaults are left out, a theme stands for its indicators."""
    return urlencode(list(_pairs(plan)), safe=",:/@")


def _pairs(plan: ReportPlan) -> Iterator[tuple[str, str]]:
    plain = ReportPlan("")
    for key in KEYS:
        if key == "areas" and plan.all_areas:
            yield key, ALL
        elif key == "indicators" and plan.theme:
            continue
        elif key in SECTION_KEYS:
            yield from ((k, text) for k, text in plan.sections if k == key)
        else:
            value = getattr(plan, key)
            if value and value != getattr(plain, key):
                yield key, ",".join(value) if isinstance(value, tuple) else value


def moved(plan: ReportPlan, chapter: str, by: int) -> ReportPlan:
    """Return the plan with a chapter some places further up (negative) or down.

    >>> moved(ReportPlan("x", chapters=("cover", "methods")), "methods", -1).chapters
    ('methods', 'cover')
    """
    order = [c for c in plan.chapters if c != chapter]
    at = min(max(plan.chapters.index(chapter) + by, 0), len(order))
    return replace(plan, chapters=(*order[:at], chapter, *order[at:]))


def toggled(plan: ReportPlan, chapter: str) -> ReportPlan:
    """Return the plan with a chapter more, at its usual place, or less; the last one stays."""
    if chapter not in plan.chapters:
        before = CHAPTERS[: CHAPTERS.index(chapter)]
        at = max((plan.chapters.index(c) + 1 for c in before if c in plan.chapters), default=0)
        return replace(plan, chapters=(*plan.chapters[:at], chapter, *plan.chapters[at:]))
    if len(plan.chapters) == 1:
        return plan
    return replace(plan, chapters=tuple(c for c in plan.chapters if c != chapter))
