"""The explanation sheet by which a workbook filled in by an office is known again.

Its first cell is a mark; below the heads of a table each row names a column of the sheet of
figures and its use (:mod:`domain.column_roles`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from data.importing.readers.model import TableSpec
from data.importing.readers.recording import read_delivered
from domain.model import State

MARK: Final = "KECK-Atlas, Vorlage 1"
VALUES: Final = "Werte"
EXPLAINED: Final = "Erklärung"
USE: Final = "Kennung"
DIALECT: Final = "keck-vorlage"
SIGNS: Final = {
    "": State.NOT_COLLECTED,
    "-": State.NIL,
    ".": State.SUPPRESSED,
    "…": State.PENDING,
    "x": State.NOT_APPLICABLE,
    "/": State.UNRELIABLE,
}
"""What a template lets people write in place of a number."""


def template_uses(path: Path) -> dict[str, str]:
    """Return the use of each column by header; nothing where the workbook is no template."""
    spec = TableSpec("xlsx", sheet=EXPLAINED, header_rows=0)
    rows = [cells for _, cells in read_delivered(path, spec).rows]
    if not rows or not rows[0] or rows[0][0].strip() != MARK:
        return {}
    begin = next((i for i, cells in enumerate(rows) if len(cells) > 1 and cells[1] == USE), None)
    if begin is None:
        return {}
    found = {}
    for cells in rows[begin + 1 :]:
        if not cells[0].strip():
            break
        found[" ".join(cells[0].split())] = cells[1].strip()
    return found
