"""Collect what is wrong with one file of an article, with its line."""

from __future__ import annotations

from domain.findings import Finding, Place, Severity

MOST = 50
"""Findings of one file; whoever has that many mends the first before the rest is of interest."""


class Remarks:
    """The findings of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Finding] = []

    def error(self, code: str, line: int | None = None, **params: str | int) -> None:
        """Note what keeps the article out of the list."""
        self._add(Severity.ERROR, code, line, params)

    def warn(self, code: str, line: int | None = None, **params: str | int) -> None:
        """Note what the author should look at."""
        self._add(Severity.WARNING, code, line, params)

    def take(self, findings: list[Finding], line: int) -> None:
        """Take what a reader of another file found, at the line that names that file."""
        for found in findings:
            place = Place(file=self.file, row=line)
            self.found.append(Finding(found.severity, found.code, place, found.params))

    def _add(
        self, severity: Severity, code: str, line: int | None, params: dict[str, str | int]
    ) -> None:
        if len(self.found) < MOST:
            shown = {k: v[:120] if isinstance(v, str) else v for k, v in params.items()}
            self.found.append(Finding(severity, code, Place(file=self.file, row=line), {**shown}))
