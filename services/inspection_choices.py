"""What is decided between guess and plan: overrides, the dialect of the numbers, categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from data.importing.dialects import PLAIN, Dialect, dialects_of
from data.importing.inspected_columns import figure_texts
from data.importing.known_town import Arrived, tables_of
from data.importing.numbers import Reading, parse_cell
from data.importing.planned_measures import category_map
from data.importing.planned_tables import WHOLE, Taken
from data.importing.readers.model import Table
from data.importing.recipe import Recipe
from data.importing.template_sheet import DIALECT, SIGNS
from domain.column_facts import Certainty, ColumnFacts, ColumnGuess, KnownTown, Reason
from domain.column_roles import FIGURES, Role, Use, parse_uses
from domain.findings import Finding, Place, RefusedFileError, Severity
from domain.header_patterns import PERIOD, period_in
from domain.header_words import slug
from domain.number_marks import NumberMarks


def decided(
    guesses: Sequence[ColumnGuess],
    sets: Mapping[str, str],
    facts: Sequence[ColumnFacts],
    reason: str = "decided",
) -> tuple[ColumnGuess, ...]:
    """Return the guesses with what somebody decided, or a template says, in their place.

    Of a role that only one column can have, the guess for another column is given up.

    Raises
    ------
    RefusedFileError
        A decision names a column or a text the file does not have.
    """
    found = {g.column: g for g in guesses}
    headers = {c.name for c in facts}
    for column, text in sets.items():
        base = column.partition("[")[0] if column not in headers else column
        if column not in found and base not in headers and column != WHOLE:
            params: dict[str, str | int | float] = {
                "column": column, "columns": ", ".join([*found, *headers - found.keys()][:20]),
            }  # fmt: skip
            raise RefusedFileError(
                [Finding(Severity.ERROR, "inspect_no_column", Place(column=column), params)]
            )
        uses = parse_uses(text)
        if _dissolve(found, column):
            uses = tuple(_dated(use, column) for use in uses)
        _give_up(found, column, uses, sets)
        known = found.get(column)
        covered = known.headers if known else (base,)
        found[column] = ColumnGuess(
            column, covered, uses, Certainty.SURE, (Reason(reason),), is_set=reason == "decided"
        )
    return tuple(found.values())


def _dissolve(found: dict[str, ColumnGuess], column: str) -> bool:
    """Take a group of headers apart where somebody decides on one of them; say whether."""
    name = next((n for n, g in found.items() if PERIOD in n and column in g.headers), "")
    if not name or name == column:
        return False
    group = found.pop(name)
    for header in group.headers:
        uses = tuple(_dated(use, header) for use in group.uses)
        found[header] = replace(group, column=header, headers=(header,), uses=uses)
    return True


def _dated(use: Use, header: str) -> Use:
    """Return a use of figures with the period its header names."""
    named = period_in(header)
    if use.role not in FIGURES or use.period or named is None:
        return use
    return replace(use, period=named[1])


_ONCE = (
    frozenset({Role.AREA, Role.AREA_NAME}),
    frozenset({Role.PERIOD}),
    frozenset({Role.VINTAGE}),
    frozenset({Role.CATEGORY}),
    frozenset({Role.INDICATOR}),
)


def _give_up(
    found: dict[str, ColumnGuess], column: str, uses: Sequence[Use], sets: Mapping[str, str]
) -> None:
    roles = {use.role for use in uses}
    groups = [group for group in _ONCE if roles & group]
    is_text = column.endswith("]") and "[" in column
    for name, guess in list(found.items()):
        mine = {use.role for use in guess.uses}
        is_other = name not in (column, *sets) and not is_text
        if is_other and any(mine & group for group in groups):
            found[name] = replace(guess, uses=(Use(Role.IGNORE),), reasons=(Reason("other"),))
    if Role.INDICATOR not in roles and not is_text:
        start = f"{column}["
        for name in [n for n in found if n.startswith(start) and n not in sets]:
            del found[name]


def chosen_dialect(
    recipe: Recipe | None, table: Table, marks: NumberMarks, file: str, *, is_told: bool = False
) -> tuple[Dialect, list[dict[str, Any]]]:
    """Return the dialect of a file and, where the recipe has none that fits, its entry.

    That of files called alike comes first, then plain numbers, then what the recipe declares: the
    first that reads every cell of the columns of figures. The official dialects, of which one
    reads 0 as "less than half a unit", are taken only where somebody took them before. With
    ``is_told`` somebody said how the file writes numbers, and none of them is asked.
    """
    texts = [text for column in figure_texts(table).values() for text in column]
    known = dialects_of(recipe) if recipe is not None else {PLAIN.id: PLAIN}
    arrived = Arrived(file, table.sheet, table.columns)
    before = [t.dialect for t in tables_of(recipe, arrived) if t.dialect] if recipe else []
    declared = [one.id for one in recipe.dialect] if recipe is not None else []
    for name in dict.fromkeys((*before, PLAIN.id, *declared) if not is_told else ()):
        if all(isinstance(parse_cell(text, known[name]), Reading) for text in texts):
            return known[name], []
    fresh = Dialect(
        f"datei-{slug(Path(file).stem)}",
        dict(marks.symbols),
        marks.decimal,
        marks.thousands,
        marks.percent_sign,
    )
    entry: dict[str, Any] = {
        "id": fresh.id,
        "symbols": {text: str(state) for text, state in marks.symbols.items()},
    }
    entry |= {"decimal": marks.decimal} if marks.decimal else {}
    entry |= {"thousands": marks.thousands} if marks.thousands else {}
    entry |= {"percent_sign": True} if marks.percent_sign else {}
    return fresh, [entry]


def template_dialect(recipe: Recipe | None) -> tuple[Dialect, list[dict[str, Any]]]:
    """Return the dialect of filled-in templates, and its entry where the recipe lacks it."""
    dialect = Dialect(DIALECT, dict(SIGNS), ",", "none")
    if recipe is not None and any(one.id == DIALECT for one in recipe.dialect):
        return dialects_of(recipe)[DIALECT], []
    symbols = {text: str(state) for text, state in SIGNS.items()}
    return dialect, [{"id": DIALECT, "symbols": symbols, "decimal": ",", "thousands": "none"}]


def with_categories(taken: Taken, town: KnownTown) -> tuple[Taken, dict[str, str]]:
    """Say for each text of the column of categories which one it is.

    Returns
    -------
    taken, categories
        With a use for every text that is not written as its category; the categories (id and
        name) of indicators that are new.
    """
    column = taken.first(Role.CATEGORY)
    if not column:
        return taken, {}
    measured = [u.indicator for us in taken.uses.values() for u in us if u.role in FIGURES]
    first = next((i for one in measured if (i := town.indicator(one)) is not None), None)
    known = first.categories if first is not None else {}
    mapped = category_map(taken.facts[column], known)
    decided_texts = taken.of_texts(column)
    uses = dict(taken.uses)
    for text in taken.facts[column].texts:
        if text not in decided_texts and text in mapped:
            uses[f"{column}[{text}]"] = (Use(Role.CATEGORY, text=mapped[text]),)
    names = {
        mapped.get(text, text): text
        for text in taken.facts[column].texts
        if mapped.get(text, text) != "total"
    }
    return replace(taken, uses=uses), {} if first is not None else names
