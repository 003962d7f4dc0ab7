"""Names of areas in the form in which they are compared, and the parts they consist of.

Case, umlauts, accents, dashes, apostrophes and usual abbreviations make no difference between
two names. Everything looser than that is left to :mod:`data.importing.keys`, which tells it.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "œ": "oe",
        "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n",
    }
)  # fmt: skip
_SHORTENED = (
    (re.compile(r"\bst\.\s*"), "sankt "),
    (re.compile(r"\bst\b"), "sankt"),
    (re.compile(r"str\.(?=[\s\-]|$)"), "strasse"),
    (re.compile(r"\ba\.\s?d\.\s*"), "an der "),
)
_SEPARATORS = re.compile(r"[\s_/.,'’‘`´ʼ\-‐‑‒–—―−]+")
_ROUNDS = 4
"""Folding a letter may uncover another one; no text needs more rounds than this."""

_LANGUAGES = re.compile(r"\s*[/|;]\s*|\s+[\-‐‑–—]\s+")
_WITH_BRACKETS = re.compile(_LANGUAGES.pattern + r"|\s*[()\[\]]\s*")
_JOINED = re.compile(
    r"\s*[/|;,+&]\s*|\s+[\-‐‑–—]\s+|\s+(?:und|u\.|and|mit|sowie)\s+", re.IGNORECASE
)
_ADDED = re.compile(
    r"\s*(?:[(\[][^()\[\]]*[)\]]|,\s*(?:stadt|gemeinde|kreisfreie stadt))\s*$", re.I
)
_FOOTNOTE = re.compile(r"\s*(?:\*+|[¹²³⁰-⁹†‡]+|\(?\d{1,2}\))\s*$")
_NO_NAME = frozenset(
    {
        "nord", "sued", "ost", "west", "mitte", "stadt", "land", "kreis", "landkreis", "bezirk",
        "stadtteil", "ortsteil", "stadtbezirk", "gemeinde", "innenstadt", "zentrum",
        "kreisfreie stadt",
    }
)  # fmt: skip
_SHORTEST_PART = 3


def normal_name(name: str) -> str:
    """Return the form in which names are compared.

    >>> normal_name("Westliche_Höhe") == normal_name("westliche höhe")
    True
    >>> normal_name("St. Jürgen") == normal_name("Sankt-Juergen")
    True
    >>> normal_name("Chóśebuz")
    'chosebuz'
    """
    text = name
    for _ in range(_ROUNDS):
        folded = _folded(text)
        if folded == text:
            break
        text = folded
    return text


def _folded(name: str) -> str:
    text = unicodedata.normalize("NFC", name).casefold()
    # Umlauts first: their dots are no accent to be dropped.
    text = unicodedata.normalize("NFC", text).translate(_LETTERS)
    plain = (
        letter
        for letter in unicodedata.normalize("NFD", text)
        # Mn: accents; Cf: soft hyphens and other signs nobody sees
        if unicodedata.category(letter) not in {"Mn", "Cf"}
    )
    text = unicodedata.normalize("NFC", "".join(plain)).casefold()
    for pattern, full in _SHORTENED:
        text = pattern.sub(full, text)
    return _SEPARATORS.sub(" ", text).strip()


def split_name(name: str, *, at_brackets: bool = True) -> list[str]:
    """Return the parts of a bilingual or annotated name in normal form; none for a plain name."""
    pattern = _WITH_BRACKETS if at_brackets else _LANGUAGES
    parts = [part for part in map(normal_name, pattern.split(name)) if part]
    return parts if len(parts) > 1 else []


def name_parts(name: str) -> list[str]:
    """Return the parts of a name that may name a place by themselves, in normal form.

    >>> name_parts("Cottbus - Chóśebuz")
    ['cottbus', 'chosebuz']
    >>> name_parts("Altstadt (Stadtteil 01)")
    ['altstadt']
    >>> name_parts("Alt-Saarbrücken")
    []
    """
    return [part for part in split_name(name) if is_place(part)]


def is_place(part: str) -> bool:
    """Whether a part in normal form may name a place by itself."""
    has_digit = any(letter.isdigit() for letter in part)
    return len(part) >= _SHORTEST_PART and not has_digit and part not in _NO_NAME


def joined_names(name: str) -> list[str]:
    """Return the names of several areas written as one, in normal form.

    >>> joined_names("Moorburg und Altenwerder")
    ['moorburg', 'altenwerder']
    """
    return [part for part in map(normal_name, _JOINED.split(name)) if part]


def bare_name(name: str) -> str:
    """Return the normal form without a footnote mark or an addition at the end.

    >>> bare_name("Altstadt 1)"), bare_name("Altstadt (Stadtteil 01)"), bare_name("Mitte, Stadt")
    ('altstadt', 'altstadt', 'mitte')
    """
    # the addition first: "01)" of "(Stadtteil 01)" is no footnote
    return normal_name(_FOOTNOTE.sub("", _ADDED.sub("", name)))
