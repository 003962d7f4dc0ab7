"""Collect the findings of one file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from typing import Final, NoReturn

from domain.findings import Finding, Place, RefusedFileError, Severity
from domain.progress import Counted, uncounted

KEPT_PER_CODE: Final = 20
COUNTED_ROWS: Final = 1000
_NONE: Final[frozenset[tuple[int, int]]] = frozenset()


class Report:
    """The findings of one file; of each kind the first 20 are kept and the rest is counted.

    ``counted`` is told how many rows are read, and of how many.
    """

    def __init__(self, file: str, *, sheet: str = "", counted: Counted = uncounted) -> None:
        self.file = file
        self.sheet = sheet
        self._counted = counted
        self._lines: Sequence[int] = ()
        self._findings: list[Finding] = []
        self._counts: Counter[tuple[Severity, str]] = Counter()

    def stands_on(self, lines: Sequence[int]) -> None:
        """Take the line of each entry: rows are numbers of entries from now on."""
        self._lines = lines

    def row_of(self, number: int) -> int:
        """Return where the entry of that number (1-based) stands: its line, else its number."""
        return self._lines[number - 1] if self._lines else number

    def row_read(self, row: int, of: int = 0) -> None:
        """Tell now and then how far reading is; ``of`` is 0 where nobody knows the last row."""
        if row % COUNTED_ROWS == 0:
            self._counted(row, of)

    def delivered(
        self, row: int, cells: Sequence[str], native: Set[tuple[int, int]] = _NONE
    ) -> None:
        """Hear of a row as it stands in the file; ``native`` are its numbers (row, index)."""

    def named(self, names: Sequence[str], header_row: int) -> None:
        """Hear of the names of all columns in order, and of the last row of the header."""

    def error(
        self, code: str, *, row: int | None = None, column: str = "", **params: str | float
    ) -> None:
        """Note something that forbids taking the file over; reading goes on to find more."""
        self._add(Severity.ERROR, code, row, column, params)

    def warning(
        self, code: str, *, row: int | None = None, column: str = "", **params: str | float
    ) -> None:
        """Note something that is taken over with a remark."""
        self._add(Severity.WARNING, code, row, column, params)

    def info(
        self, code: str, *, row: int | None = None, column: str = "", **params: str | float
    ) -> None:
        """Note something the office may want to know."""
        self._add(Severity.INFO, code, row, column, params)

    def refuse(
        self, code: str, *, row: int | None = None, column: str = "", **params: str | float
    ) -> NoReturn:
        """Note an error after which nothing more can be read, and raise all findings.

        Raises
        ------
        RefusedFileError
            Always, with everything found so far.
        """
        self._add(Severity.ERROR, code, row, column, params)
        raise RefusedFileError(list(self.findings))

    def stop_on_errors(self) -> None:
        """Raise all findings if one of them is an error.

        Raises
        ------
        RefusedFileError
            At least one error was noted.
        """
        if any(severity is Severity.ERROR for severity, _ in self._counts):
            raise RefusedFileError(list(self.findings))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in the order of noting, then how many more of a kind there were."""
        further = [
            Finding(
                severity,
                "reader_further_places",
                Place(self.file, self.sheet),
                {"n": count - KEPT_PER_CODE, "code": code},
            )
            for (severity, code), count in self._counts.items()
            if count > KEPT_PER_CODE
        ]
        return (*self._findings, *further)

    def _add(
        self,
        severity: Severity,
        code: str,
        row: int | None,
        column: str,
        params: dict[str, str | float],
    ) -> None:
        self._counts[severity, code] += 1
        if self._counts[severity, code] <= KEPT_PER_CODE:
            where = None if row is None else self.row_of(row)
            place = Place(self.file, self.sheet, where, column)
            self._findings.append(Finding(severity, code, place, dict(params)))
