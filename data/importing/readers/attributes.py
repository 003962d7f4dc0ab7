"""Attribute columns of a layer: whole numbers stay whole, everything else is float or text."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from data.importing.readers.limits import MAX_COLUMNS
from data.importing.readers.report import Report
from data.importing.readers.tabular import MARKUP

_INT64: Final = 2**63
_RESERVED: Final = "geometry"


def attribute_frame(
    columns: Mapping[str, Sequence[object]], drop: tuple[str, ...], report: Report
) -> pd.DataFrame:
    """Return the attributes without the dropped ones, one row per feature.

    A column is ``Int64`` where all its values are whole numbers, ``float64`` where all are
    numbers, else text; ``None`` is missing. Nested values become JSON text.

    Raises
    ------
    RefusedFileError
        Too many columns, a column called ``geometry``, or a column to drop that does not exist.
    """
    if len(columns) > MAX_COLUMNS:
        report.refuse("table_too_many_columns", n=len(columns), limit=MAX_COLUMNS)
    for name in drop:
        if name not in columns:
            report.error("table_drop_unknown", column=name)
    if _RESERVED in columns and _RESERVED not in drop:
        report.error("layer_column_reserved", column=_RESERVED)
    report.stop_on_errors()
    kept = {name: attribute_column(values) for name, values in columns.items() if name not in drop}
    frame = pd.DataFrame(kept)
    _remark_markup(frame, report)
    return frame


def attribute_column(values: Sequence[object]) -> pd.Series:
    """Return one column in the narrowest of the three kinds."""
    plain = [value for value in values if value is not None]
    if plain and all(_is_whole(value) for value in plain):
        return pd.Series(list(values), dtype="Int64")
    if plain and all(_is_number(value) for value in plain):
        return pd.Series(
            [math.nan if value is None else float(str(value)) for value in values], dtype="float64"
        )
    return pd.Series([None if value is None else _text(value) for value in values], dtype="str")


def text_of(value: object) -> str:
    """Write an attribute of a map as text; whole numbers keep no decimal point."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _INT64


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _remark_markup(frame: pd.DataFrame, report: Report) -> None:
    for name in frame.columns:
        if not isinstance(frame[name].dtype, pd.StringDtype):
            continue
        texts = frame[name].dropna()
        marked = texts[[bool(MARKUP.search(text)) for text in texts]]
        if len(marked):
            row = int(marked.index[0]) + 1
            value = str(marked.iloc[0])[:60]
            report.warning("table_markup_text", row=row, column=name, n=len(marked), value=value)
