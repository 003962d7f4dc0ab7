"""Chance or difference: how many areas differ, beside how many would by chance alone.

At 95 % about one comparison in twenty differs although nothing does, so a list of differences is
never shown without that number (docs/methods.md, many areas at once). Where nothing can be
compared the reason is told instead. Sentences are message keys and parameters, as in
:mod:`domain.wording`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from domain.comparison import DIFFERENCES, NOT_COMPARED
from domain.model import Indicator, Kind
from domain.wording import Message

BY_CHANCE = 0.05
"""Share of comparisons that differ at 95 % though nothing does."""

_TESTED = (Kind.SHARE, Kind.RATE)


def expected_by_chance(n_compared: int) -> float:
    """Return how many of so many comparisons would differ by chance alone.

    >>> expected_by_chance(542)
    27.1
    """
    return BY_CHANCE * n_compared


def chance_findings(
    indicator: Indicator,
    *,
    badges: Sequence[str],
    clear: Sequence[bool],
    benchmarks: Sequence[float | None],
    compare: str,
    lacks: Collection[str] = (),
) -> tuple[Message, ...]:
    """Say how many areas differ from their benchmark, or why nothing was compared.

    Parameters
    ----------
    badges, clear
        Words of :mod:`domain.comparison` and which of them hold at 99.8 %, same length.
    benchmarks
        What each area is compared with, same length.
    compare
        ``city``, ``parent``, ``target`` or ``previous``.
    lacks
        ``parts`` where no value has numerator and denominator, ``period`` where none precedes.
    """
    compared = sum(b != NOT_COMPARED for b in badges)
    if not compared:
        reason = _reason(indicator.kind, benchmarks, compare, lacks)
        return (Message(f"chance.{reason}"),)
    differing = sum(b in DIFFERENCES for b in badges)
    number = "none" if not differing else "one" if differing == 1 else "some"
    expected = expected_by_chance(compared)
    by_chance = round(expected)
    return (
        Message(
            f"chance.{compare}_{number}",
            {"differing": differing, "clear": sum(clear), "compared": compared},
        ),
        Message("chance.expected", {"expected": by_chance})
        if by_chance > 1
        else Message("chance.expected_one"),
    )


def _reason(
    kind: Kind, benchmarks: Sequence[float | None], compare: str, lacks: Collection[str]
) -> str:
    if kind is Kind.COUNT:
        return "no_counts"
    if kind not in _TESTED:
        return "no_kind"
    if "parts" in lacks:
        return "no_parts"
    if all(b is None for b in benchmarks):
        if compare == "previous" and "period" not in lacks:
            return "no_previous_comparable"
        return f"no_{compare}"
    return "no_base"
