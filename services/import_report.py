"""The report of an import for the office that delivered: text, JSON, and copies with notes.

Reports are for the data steward alone: they name cells of the delivery, so they are written only
where somebody asks, readable by their owner only, and never into the data folder.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from config import Settings
from domain.findings import Finding, Severity
from i18n import LANGUAGES, translator
from services.findings_json import findings_to_json
from services.findings_text import finding_lines
from services.import_watch import End, StoppedError, watch
from services.importing import ImportOrder, ImportOutcome

SCHEMA_VERSION = 1
TEXT, JSON = "report.txt", "report.json"
SUFFIX = "-befunde.xlsx"
MAP_SUFFIX = "-karte.svg"


class ReportFolderError(Exception):
    """The report may not or cannot be written there; ``key`` and ``params`` name the text."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


@dataclass(frozen=True)
class WrittenReport:
    """The findings with the addresses of their cells, and the names of the files written."""

    findings: tuple[Finding, ...]
    files: tuple[str, ...]


def check_folder(folder: Path, settings: Settings) -> None:
    """Refuse to write a report where the server keeps its data.

    Raises
    ------
    ReportFolderError
        The folder is the data folder or lies in it.
    """
    if folder.resolve().is_relative_to(settings.data_dir.resolve()):
        raise ReportFolderError("cli.report_inside", folder=str(settings.data_dir))


def write_report(  # noqa: PLR0913 - a report names all it speaks of
    folder: Path,
    order: ImportOrder,
    outcome: ImportOutcome,
    settings: Settings,
    *,
    language: str,
    extra: Mapping[str, bytes] | None = None,
    stop: threading.Event | None = None,
) -> WrittenReport:
    """Write the report of one import into a folder; an older report there is replaced.

    Parameters
    ----------
    language
        The language of the text and of the notes; the JSON holds both.
    extra
        Further files by name, such as a picture of gaps between areas.

    Raises
    ------
    ReportFolderError
        See :func:`check_folder`; or the folder cannot be written.
    """
    check_folder(folder, settings)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=".report-", dir=folder) as draft:
            maker = _Maker(Path(draft), order, outcome, settings, language)
            report = maker.make(dict(extra or {}), stop or threading.Event())
            _replace(folder, Path(draft), report.files)
    except OSError as error:
        raise ReportFolderError("cli.report_unwritable", reason=str(error)) from error
    return report


@dataclass(frozen=True)
class _Maker:
    """Makes all files of a report in a folder for drafts."""

    draft: Path
    order: ImportOrder
    outcome: ImportOutcome
    settings: Settings
    language: str

    def make(self, extra: dict[str, bytes], stop: threading.Event) -> WrittenReport:
        findings, copies = self._copies(stop)
        for name, content in extra.items():
            (self.draft / Path(name).name).write_bytes(content)
        files = (TEXT, JSON, *copies, *(Path(name).name for name in extra))
        lines = finding_lines(findings, translator(self.language))
        (self.draft / TEXT).write_text("\n".join(lines) + "\n", encoding="utf-8")
        told = report_json(self.outcome, findings, self.order.recipe.name, files)
        text = json.dumps(told, ensure_ascii=False, indent=1)
        (self.draft / JSON).write_text(text + "\n", encoding="utf-8")
        return WrittenReport(findings, files)

    def _copies(self, stop: threading.Event) -> tuple[tuple[Finding, ...], list[str]]:
        """Have the copies written in a limited process: deliveries may be hostile."""
        findings = self.outcome.findings
        if not any(f.place.file for f in findings):
            return findings, []
        wish = {
            "copies": True,
            "recipe": str(self.order.recipe.resolve()),
            "data_dir": str(self.order.data_dir.resolve()),
            "folder": str(self.draft.resolve()),
            "suffix": SUFFIX,
            "language": self.language,
            "findings": findings_to_json(findings),
        }
        try:
            told = watch(wish, self.settings, lambda _share, _step: True, stop)
        except StoppedError as stopped:
            if stopped.end is End.REFUSED:  # the recipe itself, so there is no table to copy
                return findings, []
            for path in self.draft.iterdir():
                path.unlink()
            return (*findings, Finding(Severity.WARNING, "report_without_copies")), []
        return _addressed(findings, told["addresses"]), told["files"]


def _addressed(findings: Sequence[Finding], addresses: Mapping[str, str]) -> tuple[Finding, ...]:
    return tuple(
        replace(f, place=replace(f.place, address=addresses.get(str(i), "")))
        for i, f in enumerate(findings)
    )


def report_json(
    outcome: ImportOutcome, findings: Sequence[Finding], recipe: str, files: Sequence[str]
) -> dict[str, Any]:
    """Return the report as plain JSON types; the schema stands in docs/load-a-town.md."""
    counts, order = Counter(f.severity for f in findings), list(Severity)
    ordered = sorted(findings, key=lambda f: order.index(f.severity))
    return {
        "schema_version": SCHEMA_VERSION,
        "outcome": str(outcome.end),
        "release": outcome.release_id or None,
        "recipe": recipe,
        "counts": {str(severity): counts[severity] for severity in Severity},
        "files": list(files),
        "findings": [_finding_json(finding) for finding in ordered],
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    place = finding.place
    texts = {
        part: {
            language: translator(language)(f"finding.{finding.code}.{part}", **finding.params)
            for language in LANGUAGES
        }
        for part in ("cause", "remedy")
    }
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "file": place.file,
        "sheet": place.sheet,
        "row": place.row,
        "column": place.column,
        "address": place.address,
        "params": finding.params,
        **texts,
    }


def _replace(folder: Path, draft: Path, names: Sequence[str]) -> None:
    """Put the new files in place of the old report, readable by their owner only."""
    for old in (*folder.glob(f"*{SUFFIX}"), *folder.glob(f"*{MAP_SUFFIX}")):
        if old.name not in names and old.is_file():
            old.unlink()
    for name in names:
        (draft / name).chmod(0o600)
        shutil.move(draft / name, folder / name)
