"""What a release changes against another: the words of that comparison, and what it allows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from domain.model import Disclosure, Indicator, Level, Text

REVISED = 0.1
"""Relative change from which a published value counts as revised."""

_SAME = 1e-9
"""Relative difference that only arithmetic makes."""

_STRENGTH = (Disclosure.NONE, Disclosure.STANDARD, Disclosure.STRICT)


@dataclass(frozen=True)
class CellKey:
    """Which cell of an indicator: ``level`` is level@vintage, ``name`` that of the area."""

    level: str
    category: str
    period: str
    area: str
    name: str = ""


@dataclass(frozen=True)
class ChangedCell:
    """A cell with its number before and after, in display units; None where there is none.

    ``period_before`` is the earlier period of a jump; empty where both numbers are of the same.
    """

    cell: CellKey
    before: float | None
    after: float | None
    period_before: str = ""


@dataclass(frozen=True)
class Shift:
    """All areas of a level changed together by ``factor`` between two periods."""

    level: str
    category: str
    period_before: str
    period: str
    factor: float


@dataclass(frozen=True)
class FieldChange:
    """One field of the metadata of an indicator; texts are those of its German side."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class IndicatorDifference:
    """Everything that differs of one indicator.

    Attributes
    ----------
    is_new, is_gone
        The indicator is in one of the two releases only.
    periods, periods_gone
        Periods only one of the two has for any level.
    revised, slightly
        Cells whose number changed by more than 10 %, and how many changed by less.
    lost
        Cells of periods both have with a number before and none now.
    jumps, shifts
        Suspicious changes in periods that are new (:mod:`domain.jumps`).
    hidden, shown
        Public cells that showed a number and are hidden now, and the other way round.
    """

    id: str
    name: Text
    is_new: bool = False
    is_gone: bool = False
    periods: tuple[str, ...] = ()
    periods_gone: tuple[str, ...] = ()
    revised: tuple[ChangedCell, ...] = ()
    slightly: int = 0
    lost: tuple[ChangedCell, ...] = ()
    jumps: tuple[ChangedCell, ...] = ()
    shifts: tuple[Shift, ...] = ()
    hidden: tuple[CellKey, ...] = ()
    shown: tuple[CellKey, ...] = ()
    metadata: tuple[FieldChange, ...] = ()
    is_weaker: bool = False
    """Whether the rule that protects its cells asks for less than before."""
    compared: int = 0
    """How many numbers the base has of it, those of periods that are gone included."""
    gone: int = 0
    """How many of them belong to periods that are gone."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        lists = (
            self.periods, self.periods_gone, self.revised, self.lost, self.jumps, self.shifts,
            self.hidden, self.shown, self.metadata,
        )  # fmt: skip
        return not (self.is_new or self.is_gone or self.slightly or any(lists))


@dataclass(frozen=True)
class AreaChange:
    """An area only one of the two releases has, or one whose name changed.

    ``values`` is how many cells of the release that has it speak of it: an area that is gone
    leaves so many without a successor.
    """

    id: str
    before: str
    after: str
    values: int = 0


@dataclass(frozen=True)
class LevelDifference:
    """Everything that differs of one level@vintage."""

    level: Level
    is_new: bool = False
    is_gone: bool = False
    orphaned: tuple[AreaChange, ...] = ()
    added: tuple[AreaChange, ...] = ()
    renamed: tuple[AreaChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.is_new or self.is_gone or self.orphaned or self.added or self.renamed)


@dataclass(frozen=True)
class ReleaseDifference:
    """The difference of two releases; holds internal numbers."""

    base: str
    new: str
    indicators: tuple[IndicatorDifference, ...] = ()
    levels: tuple[LevelDifference, ...] = ()
    unchanged: int = field(default=0)
    """How many indicators do not differ at all."""

    all_numbers: int = field(default=0)
    """How many numbers the base has, those of unchanged indicators included."""

    @property
    def changed(self) -> float:
        """Share of the numbers of the base that differ or are gone (0 to 1)."""
        found = sum(len(i.revised) + i.slightly + len(i.lost) + i.gone for i in self.indicators)
        return found / self.all_numbers if self.all_numbers else 0.0

    @property
    def allows_recalculation(self) -> bool:
        """Whether the two releases together tell more than each of them alone."""
        return any(i.hidden or i.shown or i.is_weaker for i in self.indicators)


def revisions(
    before: npt.NDArray[np.float64], after: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which numbers changed by more than 10 %, and which by less.

    Parameters
    ----------
    before, after
        Numbers of the same cells, shape ``(n,)`` each; NaN where there is none.

    Examples
    --------
    >>> much, little = revisions(np.array([100.0, 100.0, 7.0]), np.array([111.0, 109.0, 7.0]))
    >>> much.tolist(), little.tolist()
    ([True, False, False], [False, True, False])
    """
    off = np.abs(after - before)
    differs = off > _SAME * np.maximum(np.abs(before), np.abs(after))
    much = differs & (off > REVISED * np.abs(before))
    return much, differs & ~much


def field_changes(before: Indicator, after: Indicator) -> tuple[FieldChange, ...]:
    """Return the fields of the metadata that differ, in the order of the catalogue."""
    pairs = ((n, getattr(before, n), getattr(after, n)) for n in vars(after))
    return tuple(FieldChange(n, _written(a), _written(b)) for n, a, b in pairs if a != b)


def _written(value: object) -> str:
    """Return a value of the metadata as one line; a text in German, lists with semicolons."""
    if isinstance(value, Text):
        return value.de if not value.en else f"{value.de} / {value.en}"
    if isinstance(value, tuple):
        return "; ".join(_written(part) for part in value)
    if hasattr(value, "__dataclass_fields__"):
        return " ".join(_written(part) for part in vars(value).values())
    return "" if value is None else str(value)


def is_weaker(before: Indicator, after: Indicator) -> bool:
    """Whether cells of an indicator are protected less than before.

    None can be ordered against ``imported_protected``: leaving it counts as weaker. So does another
    rounding, for two rounded numbers of one cell say more than one.
    """
    if before.disclosure not in _STRENGTH or after.disclosure not in _STRENGTH:
        return before.disclosure is not after.disclosure and before.disclosure not in _STRENGTH
    less = _STRENGTH.index(after.disclosure) < _STRENGTH.index(before.disclosure)
    if after.disclosure is Disclosure.NONE:
        return less
    return (
        less
        or after.minimum_denominator < before.minimum_denominator
        or (before.zero_sensitive and not after.zero_sensitive)
        or (before.full_sensitive and not after.full_sensitive)
        or after.rounding != before.rounding
    )
