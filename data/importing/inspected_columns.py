"""Facts of the columns of a table: texts, numbers, periods, and which areas they name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from data.importing.dialects import Dialect
from data.importing.names import normal_name, squeezed
from data.importing.numbers import Reading, parse_cell
from data.importing.periods import PeriodRule, ReadPeriod, read_period
from data.importing.readers.model import Table
from domain.column_facts import AreaFit, ColumnFacts, KnownLevel, KnownTown
from domain.model import State
from domain.number_marks import is_number_like, is_usual_sign
from domain.periods import in_time

_KEPT_TEXTS = 5_000
_MOST_PERIODS = 200
_VECTOR_ROWS = 2_000
_NEARLY_ALL = 0.95
_LEAST_FIT, _LEAST_COVERAGE = 0.1, 0.5
_KEY_AND_NAME = r"^(\d+)\s"
_YEARS = PeriodRule(dates="year")
_NAN = float("nan")


def figure_texts(table: Table) -> dict[str, list[str]]:
    """Return by column of figures its different texts that are no numbers of a workbook.

    A column counts if most of its filled cells look like numbers or like signs for missing ones.
    """
    native = table.native_numbers or frozenset()
    found = {}
    for index, name in enumerate(table.columns):
        texts = [row[index].strip() for row in table.rows]
        filled = [t for t in texts if t]
        like = [t for t in filled if is_number_like(t) or is_usual_sign(t)]
        if filled and 2 * len(like) >= len(filled):
            written = (t for i, t in enumerate(texts) if (i, index) not in native)
            found[name] = list(dict.fromkeys(written))
    return found


def column_facts(
    table: Table, dialect: Dialect, town: KnownTown, aliases: Mapping[str, Mapping[str, str]]
) -> tuple[ColumnFacts, ...]:
    """Return the facts of all columns.

    Parameters
    ----------
    dialect
        How the numbers are taken to be written.
    town
        Its levels with their areas.
    aliases
        By ``level@vintage`` the areas by what an office writes.
    """
    indexes = [_LevelIndex(level, aliases.get(level.key, {})) for level in town.levels]
    return tuple(_facts(table, at, dialect, indexes) for at, _ in enumerate(table.columns))


def _facts(table: Table, at: int, dialect: Dialect, indexes: Sequence[_LevelIndex]) -> ColumnFacts:
    texts = [row[at].strip() for row in table.rows]
    different = list(dict.fromkeys(t for t in texts if t))
    readings = {t: parse_cell(t, dialect) for t in different}
    native = table.native_numbers or frozenset()
    vector, numbers = [], 0
    for i, text in enumerate(texts):
        is_native = (i, at) in native
        found = parse_cell(text, dialect, is_native=True) if is_native else readings.get(text)
        is_read = isinstance(found, Reading)
        numbers += bool(text) and is_read
        number = found.number if isinstance(found, Reading) and found.state is State.OK else None
        if i < _VECTOR_ROWS:
            vector.append(_NAN if number is None else float(number))
    filled = sum(1 for t in texts if t)
    known = [x for x in vector if x == x]  # noqa: PLR0124 - NaN is not itself
    return ColumnFacts(
        name=table.columns[at],
        rows=len(texts),
        filled=filled,
        distinct=len(different),
        texts=tuple(different[:_KEPT_TEXTS]),
        numbers=numbers / filled if filled else 0.0,
        is_whole=bool(known) and all(x.is_integer() for x in known),
        vector=tuple(vector),
        periods=_periods(different),
        fits=tuple(f for index in indexes for f in index.fits(different[:_KEPT_TEXTS])),
    )


def _periods(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the periods of a column that names nothing else, in time order."""
    if not texts or len(texts) > _MOST_PERIODS:
        return ()
    read = [read_period(text, _YEARS) for text in texts]
    found = {r.id for r in read if isinstance(r, ReadPeriod)}
    n_read = sum(isinstance(r, ReadPeriod) for r in read)
    return tuple(sorted(found, key=in_time)) if n_read == len(texts) else ()


def has_dates(texts: Sequence[str]) -> bool:
    """Whether periods are written as days, such as 31.12.2023."""
    read = [read_period(text, _YEARS) for text in texts if text]
    return any(isinstance(r, ReadPeriod) and r.date is not None for r in read)


class _LevelIndex:
    """The keys and names of one level, for exact look-ups of many texts."""

    def __init__(self, level: KnownLevel, aliases: Mapping[str, str]) -> None:
        self._level = level
        self._ids = set(level.areas) | {squeezed(text) for text in aliases}
        names: dict[str, int] = {}
        for name in level.areas.values():
            names[normal_name(name)] = names.get(normal_name(name), 0) + 1
        self._names = {name for name, n in names.items() if n == 1}
        self._names |= {normal_name(text) for text in aliases}
        lengths = {len(area) for area in level.areas}
        self._length = lengths.pop() if len(lengths) == 1 else 0

    def fits(self, texts: Sequence[str]) -> list[AreaFit]:
        """Return the best way by keys and the one by names, where they name a tenth at least."""
        if not texts:
            return []
        ways = [self._fit(texts, "id", lambda t: squeezed(t) in self._ids)]
        if self._length and all(t.isdecimal() and len(t) <= self._length for t in texts):
            pad = self._length
            ways.append(self._fit(texts, "id", lambda t: t.zfill(pad) in self._ids, pad=pad))
        pattern = re.compile(_KEY_AND_NAME)
        if all(pattern.search(t) for t in texts[:50]):
            ways.append(self._by_first_digits(texts, pattern))
        named = self._fit(texts, "name", lambda t: normal_name(t) in self._names)
        best = max(ways, key=lambda fit: len(fit.met))
        return [fit for fit in (best, named) if _counts(fit)]

    def _by_first_digits(self, texts: Sequence[str], pattern: re.Pattern[str]) -> AreaFit:
        def is_met(text: str) -> bool:
            match = pattern.search(text)
            return match is not None and match[1].zfill(self._length) in self._ids

        return self._fit(texts, "id", is_met, pad=self._length, pattern=_KEY_AND_NAME)

    def _fit(
        self, texts: Sequence[str], by: str, is_met: object, *, pad: int = 0, pattern: str = ""
    ) -> AreaFit:
        assert callable(is_met)  # noqa: S101
        met = frozenset(text for text in texts if is_met(text))
        level = self._level
        return AreaFit(level.key, by, met, len(texts), len(level.areas), pad, pattern)


def _counts(fit: AreaFit) -> bool:
    """Whether it can be more than chance that texts name areas of a level."""
    return bool(fit.met) and (fit.share >= _LEAST_FIT or fit.coverage >= _LEAST_COVERAGE)
