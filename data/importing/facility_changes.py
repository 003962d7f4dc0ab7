"""What carriers changed of their facilities, laid over those of a delivery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from data.importing.town import ImportedTown
from domain.facility_fields import ADDED, CLOSED, COUNTS, FIELDS, ROW, WAS, Fields, are_alike
from domain.findings import Finding, Severity

_NUMBERS = (*COUNTS, "x", "y")


@dataclass
class _Laid:
    """The facilities while changes are laid over them, and what there is to tell."""

    rows: list[dict[str, Any]]
    kinds: set[str]
    done: int = 0
    gone: set[str] = field(default_factory=set)
    unused: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)

    def lay(self, key: str, fields: Fields) -> None:
        row = next((one for one in self.rows if str(one["facility_id"]) == key), None)
        if row is None and fields.get(ADDED):
            row = self._added(fields)
            if row is None:
                return
        fits = row is not None and row["name"] in {fields[WAS], fields.get("name")}
        if row is None or not fits or not {fields.get("kind")} <= self.kinds | {None}:
            if not fields.get(CLOSED):
                self.unused.append(str(fields.get("name", fields[WAS])))
            return
        self.done += 1
        row |= {name: _value(name, fields[name]) for name in FIELDS if name in fields}
        if fields.get(CLOSED):
            self.gone.add(key)

    def _added(self, fields: Fields) -> dict[str, Any] | None:
        """Return the row of an added facility, None where it cannot be added (any more)."""
        row = {name: _value(name, value) for name, value in fields[ROW].items()}
        wanted = row | {name: fields[name] for name in ("name", "kind") if name in fields}
        if wanted["kind"] not in self.kinds:
            self.unused.append(str(wanted["name"]))
            return None
        if any(are_alike(wanted, one) for one in self.rows):
            self.twice.append(str(wanted["name"]))
            return None
        self.rows.append(row)
        return row

    def told(self) -> list[Finding]:
        """Return what the report of the import says."""
        found = []
        if self.done:
            found.append(Finding(Severity.INFO, "facilities_edited", params={"count": self.done}))
        if self.gone:
            closed = len(self.gone)
            found.append(Finding(Severity.INFO, "facilities_closed", params={"n": closed}))
        for code, names in (
            ("facility_edit_unused", self.unused),
            ("facility_added_twice", self.twice),
        ):
            found += [Finding(Severity.WARNING, code, params={"name": name}) for name in names]
        return found


def with_changes(town: ImportedTown, edited: Mapping[str, Fields]) -> ImportedTown:
    """Return a town whose facilities are as released changes say.

    Parameters
    ----------
    edited
        By id of a facility the fields to replace, with its earlier name as ``WAS``. One that
        carriers added brings its whole row; one that has closed is left out with its offers. A
        change that fits no facility of the delivery any more is left out and told as a finding.
    """
    if not edited:
        return town
    columns = list(town.facilities.columns)
    records = town.facilities.to_dict("records")
    rows = [{str(name): row[name] for name in row} for row in records]
    laid = _Laid(rows, {kind.id for kind in town.catalogue.facility_kinds})
    for key, fields in sorted(edited.items()):
        laid.lay(key, fields)
    kept = [row for row in laid.rows if str(row["facility_id"]) not in laid.gone]
    frame = pd.DataFrame(kept, columns=columns).astype(dict.fromkeys(_NUMBERS, "float64"))
    offers = town.offers[~town.offers["facility_id"].isin(laid.gone)].reset_index(drop=True)
    findings = (*town.findings, *laid.told())
    return replace(town, facilities=frame, offers=offers, findings=findings)


def _value(name: str, value: Any) -> Any:
    return float("nan") if name in COUNTS and value is None else value
