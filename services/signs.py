"""What a period says of chance: words of comparison at two levels, and how many are chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.chance import chance_findings
from domain.comparison import (
    NOT_COMPARED,
    Compared,
    badges,
    badges_of_change,
    clear_differences,
)
from domain.model import Indicator, Kind
from domain.view import CityValue
from domain.wording import Message
from services.uncertainty import LEVELS

Numbers = NDArray[np.float64]
Row = Mapping[str, Numbers]
"""The numbers of one period by name, shape ``(n_areas,)`` each, NaN where there is none."""


@dataclass(frozen=True)
class Comparison:
    """What the areas of one period are compared with.

    ``before`` is the period that precedes in the view; the first one has none.
    """

    compare: str
    benchmark: Numbers
    town: CityValue
    before: Row | None = None


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
    compared = Compared(
        values=row["value"],
        lowers=row[names[0]],
        uppers=row[names[1]],
        numerators=row["numerator"],
        denominators=row["denominator"],
        benchmarks=against.benchmark,
    )
    if is_change and against.before is not None:
        earlier = (against.before["numerator"], against.before["denominator"])
        return tuple(
            badges_of_change(kind, polarity, compared, earlier=earlier, confidence=confidence)
        )
    return tuple(
        badges(kind, polarity, compared, town=_parts_of_town(against), confidence=confidence)
    )


def _parts_of_town(against: Comparison) -> tuple[float, float] | None:
    town = against.town
    if against.compare != "city" or town.numerator is None or town.denominator is None:
        return None
    return town.numerator, town.denominator


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
        has_parts=bool(np.any(~np.isnan(row["numerator"]) & ~np.isnan(row["denominator"]))),
    )


def _optional(numbers: Numbers) -> list[float | None]:
    return [None if v != v else v for v in numbers.tolist()]  # noqa: PLR0124 - NaN
