"""The one selection of a page: read from an address, made valid, written back.

Whatever an address says, a page opens: unknown values fall back to a default and leave a hint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from domain.layers import FIRST, LAYERS
from domain.model import TOTAL

CONTRIBUTIONS = "beitraege"
"""Stands among the kinds of facilities for what people said in workshops."""
MOST_COLOURED = 8
"""Chosen areas up to this number have a colour of their own; more are marked as a group."""
MOST_AREAS = 400
LONGEST_QUERY = 6144
SCATTERS = ("relation", "funnel")
LANGS = ("de", "en")
COMPARISONS = ("city", "parent", "target", "previous")

_KEYS = (
    "indicator", "category", "period", "level", "areas", "second", "compare", "layer", "since",
    "scatter", "classes", "facilities", "extent", "release", "lang",
)  # fmt: skip
_MOST_FIELDS = 40
_PLAIN = re.compile(r"[\w@.:/,+ -]{0,4800}", re.UNICODE)
_METHOD = re.compile(r"(quantiles|fisher_jenks|equal|pretty):[3-7]")
_LIMITS = re.compile(r"-?\d{1,9}(\.\d{1,6})?(,-?\d{1,9}(\.\d{1,6})?){1,5}")
_EXTENT = re.compile(r"-?\d{1,3}(\.\d{1,6})?(,-?\d{1,3}(\.\d{1,6})?){3}")

Hint = tuple[str, dict[str, Any]]

UNREADABLE = "unreadable"
"""Key under which :func:`parse_query` leaves word that a part of the address was left out."""


@dataclass(frozen=True)
class Selection:
    """Everything that decides what a page shows; equal selections give equal addresses."""

    indicator: str
    period: str
    level: str
    category: str = TOTAL
    areas: tuple[str, ...] = ()
    second: str | None = None
    compare: str = "city"
    layer: str = "value"
    since: str = FIRST
    scatter: str = "relation"
    classes: str = ""
    facilities: str = ""
    extent: str = ""
    release: str = ""
    lang: str = "de"


@dataclass(frozen=True)
class Choices:
    """What a selection may hold.

    ``periods`` is indicator → level → periods in time order; ``areas`` level → area ids of all
    vintages; ``categories`` indicator → category ids, ``categories_at`` (indicator, level) → period
    → those with values under the boundaries of that period, which may be fewer; ``partners``
    proposes second indicators, the best first; ``default`` is the indicator a page opens with,
    the first one when empty. ``city_only`` are indicators without any district, which no map can
    show.
    """

    indicators: tuple[str, ...]
    periods: Mapping[str, Mapping[str, tuple[str, ...]]]
    areas: Mapping[str, frozenset[str]]
    level_order: tuple[str, ...]
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    categories_at: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]] = field(
        default_factory=dict
    )
    partners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    targets: frozenset[str] = frozenset()
    default: str = ""
    facility_kinds: frozenset[str] = frozenset()
    city_only: frozenset[str] = frozenset()


def parse_query(text: str) -> dict[str, str]:
    """Read a query string; doubled keys, strange characters and endless texts are left out.

    Keys that mean nothing here are passed over in silence: other sites add them to links.

    Examples
    --------
    >>> parse_query("?indicator=armut&utm_source=post")
    {'indicator': 'armut'}
    >>> parse_query("indicator=armut&period=1&period=2")
    {'indicator': 'armut', 'unreadable': 'period'}
    """
    if len(text) > LONGEST_QUERY:
        return {UNREADABLE: "address"}
    try:
        pairs = parse_qsl(text.lstrip("?"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {UNREADABLE: "address"}
    pairs = [(k, v) for k, v in pairs if k in _KEYS]
    names = [k for k, _ in pairs]
    found = {k: v for k, v in pairs if names.count(k) == 1 and _PLAIN.fullmatch(v)}
    left_out = sorted(set(names) - set(found))
    return {**found, UNREADABLE: ", ".join(left_out)} if left_out else found


def validate(raw: Mapping[str, str], choices: Choices) -> tuple[Selection, tuple[Hint, ...]]:
    """Return the valid selection nearest to ``raw`` and what had to be replaced.

    An empty release gives an empty indicator.
    """
    hints: list[Hint] = []
    if raw.get(UNREADABLE):
        hints.append(("hint.unreadable", {"wanted": raw[UNREADABLE]}))

    def pick(name: str, allowed: tuple[str, ...], default: str) -> str:
        wanted = raw.get(name, "")
        if not wanted or wanted in allowed:
            return wanted or default
        hints.append((f"hint.{name}", {"wanted": wanted[:60]}))
        return default

    lang = pick("lang", LANGS, LANGS[0])
    indicators = tuple(i for i in choices.indicators if _levels(choices, i))
    if not indicators:
        empty = Selection("", "", "", release=raw.get("release", ""), lang=lang)
        return empty, tuple(hints)
    opening = choices.default if choices.default in indicators else indicators[0]
    if raw.get("indicator", "") in choices.city_only:
        hints.append(("hint.city_only", {"wanted": raw["indicator"][:60]}))
        raw = {k: v for k, v in raw.items() if k != "indicator"}
    indicator = pick("indicator", indicators, opening)
    periods = choices.periods[indicator]
    levels = _levels(choices, indicator)
    level = pick("level", levels, default_level(levels))
    period = pick("period", periods[level], periods[level][-1])
    others = tuple(i for i in indicators if i != indicator and choices.periods[i].get(level))
    partners = (*choices.partners.get(indicator, ()), *others)
    possible = [i for i in partners if i in others]
    # a partner of the same year first: values of different years say little together
    same_year = [i for i in possible if period in choices.periods[i][level]]
    default_second = next(iter((*same_year, *possible)), "")
    compares = tuple(c for c in COMPARISONS if c != "target" or indicator in choices.targets)
    layer = pick("layer", LAYERS, "value")
    areas = _areas(raw.get("areas", ""), choices.areas.get(level, frozenset()), hints)
    return (
        Selection(
            indicator=indicator,
            period=period,
            level=level,
            category=_category(raw, choices, (indicator, level, period), hints),
            areas=areas,
            second=pick("second", others, default_second) or None,
            compare=pick("compare", compares, "city"),
            layer=layer,
            # only the change between two periods has a second one
            since=pick("since", (FIRST, *periods[level]), FIRST) if layer == "change" else FIRST,
            scatter=pick("scatter", SCATTERS, "relation"),
            classes=_classes(raw.get("classes", ""), hints),
            facilities=_facilities(raw.get("facilities", ""), choices.facility_kinds, hints),
            extent=_matching(raw, "extent", _EXTENT, hints),
            release=raw.get("release", ""),
            lang=lang,
        ),
        tuple(hints),
    )


def _levels(choices: Choices, indicator: str) -> tuple[str, ...]:
    periods = choices.periods.get(indicator, {})
    return tuple(level for level in choices.level_order if periods.get(level))


def default_level(levels: tuple[str, ...]) -> str:
    """Return the level a page opens with: the second coarsest, else the only one."""
    return levels[min(1, len(levels) - 1)]


def _category(
    raw: Mapping[str, str], choices: Choices, at: tuple[str, str, str], hints: list[Hint]
) -> str:
    """Return the category asked for where indicator, level and period hold it, else the whole.

    A split may be withheld on one level only; without a whole the first category is taken.
    """
    indicator, level, period = at
    known = choices.categories.get(indicator, ()) or (TOTAL,)
    held = choices.categories_at.get((indicator, level), {}).get(period) or known
    default = TOTAL if TOTAL in held else held[0]
    wanted = raw.get("category", "")
    if not wanted or wanted in held:
        return wanted or default
    code = "hint.category_level" if wanted in known else "hint.category"
    hints.append((code, {"wanted": wanted[:60]}))
    return default


def class_limits(text: str) -> tuple[float, ...]:
    """Return the limits between classes written in an address, empty when they are not limits.

    Examples
    --------
    >>> class_limits("10,20.5,30"), class_limits("equal:5"), class_limits("30,10")
    ((10.0, 20.5, 30.0), (), ())
    """
    if not _LIMITS.fullmatch(text):
        return ()
    limits = tuple(float(part) for part in text.split(","))
    return limits if list(limits) == sorted(set(limits)) else ()


def _classes(wanted: str, hints: list[Hint]) -> str:
    if not wanted or _METHOD.fullmatch(wanted) or class_limits(wanted):
        return wanted
    hints.append(("hint.classes", {"wanted": wanted[:60]}))
    return ""


def _facilities(text: str, known: frozenset[str], hints: list[Hint]) -> str:
    known = known | {CONTRIBUTIONS}
    wanted = tuple(dict.fromkeys(k for k in text.split(",") if k))
    unknown = [k for k in wanted if k not in known]
    if unknown:
        hints.append(("hint.facilities", {"wanted": ", ".join(unknown[:3])[:60]}))
    return ",".join(k for k in wanted if k in known)


def _matching(
    raw: Mapping[str, str], name: str, pattern: re.Pattern[str], hints: list[Hint]
) -> str:
    wanted = raw.get(name, "")
    if not wanted or pattern.fullmatch(wanted):
        return wanted
    hints.append((f"hint.{name}", {"wanted": wanted[:60]}))
    return ""


def _areas(text: str, known: frozenset[str], hints: list[Hint]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(a for a in text.split(",") if a))
    unknown = [a for a in wanted if a not in known]
    if unknown:
        hints.append(("hint.areas", {"wanted": ", ".join(unknown[:3])}))
    found = tuple(a for a in wanted if a in known)
    if len(found) > MOST_AREAS:
        hints.append(("hint.too_many_areas", {"most": MOST_AREAS}))
    return found[:MOST_AREAS]


def toggle_area(areas: tuple[str, ...], area: str, *, add: bool) -> tuple[str, ...]:
    """Select an area, or deselect it; with ``add`` the others stay, up to the limit."""
    if area in areas:
        return tuple(a for a in areas if a != area)
    if not add:
        return (area,)
    return areas if len(areas) >= MOST_AREAS else (*areas, area)


def serialise(selection: Selection) -> str:
    """Write a selection as a query string; defaults are left out."""
    default = Selection("", "", "")
    pairs = []
    for key in _KEYS:
        value = getattr(selection, key)
        if value and value != getattr(default, key):
            pairs.append((key, ",".join(value) if isinstance(value, tuple) else value))
    return urlencode(pairs, safe=",:/@")
