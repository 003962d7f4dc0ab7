"""Which known names are like an unknown one, with a score; fast for ten thousand names.

Pairs of letters that two names share choose a few names, and only those are compared letter by
letter.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

SUGGESTION_SCORE = 0.6
SHOWN = 3
_COMPARED = 8
"""As many names as share most pairs of letters are compared letter by letter."""

_ALIKE = 0.85
_OTHER_ORDER = 0.95
"""Words in another order are a little less alike."""


class Suggestion(NamedTuple):
    """An area that may have been meant: what to show of it, and likeness from 0 to 1."""

    area: str
    shown: str
    score: float


class Likeness:
    """The known texts of one level, indexed by pairs of letters."""

    def __init__(self, known: Sequence[tuple[str, str]]) -> None:
        """Take areas, each with a text it is known by; an area may have several."""
        self._areas = [area for area, _ in known]
        self._texts = [text for _, text in known]
        rows: dict[str, list[int]] = {}
        sizes = []
        for i, text in enumerate(self._texts):
            pairs = _pairs(text)
            sizes.append(len(pairs))
            for pair in pairs:
                rows.setdefault(pair, []).append(i)
        self._rows = {pair: np.array(found) for pair, found in rows.items()}
        self._sizes = np.array(sizes, dtype=float)

    def closest(self, text: str) -> list[tuple[str, float]]:
        """Return up to three areas with a score of at least 0.6, best first, ties by area."""
        pairs = _pairs(text)
        found = [self._rows[pair] for pair in pairs if pair in self._rows]
        if not found:
            return []
        shared = np.bincount(np.concatenate(found), minlength=len(self._areas))
        alike = 2 * shared / (self._sizes + len(pairs))
        likely = np.flatnonzero(alike >= _nth_largest(alike, _COMPARED))
        best = likely[np.argsort(-alike[likely], kind="stable")][: 2 * _COMPARED]
        matcher = difflib.SequenceMatcher(b=text)
        scores: dict[str, float] = {}
        for i in best:
            score = self._score(matcher, text, self._texts[i])
            if score >= SUGGESTION_SCORE:
                scores[self._areas[i]] = max(score, scores.get(self._areas[i], 0.0))
        return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]

    def _score(self, matcher: difflib.SequenceMatcher[str], text: str, known: str) -> float:
        matcher.set_seq1(known)
        score = matcher.ratio()
        if score < _ALIKE and " " in text and " " in known:
            ordered = (" ".join(sorted(text.split())), " ".join(sorted(known.split())))
            score = max(score, _OTHER_ORDER * difflib.SequenceMatcher(None, *ordered).ratio())
        # only the same text is alike in full
        return min(round(score, 2), 0.99)


def _nth_largest(numbers: np.ndarray, n: int) -> float:
    return float(np.partition(numbers, -n)[-n]) if len(numbers) > n else 0.0


def _pairs(text: str) -> set[str]:
    """Return the pairs of letters of each word, with its two ends; the order of words is lost."""
    ended = (f" {word} " for word in text.split())
    return {word[i : i + 2] for word in ended for i in range(len(word) - 1)}
