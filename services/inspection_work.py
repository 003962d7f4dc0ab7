"""Looks into a delivered file and proposes how to read it; runs in the limited process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from data.importing.found_table import FoundTable, look_at
from data.importing.inspected_columns import column_facts, figure_texts
from data.importing.known_town import Arrived, known_town, tables_of
from data.importing.planned_measures import new_indicators
from data.importing.planned_tables import Taken, planned_tables
from data.importing.recipe import Recipe, load_recipe
from data.importing.recipe_tables import TableRecipe
from data.importing.template_sheet import EXPLAINED, VALUES, template_uses
from domain.column_facts import ColumnFacts, ColumnGuess, KnownTown
from domain.column_guesses import guess_columns
from domain.header_patterns import header_groups
from domain.model import State
from domain.number_marks import NumberMarks, guess_marks
from services.findings_json import findings_to_json
from services.inspection_choices import (
    chosen_dialect,
    decided,
    template_dialect,
    with_categories,
)
from services.inspection_names import (
    aliases_of,
    areas_in_headers,
    named_areas,
    unknown_names,
)
from services.inspection_probe import Probe, Proposal, probe

Entry = dict[str, Any]

_MANY_AREAS = 3


@dataclass(frozen=True)
class _Ground:
    """What is known before the file is opened; without a recipe nothing is."""

    recipe: Recipe | None
    names: Mapping[str, Mapping[str, str]]
    aliases: Mapping[str, Mapping[str, str]]
    town: KnownTown


def inspect(order: dict[str, Any]) -> dict[str, Any]:
    """Return everything that was found out about a file as plain values.

    Parameters
    ----------
    order
        ``file`` (path), ``name`` (as the recipe shall name it), ``sheet``, ``sets`` (column →
        uses as text), ``recipe`` and ``data_dir`` (paths, empty without), ``release`` (folder of
        the release whose areas are meant, empty: those of the recipe), ``aliases`` (list of level,
        written, area), ``reading`` (what somebody chose: ``encoding``, ``decimal``, ``thousands``,
        ``signs``).

    Raises
    ------
    RefusedFileError
        There is nothing to look at, or the recipe is refused.
    """
    recipe = load_recipe(Path(order["recipe"])) if order["recipe"] else None
    dropped = _dropped(recipe, order["name"])
    reading = order.get("reading", {})
    found, template = _looked(
        Path(order["file"]), order["sheet"], dropped, reading.get("encoding", "")
    )
    columns = found.table.columns if found.table is not None else ()
    ground = _ground(order, recipe, Arrived(order["name"], found.spec.sheet, columns))
    told: dict[str, Any] = {
        "format": "other" if _is_foreign(found) else found.format,
        "sheet": found.spec.sheet,
        "sheets": [asdict(sheet) for sheet in found.sheets],
        "encoding": found.spec.encoding,
        "separator": found.spec.separator,
        "shape": asdict(found.shape),
        "findings": findings_to_json(found.findings),
    }
    return told if found.table is None else told | _Proposer(order, ground, found, template).told()


def _is_foreign(found: FoundTable) -> bool:
    """Whether a file is of a type no reader takes; the finding says which."""
    return found.table is None and any(f.code.startswith("file_is_") for f in found.findings)


def _dropped(recipe: Recipe | None, name: str) -> tuple[str, ...]:
    """Return the columns that no table of files called alike lets through."""
    tables = recipe.table if recipe is not None else ()
    sheets = dict.fromkeys(t.sheet for t in tables)
    mine = (t for sheet in sheets if recipe for t in tables_of(recipe, Arrived(name, sheet)))
    return tuple(dict.fromkeys(column for table in mine for column in table.drop))


def _looked(
    path: Path, sheet: str, drop: tuple[str, ...], encoding: str
) -> tuple[FoundTable, dict[str, str]]:
    """Return the table and, of a filled-in template, what its explanation says of the columns."""
    found = look_at(path, sheet=sheet, drop=drop, encoding=encoding)
    is_template = EXPLAINED in {s.name for s in found.sheets} and sheet in ("", VALUES)
    uses = template_uses(path) if is_template else {}
    return (look_at(path, sheet=VALUES, drop=drop), uses) if uses else (found, {})


def _ground(order: dict[str, Any], recipe: Recipe | None, arrived: Arrived) -> _Ground:
    if recipe is None:
        return _Ground(None, {}, {}, KnownTown())
    release = Path(order["release"]) if order["release"] else None
    names = named_areas(recipe, Path(order["data_dir"]), release)
    aliases = aliases_of(recipe, names, [tuple(one) for one in order["aliases"]])
    return _Ground(recipe, names, aliases, known_town(recipe, names, arrived))


class _Proposer:
    """Goes from the table of a file to a proposal of how to read it."""

    def __init__(
        self,
        order: dict[str, Any],
        ground: _Ground,
        found: FoundTable,
        template: Mapping[str, str],
    ) -> None:
        assert found.table is not None  # noqa: S101 - the caller has looked
        self._order, self._ground, self._found, self._table = order, ground, found, found.table
        reading = order.get("reading", {})
        chosen = {k: reading[k] for k in ("decimal", "thousands", "signs") if reading.get(k)}
        self._marks = _with_chosen(self._guessed_marks(), chosen)
        self._dialect, self._new_dialects = (
            template_dialect(ground.recipe)
            if template
            else chosen_dialect(
                ground.recipe, self._table, self._marks, order["name"], is_told=bool(chosen)
            )
        )
        facts = column_facts(self._table, self._dialect, ground.town, ground.aliases)
        groups = {g.name: g for g in header_groups(self._table.columns)}
        guesses = guess_columns(facts, tuple(groups.values()), ground.town, self._around())
        said = {column: use for column, use in template.items() if column in self._table.columns}
        guesses = decided(guesses, said, facts, "template")
        self._guesses = decided(guesses, order["sets"], facts)
        uses = {g.column: g.uses for g in self._guesses}
        taken = Taken(uses, {c.name: c for c in facts}, groups)
        self._taken, self._categories = with_categories(taken, ground.town)

    def _guessed_marks(self) -> NumberMarks:
        texts = figure_texts(self._table)
        return guess_marks(text for column in texts.values() for text in column)

    def _around(self) -> tuple[str, ...]:
        shape, sheet = self._found.shape, self._found.spec.sheet
        return (*((sheet,) if sheet else ()), *shape.titles[:2], Path(self._order["name"]).stem)

    def told(self) -> dict[str, Any]:
        order, ground, taken = self._order, self._ground, self._taken
        dialect = "" if self._dialect.id == "plain" else self._dialect.id
        planned = planned_tables(self._found, order["name"], taken, ground.town, dialect)
        indicators = self._indicators(planned.tables[0]["measure"] if planned.tables else [])
        proposal = Proposal(planned, indicators, self._new_dialects)
        result = Probe()
        if ground.recipe is not None and planned.tables:
            result = probe(ground.recipe, proposal, self._table, ground.names, ground.aliases)
        unknown = (
            unknown_names(planned, taken, ground.names, ground.aliases) if ground.names else []
        )
        problems = [
            {"key": key, "params": params}
            for key, params in (*planned.problems, *self._headers(), *self._lost_names())
        ]
        return {
            "marks": _marks(self._marks, self._dialect.id),
            "columns": [_column(c) for c in taken.facts.values()],
            "guesses": [_guess(g) for g in self._guesses],
            "tables": list(planned.tables),
            "levels": list(planned.levels),
            "indicators": indicators,
            "dialects": self._new_dialects,
            "aliases": self._used_aliases(planned.tables),
            "problems": problems,
            "unknown": [asdict(one) for one in unknown],
            "values": result.values,
            "repeated": result.repeated,
            "probe": findings_to_json(result.findings),
            "read_already": len(self._earlier()),
            "read_files": list(dict.fromkeys(t.file for t in self._earlier())),
        }

    def _indicators(self, measures: list[Entry]) -> list[Entry]:
        """Return the entries of indicators the town has not, with the categories of the file."""
        recipe = self._ground.recipe
        frame = {
            "theme": recipe.theme[0].id if recipe else "thema",
            "source": recipe.source[0].id if recipe else "quelle",
            "file": Path(self._order["name"]).name,
        }
        found = new_indicators(measures, self._taken.facts, self._ground.town, frame)
        if not self._categories:
            return found
        names = [{"id": c, "name": text} for c, text in self._categories.items()]
        return [entry | {"category": names} for entry in found]

    def _used_aliases(self, tables: tuple[Entry, ...]) -> list[Entry]:
        """Return the learnt names the file needs and the recipe does not have yet."""
        recipe = self._ground.recipe
        texts = {text for c in self._taken.facts.values() for text in c.texts}
        known = {(a.level, w) for a in recipe.alias for w in a.written} if recipe else set()
        levels = {table["level"] for table in tables}
        return [
            {"level": level, "written": written, "area": area}
            for level, written, area in self._order["aliases"]
            if level in levels and written in texts and (level, written) not in known
        ]

    def _headers(self) -> list[tuple[str, dict[str, int]]]:
        """Say so where areas are headers: such a table is for a person to describe."""
        count = areas_in_headers(self._table.columns, self._ground.names)
        return [("areas_in_headers", {"count": count})] if count >= _MANY_AREAS else []

    def _lost_names(self) -> list[tuple[str, dict[str, str]]]:
        """Return learnt names of the file that point to areas the town does not have."""
        names = self._ground.names
        texts = {text for c in self._taken.facts.values() for text in c.texts}
        return [
            ("lost_name", {"level": level, "written": written, "area": area})
            for level, written, area in self._order["aliases"]
            if written in texts
            and names
            and not any(k.rpartition("@")[0] == level and area in names[k] for k in names)
        ]

    def _earlier(self) -> tuple[TableRecipe, ...]:
        recipe = self._ground.recipe
        arrived = Arrived(self._order["name"], self._found.spec.sheet, self._table.columns)
        return tables_of(recipe, arrived) if recipe else ()


def _with_chosen(marks: NumberMarks, chosen: Mapping[str, Any]) -> NumberMarks:
    """Return how numbers are written with what somebody chose in place of the guess."""
    signs = {text: State(state) for text, state in chosen.get("signs", {}).items()}
    return replace(
        marks,
        decimal=chosen.get("decimal", marks.decimal),
        thousands=chosen.get("thousands", marks.thousands),
        symbols={**marks.symbols, **signs},
        unclear=() if "thousands" in chosen else marks.unclear,
        unknown=tuple(text for text in marks.unknown if text not in signs),
    )


def _marks(marks: NumberMarks, dialect: str) -> dict[str, Any]:
    return {
        "decimal": marks.decimal,
        "thousands": marks.thousands,
        "percent_sign": marks.percent_sign,
        "symbols": {text: str(state) for text, state in marks.symbols.items()},
        "unclear": list(marks.unclear[:20]),
        "unknown": list(marks.unknown[:20]),
        "certainty": str(marks.certainty),
        "reasons": [{"key": r.key, "params": dict(r.params)} for r in marks.reasons],
        "dialect": dialect,
    }


def _column(facts: ColumnFacts) -> dict[str, Any]:
    return {
        "name": facts.name,
        "filled": facts.filled,
        "rows": facts.rows,
        "distinct": facts.distinct,
        "sample": list(facts.sample),
        "is_figure": facts.is_figure,
        "periods": list(facts.periods),
        "levels": sorted(
            {(f.level, f.by, round(f.share, 3), len(f.met), f.of_areas) for f in facts.fits}
        ),
    }


def _guess(guess: ColumnGuess) -> dict[str, Any]:
    return {
        "column": guess.column,
        "headers": list(guess.headers),
        "uses": [str(use) for use in guess.uses],
        "certainty": str(guess.certainty),
        "reasons": [{"key": r.key, "params": dict(r.params)} for r in guess.reasons],
        "is_set": guess.is_set,
    }
