"""What carriers changed of their offers, laid over those of a delivery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from data.importing.facility_changes import WAS as FACILITY_WAS
from data.importing.town import OFFER_COLUMNS, ImportedTown
from domain.facility_fields import Fields
from domain.findings import Finding, Severity
from domain.offer_fields import (
    COUNTS,
    FACILITY,
    FIELDS,
    KNOWN_AS,
    WAS,
    WITHDRAWN,
    assigned,
    identities,
)

Changes = Mapping[str, Fields]
Row = dict[str, Any]
_NOTHING = {name: float("nan") if name in COUNTS else "" for name in FIELDS}


def with_offer_changes(town: ImportedTown, edited: Changes, facilities: Changes) -> ImportedTown:
    """Return a town whose offers are as released changes say.

    Parameters
    ----------
    town
        The facilities are those after their own changes.
    edited
        By key of an offer its facility, the names that had, the earlier identity (None for one
        that a carrier added), whether it is withdrawn, and the fields to replace. One that fits
        nothing any more is left out and told as a finding.
    facilities
        The changes of facilities: whoever was renamed is known by the earlier name as well.
    """
    if not edited:
        return town
    names = {
        str(key): {str(name), str(facilities.get(str(key), {}).get(FACILITY_WAS, name))}
        for key, name in zip(town.facilities["facility_id"], town.facilities["name"], strict=True)
    }
    by_facility: dict[str, list[Row]] = {}
    for row in town.offers.to_dict("records"):
        by_facility.setdefault(str(row["facility_id"]), []).append({str(k): row[k] for k in row})
    wanted: dict[str, dict[str, Fields]] = {}
    for key, change in sorted(edited.items()):
        if not names.get(change[FACILITY], set()).isdisjoint(change[KNOWN_AS]):
            wanted.setdefault(change[FACILITY], {})[key] = change
    done: set[str] = set()
    for facility, changes in wanted.items():
        rows, fitting = _laid_over(by_facility.get(facility, []), facility, changes)
        by_facility[facility] = rows
        done |= fitting
    unused = [_name(c) for key, c in edited.items() if key not in done and not c.get(WITHDRAWN)]
    told = [Finding(Severity.INFO, "offers_edited", params={"n": len(done)})] if done else []
    told += [Finding(Severity.WARNING, "offer_edit_unused", params={"name": n}) for n in unused]
    frame = pd.DataFrame(
        [row for rows in by_facility.values() for row in rows], columns=list(OFFER_COLUMNS)
    ).astype(dict.fromkeys(COUNTS, "float64"))
    return replace(town, offers=frame, findings=(*town.findings, *told))


def _laid_over(
    rows: list[Row], facility: str, changes: Mapping[str, Fields]
) -> tuple[list[Row], set[str]]:
    """Return the offers of a facility as changes say, and the keys of those that fit."""
    places = assigned(changes, identities(rows))
    for key, change in changes.items():
        if key not in places and change[WAS] is None and not change.get(WITHDRAWN):
            places[key] = len(rows)
            rows = [*rows, {"facility_id": facility, **_NOTHING}]
    for key, at in places.items():
        rows[at] |= {
            name: float("nan") if name in COUNTS and value is None else value
            for name, value in changes[key].items()
            if name in FIELDS
        }
    gone = {at for key, at in places.items() if changes[key].get(WITHDRAWN)}
    return [row for at, row in enumerate(rows) if at not in gone], set(places)


def _name(change: Fields) -> str:
    return str(change.get("offer") or change[WAS][0])
