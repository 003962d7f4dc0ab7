"""Does a short text seem to hold something personal? Hints for the one who publishes it.

They are no proof: a text without a hint can still name somebody, and two nouns in a row are often
no name. A person reads every text before it becomes public; the hints make them look twice.
"""

from __future__ import annotations

import re
import unicodedata

from domain.word_list import STOP_WORDS

EMAIL, PHONE, NAME, ADDRESS, LINK = HINTS = ("email", "phone", "name", "address", "link")
_EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)*", re.IGNORECASE)
_LINK = re.compile(r"https?://|\bwww\.|\B@\w{2,}", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w.,])(?:\+|00|0)[\d\s()/.–-]{5,}\d")
_FEWEST_DIGITS = 7
_HOUSE = re.compile(
    r"(?:\w+(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer)"
    r"|\b(?:Straße|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer))\s+\d{1,4}\s?[a-z]?\b",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?:Frau|Herrn?|Familie|Fam\.|Dr\.|Prof\.|Mrs?\.?|Ms\.?|Doktor)\s+(?:(?:Dr|Prof)\.\s+)*"
    r"[A-ZÄÖÜ][\w'’-]+"
)
_TWO = re.compile(r"\b([A-ZÄÖÜ][a-zäöüß'’-]+)\s+([A-ZÄÖÜ][a-zäöüß'’-]+)\b")
_PREFIXES = frozenset(["frau", "herr", "herrn", "familie", "doktor"])


def personal_hints(text: str) -> tuple[str, ...]:
    """Return which of :data:`HINTS` a text gives, in their order.

    Examples
    --------
    >>> personal_hints("Frau Müller aus der Hafenstraße 12 weiß Bescheid")
    ('name', 'address')
    >>> personal_hints("Ein Spielplatz fehlt")
    ()
    """
    plain = unicodedata.normalize("NFC", text)
    found = {
        EMAIL: bool(_EMAIL.search(plain)),
        PHONE: any(_digits(number) >= _FEWEST_DIGITS for number in _PHONE.findall(plain)),
        NAME: bool(_TITLED.search(plain)) or _names_two(plain),
        ADDRESS: bool(_HOUSE.search(plain)),
        LINK: bool(_LINK.search(plain)),
    }
    return tuple(hint for hint in HINTS if found[hint])


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)


def _names_two(text: str) -> bool:
    """Whether two words with capitals follow each other, none of which is a word of every text."""
    at = 0
    while found := _TWO.search(text, at):
        if not any(word.casefold() in STOP_WORDS or word.casefold() in _PREFIXES
                   for word in found.groups()):  # fmt: skip
            return True
        at = found.start(2)
    return False
