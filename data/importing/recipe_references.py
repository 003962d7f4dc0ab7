"""Whether the parts of a recipe name each other correctly."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping

from data.importing.recipe_errors import Lines, Path, recipe_finding
from data.importing.recipe_indicators import IndicatorRecipe
from data.importing.recipe_model import Recipe
from data.importing.recipe_written import name_findings, named
from domain.findings import Finding
from domain.model import TOTAL

BUILT_IN_DIALECTS = frozenset({"plain", "din55301", "lsn", "zuerich"})

_Reference = tuple[Path, str, str, Collection[str]]
"""Path in the recipe, what is named ("theme"), the name, the names there are."""


def reference_findings(recipe: Recipe, file: str, lines: Lines) -> list[Finding]:
    """Return findings for names that nothing carries, ids given twice, and circles."""
    findings = [
        recipe_finding(
            "recipe_unknown_name",
            file,
            lines,
            path,
            what=what,
            name=name,
            suggestion=next(iter(difflib.get_close_matches(name, known, n=1)), "–"),
        )
        for path, what, name, known in _references(recipe)
        if name not in known
    ]
    findings += [
        recipe_finding("recipe_id_twice", file, lines, path, name=name)
        for path, name in _repeated(recipe)
    ]
    findings += [
        recipe_finding("recipe_circle", file, lines, ("indicator", position), name=name)
        for position, name in _circles(recipe)
    ]
    findings += [
        recipe_finding("recipe_number_text", file, lines, ("dialect", position), name=symbol)
        for position, dialect in enumerate(recipe.dialect)
        for symbol in dialect.symbols
        if symbol.isdigit() and symbol != "0"
    ]
    findings += [
        recipe_finding("recipe_needs_outlines", file, lines, path, level=name)
        for path, name in _without_outlines(recipe)
    ]
    findings += name_findings(recipe, file, lines)
    return findings


def _references(recipe: Recipe) -> Iterator[_Reference]:
    yield from _indicator_references(recipe)
    yield from _level_references(recipe)
    yield from _table_references(recipe)
    yield from _place_references(recipe)
    yield from _front_references(recipe)


def _indicator_references(recipe: Recipe) -> Iterator[_Reference]:
    themes = {t.id for t in recipe.theme}
    sources = {s.id for s in recipe.source}
    indicators = {i.id: i for i in recipe.indicator}
    dialects = _dialects(recipe)
    for position, one in enumerate(recipe.indicator):
        path: Path = ("indicator", position)
        yield (*path, "theme"), "theme", one.theme, themes
        yield (*path, "source"), "source", one.source, sources
        if one.dialect:
            yield (*path, "dialect"), "dialect", one.dialect, dialects
        for key in ("numerator_from", "denominator_from"):
            for part in getattr(one, key):
                yield from _part_references((*path, key), part, indicators)


def _part_references(
    path: Path, part: str, indicators: Mapping[str, IndicatorRecipe]
) -> Iterator[_Reference]:
    name, _, category = part.partition(":")
    yield path, "indicator", name, indicators
    if category and name in indicators:
        yield path, "category", category, _categories(indicators[name])


def _level_references(recipe: Recipe) -> Iterator[_Reference]:
    levels = {level.key for level in recipe.level}
    for position, level in enumerate(recipe.level):
        if level.outline:
            at: Path = ("level", position, "outline")
            yield at, "level", f"{level.outline}@{level.vintage}", levels
        for number, parent in enumerate(level.parent):
            path: Path = ("level", position, "parent", number)
            yield path, "level", f"{parent.level}@{parent.vintage or level.vintage}", levels
    ids = {level.id for level in recipe.level}
    for part, position, one in named(recipe):
        yield (part, position, "level"), "level", one.level, ids
        if one.vintage and one.level in ids:
            yield (part, position, "vintage"), "level", f"{one.level}@{one.vintage}", levels
    for position, conversion in enumerate(recipe.conversion):
        path = ("conversion", position)
        yield (*path, "from"), "level", f"{conversion.level}@{conversion.from_vintage}", levels
        yield (*path, "to"), "level", f"{conversion.level}@{conversion.to_vintage}", levels


def _table_references(recipe: Recipe) -> Iterator[_Reference]:
    levels = {level.key for level in recipe.level}
    indicators = {i.id: i for i in recipe.indicator}
    dialects = _dialects(recipe)
    for position, table in enumerate(recipe.table):
        path: Path = ("table", position)
        yield (*path, "level"), "level", table.level_key, levels
        if table.dialect:
            yield (*path, "dialect"), "dialect", table.dialect, dialects
        for number, measure in enumerate(table.measure):
            at = (*path, "measure", number)
            yield (*at, "indicator"), "indicator", measure.indicator, indicators
            if measure.dialect:
                yield (*at, "dialect"), "dialect", measure.dialect, dialects
            indicator = indicators.get(measure.indicator)
            if measure.category and indicator is not None:
                yield (*at, "category"), "category", measure.category, _categories(indicator)


def _place_references(recipe: Recipe) -> Iterator[_Reference]:
    kinds = {k.id for k in recipe.facility_kind}
    sources = {s.id for s in recipe.source}
    for position, facility in enumerate(recipe.facility):
        path: Path = ("facility", position)
        yield (*path, "kind"), "facility_kind", facility.kind, kinds
        yield (*path, "source"), "source", facility.source, sources
        for number, when in enumerate(facility.kind_when):
            yield (*path, "kind_when", number, "kind"), "facility_kind", when.kind, kinds
    files = recipe.files()
    for position, remark in enumerate(recipe.remark):
        yield ("remark", position, "file"), "file", remark.file, files


def _front_references(recipe: Recipe) -> Iterator[_Reference]:
    levels = {level.id for level in recipe.level}
    indicators = {i.id for i in recipe.indicator}
    for position, tile in enumerate(recipe.tile):
        path: Path = ("tile", position)
        yield (*path, "indicator"), "indicator", tile.indicator, indicators
        if tile.second:
            yield (*path, "second"), "indicator", tile.second, indicators
        if tile.level:
            yield (*path, "level"), "level", tile.level, levels
    for position, streets in enumerate(recipe.gazetteer):
        if streets.level:
            yield ("gazetteer", position, "level"), "level", streets.level, levels
    for position, ways in enumerate(recipe.ways):
        if ways.level:
            yield ("ways", position, "level"), "level", ways.level, levels


def _without_outlines(recipe: Recipe) -> Iterator[tuple[Path, str]]:
    """Yield levels that are asked for their outlines and have none."""
    levels = {level.key: level for level in recipe.level}
    for position, level in enumerate(recipe.level):
        shape = levels.get(f"{level.outline}@{level.vintage}")
        if level.outline and shape is not None and shape.layer is None:
            yield ("level", position, "outline"), shape.id
        for number, parent in enumerate(level.parent):
            above = levels.get(f"{parent.level}@{parent.vintage or level.vintage}")
            for one in (level, above) if parent.spatial else ():
                if one is not None and not recipe.has_outlines(one):
                    yield ("level", position, "parent", number, "spatial"), one.id


def _categories(indicator: IndicatorRecipe) -> set[str]:
    return {TOTAL, *indicator.category_ids}


def _dialects(recipe: Recipe) -> set[str]:
    return {d.id for d in recipe.dialect} | BUILT_IN_DIALECTS


def _repeated(recipe: Recipe) -> Iterator[tuple[Path, str]]:
    parts = {
        "source": [s.id for s in recipe.source],
        "theme": [t.id for t in recipe.theme],
        "dialect": [*BUILT_IN_DIALECTS, *(d.id for d in recipe.dialect)],
        "level": [level.key for level in recipe.level],
        "indicator": [i.id for i in recipe.indicator],
        "facility_kind": [k.id for k in recipe.facility_kind],
    }
    for part, names in parts.items():
        offset = len(BUILT_IN_DIALECTS) if part == "dialect" else 0
        for position, name in enumerate(names):
            if name in names[:position]:
                yield (part, position - offset), name


def _circles(recipe: Recipe) -> Iterator[tuple[int, str]]:
    """Yield indicators that are derived from themselves, directly or by way of others."""
    parts = {i.id: set(i.derived_from) for i in recipe.indicator}
    for position, indicator in enumerate(recipe.indicator):
        reached: set[str] = set()
        waiting = list(parts[indicator.id])
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting.extend(parts.get(name, ()))
        if indicator.id in reached:
            yield position, indicator.id
