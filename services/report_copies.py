"""Copies of the delivered tables with notes at the faulty cells; runs in the limited process."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from data.importing.delivered import DeliveredSheet, delivered_sheets
from data.importing.recipe import load_recipe
from domain.findings import Finding
from i18n import translator
from services.findings_json import findings_from_json
from services.report_workbook import write_workbook

_ODD = re.compile(r"[^\w.\- ]+")
_LONGEST_STEM = 100


def write_copies(order: dict[str, Any]) -> dict[str, Any]:
    """Write a copy of every table file of which a finding names a cell.

    Parameters
    ----------
    order
        ``recipe``, ``data_dir``, ``folder`` (where to write), ``suffix`` (how the names end),
        ``language``, ``findings``.

    Returns
    -------
    dict
        ``files``, the names written, and ``addresses``, by position of the finding the address
        of its cell where its file is a workbook.
    """
    recipe = load_recipe(Path(order["recipe"]))
    findings = findings_from_json(order["findings"])
    placed = {f.place.file for f in findings if f.place.row is not None or f.place.column}
    found = delivered_sheets(recipe, Path(order["data_dir"]), placed)
    tr, folder = translator(order["language"]), Path(order["folder"])
    names: list[str] = []
    for file, sheets in sorted(found.items()):
        mine = [f for f in findings if f.place.file == file]
        if any(sheet.cell_of(f.place) for f in mine for sheet in sheets):
            name = _free_name(file, order["suffix"], names)
            write_workbook(folder / name, sheets, mine, tr)
            names.append(name)
    return {"files": names, "addresses": _addresses(findings, found)}


def _addresses(
    findings: Sequence[Finding], found: dict[str, list[DeliveredSheet]]
) -> dict[str, str]:
    looked_up = (
        (str(position), next(filter(None, (s.address_of(f.place) for s in sheets)), ""))
        for position, f in enumerate(findings)
        if (sheets := found.get(f.place.file, []))
    )
    return {position: address for position, address in looked_up if address}


def _free_name(file: str, suffix: str, taken: list[str]) -> str:
    """Return the name of a copy; two files of one name but another ending get their endings."""
    path = PurePosixPath(file)
    stem = _ODD.sub("-", path.stem).strip(" .-")[:_LONGEST_STEM] or "tabelle"
    ending = _ODD.sub("-", path.suffix).strip(".")
    folded = {name.casefold() for name in taken}
    wanted = [stem, f"{stem}-{ending}", *(f"{stem}-{n}" for n in range(2, len(taken) + 3))]
    return next(f"{one}{suffix}" for one in wanted if f"{one}{suffix}".casefold() not in folded)
