"""Findings of a recipe in the words of the form that caused them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.catalogue_fields import FIELDS
from domain.findings import Finding
from i18n import Translate
from services.catalogue import Entry

_KEY = re.compile(r"(?P<part>\w+)\[(?P<row>\d+)\](?:\.(?P<field>\w+))?(?:\[(?P<sub>\d+)\])?.*")
_SAID = {
    "recipe_missing_key": "edit.wrong_missing",
    "recipe_empty_text": "edit.wrong_missing",
    "recipe_not_bilingual": "edit.wrong_missing",
    "recipe_not_number": "edit.wrong_number",
    "recipe_not_whole_number": "edit.wrong_number",
    "recipe_not_one_of": "edit.wrong_value",
    "recipe_wrong_value": "edit.wrong_value",
}
"""What a form says otherwise than the import, whose remedies speak of keys of a file."""


def worded(entry: Entry, findings: Iterable[Finding], tr: Translate) -> list[tuple[str, str]]:
    """Return of each finding the field it is about, and cause and remedy in one text."""
    told = []
    for one in findings:
        label = _label(entry, one.place.column, tr)
        params = {**one.params, "key": label} if "key" in one.params else one.params
        if one.code in _SAID:
            told.append(
                (label, tr(_SAID[one.code], given=str(params.get("given", "")).strip("[]'")))
            )
            continue
        texts = (tr(f"finding.{one.code}.{part}", **params) for part in ("cause", "remedy"))
        told.append((label, " ".join(texts)))
    return told


def _label(entry: Entry, column: str, tr: Translate) -> str:
    """Return the label of a field for a key such as ``indicator[3].breaks``; others stay."""
    found = _KEY.fullmatch(column)
    if found is None:
        return column
    fields, name, row = {f.name: f for f in FIELDS[entry.kind]}, found["field"], found["sub"]
    if found["part"] in fields:  # rows that are objects of their own, such as tiles
        fields, row = {p.name: p for p in fields[found["part"]].parts}, found["row"]
    elif found["part"] != entry.kind:
        return column
    label = tr(f"edit.field_{name}") if name in fields else entry.id
    return f"{label}, {tr('edit.row', n=row)}" if row else label
