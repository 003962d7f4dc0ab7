"""Words of headers: which role a column says it has, and which indicator it means.

Spelling is forgiven as a person would forgive it (:mod:`domain.spelling`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.column_facts import KnownIndicator
from domain.column_roles import Role
from domain.spelling import allowance, beginning_distance, query_words

_WORDS: dict[Role, tuple[str, ...]] = {
    Role.VINTAGE: ("gebietsstand", "raumstand", "vintage", "grenzstand"),
    Role.PERIOD: (
        "jahr", "berichtsjahr", "zeit", "zeitraum", "stichtag", "schuljahr", "berichtszeitraum",
        "datum", "quartal", "monat", "year", "period", "date",
    ),
    Role.AREA: (
        "stadtteil", "ortsteil", "stadtbezirk", "bezirk", "gebiet", "raum", "quartier", "viertel",
        "stadtviertel", "sozialraum", "planungsraum", "gemeinde", "kreis", "schluessel", "kennung",
        "nummer", "nr", "id", "kita", "schule", "area", "district", "region", "ags", "code",
    ),
    Role.CATEGORY: (
        "geschlecht", "alter", "altersgruppe", "staatsangehoerigkeit", "kategorie", "gruppe",
        "auspraegung", "herkunft", "sex", "gender", "age", "category",
    ),
    Role.INDICATOR: (
        "indikator", "kennzahl", "merkmal", "variable", "messgroesse", "indicator", "measure",
    ),
    Role.DENOMINATOR: (
        "insgesamt", "gesamt", "alle", "bevoelkerung", "basis", "nenner", "grundgesamtheit", "von",
        "untersucht", "befragt", "total", "denominator", "base",
    ),
    Role.NUMERATOR: ("zaehler", "faelle", "betroffene", "davon", "numerator", "cases"),
    Role.VALUE: (
        "wert", "anzahl", "zahl", "value", "anteil", "quote", "rate", "prozent", "proz", "index",
        "count",
    ),
}  # fmt: skip
_FILLERS = frozenset({
    "der", "die", "das", "des", "dem", "den", "und", "oder", "in", "im", "von", "vom", "zu", "je",
    "mit", "alle", "aller", "ein", "eine", "of", "the", "and", "with", "all", "per",
})  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-zäöü])(?=[A-ZÄÖÜ])")
_SLUG = re.compile(r"[^a-z0-9]+")
_EXACT, _GOOD, _FAIR = 1.0, 0.8, 0.72
"""Two words of two; two of three; more than one of two."""
_UNNAMED_AGE = 0.7
_LONGEST_ID = 60


@dataclass(frozen=True)
class Meaning:
    """The indicator a header means, which part of it, and how alike the words are (0 to 1)."""

    indicator: KnownIndicator
    role: Role
    score: float
    text: str
    category: str = ""


def header_words(header: str) -> list[str]:
    """Return the words of a header as they are compared; years and fillers are none.

    >>> header_words("Anteil_unter_18_2021"), header_words("mitKindern")
    (['anteil', 'unter', '18'], ['mit', 'kindern'])
    """
    words = query_words(_CAMEL.sub(" ", header).replace("_", " "))
    return [word for word in words if not re.fullmatch(r"(?:19|20)\d\d", word)]


def says(header: str, role: Role) -> bool:
    """Whether a word of a header names a role.

    >>> says("Stadteil_ID", Role.AREA), says("zahl", Role.AREA)
    (True, False)
    """
    return any(_alike(word, known) for word in header_words(header) for known in _WORDS[role])


def is_generic(header: str) -> bool:
    """Whether a header only says that there is a number: the sheet or a title says of what.

    >>> is_generic("Anzahl"), is_generic("von 2021"), is_generic("Anzahl Kinder")
    (True, True, False)
    """
    known = (*_WORDS[Role.VALUE], *_WORDS[Role.NUMERATOR], *_WORDS[Role.DENOMINATOR])
    return all(any(_alike(word, one) for one in known) for word in header_words(header))


def slug(text: str) -> str:
    """Return a text as the id of an indicator or a category.

    >>> slug("Kinder unter 6 (Anzahl)")
    'kinder-unter-6-anzahl'
    """
    plain = " ".join(query_words(text.replace("_", " ")))
    return _SLUG.sub("-", plain).strip("-")[:_LONGEST_ID].strip("-") or "spalte"


def meanings(header: str, indicators: Iterable[KnownIndicator]) -> list[Meaning]:
    """Return the indicators a header may mean, the likeliest first; one word of two is too few."""
    words = header_words(header)
    found: list[Meaning] = []
    if words:
        for indicator in indicators:
            best = max(_of_indicator(words, indicator), key=lambda m: m.score, default=None)
            if best is not None and best.score >= _FAIR:
                found.append(best)
    return sorted(found, key=lambda m: (-m.score, m.indicator.id))


def _of_indicator(words: list[str], indicator: KnownIndicator) -> Iterable[Meaning]:
    plain = [word for word in words if not any(_alike(word, w) for w in _WORDS[Role.VALUE])]
    for text in (indicator.id, *indicator.names):
        for asked in (words, plain):
            yield Meaning(indicator, Role.VALUE, _score(asked, text), text)
        for category, name in indicator.categories.items():
            both = max(_score(words, f"{text} {category}"), _score(words, f"{text} {name}"))
            yield Meaning(indicator, Role.VALUE, both, f"{text}, {name}", category)
    if indicator.numerator:
        score = _score(plain, indicator.numerator)
        yield Meaning(indicator, Role.NUMERATOR, score, indicator.numerator)
    if indicator.denominator:
        score = _score(plain, indicator.denominator)
        yield Meaning(indicator, Role.DENOMINATOR, score, indicator.denominator)


def _score(words: list[str], text: str) -> float:
    """Return how far two texts share their words; fillers count for neither.

    Ages and the like must be the same ones: children under 3 are no children under 6.
    """
    known = [w for w in header_words(text) if w not in _FILLERS]
    asked = [w for w in words if w not in _FILLERS]
    ages = {w for w in asked if w.isdigit()}
    meant = {w for w in known if w.isdigit()}
    if not known or not asked or (ages and ages != meant):
        return 0.0
    factor = _UNNAMED_AGE if meant - ages else 1.0
    met = sum(any(_alike(word, other) for other in known) for word in asked)
    told = sum(any(_alike(word, other) for other in asked) for word in known)
    return factor * (met / len(asked)) * math.sqrt(told / len(known))


def _alike(word: str, known: str) -> bool:
    """Whether a word is another one, but for slips and the ending of a plural."""
    if word == known:
        return True
    if abs(len(word) - len(known)) > 2 or word.isdigit() or known.isdigit():  # noqa: PLR2004
        return False
    shorter, longer = sorted((word, known), key=len)
    limit = allowance(len(shorter))
    found = beginning_distance(shorter, longer, limit) if limit else None
    return found is not None and len(longer) - found[1] <= 2 - found[0]


def is_exact(meaning: Meaning) -> bool:
    """Whether a header says the very words."""
    return meaning.score >= _EXACT


def is_good(meaning: Meaning) -> bool:
    """Whether a header says nearly the words."""
    return meaning.score >= _GOOD
