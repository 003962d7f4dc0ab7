"""The address of the page of need and supply: read, made valid, written back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from domain.selection import LANGS, LONGEST_QUERY, Choices, Hint, default_level

PATH = "/bedarf"
GROUPS = ("u3", "ue3", "total")
"""Age groups for which facilities tell their places."""
WAYS = ("foot", "line")
SPREADS = ("even", "zones")
NONE = "none"
KEYS = (
    "level", "kind", "group", "children", "care", "target", "metres", "way", "spread", "area",
    "release", "lang",
)  # fmt: skip
LEAST_METRES, MOST_METRES = 100.0, 20_000.0
MOST_TARGET = 200.0
_SHOWN = 60
_MOST_FIELDS = 30
_LONGEST_VALUE = 200
_UNREADABLE = "unreadable"
Raw = tuple[tuple[str, str], ...]


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
    """

    level: str
    kind: str = ""
    group: str = "total"
    children: str = ""
    care: str = NONE
    target: float | None = None
    metres: float = 1000.0
    way: str = "foot"
    spread: str = "even"
    area: str = ""
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
    """

    choices: Choices
    kinds: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, tuple[str, ...]]
    likely: Mapping[tuple[str, str], str]
    care: Mapping[tuple[str, str], str]

    def levels(self) -> tuple[str, ...]:
        """Return the levels that know how many children there are."""
        return tuple(x for x in self.choices.level_order if self.counts.get(x))


def parse_need(text: str) -> Raw:
    """Read a query string; foreign keys are passed over, doubled and endless ones left out."""
    if len(text) > LONGEST_QUERY:
        return ((_UNREADABLE, "address"),)
    try:
        pairs = parse_qsl(text.lstrip("?"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return ((_UNREADABLE, "address"),)
    pairs = [(k, v) for k, v in pairs if k in KEYS]
    names = [k for k, _ in pairs]
    kept = [
        (k, v)
        for k, v in pairs
        if names.count(k) == 1 and len(v) <= _LONGEST_VALUE and v.isprintable()
    ]
    left_out = sorted({k for k, v in pairs if (k, v) not in kept})
    return (*kept, *(((_UNREADABLE, ", ".join(left_out)),) if left_out else ()))


def validate_need(raw: Raw, offered: NeedChoices) -> tuple[NeedQuery, tuple[Hint, ...]]:
    """Return the valid query nearest to an address, and what had to be replaced.

    Without facilities or counts of children the level is empty.
    """
    reading = _Reading(dict(raw), offered, [])
    return reading.query(), tuple(reading.hints)


@dataclass(frozen=True)
class _Reading:
    raw: dict[str, str]
    offered: NeedChoices
    hints: list[Hint]

    def query(self) -> NeedQuery:
        if self.raw.get(_UNREADABLE):
            self.hints.append(("hint.unreadable", {"wanted": self.raw[_UNREADABLE]}))
        lang = self._pick("lang", LANGS, LANGS[0])
        release = self.raw.get("release", "")
        levels, kinds = self.offered.levels(), self.offered.kinds
        if not levels or not kinds:
            return NeedQuery("", release=release, lang=lang)
        level = self._pick("level", levels, default_level(levels))
        kind = self._pick("kind", tuple(kinds), next(iter(kinds)))
        groups = kinds[kind]
        group = self._pick("group", groups, groups[0])
        counts = self.offered.counts[level]
        likely = self.offered.likely.get((level, group), counts[0])
        care = self.offered.care.get((level, group), "") or NONE
        return NeedQuery(
            level=level,
            kind=kind,
            group=group,
            children=self._pick("children", counts, likely),
            care=self._pick("care", (NONE, *counts), care),
            target=self._number("target", 0, MOST_TARGET, None),
            metres=self._number("metres", LEAST_METRES, MOST_METRES, 1000.0) or 1000.0,
            way=self._pick("way", WAYS, WAYS[0]),
            spread=self._pick("spread", SPREADS, SPREADS[0]),
            area=self._pick("area", tuple(self.offered.choices.areas.get(level, ())), ""),
            release=release,
            lang=lang,
        )

    def _pick(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        wanted = self.raw.get(name, "")
        if not wanted or wanted in allowed:
            return wanted or default
        key = "hint.lang" if name == "lang" else "hint.need"
        self.hints.append((key, {"wanted": wanted[:_SHOWN]}))
        return default

    def _number(self, name: str, least: float, most: float, default: float | None) -> float | None:
        wanted = self.raw.get(name, "")
        if not wanted:
            return default
        try:
            found = float(wanted)
        except ValueError:
            found = math.nan
        if not least <= found <= most:
            self.hints.append(("hint.need", {"wanted": wanted[:_SHOWN]}))
            return default
        return found


def serialise_need(query: NeedQuery) -> str:
    """Write a query as a query string; defaults are left out."""
    plain = NeedQuery("")
    pairs = [
        (key, _text(getattr(query, key)))
        for key in KEYS
        if (getattr(query, key) != getattr(plain, key) or key in ("group", "care"))
        and (key != "release" or query.is_pinned)
    ]
    return urlencode([pair for pair in pairs if pair[1]], safe=",:/@")


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)
