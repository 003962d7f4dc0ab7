"""Sections of docs/benchmarks.md that commands of their own write, beside the whole run."""

from __future__ import annotations

from pathlib import Path

DISCLOSURE = "## Disclosure control, measured apart"
PLANNING = "## Need and resources, measured apart"
WORKSHOP = "## Rooms of phones, measured apart"
APART = (WORKSHOP, PLANNING, DISCLOSURE)
_BEFORE = "## Method"


def section_of(report: str, head: str) -> str:
    """Return a section as it stands in a report, empty if it has none."""
    _, found, rest = report.partition(head)
    body = rest.split("\n## ", 1)[0].rstrip()
    return f"{head}{body}\n" if found else ""


def with_section(report: str, text: str, head: str) -> str:
    """Return a report with the section in place of the one it has, or before its method."""
    old = section_of(report, head)
    if old:
        return report.replace(old, text, 1)
    before, method, after = report.partition(_BEFORE)
    return f"{before}{text}\n{method}{after}" if text else report


def with_sections_of(text: str, report: str) -> str:
    """Return a new report with all sections that an old one has and this run did not measure."""
    for head in APART:
        text = with_section(text, section_of(report, head), head)
    return text


def write_section(path: Path, text: str, head: str) -> None:
    """Put the section into the report."""
    path.write_text(with_section(path.read_text(encoding="utf-8"), text, head), encoding="utf-8")
