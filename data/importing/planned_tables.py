"""The ``[[table]]`` entries of a recipe that read a file as its columns were taken.

One for each level and boundary vintage. What is planned has the keys of ``docs/recipe.md`` in
their order and nothing that is a default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from data.importing.found_table import MAPS, FoundTable
from data.importing.inspected_columns import has_dates
from data.importing.planned_measures import Groups, planned_measures
from domain.column_facts import AreaFit, ColumnFacts, KnownTown
from domain.column_roles import Role, Use
from domain.header_patterns import covering_pattern, period_in
from domain.header_words import slug

Entry = dict[str, Any]
WHOLE = "*"
"""Stands for the whole table where a use is of no column."""

_ENOUGH = 0.5


@dataclass(frozen=True)
class Taken:
    """What every column was taken for: by header, by pattern of headers, or by ``column[text]``."""

    uses: Mapping[str, tuple[Use, ...]]
    facts: Mapping[str, ColumnFacts]
    groups: Groups

    def columns(self, *roles: Role) -> list[str]:
        """Return the columns with one of these roles."""
        return [c for c, uses in self.uses.items() if any(u.role in roles for u in uses)]

    def first(self, *roles: Role) -> str:
        """Return the first such column, empty without one; texts of a column do not count."""
        return next((c for c in self.columns(*roles) if c in self.facts), "")

    def of_texts(self, column: str) -> dict[str, tuple[Use, ...]]:
        """Return what single texts of a column were taken for."""
        start = f"{column}["
        return {
            key[len(start) : -1]: uses
            for key, uses in self.uses.items()
            if key.startswith(start) and key.endswith("]")
        }


@dataclass(frozen=True)
class Planned:
    """The tables of a file, and what stands in the way (text keys below ``inspect.problem.``)."""

    tables: tuple[Entry, ...]
    problems: tuple[tuple[str, dict[str, str | int]], ...] = field(default=())
    levels: tuple[Entry, ...] = field(default=())
    """Levels of a town that has none yet: the rows of the file name their areas."""


def planned_tables(
    found: FoundTable, file: str, taken: Taken, town: KnownTown, dialect: str
) -> Planned:
    """Return the tables that read a file.

    Parameters
    ----------
    file
        The file as the recipe shall name it.
    dialect
        Id of the dialect of its numbers; empty for plain numbers.
    """
    plan = _Plan(found, file, taken, town, dialect)
    return Planned(tuple(plan.tables()), tuple(plan.problems), tuple(plan.levels))


class _Plan:
    """One pass from the uses of columns to entries."""

    def __init__(
        self, found: FoundTable, file: str, taken: Taken, town: KnownTown, dialect: str
    ) -> None:
        self._found = found
        self._file = file
        self._taken = taken
        self._town = town
        self._dialect = dialect
        self.problems: list[tuple[str, dict[str, str | int]]] = []
        self.levels: list[Entry] = []

    def tables(self) -> list[Entry]:
        measures = planned_measures(
            self._taken.uses, self._taken.groups, self._taken.first(Role.INDICATOR)
        )
        if not measures:
            self.problems.append(("no_figures", {}))
        period = self._period(measures)
        measures = self._dated(measures, period)
        places = self._places()
        if not (measures and places and period is not None):
            return []
        return [self._table(place, period, measures) for place in places]

    def _dated(self, measures: list[Entry], period: Entry | None) -> list[Entry]:
        """Leave out columns of which neither header nor row says the period."""
        if period is None or "in_header" not in period:
            return measures
        undated = [m["column"] for m in measures if "column" in m]
        if undated:
            self.problems.append(("undated", {"columns": ", ".join(dict.fromkeys(undated))}))
        return [m for m in measures if "column" not in m]

    def _table(self, place: Entry, period: Entry, measures: list[Entry]) -> Entry:
        spec, by_files = self._found.spec, "files" in period
        table: Entry = {"file": _with_period(self._file) if by_files else self._file}
        table["format"] = spec.format
        optional = {
            "sheet": spec.sheet,
            "encoding": spec.encoding,
            "separator": spec.separator,
            "footer_marker": spec.footer_marker,
            "drop": list(spec.drop),
            "dialect": self._dialect,
        }
        table |= {key: value for key, value in optional.items() if value}
        if spec.format not in MAPS and spec.header_rows != 1:
            table["header_rows"] = spec.header_rows
        if spec.format not in MAPS and spec.skip_rows:
            table["skip_rows"] = spec.skip_rows
        table |= {"level": place["level"], "vintage": place["vintage"]}
        where = self._filters() | place.get("where", {})
        table |= {"where": where} if where else {}
        table |= {"where_matches": place["matches"]} if place.get("matches") else {}
        table |= {"area": place["area"], "period": period}
        category = self._category()
        table |= {"category": category} if category else {}
        return table | {"measure": measures}

    def _filters(self) -> dict[str, str]:
        return {
            column: use.text
            for column, uses in self._taken.uses.items()
            for use in uses
            if use.role is Role.FILTER
        }

    def _period(self, measures: Sequence[Entry]) -> Entry | None:
        """Return where the period stands; in the name of the file at last."""
        whole = [u for u in self._taken.uses.get(WHOLE, ()) if u.role is Role.PERIOD]
        if whole:
            return {"constant": whole[0].text}
        column = self._taken.first(Role.PERIOD)
        if column:
            dates = {"dates": "year"} if has_dates(self._taken.facts[column].texts) else {}
            return {"column": column} | dates
        if any("columns" in m or "column_periods" in m for m in measures):
            return {"in_header": True}
        named = period_in(PurePosixPath(self._file).name)
        if named is not None:
            return {"files": [named[1]]}
        self.problems.append(("no_period", {}))
        return None

    def _category(self) -> Entry:
        column = self._taken.first(Role.CATEGORY)
        if not column:
            return {}
        mapped = {
            text: use.category or use.text or "total"
            for text, uses in self._taken.of_texts(column).items()
            for use in uses
            if use.role is Role.CATEGORY
        }
        return {"column": column} | ({"map": mapped} if mapped else {})

    def _places(self) -> list[Entry]:
        """Return level, vintage, area and conditions of each table."""
        whole = [u for u in self._taken.uses.get(WHOLE, ()) if u.role is Role.AREA]
        if whole:
            return self._constant(whole[0].text, {})
        column = self._taken.first(Role.AREA, Role.AREA_NAME)
        if not column:
            self.problems.append(("no_area", {}))
            return []
        use = next(u for u in self._taken.uses[column] if u.role in (Role.AREA, Role.AREA_NAME))
        single = self._taken.of_texts(column)
        places = [
            place
            for text, uses in single.items()
            for one in uses
            for place in self._constant(one.text, {column: text})
        ]
        return [*places, *self._of_column(column, use, set(single))]

    def _constant(self, level: str, where: dict[str, str]) -> list[Entry]:
        """Return the one table of a level of one area."""
        known = self._town.level(level)
        if known is None or len(known.areas) != 1:
            self.problems.append(("no_single_area", {"level": level}))
            return []
        area = {"constant": next(iter(known.areas))}
        return [{"level": known.id, "vintage": known.vintage, "area": area, "where": where}]

    def _of_column(self, column: str, use: Use, single: set[str]) -> list[Entry]:
        if not self._town.levels:
            return [self._new_level(column, use)]
        fits = self._fits(column, use)
        if not fits:
            self.problems.append(("no_level", {"column": column}))
            return []
        vintage = self._taken.first(Role.VINTAGE)
        places = []
        levels = {fit.level.rpartition("@")[0] for fit in fits}
        for fit in fits:
            level, _, of = fit.level.rpartition("@")
            area: Entry = {"column": column}
            area |= {"by": "name"} if fit.by == "name" else {}
            area |= {"pattern": fit.pattern} if fit.pattern else {}
            area |= {"pad": fit.pad} if fit.pad else {}
            place: Entry = {"level": level, "vintage": of, "area": area}
            place |= {"where": {vintage: of}} if vintage else {}
            if len(levels) > 1 or single:
                others = set(self._taken.facts[column].texts) - fit.met
                place["matches"] = {column: covering_pattern(fit.met, others)}
            places.append(place)
        return places

    def _new_level(self, column: str, use: Use) -> Entry:
        """Begin a level of the rows of the file; a column beside the keys has the names."""
        facts, spec = self._taken.facts, self._found.spec
        ids = use.role is Role.AREA
        beside = [
            c.name
            for c in facts.values()
            if c.name != column and not c.is_figure and c.distinct == facts[column].distinct
        ]
        listed: Entry = {"file": self._file, "format": spec.format}
        optional = {"sheet": spec.sheet, "encoding": spec.encoding, "separator": spec.separator,
                    "footer_marker": spec.footer_marker, "skip_rows": spec.skip_rows}  # fmt: skip
        listed |= {key: value for key, value in optional.items() if value}
        listed |= {"id": column} if ids else {}
        listed |= {"name": (beside[0] if beside else column) if ids else column}
        period = self._taken.first(Role.PERIOD)
        vintage = facts[period].periods[0] if period and facts[period].periods else "1"
        level = slug(beside[0] if ids and beside else column)
        name = column.replace("_", " ").title()
        self.levels.append(
            {"id": level, "vintage": vintage, "name": name, "order": 10, "list": listed}
        )
        area = {"column": column} | ({} if ids else {"by": "name"})
        return {"level": level, "vintage": vintage, "area": area}

    def _fits(self, column: str, use: Use) -> list[AreaFit]:
        """Return the levels a column speaks of: each with all vintages the file names, or one."""
        by = "name" if use.role is Role.AREA_NAME else "id"
        found = [f for f in self._taken.facts[column].fits if f.by == by]
        if use.text:
            return [f for f in found if use.text in (f.level, f.level.partition("@")[0])][:1]
        vintage = self._taken.first(Role.VINTAGE)
        named = set(self._taken.facts[vintage].texts) if vintage else set()
        if named:
            found = [f for f in found if f.level.rpartition("@")[2] in named]
        chosen: list[AreaFit] = []
        covered: dict[str, set[str]] = {}
        ordered = sorted(found, key=lambda f: (len(f.met), f.coverage, f.level), reverse=True)
        for fit in ordered:
            level = fit.level.rpartition("@")[0]
            if level in covered:
                if named:
                    chosen.append(fit)
                continue
            others = set().union(*covered.values()) if covered else set()
            new = fit.met - others
            if not chosen or len(new) >= _ENOUGH * fit.of_areas:
                chosen.append(fit)
                covered[level] = set(fit.met)
        return sorted(chosen, key=lambda f: f.level)


def _with_period(file: str) -> str:
    """Return the name of a file with ``{period}`` in place of its year."""
    path = PurePosixPath(file)
    named = period_in(path.name)
    return str(path.with_name(named[0])) if named else file
