"""A document whose table names the tests that prove what each of its rows says."""

import re
from collections.abc import Iterator
from functools import cached_property

from tests.architecture.sources import ROOT


class Proofs:
    """The table of a file of ``docs``: number, what may happen, what is told of it, tests."""

    def __init__(self, name: str) -> None:
        self._path = ROOT / "docs" / name

    @cached_property
    def _text(self) -> str:
        return self._path.read_text(encoding="utf-8")

    @property
    def _rows(self) -> list[list[str]]:
        found = (line for line in self._text.splitlines() if re.match(r"\| \d", line))
        return [[cell.strip() for cell in line.split("|")[1:-1]] for line in found]

    def numbers(self) -> Iterator[int]:
        """Yield all numbers of the table, ranges written out."""
        for row in self._rows:
            first, _, last = row[0].partition("–")
            yield from range(int(first), int(last or first) + 1)

    def odd_rows(self) -> list[str]:
        """Return the rows that neither name a test nor say that there is none yet, or do both."""
        return [
            number
            for number, _, told, proofs in self._rows
            if ("`tests/" in proofs) == told.startswith("not yet")
        ]

    def named(self) -> list[tuple[str, str]]:
        """Return all tests that are named: file, and function or nothing."""
        return re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", self._text)

    def lost(self) -> list[tuple[str, str]]:
        """Return those that do not exist."""
        return [(path, test) for path, test in self.named() if not _exists(path, test)]


def _exists(path: str, test: str) -> bool:
    file = ROOT / path
    return file.is_file() and (not test or f"def {test}(" in file.read_text(encoding="utf-8"))
