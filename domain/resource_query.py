"""The address of the page that shares money or posts: read, made valid, written back.

Whatever an address says, the page opens: what is unknown falls back and leaves a hint.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from domain.distribution import RULES, UNITS, Order
from domain.model import Kind, Polarity
from domain.needs_index import CUTS, METHODS
from domain.plain_query import SHOWN, PlainReading, Raw, parse_plain, written
from domain.selection import LANGS, Choices, Hint, default_level

PATH = "/ressourcen"
FEWEST, MOST = 3, 6
"""How many indicators an index is made of."""
MOST_WEIGHT = 10
OF_FIRST = "base"
"""Children are those the shares of the first indicator are counted of."""
INDEX_KINDS = (Kind.SHARE, Kind.RATE, Kind.MEAN, Kind.INDEX)
KEYS = (
    "level", "indicators", "weights", "period", "method", "base", "classes", "children",
    "unit", "amount", "gearing", "floor", "cap", "rule",
    "before", "before_amount", "before_gearing", "fall", "rise", "release", "lang",
)  # fmt: skip
BY_FORMULA = "formula"
"""Last year is what a formula gives to the children of today: by default the Gießkanne."""
MOST_FALL, MOST_RISE = 100.0, 1000.0
"""Percent."""
MOST_AMOUNT = 1e9
MOST_POSTS = 10_000.0
_PLAIN = {"amount": 100_000.0, "gearing": 50.0}
_LONGEST_VALUE = 600


@dataclass(frozen=True)
class ResourceQuery:
    """Everything that decides what the page shows; equal queries give equal addresses.

    Attributes
    ----------
    weights
        Whole numbers from 0 to :data:`MOST_WEIGHT`, one for each indicator.
    period
        The period asked for; empty: the newest.
    base
        The period whose middle and spread are kept for all years; empty: each year its own.
    children
        Id of the count of children, or :data:`OF_FIRST`.
    gearing
        Percent, 0 (Gießkanne) to 100.
    floor, cap
        For each child, in the unit; None for none.
    before
        What stands for last year: empty for nothing, :data:`BY_FORMULA`, or the id of a locked
        scenario, which only staff may name.
    before_amount, before_gearing
        Of the formula of last year; None for the amount of this year.
    fall, rise
        Largest change against last year in percent; None for none.
    """

    level: str
    indicators: tuple[str, ...] = ()
    weights: tuple[int, ...] = ()
    period: str = ""
    method: str = "z"
    base: str = ""
    classes: str = "four"
    children: str = OF_FIRST
    unit: str = "euro"
    amount: float = _PLAIN["amount"]
    gearing: float = _PLAIN["gearing"]
    floor: float | None = None
    cap: float | None = None
    rule: str = "hare"
    before: str = ""
    before_amount: float | None = None
    before_gearing: float = 0.0
    fall: float | None = None
    rise: float | None = None
    release: str = ""
    lang: str = "de"
    is_pinned: bool = False

    @property
    def order(self) -> Order:
        """What is shared and how."""
        fall, rise = (None if x is None else x / 100 for x in (self.fall, self.rise))
        return Order(
            self.amount, self.unit, self.gearing / 100, self.floor, self.cap, self.rule, fall, rise
        )

    @property
    def order_before(self) -> Order:
        """How the formula of last year shared."""
        amount = self.amount if self.before_amount is None else self.before_amount
        return Order(amount, self.unit, self.before_gearing / 100, rule=self.rule)

    @property
    def is_of_scenario(self) -> bool:
        """Whether last year is a saved scenario."""
        return self.before not in {"", BY_FORMULA}


@dataclass(frozen=True)
class ResourceChoices:
    """What the page may hold: indicators that tell of burden, and counts, by level.

    Both are level → ids in the order of the catalogue; ``likely`` is the order in which an index
    is filled, ``children`` the count that stands in where an indicator tells no base, or one that
    holds others than children; ``of_children`` are the ids that speak of children only.
    """

    choices: Choices
    burdens: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, tuple[str, ...]]
    likely: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    children: Mapping[str, str] = field(default_factory=dict)
    of_children: frozenset[str] = frozenset()

    def levels(self) -> tuple[str, ...]:
        """Return the levels with enough indicators for an index."""
        return tuple(x for x in self.choices.level_order if len(self.burdens.get(x, ())) >= FEWEST)

    def replaces_base(self, level: str, first: str) -> bool:
        """Return whether a count of children stands in for the base of the first indicator."""
        likely = self.children.get(level, "")
        return first not in self.of_children and likely in self.of_children


def tells_burden(kind: Kind, polarity: Polarity) -> bool:
    """Return whether an indicator may be part of an index: comparable, and one end is burden."""
    return kind in INDEX_KINDS and polarity is not Polarity.NONE


def parse_resources(text: str) -> Raw:
    """Read a query string as :func:`domain.plain_query.parse_plain` does."""
    return parse_plain(text, KEYS, _LONGEST_VALUE)


def validate_resources(
    raw: Raw, offered: ResourceChoices, scenarios: Collection[str] = ()
) -> tuple[ResourceQuery, tuple[Hint, ...]]:
    """Return the valid query nearest to an address, and what had to be replaced.

    Where no level has enough indicators the level is empty. ``scenarios`` are the ids that may
    stand for last year.
    """
    reading = _Reading(dict(raw), "hint.resources", offered=offered, scenarios=scenarios)
    return reading.query(), tuple(reading.hints)


@dataclass(frozen=True)
class _Reading(PlainReading):
    offered: ResourceChoices = field(kw_only=True)
    scenarios: Collection[str] = field(kw_only=True)

    def query(self) -> ResourceQuery:
        self.begin()
        lang = self.pick("lang", LANGS, LANGS[0])
        release = self.raw.get("release", "")
        levels = self.offered.levels()
        if not levels:
            return ResourceQuery("", release=release, lang=lang)
        level = self.pick("level", levels, default_level(levels))
        indicators = self._indicators(level)
        periods = self._periods(level, indicators)
        query = ResourceQuery(
            level=level,
            indicators=indicators,
            weights=self._weights(len(indicators)),
            period=self.pick("period", periods, ""),
            method=self.pick("method", METHODS, "z"),
            base=self.pick("base", periods, ""),
            classes=self.pick("classes", tuple(CUTS), "four"),
            children=self.pick(
                "children", (OF_FIRST, *self.offered.counts.get(level, ())), OF_FIRST
            ),
            unit=self.pick("unit", tuple(UNITS), "euro"),
            rule=self.pick("rule", RULES, "hare"),
            release=release,
            lang=lang,
        )
        return self._with_numbers(query)

    def _with_numbers(self, query: ResourceQuery) -> ResourceQuery:
        step = UNITS[query.unit]
        most = MOST_AMOUNT if query.unit == "euro" else MOST_POSTS
        default = _PLAIN["amount"] if query.unit == "euro" else 10.0
        amount = self.number("amount", 1 / step, most, default) or default
        return replace(
            query,
            amount=round(amount * step) / step,
            gearing=self.number("gearing", 0, 100, _PLAIN["gearing"]) or 0.0,
            floor=self.number("floor", 0, most, None) or None,
            cap=self.number("cap", 0, most, None) or None,
            **self._last_year(step, most),
        )

    def _last_year(self, step: int, most: float) -> dict[str, Any]:
        before = self.raw.get("before", "")
        if before not in {"", BY_FORMULA, *self.scenarios}:
            self.note("hint.resources_before", wanted=before[:SHOWN])
            before = ""
        fall = self.number("fall", 0, MOST_FALL, None)
        rise = self.number("rise", 0, MOST_RISE, None)
        if not before and (fall is not None or rise is not None):
            self.note("hint.resources_change_alone")
        told = {"before": before, "fall": fall, "rise": rise}
        if before != BY_FORMULA:
            return told
        amount = self.number("before_amount", 1 / step, most, None)
        return {
            **told,
            "before_amount": None if amount is None else round(amount * step) / step,
            "before_gearing": self.number("before_gearing", 0, 100, 0.0) or 0.0,
        }

    def _indicators(self, level: str) -> tuple[str, ...]:
        here = self.offered.burdens[level]
        wanted = tuple(dict.fromkeys(x for x in self.raw.get("indicators", "").split(",") if x))
        unknown = [x for x in wanted if x not in here]
        if unknown:
            self.note("hint.resources_indicators", wanted=", ".join(unknown[:3])[:SHOWN])
        found = tuple(x for x in wanted if x in here)
        if len(found) > MOST:
            self.note("hint.resources_many", most=MOST)
        if wanted and len(found) < FEWEST:
            self.note("hint.resources_few", fewest=FEWEST)
        if len(found) >= FEWEST:
            return found[:MOST]
        more = (x for x in (*self.offered.likely.get(level, ()), *here) if x not in found)
        return (*found, *dict.fromkeys(more))[:FEWEST]

    def _weights(self, n: int) -> tuple[int, ...]:
        wanted = self.raw.get("weights", "")
        if not wanted:
            return (1,) * n
        parts = wanted.split(",")
        whole = [int(p) for p in parts if p.isdecimal() and p.isascii() and len(p) <= len("10")]
        is_right = len(whole) == len(parts) == n and max(whole) <= MOST_WEIGHT and sum(whole) > 0
        if not is_right:
            self.note(self.hint, wanted=wanted[:SHOWN])
            return (1,) * n
        return tuple(whole)

    def _periods(self, level: str, indicators: tuple[str, ...]) -> tuple[str, ...]:
        held = self.offered.choices.periods
        return tuple(dict.fromkeys(p for i in indicators for p in held[i][level]))


def serialise_resources(query: ResourceQuery) -> str:
    """Write a query as a query string; defaults are left out."""
    plain = ResourceQuery("")
    pairs = [
        (key, written(getattr(query, key)))
        for key in KEYS
        if getattr(query, key) != getattr(plain, key)
        and (key != "weights" or len(set(query.weights)) > 1)
        and (key != "release" or query.is_pinned)
    ]
    return urlencode([pair for pair in pairs if pair[1]], safe=",:/@")
