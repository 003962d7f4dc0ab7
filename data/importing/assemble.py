"""From a recipe and a folder of files to one complete, checked town, or to findings."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.arms import with_arms
from data.importing.areas_alike import check_alike
from data.importing.checks import check_figures, check_parents, compare_with_data
from data.importing.collection import Collection
from data.importing.conversions import read_conversions
from data.importing.delivered import spec_of
from data.importing.dialects import dialects_of
from data.importing.facilities import read_demand_points, read_facilities, read_offers
from data.importing.facility_remarks import town_outline
from data.importing.figures_of_cells import Figures, joined_figures, unique_cells
from data.importing.gaps import check_gaps
from data.importing.gazetteer import read_gazetteer
from data.importing.groups import (
    derived_with_groups,
    groups_of,
    with_groups,
    with_summed_parts,
    without_groups,
)
from data.importing.hierarchies import (
    check_coverage,
    parents_frame,
    with_city_outline,
    without_attributes,
)
from data.importing.keys import AreaKeys
from data.importing.layers import read_areas
from data.importing.level_keys import level_keys
from data.importing.recipe_model import Recipe
from data.importing.recipe_tables import TableRecipe
from data.importing.spans import within_spans
from data.importing.table_cells import Cell
from data.importing.tables import TableCells, TableSetting, read_cells
from data.importing.tile_remarks import check_tiles
from data.importing.town import VALUE_COLUMNS, ImportedTown
from data.importing.unplaced_maps import note_fitting_systems, note_missing_columns
from data.importing.unread_columns import ReadColumns, unread_columns
from data.importing.ways import read_ways
from domain.findings import Finding, Place, RefusedFileError, Severity
from domain.progress import Progress, Report


def assemble(recipe: Recipe, data_dir: Path, report: Report) -> ImportedTown:
    """Read everything a recipe names and put it together.

    Parameters
    ----------
    recipe
        A recipe from ``load_recipe``.
    data_dir
        The folder the paths of the recipe are relative to; nothing outside it is read.
    report
        Told about progress; an exception it raises (such as a cancelled job) ends the import.

    Raises
    ------
    RefusedFileError
        At least one finding is an error; carries all findings of the whole delivery.
    """
    progress = Progress.to(report)
    collection = Collection(data_dir)
    collection.add(_remarks(recipe))
    arms = collection.picture(recipe.town.arms) if recipe.town.arms else b""
    progress.at(0.0, "import.step.layers")
    read = read_areas(recipe, collection, progress.part(0.0, 0.08))
    note_missing_columns(recipe, collection)
    note_fitting_systems(recipe, read, collection)
    layers = with_city_outline(recipe, read, collection)
    parents = parents_frame(recipe, layers, collection)
    areas = without_attributes(layers)
    progress.at(0.08, "import.step.coverage", levels=len(areas))
    check_coverage(recipe, areas, collection)
    figures = _figures(recipe, areas, parents, collection, progress)
    progress.at(0.85, "import.step.facilities")
    facilities = read_facilities(recipe, town_outline(recipe, areas), collection)
    offers = read_offers(recipe, facilities, collection)
    demand_points = read_demand_points(recipe, collection)
    ways = read_ways(recipe, areas, (facilities, demand_points), collection)
    conversions = read_conversions(recipe, areas, collection)
    streets = read_gazetteer(recipe, areas, collection)
    progress.at(0.95, "import.step.checks")
    values = values_frame(figures)
    _check_complete(recipe, values, collection)
    check_tiles(recipe, values, collection)
    if collection.has_error:
        raise RefusedFileError(list(collection.findings))
    progress.at(1.0, "import.step.done")
    return ImportedTown(
        catalogue=with_arms(recipe.catalogue(), arms),
        areas=areas,
        parents=parents,
        values=values,
        facilities=facilities,
        offers=offers,
        demand_points=demand_points,
        conversions=conversions,
        findings=collection.findings,
        arms=arms,
        streets=streets,
        ways=ways,
    )


def _remarks(recipe: Recipe) -> list[Finding]:
    """Return what the recipe remarks on its files; each language shows its own text."""
    return [
        Finding(
            Severity(one.severity),
            "recipe_remark",
            Place(file=one.file, column=one.column),
            {"de": one.text.de, "en": one.text.in_language("en")},
        )
        for one in recipe.remark
    ]


def _figures(
    recipe: Recipe,
    areas: dict[str, gpd.GeoDataFrame],
    parents: pd.DataFrame,
    collection: Collection,
    progress: Progress,
) -> Figures:
    """Read all tables, join, derive and check; check tables are only compared."""
    cells: dict[str, list[Cell]] = {"data": [], "check": []}
    columns: list[ReadColumns] = []
    keys = level_keys(recipe, areas, parents, collection)
    tables = progress.part(0.1, 0.7)
    for position, table in enumerate(recipe.table):
        part = tables.part(position / len(recipe.table), (position + 1) / len(recipe.table))
        part.at(0.0, "import.step.table", file=table.file, n=position + 1, of=len(recipe.table))
        if table.level_key in keys:
            found = _cells(recipe, table, keys[table.level_key], collection, part)
            cells[table.role] += found.cells
            columns += [found.read] if found.read else []
    collection.add(unread_columns(columns, recipe.level))
    values = progress.part(0.7, 0.85)
    count = {"cells": len(cells["data"])}
    values.at(0.0, "import.step.joining", **count)
    indicators = {i.id: i for i in recipe.indicator}
    groups = groups_of(recipe)
    meant = within_spans(unique_cells(cells["data"], collection), collection)
    unique = with_summed_parts(meant, groups)
    joined = with_groups(joined_figures(unique, indicators, collection), groups, collection)
    values.at(0.4, "import.step.gaps", **count)
    of_areas = without_groups(joined, groups)
    check_gaps(of_areas, collection)
    check_alike(of_areas, indicators, collection)
    values.at(0.5, "import.step.derived", **count)
    figures = derived_with_groups(joined, recipe.indicator, groups, collection)
    check_figures(
        figures, indicators, collection, values.part(0.6, 0.9).counted("import.step.checking")
    )
    values.at(0.9, "import.step.parents", **count)
    check_parents(figures, parents, indicators, groups, collection)
    compare_with_data(cells["check"], figures, collection)
    return figures


def _cells(
    recipe: Recipe,
    table: TableRecipe,
    keys: AreaKeys,
    collection: Collection,
    progress: Progress,
) -> TableCells:
    spec = spec_of(table)
    reading = progress.part(0.0, 0.6).counted(
        "import.reading", "import.looking_through", file=table.file
    )
    found = collection.table(table.file, spec, reading)
    if found is None:
        return TableCells([], [])
    setting = TableSetting(keys, dialects_of(recipe), {i.id: i for i in recipe.indicator})
    interpreting = progress.part(0.6, 1.0).counted("import.interpreting", file=table.file)
    result = read_cells(table, found, setting, interpreting)
    collection.add(result.findings)
    return result


def values_frame(figures: Figures) -> pd.DataFrame:
    """Return the figures as a table (columns of ``town.VALUE_COLUMNS``), sorted by key."""
    rows = [
        (*key, f.value, f.state.value, f.flags, f.numerator, f.denominator)
        for key, f in sorted(figures.items())
    ]
    frame = pd.DataFrame(rows, columns=list(VALUE_COLUMNS))
    numbers = ["value", "numerator", "denominator"]
    texts = [column for column in VALUE_COLUMNS if column not in numbers]
    return frame.astype(dict.fromkeys(numbers, "float64") | dict.fromkeys(texts, "str"))


def _check_complete(recipe: Recipe, values: pd.DataFrame, collection: Collection) -> None:
    if values.empty and not collection.has_error:
        collection.error("release_empty", Place(file=recipe.file))
    present = set(values["indicator"])
    empty = [i.id for i in recipe.indicator if i.id not in present]
    if empty and not values.empty:
        names = ", ".join(empty[:20])
        collection.warning("indicators_empty", Place(file=recipe.file), n=len(empty), names=names)
