"""The address of a profile: read, made valid, written back.

``/profil`` is the place to choose an area, ``/profil/<level>/<area>`` a profile and
``/profil/<area>`` one as well where only one level has the id. Whatever the query says, a profile
opens: unknown values fall back and leave a hint.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from domain.profile import AreaRef
from domain.selection import LANGS, LONGEST_QUERY, Hint

PATH = "/profil"
COMPARISONS = ("city", "parent")
LENGTHS = ("paragraph", "headline", "easy")
"""How long the findings in words are; ``easy`` is plain language."""
KEYS = ("period", "compare", "length", "release", "lang")
_ROUTE_KEYS = (*KEYS, "level", "area")
_MOST_FIELDS = 40
_LONGEST = 200
_SHOWN = 60
_UNREADABLE = "unreadable"


@dataclass(frozen=True)
class ProfileQuery:
    """What decides what a profile shows beside its area; equal queries give equal addresses."""

    period: str = ""
    compare: str = COMPARISONS[0]
    length: str = LENGTHS[0]
    release: str = ""
    lang: str = LANGS[0]


def parse_profile(text: str) -> dict[str, str]:
    """Read a query string; doubled keys and endless texts are left out and named.

    Examples
    --------
    >>> parse_profile("?period=2024&utm_source=post")
    {'period': '2024'}
    >>> parse_profile("lang=de&lang=en")
    {'unreadable': 'lang'}
    """
    if len(text) > LONGEST_QUERY:
        return {_UNREADABLE: "address"}
    try:
        pairs = parse_qsl(text.lstrip("?"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {_UNREADABLE: "address"}
    pairs = [(k, v) for k, v in pairs if k in _ROUTE_KEYS]
    names = [k for k, _ in pairs]
    found = {
        k: v for k, v in pairs if names.count(k) == 1 and len(v) <= _LONGEST and v.isprintable()
    }
    left_out = sorted(set(names) - set(found))
    return {**found, _UNREADABLE: ", ".join(left_out)} if left_out else found


def validate_profile(
    raw: Mapping[str, str], periods: Sequence[str]
) -> tuple[ProfileQuery, tuple[Hint, ...]]:
    """Return the valid query nearest to a raw one, and what had to be replaced.

    Parameters
    ----------
    periods
        Those of any indicator on the level of the area.
    """
    hints: list[Hint] = []
    if raw.get(_UNREADABLE):
        hints.append(("hint.unreadable", {"wanted": raw[_UNREADABLE]}))

    def pick(name: str, allowed: Sequence[str], default: str) -> str:
        wanted = raw.get(name, "")
        if not wanted or wanted in allowed:
            return wanted or default
        hints.append((f"hint.{name}", {"wanted": wanted[:_SHOWN]}))
        return default

    query = ProfileQuery(
        period=pick("period", periods, ""),
        compare=pick("compare", COMPARISONS, COMPARISONS[0]),
        length=pick("length", LENGTHS, LENGTHS[0]),
        release=raw.get("release", ""),
        lang=pick("lang", LANGS, LANGS[0]),
    )
    return query, tuple(hints)


def serialise_profile(query: ProfileQuery) -> str:
    """Write a query as text; defaults are left out."""
    default = ProfileQuery()
    pairs = [(k, getattr(query, k)) for k in KEYS]
    return urlencode([(k, v) for k, v in pairs if v != getattr(default, k)], safe=",:/@")


def profile_address(level: str, area: str, query: ProfileQuery | None = None) -> str:
    """Return the address of a profile.

    Examples
    --------
    >>> profile_address("stadtteile", "04", ProfileQuery(lang="en"))
    '/profil/stadtteile/04?lang=en'
    """
    text = serialise_profile(query) if query else ""
    path = f"{PATH}/{quote(level, safe='@')}/{quote(area, safe='@')}"
    return f"{path}?{text}" if text else path


def chooser_address(query: ProfileQuery) -> str:
    """Return the address of the chooser, in the language and release of a profile.

    Examples
    --------
    >>> chooser_address(ProfileQuery(release="2026-11-24-1", period="2024"))
    '/profil?release=2026-11-24-1'
    """
    text = serialise_profile(ProfileQuery(release=query.release, lang=query.lang))
    return f"{PATH}?{text}" if text else PATH


def area_query(area: AreaRef) -> str:
    """Return how the files of a profile are asked for the area: ``level=stadtteile&area=04``."""
    return urlencode({"level": area.level_name, "area": area.id}, safe=",:/@")
