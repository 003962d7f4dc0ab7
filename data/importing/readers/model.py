"""What a reader is asked for and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd

from domain.findings import Finding


@dataclass(frozen=True)
class TableSpec:
    """How a table is to be read; empty texts mean "find out and report it".

    ``header_rows`` is 0 to 5; 0 names the columns "1", "2" and so on. ``skip_rows`` counts the
    lines above the header. Rows from the first cell beginning with ``footer_marker`` on are
    notes. Columns in ``drop`` are never handed on. A header in ``doubled`` may stand twice: the
    first column keeps the name, the second is called ``name (2)``. A blank cell of a column in
    ``fill_down`` continues the cell above. Of a map file the attributes are the table: ``sheet``
    names its layer, ``crs`` is declared where the file names none.
    """

    format: str
    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    header_rows: int = 1
    skip_rows: int = 0
    footer_marker: str = ""
    drop: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    fill_down: tuple[str, ...] = ()
    crs: str = ""


@dataclass(frozen=True)
class Table:
    """A table whose every cell is text, exactly as written.

    ``rows`` has the shape ``(n_rows, n_columns)``; ``row_numbers`` holds for each row the line
    or sheet row (1-based) on which it begins. ``native_numbers`` holds the (row index, column
    index) of cells that were numbers in a workbook: their text has a ``.`` as decimal sign
    whatever the dialect says. It is ``None`` for text files.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_numbers: tuple[int, ...]
    file: str
    sheet: str
    native_numbers: frozenset[tuple[int, int]] | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class LayerSpec:
    """How a map layer is to be read; ``crs`` such as "EPSG:25832" is declared by the recipe."""

    format: str
    layer: str = ""
    encoding: str = ""
    crs: str = ""
    drop: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layer:
    """Attributes and valid, two-dimensional, non-empty geometry in a known reference system.

    Either all features are points or all are (multi)polygons. Attribute columns are text,
    ``Int64`` or ``float64``; the geometry column is called ``geometry``. ``lines`` holds the
    line (1-based) of each feature where the file has one feature a line, else nothing.
    """

    frame: gpd.GeoDataFrame
    file: str
    findings: tuple[Finding, ...]
    lines: tuple[int, ...] = ()
