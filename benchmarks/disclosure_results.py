"""What the trial of disclosure control found, and what of it misses the targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SECONDS = 600.0
"""A release must not take longer."""


@dataclass(frozen=True)
class TrialResult:
    """One kind of table. Rivals are None where they were not asked."""

    name: str
    cells: int
    unsafe: int
    unprotected: int
    """Unsafe cells that can be told too well while only they are hidden."""
    extra: int
    narrow: int
    narrowest: float
    needed: float
    limit: int | None
    programs: int
    seconds: float
    attack_seconds: float
    without_insiders: int | None = None
    greedy: int | None = None
    is_greedy_done: bool = True


@dataclass(frozen=True)
class SmallResult:
    """One small table beside pytauargus; ``tau`` is the reason where it gave no answer."""

    name: str
    cells: int
    unsafe: int
    extra_same: int
    narrow_same: int
    extra: int
    narrow: int
    tau: int | str
    tau_narrow: int


def failures(found: Sequence[TrialResult], small: Sequence[SmallResult]) -> list[str]:
    """Return what misses a target, in words.

    Examples
    --------
    >>> failures([], [])
    ['nothing was hidden: the trial proves nothing']
    """
    missed = [line for result in found for line in _of_trial(result)]
    missed += [line for result in small for line in _of_small(result)]
    seconds = sum(r.seconds + r.attack_seconds for r in found)
    if seconds > SECONDS:
        missed.append(f"{seconds:.0f} s in all, {SECONDS:.0f} s are allowed")
    if not sum(r.unsafe + r.extra for r in (*found, *small)):
        missed.append("nothing was hidden: the trial proves nothing")
    return missed


def _of_trial(result: TrialResult) -> list[str]:
    missed = []
    if not result.unsafe or not result.extra:
        missed.append("nothing was hidden")
    if result.narrow:
        missed.append(f"{result.narrow} cells are too narrow")
    if not result.unprotected:
        missed.append("nothing could be derived before protection")
    if result.limit is not None and result.extra > result.limit:
        missed.append(f"{result.extra} extra cells, methods.md has {result.limit}")
    if result.greedy is not None and result.extra > result.greedy:
        missed.append(f"{result.extra} extra cells, greedy {result.greedy}")
    return [f"{result.name}: {line}" for line in missed]


def _of_small(result: SmallResult) -> list[str]:
    missed = []
    if result.narrow or result.narrow_same:
        missed.append(f"{result.narrow + result.narrow_same} cells are too narrow")
    if isinstance(result.tau, int) and result.extra_same > result.tau:
        missed.append(f"{result.extra_same} extra cells, pytauargus {result.tau}")
    return [f"{result.name}: {line}" for line in missed]
