"""Collect the findings of a whole delivery and read each file once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from data.importing.paths import file_inside
from data.importing.readers import (
    LayerSpec,
    TableSpec,
    read_document,
    read_layer,
    read_picture,
    read_table,
)
from data.importing.readers.model import Layer, Table
from domain.findings import Finding, Place, RefusedFileError, Severity
from domain.progress import Counted, uncounted

Param = str | int | float


class Collection:
    """The findings so far, and the files of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._findings: list[Finding] = []
        self._tables: dict[tuple[str, TableSpec], Table | None] = {}

    def apart(self) -> Collection:
        """Return a collection of the same folder whose findings are nobody's."""
        return Collection(self._data_dir)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, each once, errors first, in the order of the delivery."""
        order = list(Severity)
        unique: list[Finding] = []
        seen: set[str] = set()
        for finding in self._findings:
            text = repr(finding)
            if text not in seen:
                seen.add(text)
                unique.append(finding)
        return tuple(sorted(unique, key=lambda finding: order.index(finding.severity)))

    @property
    def has_error(self) -> bool:
        """Whether anything forbids the import."""
        return any(finding.severity is Severity.ERROR for finding in self._findings)

    def add(self, findings: Iterable[Finding]) -> None:
        """Take findings over."""
        self._findings.extend(findings)

    def error(self, code: str, place: Place, **params: Param) -> None:
        """Note something that forbids the import."""
        self._findings.append(Finding(Severity.ERROR, code, place, params))

    def warning(self, code: str, place: Place, **params: Param) -> None:
        """Note something that is taken over with a remark."""
        self._findings.append(Finding(Severity.WARNING, code, place, params))

    def table(self, file: str, spec: TableSpec, counted: Counted = uncounted) -> Table | None:
        """Read a table once; None when it is refused (its findings are then collected)."""
        key = (file, spec)
        if key not in self._tables:
            self._tables[key] = self._read_table(file, spec, counted)
        return self._tables[key]

    def layer(self, file: str, spec: LayerSpec) -> Layer | None:
        """Read a layer; None when it is refused."""
        try:
            layer = read_layer(file_inside(self._data_dir, file), spec)
        except RefusedFileError as refusal:
            self.add(_in_file(refusal.findings, file))
            return None
        self.add(_in_file(layer.findings, file))
        return layer

    def document(self, file: str) -> dict[str, Any] | None:
        """Read a JSON object; None when it is refused."""
        try:
            return read_document(file_inside(self._data_dir, file))
        except RefusedFileError as refusal:
            self.add(_in_file(refusal.findings, file))
            return None

    def picture(self, file: str) -> bytes:
        """Read a picture and return it written anew as PNG; empty when it is refused."""
        try:
            return read_picture(file_inside(self._data_dir, file))
        except RefusedFileError as refusal:
            self.add(_in_file(refusal.findings, file))
            return b""

    def _read_table(self, file: str, spec: TableSpec, counted: Counted) -> Table | None:
        try:
            table = read_table(file_inside(self._data_dir, file), spec, counted)
        except RefusedFileError as refusal:
            self.add(_in_file(refusal.findings, file))
            return None
        self.add(_in_file(table.findings, file))
        return replace(table, file=file)


def _in_file(findings: Iterable[Finding], file: str) -> list[Finding]:
    """Name the file as the recipe names it, with its folder."""
    return [replace(f, place=replace(f.place, file=file)) for f in findings]
