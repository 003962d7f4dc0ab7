"""What a check found in somebody's file: collected, never raised one by one.

A finding carries a code and parameters but no sentence; the sentences live in ``i18n`` under
``finding.<code>.cause`` and ``finding.<code>.remedy``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """``error`` stops the import, ``warning`` is taken over with a remark, ``info`` tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Place:
    """Where in the delivery: file, sheet, row (1-based, as the office sees it), column.

    ``address`` is that of the cell in a workbook (``D17``) where somebody has looked it up.
    """

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    address: str = ""


@dataclass(frozen=True)
class Finding:
    """One remark about the delivery."""

    severity: Severity
    code: str
    place: Place = field(default_factory=Place)
    params: dict[str, str | int | float] = field(default_factory=dict)


class RefusedFileError(Exception):
    """A file or recipe that cannot be taken over; carries the findings that say why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(f"{f.code} ({f.place.file})" for f in findings))
        self.findings = findings
