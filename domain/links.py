"""Addresses that are handed on: which are ours, which release they name, how they are shortened."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

LONGEST_TARGET = 8192
"""Letters of an address that is kept; an address of the Atlas has at most 6,144."""
SHORTEST_CODE = 7
LONGEST_CODE = 16
EMBEDDED = ("map", "ranking", "trend", "scatter", "table")
"""Panels of the Atlas that other pages may show."""

RELEASE_HINTS = frozenset({"hint.old_release", "hint.unknown_release", "hint.waiting_release"})
"""What the frame around every page tells of the release, so that no page tells it twice."""

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Neither 0, 1, i, l nor o: a code is read aloud and typed from a wall."""
_CODE = re.compile(rf"[{_LETTERS}]{{{SHORTEST_CODE},{LONGEST_CODE}}}")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")
_PATH = re.compile(r"/[\w@./+ -]{0,400}", re.UNICODE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_MOST_FIELDS = 60
_TRACKING = ("utm_", "fbclid", "gclid")


INTERNAL = "/intern"
"""What stands before the path of a page that shows internal numbers."""


class StrangeLinkError(ValueError):
    """An address that is not one of ours, or holds what no address of ours has."""


def page_path(pathname: str | None) -> str:
    """Return the path of a page without what says that it shows internal numbers.

    Examples
    --------
    >>> page_path("/intern/atlas"), page_path("/atlas"), page_path("/intern/"), page_path(None)
    ('/atlas', '/atlas', '/', '/')
    """
    path = pathname or "/"
    return path.removeprefix(INTERNAL) if path.startswith(f"{INTERNAL}/") else path


def own_target(address: str) -> str:
    """Return path and query of an address of this application, in one spelling.

    Keys that other sites add are left out; what follows ``#`` is the browser's and not kept.

    Raises
    ------
    StrangeLinkError
        Not a path of a host, too long, or with keys and letters no address of ours has.

    Examples
    --------
    >>> own_target("https://atlas.example/atlas?indicator=armut&utm_source=post")
    '/atlas?indicator=armut'
    """
    if len(address) > LONGEST_TARGET or _CONTROL.search(address) or "\\" in address:
        raise StrangeLinkError(address[:80])
    try:
        parts = urlsplit(address)
        pairs = parse_qsl(parts.query, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise StrangeLinkError(address[:80]) from None
    path = unquote(parts.path)
    is_path = bool(_PATH.fullmatch(path)) and "//" not in path and ".." not in path
    if not is_path or ((parts.scheme or parts.netloc) and parts.scheme not in ("http", "https")):
        raise StrangeLinkError(address[:80])
    kept = [(k, v) for k, v in pairs if not k.startswith(_TRACKING)]
    if not all(_KEY.fullmatch(k) for k, _ in kept):
        raise StrangeLinkError(address[:80])
    return quote(path, safe="/@+") + _query(kept)


def _query(pairs: list[tuple[str, str]]) -> str:
    return "?" + urlencode(pairs, safe=",:/@") if pairs else ""


def _without(target: str, *names: str) -> tuple[str, list[tuple[str, str]]]:
    path, _, query = target.partition("?")
    return path, [(k, v) for k, v in parse_qsl(query) if k not in names]


def pinned(target: str, release: str) -> str:
    """Return the address with the release it shows, so that it shows the same in a year.

    A release that is named already stays.

    Examples
    --------
    >>> pinned("/atlas?indicator=armut", "2026-1"), pinned("/profil?release=2025-1", "2026-1")
    ('/atlas?indicator=armut&release=2026-1', '/profil?release=2025-1')
    """
    path, pairs = _without(target)
    if any(k == "release" and v for k, v in pairs):
        return target
    return path + _query([*((k, v) for k, v in pairs if k != "release"), ("release", release)])


def unpinned(target: str) -> str:
    """Return the address of the same view in whatever release is the newest."""
    path, pairs = _without(target, "release")
    return path + _query(pairs)


def in_language(target: str, language: str) -> str:
    """Return the address of the same view in a language."""
    path, pairs = _without(target, "lang")
    return path + _query([*pairs, ("lang", language)])


def embedded(target: str, panel: str) -> str:
    """Return the address of one panel of an Atlas view, for the frame of another page.

    Raises
    ------
    StrangeLinkError
        Not an address of the Atlas, or no such panel.

    Examples
    --------
    >>> embedded("/atlas?indicator=armut", "map")
    '/embed/atlas?indicator=armut&panel=map'
    """
    path, pairs = _without(target, "panel")
    if path.rstrip("/") != "/atlas" or panel not in EMBEDDED:
        raise StrangeLinkError(target[:80])
    return "/embed/atlas" + _query([*pairs, ("panel", panel)])


def report_query(target: str) -> str:
    """Return the query by which the files of a page are asked for; empty for a page without any.

    Examples
    --------
    >>> report_query("/profil/stadtteile/31?period=2025&release=2026-1")
    'page=profil&level=stadtteile&area=31&period=2025'
    >>> report_query("/vergleich?areas=31,22"), report_query("/vergleich"), report_query("/")
    ('page=vergleich&areas=31,22', '', '')
    """
    path, pairs = _without(target, "release", "page")
    parts = unquote(path).strip("/").split("/")
    match parts:
        case ["atlas"]:
            own = [("page", "atlas")]
        case ["vergleich"] if any(key == "areas" for key, _ in pairs):
            own = [("page", "vergleich")]
        case ["profil", level, area]:
            own = [("page", "profil"), ("level", level), ("area", area)]
        case ["artikel", article]:
            own = [("id", article)]
        case _:
            return ""
    return _query([*own, *pairs])[1:]


def code_of(town: str, target: str, length: int = SHORTEST_CODE) -> str:
    """Return the code of an address: equal addresses have equal codes, nothing is drawn by lot."""
    number = int.from_bytes(hashlib.sha256(f"{town}\n{target}".encode()).digest(), "big")
    letters = []
    for _ in range(length):
        number, rest = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[rest])
    return "".join(letters)


def is_code(text: str) -> bool:
    """Return whether a text may be a code; capitals and look-alikes are nobody's code."""
    return bool(_CODE.fullmatch(text))
