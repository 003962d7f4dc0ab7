"""What phones met: times, statuses, what they sent and what was taken."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.results import percentile

ABUSE = "abuse"
"""Kind of what is sent without end: that it is refused is no failure."""
REFUSALS = frozenset({429, 503})
"""Answers that ask a phone to come back later; they name when."""


@dataclass
class Log:
    """Everything that all phones of a run met.

    Attributes
    ----------
    polls, readers
        Seconds of answered questions, and of changed maps of public readers.
    votes
        Slide → seconds of votes that were taken, of phones that send as they should.
    seen
        Version of the room → seconds after the click until a phone showed it, for each phone.
    answered_at
        Moments at which a question of a phone was answered.
    statuses
        How often each status came, by kind of question.
    unmarked
        Refusals that did not say when to come back.
    lost
        Questions without any answer while the network was there.
    taken
        Phone → key of its last vote that was taken.
    """

    polls: list[float] = field(default_factory=list)
    votes: dict[str, list[float]] = field(default_factory=dict)
    readers: list[float] = field(default_factory=list)
    seen: dict[int, list[float]] = field(default_factory=dict)
    clicked: dict[int, float] = field(default_factory=dict)
    answered_at: list[float] = field(default_factory=list)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    unmarked: int = 0
    lost: int = 0
    taken: dict[str, str] = field(default_factory=dict)

    def note(self, kind: str, status: int, headers: dict[str, str]) -> None:
        """Note an answer."""
        self.statuses[(kind, status)] += 1
        self.answered_at.append(time.perf_counter())
        if status in REFUSALS and "retry-after" not in headers:
            self.unmarked += 1

    def show(self, version: int) -> None:
        """Note that a phone shows what was clicked."""
        if version in self.clicked:
            waited = time.perf_counter() - self.clicked[version]
            self.seen.setdefault(version, []).append(waited)

    def failures(self) -> int:
        """Return how many answers were neither what was asked for nor a marked refusal."""
        good = {200, 204, 303}
        return self.unmarked + sum(
            n
            for (kind, status), n in self.statuses.items()
            if kind != ABUSE and status not in good | REFUSALS
        )

    def refused(self, kind: str) -> int:
        """Return how many questions of a kind were put off."""
        return sum(n for (k, s), n in self.statuses.items() if k == kind and s in REFUSALS)

    def answers_a_second(self, begin: float, end: float) -> list[int]:
        """Return how many questions were answered in each second of a stretch of time."""
        counts = [0] * max(int(end - begin), 1)
        for at in self.answered_at:
            if 0 <= (place := int(at - begin)) < len(counts) and at >= begin:
                counts[place] += 1
        return counts


def p95(seconds: list[float]) -> float:
    """Return what 95 of 100 did not exceed, in milliseconds; 0 without any."""
    return 1000 * percentile(sorted(seconds), 0.95) if seconds else 0.0
