"""What a reader may do with an input: hand back sound content, or refuse it with findings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from data.importing.readers import Layer, LayerSpec, Table, TableSpec, read_layer, read_table
from domain.findings import Finding, RefusedFileError, Severity
from i18n import LANGUAGES, texts
from i18n.plurals import with_forms
from tests.fuzz.inputs import TABLES, split

NAME = "input.bin"


class UnsoundError(AssertionError):
    """A reader handed back something it must not, or left something behind."""


def judge(reader: str, data: bytes, folder: Path) -> str:
    """Read one input in an empty folder and return "taken" or "refused".

    Raises
    ------
    UnsoundError
        The content or a finding is not what readers promise.
    Exception
        Whatever else the reader raised: a defect.
    """
    options, content = split(reader, data)
    path = folder / NAME
    path.write_bytes(content)
    try:
        if reader in TABLES:
            _check_table(read_table(path, TableSpec(reader, **options)))
        else:
            _check_layer(read_layer(path, LayerSpec(reader, **options)))
    except RefusedFileError as refused:
        _demand(_has_error(refused.findings), "a refusal without an error")
        _check_findings(refused.findings)
        outcome = "refused"
    else:
        outcome = "taken"
    left = [entry.name for entry in folder.iterdir() if entry.name != NAME]
    _demand(not left, f"left behind: {left}")
    return outcome


def _demand(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise UnsoundError(otherwise)


def _has_error(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _check_findings(findings: Iterable[Finding]) -> None:
    """Demand that cause and remedy can be told in all languages, and be stored as UTF-8."""
    for finding in findings:
        place = finding.place
        _demand(place.row is None or place.row > 0, f"{finding.code}: row {place.row}")
        f"{place.file}{place.sheet}{place.column}".encode()
        for language in LANGUAGES:
            for part in ("cause", "remedy"):
                told = texts(language)[f"finding.{finding.code}.{part}"]
                text = with_forms(told, finding.params).format(**finding.params)
                _demand(bool(text), f"{finding.code}: no {part}")
                text.encode()


def _check_table(table: Table) -> None:
    _demand(not _has_error(table.findings), "taken over with an error")
    _check_findings(table.findings)
    _demand(len(set(table.columns)) == len(table.columns), "columns of one name")
    _demand(len(table.rows) == len(table.row_numbers) > 0, "rows without numbers")
    _demand(list(table.row_numbers) == sorted(set(table.row_numbers)), "row numbers out of order")
    for cells in (table.columns, *table.rows):
        _demand(len(cells) == len(table.columns), "a row of another width")
        _demand(all(isinstance(cell, str) for cell in cells), "a cell that is no text")
        "".join(cells).encode()


def _check_layer(layer: Layer) -> None:
    _demand(not _has_error(layer.findings), "taken over with an error")
    _check_findings(layer.findings)
    frame = layer.frame
    _demand(len(frame) > 0, "no feature")
    _demand(frame.crs is not None, "no reference system")
    shapes = frame.geometry
    _demand(not shapes.isna().any() and not shapes.is_empty.any(), "an empty shape")
    _demand(bool(shapes.is_valid.all()), "a shape that is not valid")
    _demand(not shapes.has_z.any(), "a shape with heights")
    kinds = {kind.removeprefix("Multi") for kind in shapes.geom_type}
    _demand(kinds in ({"Polygon"}, {"Point"}), f"kinds of shape: {kinds}")
    _demand("MultiPoint" not in set(shapes.geom_type), "several points as one")
    _demand(not layer.lines or len(layer.lines) == len(frame), "lines of other features")
    for name in frame.columns.drop("geometry"):
        _check_column(str(name), frame[name])


def _check_column(name: str, column: pd.Series) -> None:
    name.encode()
    if isinstance(column.dtype, pd.StringDtype):
        "".join(column.dropna()).encode()
    else:
        _demand(str(column.dtype) in {"Int64", "float64"}, f"a column of {column.dtype}")
        numbers = column.dropna().astype("float64")
        _demand(bool(numbers.abs().lt(float("inf")).all()), "a number without end")
