"""The attributes of a map file as a table: offices send figures inside their maps."""

from __future__ import annotations

import pandas as pd

from data.importing.readers.attributes import text_of
from data.importing.readers.model import Layer, Table, TableSpec


def table_of_layer(layer: Layer, spec: TableSpec) -> Table:
    """Return the attributes as text, one row per feature, numbered as findings of the map are.

    Missing attributes are empty cells. Columns of numbers count as numbers of a workbook do:
    their text has a point as decimal sign whatever the dialect says.
    """
    frame = pd.DataFrame(layer.frame.drop(columns="geometry"))
    columns = {str(name): [text_of(value) for value in frame[name]] for name in frame.columns}
    native = {
        (row, index)
        for index, name in enumerate(frame.columns)
        if pd.api.types.is_numeric_dtype(frame[name].dtype)
        for row, is_there in enumerate(frame[name].notna())
        if is_there
    }
    return Table(
        columns=tuple(columns),
        rows=tuple(zip(*columns.values(), strict=True)),
        row_numbers=layer.lines or tuple(range(1, len(frame) + 1)),
        file=layer.file,
        sheet=spec.sheet,
        native_numbers=frozenset(native),
        findings=layer.findings,
    )
