"""What long work is at: a text key with counts, and the share that is done.

Sentences live in ``i18n`` under the key; whole numbers are written as the language writes them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Params = dict[str, str | int]

ROWS_BETWEEN = 5000
SECONDS_BETWEEN = 0.25
"""Counts are told at most this often, so that telling costs nothing beside the work."""


@dataclass(frozen=True)
class Step:
    """One thing long work is at, such as ``import.reading`` with file, row and rows."""

    key: str
    params: Params = field(default_factory=dict)

    def __str__(self) -> str:
        """Write the step in one line, as job rows keep it."""
        return f"{self.key} {json.dumps(self.params)}" if self.params else self.key

    @classmethod
    def of(cls, text: str) -> Step:
        """Read a step written by ``str``.

        >>> Step.of(str(Step("import.reading", {"done": 3})))
        Step(key='import.reading', params={'done': 3})
        """
        key, _, params = text.partition(" ")
        return cls(key, json.loads(params) if params else {})


Report = Callable[[float, Step], None]
"""Takes the share done (0 to 1) and the step; what it raises ends the work."""

Counted = Callable[[int, int], None]
"""Takes how many are done and of how many; 0 where the whole is not known yet."""


def uncounted(_done: int, _of: int) -> None:
    """Count nothing."""


class _Teller:
    """Hands steps on: shares never fall, and counts of one step come at intervals."""

    def __init__(self, report: Report, clock: Callable[[], float]) -> None:
        self._report = report
        self._clock = clock
        self._share = 0.0
        self._told = -SECONDS_BETWEEN

    def tell(self, share: float, step: Step) -> None:
        self._share = max(self._share, share)
        self._told = self._clock()
        self._report(self._share, step)

    def is_due(self) -> bool:
        return self._clock() - self._told >= SECONDS_BETWEEN


@dataclass(frozen=True)
class Progress:
    """A stretch of long work, from one share to another; parts are stretches of their own."""

    _teller: _Teller
    _low: float = 0.0
    _high: float = 1.0

    @classmethod
    def to(cls, report: Report, clock: Callable[[], float] = time.monotonic) -> Progress:
        """Return the whole of a work whose steps go to ``report``."""
        return cls(_Teller(report, clock))

    def part(self, low: float, high: float) -> Progress:
        """Return the stretch between two shares of this one."""
        return Progress(self._teller, self._within(low), self._within(high))

    def at(self, share: float, key: str, **params: str | int) -> None:
        """Tell a new step at once."""
        self._teller.tell(self._within(share), Step(key, params))

    def counted(self, key: str, open_key: str = "", **params: str | int) -> Counted:
        """Return what tells ``done`` of ``of`` as often as is useful.

        ``open_key`` is told, and the share stays, where the whole is not known yet.
        """

        def count(done: int, of: int) -> None:
            if not self._teller.is_due():
                return
            if not of:
                self.at(0.0, open_key or key, **params, done=done)
            else:
                self.at(min(done / of, 1.0), key, **params, done=done, of=of)

        return count

    def _within(self, share: float) -> float:
        return self._low + share * (self._high - self._low)


def counting(rows: Iterable[Any], total: int, counted: Counted) -> Iterator[Any]:
    """Hand rows on and tell now and then how many have passed."""
    for position, row in enumerate(rows):
        if position % ROWS_BETWEEN == 0:
            counted(position, total)
        yield row


def silent() -> Progress:
    """Return progress that nobody hears."""
    return Progress.to(lambda _share, _step: None)
