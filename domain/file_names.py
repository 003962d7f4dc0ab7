"""Names of areas as names of files that every system takes, no two of them equal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

LONGEST = 80
_FORBIDDEN = frozenset('/\\:*?"<>|')
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{x}{n}" for x in ("com", "lpt") for n in range(1, 10))}
)


def safe_name(text: str) -> str:
    """Return a text as a file name without ending; umlauts stay, what a system forbids goes.

    >>> safe_name("Groß/Süd: Mitte?"), safe_name("CON"), safe_name(" .. ")
    ('Groß-Süd- Mitte', 'CON_', '_')
    """
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(
        "-" if c in _FORBIDDEN else c for c in composed if unicodedata.category(c)[0] != "C"
    )
    short = " ".join(kept.split())[:LONGEST].strip(" .-")
    if short.casefold() in _RESERVED or not short:
        return short + "_"
    return short


def safe_names(named: Iterable[tuple[str, str]], ending: str) -> dict[str, str]:
    """Return id → file name; names that would be equal without case carry their id.

    Examples
    --------
    >>> safe_names([("1", "Nord"), ("2", "nord"), ("3", "Süd")], "pdf")
    {'1': 'Nord.pdf', '2': 'nord (2).pdf', '3': 'Süd.pdf'}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for area, text in named:
        name = safe_name(text)
        if name.casefold() in taken:
            name = f"{name} ({safe_name(area)})"
        count = 2
        unique = name
        while unique.casefold() in taken:
            unique, count = f"{name} ({count})", count + 1
        taken.add(unique.casefold())
        found[area] = f"{unique}.{ending}"
    return found
