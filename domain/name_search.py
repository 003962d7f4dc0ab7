"""Names found although they are typed with a slip: case, umlauts, a wrong or a missing letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping

_LEAST_ALIKE = 0.45
_SHORTEST = 2
_MOST_OFFERED = 10
_LONGEST_TEXT = 60


def plain(text: str) -> str:
    """Return a text without case, accents and punctuation; umlauts lose their dots.

    >>> plain("Groß-Süd"), plain("gross sued")
    ('gross sud', 'gross sud')
    """
    bare = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    kept = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    for spelt, short in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        kept = kept.replace(spelt, short)
    return " ".join(kept.split())


def in_alphabet(name: str) -> tuple[str, str]:
    """Return the key that sorts names as German lists do, umlauts with their vowels (DIN 5007-1).

    >>> sorted(["Zoo", "Ölmühle", "Ostkai"], key=in_alphabet)
    ['Ölmühle', 'Ostkai', 'Zoo']
    """
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in bare if not unicodedata.combining(c)), name


def pairs_of(text: str) -> frozenset[str]:
    """Return the pairs of letters of a plain text, its words kept apart by blanks."""
    padded = f" {text} "
    return frozenset(padded[i : i + 2] for i in range(len(padded) - 1))


def alike(first: frozenset[str], second: frozenset[str]) -> float:
    """Return how much two sets of pairs share, 0 to 1 (Dice 1945)."""
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else 0.0


def find_names(names: Mapping[str, str], text: str, *, most: int = 12) -> tuple[str, ...]:
    """Return the ids whose name fits a typed text, the best first.

    Parameters
    ----------
    names
        Id → name. An id that is typed whole is found, too.
    text
        What was typed; fewer than two letters find nothing.

    Notes
    -----
    Names that begin with the text come first, then those with a word that does, then those that
    hold it; only where nothing does, those that look alike.

    Examples
    --------
    >>> find_names({"a": "Süd", "b": "Altstadt"}, "altstat")
    ('b',)
    """
    wanted = plain(text)
    if len(wanted) < _SHORTEST:
        return (text.strip(),) if text.strip() in names else ()
    written = {area: plain(name) for area, name in names.items()}
    placed = (
        (_place(name, wanted, is_id=area == text.strip()), area) for area, name in written.items()
    )
    found = sorted((place, written[area], area) for place, area in placed if place is not None)
    if found:
        return tuple(area for _, _, area in found[:most])
    pairs = pairs_of(wanted)
    scores = ((-_likeness(name, pairs), area) for area, name in written.items())
    return tuple(area for score, area in sorted(scores)[:most] if -score >= _LEAST_ALIKE)


def find_further(
    names: Mapping[str, str], text: str, chosen: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Return id and name of the first ten a typed text may mean, those chosen left out.

    >>> find_further({"a": "Süd", "b": "Südost"}, "süd", ("a",))
    (('b', 'Südost'),)
    """
    found = find_names(names, text[:_LONGEST_TEXT], most=_MOST_OFFERED + len(chosen))
    fresh = [(place, names[place]) for place in found if place not in chosen]
    return tuple(fresh[:_MOST_OFFERED])


def _place(name: str, wanted: str, *, is_id: bool) -> int | None:
    """Return how well a plain name fits, 0 best, None where it does not hold the text."""
    if is_id or name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted}" in name:
        return 2
    return 3 if wanted in name else None


def _likeness(name: str, pairs: frozenset[str]) -> float:
    return max(alike(pairs_of(part), pairs) for part in {name, *name.split()})
