"""What the columns of a delivered table are: guesses with reasons, never more than proposals.

Order of evidence: what the recipe read from a column of that name before; what the texts are
(periods, keys and names of areas, categories); what the header says; what the numbers do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.column_facts import (
    AreaFit,
    Certainty,
    ColumnFacts,
    ColumnGuess,
    KnownTown,
    Reason,
)
from domain.column_roles import Role, Use
from domain.figure_guesses import guess_figures
from domain.header_patterns import HeaderGroup
from domain.header_words import header_words, meanings, says

_MOST_AREAS, _ENOUGH_AREAS, _FEW_AREAS = 0.8, 0.5, 0.3
_MOST_CATEGORIES = 60
_SAME_TEXTS = 0.6


def guess_columns(
    columns: Sequence[ColumnFacts],
    groups: Sequence[HeaderGroup],
    town: KnownTown,
    context: Sequence[str] = (),
) -> tuple[ColumnGuess, ...]:
    """Return a guess for every column, those of a group together.

    Parameters
    ----------
    columns
        Facts of all columns in their order.
    groups
        Headers with years (:func:`domain.header_patterns.header_groups`).
    town
        What is known of the town.
    context
        What stands around the table: name of the sheet, titles, name of the file.
    """
    return _Guesser(columns, groups, town, context).all()


class _Guesser:
    """Takes one column after another; what is taken cannot be anything else."""

    def __init__(
        self,
        columns: Sequence[ColumnFacts],
        groups: Sequence[HeaderGroup],
        town: KnownTown,
        context: Sequence[str],
    ) -> None:
        self._context = context
        self._facts = {c.name: c for c in columns}
        self._town = town
        self._groups = [g for g in groups if any(self._facts[h].is_figure for h in g.headers)]
        self._found: dict[str, ColumnGuess] = {}

    def all(self) -> tuple[ColumnGuess, ...]:
        self._learnt()
        self._time()
        self._areas()
        self._texts()
        free = [self._facts[name] for name in self._facts if name not in self._taken()]
        groups = [g for g in self._groups if not set(g.headers) & self._taken()]
        for guess in guess_figures(free, groups, self._town, self._context):
            self._found[guess.column] = guess
        self._rest()
        order = {name: at for at, name in enumerate(self._facts)}
        return tuple(sorted(self._found.values(), key=lambda g: order[g.headers[0]]))

    def _taken(self) -> set[str]:
        return {header for guess in self._found.values() for header in guess.headers}

    def _take(self, column: str, use: Use, certainty: Certainty, *reasons: Reason) -> None:
        self._found[column] = ColumnGuess(column, (column,), (use,), certainty, reasons)

    def _free(self) -> list[ColumnFacts]:
        taken = self._taken() | {h for group in self._groups for h in group.headers}
        return [c for c in self._facts.values() if c.name not in taken]

    def _learnt(self) -> None:
        """Take over what the recipe did with a column of the same name."""
        known = {_plain(name): uses for name, uses in self._town.uses.items()}
        for group in self._groups:
            uses = known.get(_plain(group.name))
            if uses:
                self._found[group.name] = ColumnGuess(
                    group.name, group.headers, uses, Certainty.SURE, (Reason("learnt"),)
                )
        for column in self._facts.values():
            uses = known.get(_plain(column.name))
            if uses and column.name not in self._taken():
                self._found[column.name] = ColumnGuess(
                    column.name, (column.name,), uses, Certainty.SURE, (Reason("learnt"),)
                )

    def _has(self, role: Role) -> bool:
        return any(use.role is role for guess in self._found.values() for use in guess.uses)

    def _time(self) -> None:
        """Find the column of the vintage of the boundaries, then that of the period."""
        vintages = {level.vintage for level in self._town.levels}
        dated = [c for c in self._free() if c.periods]
        for column in dated:
            is_vintage = says(column.name, Role.VINTAGE) and set(column.texts) <= vintages
            if is_vintage and not self._has(Role.VINTAGE):
                reason = Reason("vintage", {"texts": ", ".join(column.sample)})
                self._take(column.name, Use(Role.VINTAGE), Certainty.SURE, reason)
        if self._has(Role.PERIOD):
            return
        named = [c for c in dated if c.name not in self._taken() and says(c.name, Role.PERIOD)]
        plain = [c for c in dated if c.name not in self._taken() and _repeats(c)]
        for chosen, certainty in ((named, Certainty.SURE), (plain, Certainty.LIKELY)):
            if chosen:
                column = chosen[0]
                params = {"first": column.periods[0], "last": column.periods[-1]}
                self._take(column.name, Use(Role.PERIOD), certainty, Reason("periods", params))
                return

    def _areas(self) -> None:
        """Find the column of the area; the name beside a key is not needed."""
        if self._has(Role.AREA) or self._has(Role.AREA_NAME):
            return
        first = next(iter(self._facts))
        # further right, small counts would pass for the keys of a few districts
        able = [c for c in self._free() if not c.is_figure or c.name == first or _says_area(c)]
        fitting = [(c, fit) for c in able if (fit := _best_fit(c)) is not None]
        if not fitting:
            self._area_by_word()
            return
        column, fit = max(fitting, key=lambda pair: _rank(pair[1]))
        role = Role.AREA if fit.by == "id" else Role.AREA_NAME
        share = round(100 * fit.share)
        is_sure = fit.share == 1.0 and (fit.coverage >= _ENOUGH_AREAS or _says_area(column))
        reason = Reason(
            f"areas_{fit.by}", {"level": fit.level, "share": share, "met": len(fit.met)}
        )
        certainty = Certainty.SURE if is_sure else Certainty.LIKELY
        self._take(column.name, Use(role), certainty, reason)

    def _area_by_word(self) -> None:
        """Take a column that says it names areas though the town has none of them."""
        named = [c for c in self._free() if _says_area(c) and c.distinct > 1 and c.filled]
        if named:
            texts = [c for c in named if c.numbers < _FEW_AREAS]
            role = Role.AREA_NAME if texts else Role.AREA
            self._take((texts or named)[0].name, Use(role), Certainty.UNSURE, Reason("area_word"))

    def _texts(self) -> None:
        """Find columns whose texts name categories or indicators."""
        for column in self._free():
            if column.is_figure and not _is_coded(column):
                continue
            if not 1 < column.distinct <= _MOST_CATEGORIES:
                continue
            named = self._named_indicators(column)
            category = self._categories(column)
            if named and len(named) >= _SAME_TEXTS * column.distinct:
                self._take_indicators(column, named)
            elif category:
                reason = Reason("categories", {"indicator": category})
                self._take(column.name, Use(Role.CATEGORY), Certainty.LIKELY, reason)
            elif not column.is_figure and says(column.name, Role.INDICATOR):
                self._take(column.name, Use(Role.INDICATOR), Certainty.UNSURE, Reason("word"))
            elif not column.is_figure and says(column.name, Role.CATEGORY):
                self._take(column.name, Use(Role.CATEGORY), Certainty.UNSURE, Reason("word"))

    def _named_indicators(self, column: ColumnFacts) -> dict[str, Use]:
        """Return for each text of a column the indicator it means; exact words only."""
        found = {}
        for text in column.texts if not column.is_figure else ():
            best = next(iter(meanings(text, self._town.indicators)), None)
            if best is not None and best.score >= 1.0:
                found[text] = Use(best.role, best.indicator.id, best.category)
        return found

    def _take_indicators(self, column: ColumnFacts, named: Mapping[str, Use]) -> None:
        reason = Reason("indicators", {"n": len(named)})
        self._take(column.name, Use(Role.INDICATOR), Certainty.LIKELY, reason)
        for text, use in named.items():
            key = f"{column.name}[{text}]"
            said = Reason("indicator_text", {"text": text})
            self._found[key] = ColumnGuess(key, (column.name,), (use,), Certainty.LIKELY, (said,))

    def _categories(self, column: ColumnFacts) -> str:
        """Return the indicator whose categories the texts of a column are, empty without one."""
        texts = {_plain(text) for text in column.texts if text}
        for indicator in self._town.indicators:
            known = {_plain(t) for pair in indicator.categories.items() for t in pair}
            if known and len(texts & known) >= max(2, _SAME_TEXTS * len(texts)):
                return indicator.id
        return ""

    def _rest(self) -> None:
        """Whatever is left is not read; the reason says what it looks like."""
        has_area = self._has(Role.AREA) or self._has(Role.AREA_NAME)
        for name, column in self._facts.items():
            if name in self._taken():
                continue
            fit = _best_fit(column)
            key = "name_beside" if fit is not None and has_area else "no_figure"
            self._take(name, Use(Role.IGNORE), Certainty.LIKELY, Reason(key))


def _plain(text: str) -> str:
    return " ".join(header_words(text)) or text.strip().casefold()


def _repeats(column: ColumnFacts) -> bool:
    return column.filled == column.rows and column.distinct * 2 <= column.rows


def _says_area(column: ColumnFacts) -> bool:
    return says(column.name, Role.AREA)


def _is_coded(column: ColumnFacts) -> bool:
    """Whether numbers are codes rather than figures: few of them, in a column that says so."""
    return column.is_whole and says(column.name, Role.CATEGORY)


def _best_fit(column: ColumnFacts) -> AreaFit | None:
    """Return the level whose areas a column names, None where it names none in earnest.

    Counts may look like keys: without a word in the header most texts must fit, and most areas
    must be there.
    """
    best = max(column.fits, key=lambda fit: (fit.share, fit.coverage), default=None)
    if best is None:
        return None
    together = frozenset().union(*(fit.met for fit in column.fits))
    share = len(together) / best.of_texts if best.of_texts else 0.0
    if _says_area(column):
        return best if share >= _FEW_AREAS else None
    needed = _ENOUGH_AREAS if column.is_figure else _FEW_AREAS
    return best if share >= _MOST_AREAS and best.coverage >= needed else None


def _rank(fit: AreaFit) -> tuple[bool, bool, bool, float]:
    """Return what makes a key better than another: most texts fit, then keys fit as written."""
    is_plain = not fit.pad and not fit.pattern
    return fit.share >= _MOST_AREAS, fit.by == "id", is_plain, fit.share
