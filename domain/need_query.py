"""The address of the page of need and supply: read, made valid, written back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from domain.plain_query import SHOWN, PlainReading, Raw, parse_plain, written
from domain.selection import LANGS, Choices, Hint, default_level
from domain.supply_plan import fitting, read_plan, write_plan

PATH = "/bedarf"
GROUPS = ("u3", "ue3", "total")
"""Age groups for which facilities tell their places."""
WAYS = ("matrix", "foot", "line")
MATRIX, FOOT, LINE = WAYS
SPREADS = ("even", "zones")
NONE = "none"
PLACES, OFFERS, OUTLOOK, PLAN = PARTS = ("places", "offers", "outlook", "plan")
"""What of the page is shown."""
KEYS = (
    "part", "level", "kind", "group", "children", "care", "target", "metres", "way", "spread",
    "area", "burden", "offer", "plan", "title", "release", "lang",
)  # fmt: skip
LEAST_METRES, MOST_METRES = 100.0, 20_000.0
MOST_TARGET = 200.0
LONGEST_TITLE = 80
_ALWAYS = ("group", "care", "way")
"""Their defaults hang on the release."""
_LONGEST_VALUE = 1_600
"""A plan of the most changes, with ids of common length."""


@dataclass(frozen=True)
class NeedQuery:
    """Everything that decides what the page shows.

    Attributes
    ----------
    children, care
        Ids of counts: children of the group, and those in care by where they live; ``care`` is
        :data:`NONE` for none.
    target
        Places wanted for 100 children; None: that of the catalogue, else 100.
    metres
        Longest way to a facility.
    area
        The area whose facilities are listed; empty: all.
    part
        One of :data:`PARTS`.
    burden
        The indicator that says how high the need of an area is; empty where there is none.
    offer
        The offer whose use is shown; empty where there is none.
    plan, title
        Changes to try out, see :func:`domain.supply_plan.read_plan`, and the name they go by.
    """

    level: str
    kind: str = ""
    group: str = "total"
    children: str = ""
    care: str = NONE
    target: float | None = None
    metres: float = 1000.0
    way: str = FOOT
    spread: str = "even"
    area: str = ""
    part: str = PLACES
    burden: str = ""
    offer: str = ""
    plan: str = ""
    title: str = ""
    release: str = ""
    lang: str = "de"
    is_pinned: bool = False


@dataclass(frozen=True)
class NeedChoices:
    """What the page may hold.

    Attributes
    ----------
    kinds
        Kind of facility → age groups for which at least one tells its places.
    counts
        Level → counts; those of ``likely`` stand first for their group, (level, group) → id.
    care
        (level, group) → count of children in care, empty where there is none.
    facilities
        Kind of facility → ids of its facilities.
    offers
        Names of offers, those of most facilities first.
    burdens
        Level → shares and rates whose high or low values are a burden.
    prepared
        Levels for which ways to facilities were delivered.
    """

    choices: Choices
    kinds: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, tuple[str, ...]]
    likely: Mapping[tuple[str, str], str]
    care: Mapping[tuple[str, str], str]
    facilities: Mapping[str, tuple[str, ...]]
    offers: tuple[str, ...]
    burdens: Mapping[str, tuple[str, ...]]
    prepared: frozenset[str]

    def levels(self) -> tuple[str, ...]:
        """Return the levels that know how many children there are."""
        return tuple(x for x in self.choices.level_order if self.counts.get(x))


def parse_need(text: str) -> Raw:
    """Read a query string as :func:`domain.plain_query.parse_plain` does."""
    return parse_plain(text, KEYS, _LONGEST_VALUE)


def validate_need(raw: Raw, offered: NeedChoices) -> tuple[NeedQuery, tuple[Hint, ...]]:
    """Return the valid query nearest to an address, and what had to be replaced.

    Without facilities or counts of children the level is empty.
    """
    reading = PlainReading(dict(raw), "hint.need")
    return _query(reading, offered), tuple(reading.hints)


def _query(reading: PlainReading, offered: NeedChoices) -> NeedQuery:
    reading.begin()
    lang = reading.pick("lang", LANGS, LANGS[0])
    release = reading.raw.get("release", "")
    levels, kinds = offered.levels(), offered.kinds
    if not levels or not kinds:
        return NeedQuery("", release=release, lang=lang)
    level = reading.pick("level", levels, default_level(levels))
    kind = reading.pick("kind", tuple(kinds), next(iter(kinds)))
    groups = kinds[kind]
    group = reading.pick("group", groups, groups[0])
    counts = offered.counts[level]
    likely = offered.likely.get((level, group), counts[0])
    care = offered.care.get((level, group), "") or NONE
    areas, burdens = offered.choices.areas.get(level, ()), offered.burdens.get(level, ())
    ways = WAYS if level in offered.prepared else WAYS[1:]
    return NeedQuery(
        level=level,
        kind=kind,
        group=group,
        children=reading.pick("children", counts, likely),
        care=reading.pick("care", (NONE, *counts), care),
        target=reading.number("target", 0, MOST_TARGET, None),
        metres=reading.number("metres", LEAST_METRES, MOST_METRES, 1000.0) or 1000.0,
        way=reading.pick("way", ways, ways[0]),
        spread=reading.pick("spread", SPREADS, SPREADS[0]),
        area=reading.pick("area", tuple(areas), ""),
        part=reading.pick("part", PARTS, PARTS[0]),
        burden=reading.pick("burden", burdens, next(iter(burdens), "")),
        offer=reading.pick("offer", offered.offers, next(iter(offered.offers), "")),
        plan=_plan(reading, offered.facilities.get(kind, ()), areas),
        title=_title(reading.raw.get("title", "")),
        release=release,
        lang=lang,
    )


def _title(text: str) -> str:
    return "".join(c for c in text if c.isprintable())[:LONGEST_TITLE].strip()


def _plan(reading: PlainReading, facilities: Collection[str], areas: Collection[str]) -> str:
    """Return the changes that fit the release; the others leave a hint each."""
    changes, wrong = read_plan(reading.raw.get("plan", ""))
    kept, foreign = fitting(changes, frozenset(facilities), frozenset(areas))
    for part in (*wrong, *(write_plan([change]) for change in foreign)):
        reading.note("hint.need_change", wanted=part[:SHOWN])
    return write_plan(kept)


def serialise_need(query: NeedQuery) -> str:
    """Write a query as a query string; defaults are left out."""
    plain = NeedQuery("")
    pairs = [
        (key, written(getattr(query, key)))
        for key in KEYS
        if (getattr(query, key) != getattr(plain, key) or key in _ALWAYS)
        and (key != "release" or query.is_pinned)
    ]
    return urlencode([pair for pair in pairs if pair[1]], safe=",:/@;~")
