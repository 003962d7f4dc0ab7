"""The table files of a delivery as they came, and the cells that findings mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from data.importing.paths import file_inside
from data.importing.readers.model import TableSpec
from data.importing.readers.recording import Delivered, read_delivered
from data.importing.readers.xlsx_scan import address, cell_of
from data.importing.recipe_lists import ListRecipe
from data.importing.recipe_model import Recipe
from data.importing.recipe_tables import LAYER_FORMATS, TableRecipe
from domain.findings import Place, RefusedFileError

_ADDRESS = re.compile(r"([A-Z]{1,3}[1-9]\d{0,6})(:[A-Z]{1,3}[1-9]\d{0,6})?")


@dataclass(frozen=True)
class DeliveredSheet:
    """One sheet of a file, read once for each way a recipe reads it."""

    file: str
    is_workbook: bool
    readings: tuple[Delivered, ...]

    @property
    def fullest(self) -> Delivered:
        """Return the reading that got farthest."""
        return max(self.readings, key=lambda one: len(one.rows))

    def cell_of(self, place: Place) -> tuple[int, int] | None:
        """Return row and column (1-based) of the cell a finding means.

        A whole row is marked at its first cell, a whole column at its header; None is a finding
        without a place in this sheet.
        """
        if place.file != self.file or place.sheet not in {"", self.fullest.sheet}:
            return None
        found = [(one.header_row, self._column(place, one)) for one in self.readings]
        header, column = next((pair for pair in found if pair[1]), (0, 0))
        if place.row is not None:
            return place.row, column or 1
        return (header, column) if header and column else None

    def address_of(self, place: Place) -> str:
        """Return the address of that cell; text files have lines and columns, no addresses."""
        cell = self.cell_of(place) if self.is_workbook else None
        return address(cell) if cell and place.column else ""

    def _column(self, place: Place, reading: Delivered) -> int:
        """Return the position of a column by name, address or number; 0 where it is none."""
        if place.column in reading.names:
            return reading.names.index(place.column) + 1
        written = _ADDRESS.fullmatch(place.column)
        cell = cell_of(written[1]) if written else None
        if cell is not None and cell[0] == place.row:
            return cell[1]
        is_number = place.column.isascii() and place.column.isdecimal()
        return int(place.column) if is_number and len(place.column) < len("10000") else 0


def spec_of(table: TableRecipe | ListRecipe) -> TableSpec:
    """Return how a table of a recipe, or a list of areas, is to be read."""
    return TableSpec(
        format=table.format,
        sheet=table.sheet,
        encoding=table.encoding,
        separator=table.separator,
        header_rows=table.header_rows,
        skip_rows=table.skip_rows,
        footer_marker=table.footer_marker,
        drop=table.drop,
        doubled=table.doubled,
        fill_down=table.fill_down,
        crs=table.crs if isinstance(table, TableRecipe) else "",
    )


def delivered_sheets(
    recipe: Recipe, data_dir: Path, files: Iterable[str]
) -> dict[str, list[DeliveredSheet]]:
    """Return the sheets of the named files by file; files that hold no table are left out."""
    wanted = set(files)
    found: dict[str, list[DeliveredSheet]] = {}
    for file, specs in _specs(recipe).items():
        if file not in wanted:
            continue
        try:
            path = file_inside(data_dir, file)
        except RefusedFileError:
            continue  # there is no such file; its finding says so
        by_sheet: dict[str, list[Delivered]] = {}
        for spec in specs:
            reading = read_delivered(path, spec)
            if reading.rows:
                by_sheet.setdefault(reading.sheet, []).append(reading)
        is_workbook = specs[0].format == "xlsx"
        found[file] = [DeliveredSheet(file, is_workbook, tuple(r)) for r in by_sheet.values()]
    return {file: sheets for file, sheets in found.items() if sheets}


def loose_sheets(
    data_dir: Path,
    *,
    file: str,
    format: str,  # noqa: A002 - as in a recipe
    sheet: str,
) -> dict[str, list[DeliveredSheet]]:
    """Return one sheet of a table file that no recipe reads, as :func:`delivered_sheets` does."""
    if format not in {"csv", "xlsx"}:
        return {}
    reading = read_delivered(file_inside(data_dir, file), TableSpec(format, sheet=sheet))
    return {file: [DeliveredSheet(file, format == "xlsx", (reading,))]} if reading.rows else {}


def _specs(recipe: Recipe) -> dict[str, list[TableSpec]]:
    """Return how each table file is read; what any reading drops, all drop."""
    specs: dict[str, dict[TableSpec, None]] = {}
    lists = (level.list for level in recipe.level if level.list is not None)
    tables = (table for table in recipe.table if table.format not in LAYER_FORMATS)
    both: tuple[TableRecipe | ListRecipe, ...] = (*tables, *lists)
    for table in both:
        specs.setdefault(table.file, {})[spec_of(table)] = None
    layers = (level.layer for level in recipe.level)
    places = (
        *recipe.facility,
        *recipe.offers,
        *recipe.demand_points,
        *recipe.ways,
        *recipe.conversion,
    )
    others: tuple[Any, ...] = (*places, *(layer for layer in layers if layer is not None))
    for entry in others:
        if getattr(entry, "format", "csv") == "csv":
            spec = TableSpec(
                "csv",
                encoding=getattr(entry, "encoding", ""),
                separator=getattr(entry, "separator", ""),
                drop=tuple(getattr(entry, "drop", ())),
            )
            specs.setdefault(entry.file, {})[spec] = None
    drops = {file: {name for spec in found for name in spec.drop} for file, found in specs.items()}
    return {
        file: [replace(spec, drop=tuple(sorted(drops[file]))) for spec in found]
        for file, found in specs.items()
    }
