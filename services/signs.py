"""What a period says of chance: words of comparison at two levels, and how many are chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.chance import chance_findings
from domain.change_classes import why_not_comparable
from domain.comparison import (
    NOT_COMPARED,
    Compared,
    badges,
    badges_of_change,
    clear_differences,
)
from domain.model import Flag, Indicator, Kind
from domain.view import CityValue
from domain.wording import Message
from services.uncertainty import LEVELS

Numbers = NDArray[np.float64]
Row = Mapping[str, Numbers]
"""The numbers of one period by name, shape ``(n_areas,)`` each, NaN where there is none."""


@dataclass(frozen=True)
class Comparison:
    """What the areas of one period are compared with.

    ``before`` is the period that precedes in the view, as :func:`row_before` gives it;
    ``is_first`` tells the first one, which has none, from one that cannot be compared with it.
    """

    compare: str
    benchmark: Numbers
    town: CityValue
    before: Row | None = None
    is_first: bool = False


def row_before(
    indicator: Indicator,
    periods: Sequence[str],
    position: int,
    *,
    numbers: Mapping[str, Numbers],
    flags: NDArray[np.object_],
) -> Row | None:
    """Return the numbers of the preceding period, None where both cannot be compared.

    Areas with a break of their own, or with a figure converted to new boundaries, have NaN.

    Parameters
    ----------
    numbers, flags
        By name, and the remarks beside the values; shape ``(n_periods, n_areas)`` each.
    """
    if not position:
        return None
    earlier, later = periods[position - 1], periods[position]
    if why_not_comparable(earlier, later, periods, indicator.series_breaks):
        return None
    # a break marked in the earlier period lies before it and parts nothing here
    ends = [
        Flag.BREAK in now.split() or Flag.BOUNDARY_ESTIMATED in f"{then} {now}".split()
        for then, now in zip(flags[position - 1], flags[position], strict=True)
    ]
    return {name: np.where(ends, np.nan, table[position - 1]) for name, table in numbers.items()}


def words_of(
    indicator: Indicator, row: Row, against: Comparison
) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    """Return the words of comparison at 95 %, and which hold at 99.8 % too; one an area each."""
    tendencies, strict = (
        _at(indicator, row, against, names=(lower, upper), confidence=confidence)
        for lower, upper, confidence in LEVELS
    )
    return tendencies, clear_differences(tendencies, strict)


def _at(
    indicator: Indicator,
    row: Row,
    against: Comparison,
    *,
    names: tuple[str, str],
    confidence: float,
) -> tuple[str, ...]:
    is_change = against.compare == "previous"
    kind, polarity = indicator.kind, indicator.polarity
    if kind is Kind.COUNT or (is_change and against.before is None):
        return (NOT_COMPARED,) * len(against.benchmark)
    # a sample counts at its effective size, as in its intervals
    effect = indicator.design_effect or 1.0
    compared = Compared(
        values=row["value"],
        lowers=row[names[0]],
        uppers=row[names[1]],
        numerators=row["numerator"] / effect,
        denominators=row["denominator"] / effect,
        benchmarks=against.benchmark,
    )
    if is_change and against.before is not None:
        earlier = (against.before["numerator"] / effect, against.before["denominator"] / effect)
        return tuple(
            badges_of_change(kind, polarity, compared, earlier=earlier, confidence=confidence)
        )
    return tuple(
        badges(
            kind, polarity, compared, town=_parts_of_town(against, effect), confidence=confidence
        )
    )


def _parts_of_town(against: Comparison, effect: float) -> tuple[float, float] | None:
    town = against.town
    if against.compare != "city" or town.numerator is None or town.denominator is None:
        return None
    return town.numerator / effect, town.denominator / effect


def chance_of(
    indicator: Indicator,
    row: Row,
    against: Comparison,
    words: tuple[tuple[str, ...], tuple[bool, ...]],
) -> tuple[Message, ...]:
    """Return the sentences on chance of one period, none where no value is shown."""
    if np.isnan(row["value"]).all():
        return ()
    return chance_findings(
        indicator,
        badges=words[0],
        clear=words[1],
        benchmarks=_optional(against.benchmark),
        compare=against.compare,
        lacks=_lacking(row, against),
    )


def _lacking(row: Row, against: Comparison) -> frozenset[str]:
    """Return what no area can be compared without: its parts, a period that precedes."""
    has_parts = np.any(~np.isnan(row["numerator"]) & ~np.isnan(row["denominator"]))
    found = {"parts": not has_parts, "period": against.is_first}
    return frozenset(name for name, is_lacking in found.items() if is_lacking)


def _optional(numbers: Numbers) -> list[float | None]:
    return [None if v != v else v for v in numbers.tolist()]  # noqa: PLR0124 - NaN
