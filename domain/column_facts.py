"""What is known of the columns of a delivered table and of the town it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.column_roles import Use

SHOWN_TEXTS = 12


class Certainty(StrEnum):
    """How sure a guess is; ``unsure`` wants somebody to look."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Reason:
    """Why something was guessed: a text key below ``inspect.reason.`` and its parameters."""

    key: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class AreaFit:
    """How well the texts of a column name the areas of one level@vintage.

    Attributes
    ----------
    by
        ``id`` or ``name``.
    pad, pattern
        How the key is taken out of the text: filled with zeros, or the first group.
    met
        Texts of the column that name an area.
    of_texts, of_areas
        How many different texts the column has, and areas the level.
    """

    level: str
    by: str
    met: frozenset[str]
    of_texts: int
    of_areas: int
    pad: int = 0
    pattern: str = ""

    @property
    def share(self) -> float:
        """The share of the texts that name an area."""
        return len(self.met) / self.of_texts if self.of_texts else 0.0

    @property
    def coverage(self) -> float:
        """About the share of the areas that are named."""
        return min(1.0, len(self.met) / self.of_areas) if self.of_areas else 0.0


@dataclass(frozen=True)
class ColumnFacts:
    """One column as it was delivered.

    Attributes
    ----------
    rows, filled
        Rows of the table, and those with a text in the column.
    texts
        Its different texts in the order of the file; ``distinct`` counts them all.
    numbers
        Share of the filled cells that are numbers or declared signs, 0 to 1.
    vector
        The numbers of the first rows, NaN where there is none.
    periods
        The periods it names, where it names nothing else.
    """

    name: str
    rows: int
    filled: int
    distinct: int
    texts: tuple[str, ...]
    numbers: float
    is_whole: bool
    vector: tuple[float, ...] = ()
    periods: tuple[str, ...] = ()
    fits: tuple[AreaFit, ...] = ()

    @property
    def is_figure(self) -> bool:
        """Whether it holds numbers."""
        return self.numbers >= 0.8 and any(x == x for x in self.vector)  # noqa: PLR0124, PLR2004

    @property
    def sample(self) -> tuple[str, ...]:
        """The first few texts."""
        return self.texts[:SHOWN_TEXTS]


@dataclass(frozen=True)
class KnownLevel:
    """A level of the town: names of its areas by id."""

    id: str
    vintage: str
    kind: str
    areas: Mapping[str, str]

    @property
    def key(self) -> str:
        """``level@vintage``."""
        return f"{self.id}@{self.vintage}"


@dataclass(frozen=True)
class KnownIndicator:
    """An indicator of the town: the texts by which a header may mean it or a part of it."""

    id: str
    kind: str
    names: tuple[str, ...]
    numerator: str = ""
    denominator: str = ""
    categories: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class KnownTown:
    """What is known of the town before its file is opened.

    ``uses`` are those of columns in tables that the recipe reads already.
    """

    id: str = ""
    levels: tuple[KnownLevel, ...] = ()
    indicators: tuple[KnownIndicator, ...] = ()
    uses: Mapping[str, tuple[Use, ...]] = field(default_factory=dict)

    def indicator(self, indicator: str) -> KnownIndicator | None:
        """Return an indicator by id."""
        return next((i for i in self.indicators if i.id == indicator), None)

    def level(self, key: str) -> KnownLevel | None:
        """Return a level by ``level@vintage``."""
        return next((x for x in self.levels if x.key == key), None)


@dataclass(frozen=True)
class ColumnGuess:
    """What a column, or a group of columns, is taken for, how surely, and why.

    ``column`` is a header, a pattern of headers such as ``Kinder_{period}``, or ``column[text]``
    for the rows of a column that names indicators. ``headers`` are the columns meant.
    """

    column: str
    headers: tuple[str, ...]
    uses: tuple[Use, ...]
    certainty: Certainty
    reasons: tuple[Reason, ...] = ()
    is_set: bool = False
    """Whether somebody decided it."""
