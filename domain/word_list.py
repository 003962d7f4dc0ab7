"""Frequent words of short texts, as a list with counts: what came up more than once.

A word counts once a text, so that nobody weighs more by repeating it. Forms of a word are not
merged: an ending that looks like a plural is often another word (*Bus* and *Busse*, but also *Boot*
and *Boote*, *Bank* and *Banken*), and a wrong merger would put words into somebody's mouth. Only
the case of the first letter is overlooked.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

LEAST = 2
"""A word that one text says alone is no common one, and might name somebody."""
MOST = 40
_SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STOP_WORDS = """
ab aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus
außerdem bei beim bereits bessere besser bin bis bisher bitte bräuchte brauchen braucht da dabei
dadurch dafür dagegen daher damit danach dann daran darauf daraus darf darin darum das dass
davon davor dazu dein deine dem den denen denn der deren des deshalb dessen die dies diese
diesem diesen dieser dieses doch dort du durch dürfen eher eigentlich ein eine einem einen einer
eines einfach einige einigen einmal er es etwa etwas euch euer fast fehlen fehlt für ganz gar
geben gegen gehen geht gern gerne gibt ging gut gute guten hab habe haben hat hatte hatten hier
hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja jede jedem jeden
jeder jedes jetzt kann kaum kein keine keinem keinen keiner können könnte könnten kommen kommt
leider lassen machen macht mal man manche mehr mein meine meinem meinen meiner mich mir mit
möchte müssen muss müsste nach nachdem nicht nichts nie niemand noch nun nur ob obwohl oder oft
ohne schon sehr sein seine seinem seinen seiner seit selbst sich sie sind so sogar soll sollen
sollte sollten sondern sonst sowie über um und uns unser unsere unserem unseren unserer unter
viel viele vielen vieler vielleicht vom von vor wäre wären wann war waren warum was wegen weil
weiter welche welcher welches wenig wenige wenn wer werden wie wieder will wir wird wirklich wo
wollen wollte worden wünsche wurde wurden würde würden zu zum zur zwar zwischen
a about all also an and any are as at be because been but by can could do does for from had has
have he her here him his how i if in into is it its just like me more most my need needs no not
of on one only or our out she should so some such than that the their them then there these they
this those to too up us very was we were what when where which who why will with would you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say nothing alone, German and English, in small letters."""


@dataclass(frozen=True)
class WordCount:
    """A word as it was written most often, and how many texts hold it."""

    word: str
    texts: int


def frequent_words(
    texts: Iterable[str], *, least: int = LEAST, most: int = MOST
) -> tuple[WordCount, ...]:
    """Return the words that several texts hold, the most frequent first, then by alphabet.

    Parameters
    ----------
    texts
        One a contribution, plain text.
    least, most
        In how many texts a word must stand, and how many words are listed at most.

    Examples
    --------
    >>> frequent_words(["Ein Spielplatz fehlt", "Mehr Spielplatz, mehr Bänke", "Bänke"])
    (WordCount(word='Bänke', texts=2), WordCount(word='Spielplatz', texts=2))
    """
    holding: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    for text in texts:
        found = _WORD.findall(unicodedata.normalize("NFC", text))
        for word in found:
            spellings.setdefault(word.casefold(), Counter())[word] += 1
        holding.update({word.casefold() for word in found if _says_something(word)})
    listed = [
        WordCount(_usual(spellings[key]), n) for key, n in holding.items() if n >= max(least, 1)
    ]
    return tuple(sorted(listed, key=lambda w: (-w.texts, w.word.casefold()))[:most])


def _says_something(word: str) -> bool:
    return len(word) >= _SHORTEST and word.casefold() not in _FOLDED


def _usual(spellings: Counter[str]) -> str:
    """Return the spelling used most; of equal ones that with a capital, as German nouns have."""
    return min(spellings, key=lambda word: (-spellings[word], word))


_FOLDED = frozenset(word.casefold() for word in STOP_WORDS)
