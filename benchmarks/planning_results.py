"""What a computation of the planning pages took, and how it is told from its rivals."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.results import Times, times

Result = TypeVar("Result")


@dataclass(frozen=True)
class Measured:
    """One computation: who did it, and how long in milliseconds."""

    name: str
    ms: Times


def measured(name: str, run: Callable[[], Result], repeats: int) -> tuple[Measured, Result]:
    """Run something so many times, once unmeasured before where it is repeated."""
    result = run() if repeats > 1 else None
    taken: list[float] = []
    for _ in range(repeats):
        begin = time.perf_counter()
        result = run()
        taken.append(1000 * (time.perf_counter() - begin))
    if result is None:
        raise ValueError("nothing was run")
    return Measured(name, times(taken)), result
