"""Words as people type them: umlauts written out or left off, accents, Sankt, and slips.

``assets/20-js/37-finder.js`` does the same for short lists in the browser.
"""

from __future__ import annotations

import re
import unicodedata

_SPELLED = {
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe", "ł": "l",
    "đ": "d",
}  # fmt: skip
_PLAIN = {**_SPELLED, "ä": "a", "ö": "o", "ü": "u"}
_OTHER_NAMES = {"st": "sankt", "sankt": "st"}
_WORD = re.compile(r"[^\W_]+")
_SHORT, _MIDDLE = 4, 8

Span = tuple[int, int]


def words_of(text: str) -> list[tuple[str, int]]:
    """Return the words of a text with the place of each."""
    return [(m[0], m.start()) for m in _WORD.finditer(text)]


def spelled(word: str) -> str:
    """Return a word in small letters with umlauts written out.

    >>> spelled("Grün"), spelled("Straße"), spelled("Chóśebuz")
    ('gruen', 'strasse', 'chosebuz')
    """
    return _folded(word, _SPELLED)


def spellings(word: str) -> tuple[str, ...]:
    """Return the ways in which a word may be typed, the fullest first.

    >>> spellings("Grün"), spellings("St")
    (('gruen', 'grun'), ('st', 'sankt'))
    """
    full = _folded(word, _SPELLED)
    if full in _OTHER_NAMES:
        return full, _OTHER_NAMES[full]
    if word.isascii():
        return (full,)
    short = _folded(word, _PLAIN)
    return (full,) if short == full else (full, short)


def query_words(query: str) -> list[str]:
    """Return the words of what was typed, as they are looked for."""
    return [spelled(word) for word, _ in words_of(unicodedata.normalize("NFC", query))]


def _folded(word: str, table: dict[str, str]) -> str:
    small = word.lower()
    if small.isascii():
        return small
    letters = "".join(table.get(letter, letter) for letter in small)
    if letters.isascii():
        return letters
    parts = unicodedata.normalize("NFD", letters)
    return "".join(c for c in parts if not unicodedata.combining(c))


def letters_at(word: str, start: int, form: str) -> list[int]:
    """Return for each letter of a form of a word where it stands in the text of the word."""
    found: list[int] = []
    table = _SPELLED if _folded(word, _SPELLED) == form else _PLAIN
    for place, letter in enumerate(word):
        found += [start + place] * len(_folded(letter, table))
    if len(found) != len(form):  # another name altogether: the whole word is meant
        last = len(word) - 1
        return [start + min(i, last) for i in range(len(form) - 1)] + [start + last]
    return found


def allowance(length: int) -> int:
    """Return how many slips are forgiven in a word of that many letters."""
    if length < _SHORT:
        return 0
    return 1 if length < _MIDDLE else 2


def beginning_distance(query: str, word: str, limit: int) -> tuple[int, int] | None:
    """Return the fewest slips to any beginning of a word, and where that ends.

    Slips are wrong, missing, extra and swapped letters (Damerau, 1964). None where there are more
    than ``limit``.
    """
    width = min(len(word), len(query) + limit)
    if width < len(query) - limit:
        return None
    before: list[int] = []
    above = list(range(width + 1))
    for i, letter in enumerate(query, start=1):
        row = [i]
        for k in range(1, width + 1):
            cost = above[k - 1] + (letter != word[k - 1])
            cost = min(cost, above[k] + 1, row[k - 1] + 1)
            if i > 1 and k > 1 and letter == word[k - 2] and query[i - 2] == word[k - 1]:
                cost = min(cost, before[k - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return None
        before, above = above, row
    errors = min(above)
    end = max(k for k, cost in enumerate(above) if cost == errors)
    return (errors, end) if errors <= limit else None
