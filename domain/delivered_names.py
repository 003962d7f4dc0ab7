"""The name under which a delivered file is kept: what people call it, never where it lies."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80
FALLBACK = "lieferung"
_UNSAFE = re.compile(r"[^\w .()+-]+")
_SPACES = re.compile(r"\s+")
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)
"""Names that Windows keeps for devices, whatever the ending."""


def delivered_name(given: str) -> str:
    r"""Return a harmless file name made of what a browser sent.

    Folders before the name are dropped, odd signs become ``_``, and the ending stays when a name
    is cut. Nothing is decided by it: what a file is, its content says.

    Examples
    --------
    >>> delivered_name("../../x"), delivered_name("C:\\Daten\\Kinder 2025.xlsx")
    ('x', 'Kinder 2025.xlsx')
    >>> delivered_name(""), delivered_name("a\x00b.csv"), delivered_name("nul.csv")
    ('lieferung', 'a_b.csv', 'lieferung-nul.csv')
    """
    text = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    text = _SPACES.sub(" ", _UNSAFE.sub("_", text)).strip(" .")
    stem, dot, ending = text.rpartition(".")
    if not dot or len(ending) > len("geojsonseq"):
        stem, dot, ending = text, "", ""
    stem = stem[: LONGEST - len(dot + ending)].strip(" .")
    if not stem:
        return FALLBACK + dot + ending
    if stem.casefold() in _RESERVED:
        stem = f"{FALLBACK}-{stem}"
    return stem + dot + ending


def free_name(name: str, taken: frozenset[str]) -> str:
    """Return the name, or the name with a number where it is taken already.

    >>> free_name("a.csv", frozenset({"a.csv", "a-2.csv"}))
    'a-3.csv'
    """
    stem, dot, ending = name.rpartition(".")
    head, tail = (stem, dot + ending) if dot else (name, "")
    number, found = 1, name
    while found.casefold() in {one.casefold() for one in taken}:
        number += 1
        found = f"{head}-{number}{tail}"
    return found
