"""What carriers changed of their facilities, laid over those of a delivery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from data.importing.town import ImportedTown
from domain.facility_fields import COUNTS, FIELDS
from domain.findings import Finding, Severity

WAS = "was"
"""Name of a facility when it was changed: ids may be those of rows, which move."""


def with_changes(town: ImportedTown, edited: Mapping[str, Mapping[str, Any]]) -> ImportedTown:
    """Return a town whose facilities are as released changes say.

    Parameters
    ----------
    edited
        By id of a facility the fields to replace, with its earlier name as :data:`WAS`. One that
        fits no facility of the delivery any more is left out and told as a finding.
    """
    if not edited:
        return town
    frame = town.facilities.copy()
    kinds = {kind.id for kind in town.catalogue.facility_kinds}
    rows = {str(key): index for index, key in frame["facility_id"].items()}
    done, unused = 0, []
    for key, fields in sorted(edited.items()):
        index = rows.get(key)
        fits = index is not None and frame.at[index, "name"] in (fields[WAS], fields.get("name"))
        if not fits or fields.get("kind", next(iter(kinds), "")) not in kinds:
            unused.append(str(fields.get("name", fields[WAS])))
            continue
        done += 1
        for name in FIELDS:
            if name in fields:
                value = fields[name]
                frame.at[index, name] = float("nan") if name in COUNTS and value is None else value
    told = [Finding(Severity.INFO, "facilities_edited", params={"count": done})] if done else []
    told += [Finding(Severity.WARNING, "facility_edit_unused", params={"name": n}) for n in unused]
    return replace(town, facilities=frame, findings=(*town.findings, *told))
