"""What a rule finds among the areas of a level: found, ruled out, and not to be told."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from domain.model import SHOWN_STATES, Indicator, Level, State
from domain.rules import Rule, decide

NO_PERIOD = ""
"""Period of an indicator that these boundaries have no values of."""


@dataclass(frozen=True)
class RuleColumn:
    """The values of one indicator in one period, in the order of the areas.

    ``values`` are in display units, None where no number is shown.
    """

    indicator: Indicator
    period: str
    values: tuple[float | None, ...]
    states: tuple[State, ...]

    @property
    def known(self) -> tuple[float, ...]:
        """The values shown."""
        pairs = zip(self.values, self.states, strict=True)
        return tuple(v for v, s in pairs if v is not None and s in SHOWN_STATES)


@dataclass(frozen=True)
class RuleHelp:
    """Where the values of an indicator lie; None each where no area shows one.

    ``mean`` is that of the areas, each counting the same.
    """

    indicator: str
    period: str
    low: float | None
    mean: float | None
    high: float | None
    n_shown: int
    n_hidden: int


@dataclass(frozen=True)
class RuleArea:
    """An area with the values that decide, in the order of the columns."""

    id: str
    name: str
    values: tuple[float | None, ...]
    states: tuple[State, ...]


@dataclass(frozen=True)
class RuleResult:
    """The areas of a level as a rule parts them; every area is in exactly one part.

    ``answers`` holds one of True, False and None (not to be told) for each area of
    ``area_ids``.
    """

    rule: Rule
    level: Level
    columns: tuple[RuleColumn, ...]
    area_ids: tuple[str, ...]
    answers: tuple[bool | None, ...]
    found: tuple[RuleArea, ...]
    untold: tuple[RuleArea, ...]

    @property
    def n_not(self) -> int:
        """How many areas do not fulfil the rule."""
        return sum(a is False for a in self.answers)


def search_areas(
    rule: Rule,
    level: Level,
    areas: tuple[tuple[str, str], ...],
    columns: Mapping[str, RuleColumn],
) -> RuleResult:
    """Part the areas of a level by a rule, which is held against the values as they are written.

    Parameters
    ----------
    areas
        Id and name of each area.
    columns
        One for each indicator of the rule.
    """
    used = tuple(columns[i] for i in rule.indicators)
    shown = [_shown(c) for c in used]
    rows = list(zip(*shown, strict=True))
    told = zip(*(_as_read(c, values) for c, values in zip(used, shown, strict=True)), strict=True)
    answers = tuple(
        decide(rule, {c.indicator.id: v for c, v in zip(used, row, strict=True)}) for row in told
    )
    every = [
        RuleArea(area, name, row, tuple(c.states[i] for c in used))
        for i, ((area, name), row) in enumerate(zip(areas, rows, strict=True))
    ]
    return RuleResult(
        rule=rule,
        level=level,
        columns=used,
        area_ids=tuple(a for a, _ in areas),
        answers=answers,
        found=tuple(a for a, told in zip(every, answers, strict=True) if told is True),
        untold=tuple(a for a, told in zip(every, answers, strict=True) if told is None),
    )


def _shown(column: RuleColumn) -> tuple[float | None, ...]:
    pairs = zip(column.values, column.states, strict=True)
    return tuple(v if s in SHOWN_STATES else None for v, s in pairs)


def _as_read(column: RuleColumn, values: tuple[float | None, ...]) -> tuple[float | None, ...]:
    """Round as the page does: who asks for 12.3 means every area where 12.3 is to be read."""
    last = Decimal(1).scaleb(-column.indicator.decimals)
    return tuple(
        None if v is None else float(Decimal(repr(float(v))).quantize(last, ROUND_HALF_UP))
        for v in values
    )


def help_of(column: RuleColumn) -> RuleHelp:
    """Return where the values of an indicator lie, as a help to set a limit."""
    known = column.known
    return RuleHelp(
        indicator=column.indicator.id,
        period=column.period,
        low=min(known, default=None),
        mean=math.fsum(known) / len(known) if known else None,
        high=max(known, default=None),
        n_shown=len(known),
        n_hidden=len(column.values) - len(known),
    )
