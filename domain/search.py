"""Finding names among many thousands: ranked by beginning, part of a word, then slips.

An index is built once a release; a search asks the sorted vocabulary and not the entries, so that
its time hardly depends on how many there are. Slips are forgiven only when nothing is spelt as
asked, so that they never stand in the way of a right name.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from domain.spelling import (
    Span,
    allowance,
    beginning_distance,
    letters_at,
    query_words,
    spellings,
    words_of,
)
from domain.streets import HouseNumbers

FIRST, LATER, ALSO, TEXT = range(4)
"""Where a word stands: first or later in the name, in other names, in a description."""

_WHOLE = (0.0, 1.5, 4.9, 6.4)
_PREFIX = (1.0, 2.0, 5.0, 6.5)
_PART = {FIRST: 3.0, LATER: 3.0, ALSO: 6.0}
_ACROSS = 4.0
_SLIP, _SLIP_ELSEWHERE = 7.0, 10.0
_HOUSE, _WHOLE_STREET = 0.1, 0.4
_LONGEST_QUERY_WORDS = 8
_MOST_DIGITS = 5
_FEWEST_LETTERS = 3
"""From here on letters are looked for across words and within other names."""


@dataclass(frozen=True)
class Entry:
    """Something that can be found.

    ``also`` are further names, ``text`` describes it; neither is marked. ``weight`` puts equal
    hits in order, the lighter first. ``is_street`` entries answer house numbers; ``numbers`` are
    those of a part of a street, None for a whole one.
    """

    name: str
    also: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    weight: float = 0.0
    is_street: bool = False
    numbers: HouseNumbers | None = None


@dataclass(frozen=True)
class Hit:
    """A found entry by its position, how far it is from what was asked, and letters to mark."""

    position: int
    cost: float
    marks: tuple[Span, ...]


class SearchIndex:
    """The words of many entries, sorted; answers never change."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = tuple(entries)
        found: dict[str, list[tuple[int, int]]] = {}
        joined: list[str] = []
        for position, entry in enumerate(self._entries):
            names = [spellings(word) for word, _ in words_of(entry.name)]
            joined.append("".join(forms[0] for forms in names))
            for place, tier in _placed(entry, names):
                found.setdefault(place, []).append((position, tier))
        self._words = sorted(found)
        self._postings = [found[word] for word in self._words]
        self._text, self._starts = _joined(self._words)
        self._across, self._across_starts = _joined(joined)
        self._length = [len(words_of(e.name)) / 100 + e.weight for e in self._entries]
        self._letters = [_letter_set(word) for word in self._words]

    def search(self, query: str, most: int) -> tuple[int, list[Hit]]:
        """Return how many entries hold every word of the query, and the best of them."""
        words = [_house(word) for word in query_words(query)[:_LONGEST_QUERY_WORDS]]
        if not words:
            return 0, []
        costs = self._all(words, forgiving=False)
        if not costs and (texts := [word for word in words if not _is_number(word)]):
            # a street without such a house is nearer than one of a similar name
            costs = self._all(texts, forgiving=False) or self._all(words, forgiving=True)
            costs = costs or self._all(texts, forgiving=True)
        best = heapq.nsmallest(most, costs.items(), key=lambda x: (x[1] + self._length[x[0]], x[0]))
        hits = [Hit(p, cost, marks(self._entries[p].name, words)) for p, cost in best]
        return len(costs), hits

    def _all(self, words: Sequence[str], *, forgiving: bool) -> dict[int, float]:
        """Return the cost of every entry that holds all words; house numbers come last."""
        texts = [word for word in words if not _is_number(word)]
        numbers = [word for word in words if _is_number(word)]
        found: dict[int, float] | None = None
        for word in texts:
            costs = self._spelt(word)
            if forgiving and (found is None or not costs.keys() & found.keys()):
                costs = self._slips(word) | costs
            found = costs if found is None else _both(found, costs)
            if not found:
                return {}
        for word in numbers:
            costs = self._spelt(word)
            if found is not None:
                costs |= self._houses(int(word), found.keys() - costs.keys())
            found = costs if found is None else _both(found, costs)
        return found or {}

    def _spelt(self, query: str) -> dict[int, float]:
        """Return the entries in which a word stands as asked, with their least cost."""
        found: dict[int, float] = {}
        first = bisect_left(self._words, query)
        last = bisect_left(self._words, query + "\uffff")
        for at in range(first, last):
            costs = _WHOLE if self._words[at] == query else _PREFIX
            for position, tier in self._postings[at]:
                _keep(found, position, costs[tier])
        if len(query) > 1:
            self._inside(query, found)
        if len(query) >= _FEWEST_LETTERS:
            for position in _holders(query, self._across, self._across_starts):
                _keep(found, position, _ACROSS)
        return found

    def _inside(self, query: str, found: dict[int, float]) -> None:
        """Add the entries of which a word holds what was asked, not at its beginning."""
        tiers = (FIRST, LATER, ALSO) if len(query) >= _FEWEST_LETTERS else (FIRST, LATER)
        for at in _holders(query, self._text, self._starts):
            for position, tier in self._postings[at]:
                if tier in tiers:
                    _keep(found, position, _PART[tier])

    def _slips(self, query: str) -> dict[int, float]:
        """Return the entries in which a word begins nearly as asked."""
        limit = allowance(len(query))
        found: dict[int, float] = {}
        if not limit:
            return found
        wanted = _letter_set(query)
        for at in self._alike(query, limit):
            word = self._words[at]
            if (wanted & ~self._letters[at]).bit_count() > limit:
                continue
            near = beginning_distance(query, word, limit)
            if near is not None:
                for position, tier in self._postings[at]:
                    is_name = tier in (FIRST, LATER)
                    _keep(found, position, _SLIP + near[0] if is_name else _SLIP_ELSEWHERE)
        return found

    def _alike(self, query: str, limit: int) -> set[int]:
        """Return the words that hold a piece of what was asked near its place.

        Of ``2 * limit + 1`` pieces one is left whole by ``limit`` slips, each of which harms two
        pieces at most.
        """
        pieces = 2 * limit + 1
        bounds = [len(query) * k // pieces for k in range(pieces + 1)]
        found: set[int] = set()
        for start, end in pairwise(bounds):
            text, at = query[start:end], -1
            while (at := self._text.find(text, at + 1)) >= 0:
                line = bisect_right(self._starts, at) - 1
                if abs(at - self._starts[line] - start) <= limit:
                    found.add(line)
        return found

    def _houses(self, number: int, among: set[int]) -> dict[int, float]:
        """Return the streets, of some entries, that have a house of that number."""
        found: dict[int, float] = {}
        for position in among:
            entry = self._entries[position]
            if entry.is_street and entry.numbers is None:
                found[position] = _WHOLE_STREET
            elif entry.numbers is not None and entry.numbers.holds(number):
                found[position] = _HOUSE
        return found


def _is_number(word: str) -> bool:
    """Return whether a word is a number of a house; neither "²" nor endless digits are any."""
    return word.isdecimal() and len(word) <= _MOST_DIGITS


def _house(word: str) -> str:
    """Return a house number without its letter, any other word as it is."""
    return word[:-1] if _is_number(word[:-1]) and word[-1:].isalpha() else word


def _placed(entry: Entry, names: list[tuple[str, ...]]) -> Iterator[tuple[str, int]]:
    for place, forms in enumerate(names):
        for form in forms:
            yield form, FIRST if place == 0 else LATER
    for tier, texts in ((ALSO, entry.also), (TEXT, entry.text)):
        for text in texts:
            for word, _ in words_of(text):
                for form in spellings(word):
                    yield form, tier


def _joined(words: Sequence[str]) -> tuple[str, list[int]]:
    """Return words as lines of one text, and where each begins."""
    starts = [0, *accumulate(len(word) + 1 for word in words)]
    return "\n".join(words), starts[: len(words)]


def _holders(query: str, text: str, starts: list[int]) -> Iterator[int]:
    """Yield the positions of the lines that hold a word, each once."""
    at, before = text.find(query), -1
    while at >= 0:
        line = bisect_right(starts, at) - 1
        if line != before:
            yield line
            before = line
        at = text.find(query, at + 1)


def _letter_set(word: str) -> int:
    """Return which letters a word has, one bit for each of 64 kinds."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return found


def _keep(found: dict[int, float], position: int, cost: float) -> None:
    if cost < found.get(position, cost + 1):
        found[position] = cost


def _both(one: dict[int, float], other: dict[int, float]) -> dict[int, float]:
    return {p: cost + other[p] for p, cost in one.items() if p in other}


def marks(name: str, words: Sequence[str]) -> tuple[Span, ...]:
    """Return the stretches of a name that the words of a query stand for, without overlaps.

    >>> marks("Große Allee", ["gros", "all"])
    ((0, 4), (6, 9))
    """
    found = [span for word in words if (span := _mark(name, word)) is not None]
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _mark(name: str, query: str) -> Span | None:
    places = [(form, letters_at(w, at, form)) for w, at in words_of(name) for form in spellings(w)]
    for form, at in places:
        if form.startswith(query):
            return at[0], at[len(query) - 1] + 1
    for form, at in places:
        begin = form.find(query)
        if begin >= 0 and len(query) > 1:
            return at[begin], at[begin + len(query) - 1] + 1
    limit = allowance(len(query))
    for form, at in places:
        near = beginning_distance(query, form, limit) if limit else None
        if near is not None and near[1]:
            return at[0], at[near[1] - 1] + 1
    return None
