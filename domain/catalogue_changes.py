"""Changes of a catalogue laid over a recipe as TOML holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_ADDED = {"theme": "name", "facility_kind": "name", "indicator": "numerator_from"}
"""Kinds of objects that may be added, and what one cannot be without: figures are never added, so
a new indicator is derived from others."""


def changed(
    recipe: Mapping[str, Any], changes: Sequence[tuple[str, str, Mapping[str, Any]]]
) -> tuple[dict[str, Any], list[str]]:
    """Lay changes over a recipe as TOML holds it.

    Parameters
    ----------
    changes
        Kind, id and fields of each changed object; a field of None is taken out.

    Returns
    -------
    recipe, unused
        A new recipe, and the objects (``kind id``) that are not in it.
    """
    result, unused = dict(recipe), []
    for kind, object_id, values in changes:
        if kind == "start":
            result = _with(result, values)
            continue
        rows = result.get(kind)
        rows = list(rows) if isinstance(rows, list) else []
        here = [n for n, row in enumerate(rows) if key_of(kind, row) == object_id]
        if here:
            for n in here:
                rows[n] = _with(rows[n], values)
        elif values.get(_ADDED.get(kind, "")):
            rows.append(_with({"id": object_id}, values))
        elif values:
            unused.append(f"{kind} {object_id}")
            continue
        result[kind] = rows
    return result, unused


def key_of(kind: str, row: object) -> str:
    """Return the id of an object of a recipe: of a level with its vintage."""
    if not isinstance(row, dict):
        return ""
    return f"{row.get('id')}@{row.get('vintage')}" if kind == "level" else str(row.get("id"))


def _with(row: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in {**row, **values}.items() if v is not None}
