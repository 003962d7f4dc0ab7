"""Findings as aligned lines for a terminal, the grave ones first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from domain.findings import Finding, Place, Severity
from i18n import Translate

_ORDER = list(Severity)


def finding_lines(findings: Sequence[Finding], tr: Translate) -> list[str]:
    """Return the lines: a heading for each severity, then place, cause and remedy of each."""
    lines: list[str] = []
    ordered = sorted(findings, key=lambda f: _ORDER.index(f.severity))
    for severity, group in groupby(ordered, key=lambda f: f.severity):
        entries = list(group)
        lines.append(f"{tr(f'finding.severity.{severity}')} ({len(entries)})")
        places = [place_text(f.place, tr) for f in entries]
        width = min(max(map(len, places)), 48)
        for finding, place in zip(entries, places, strict=True):
            cause = tr(f"finding.{finding.code}.cause", **finding.params)
            remedy = tr(f"finding.{finding.code}.remedy", **finding.params)
            lines.append(f"  {place:<{width}}  {cause}".rstrip())
            lines.append(f"  {'':<{width}}  → {remedy}")
    return lines


def place_text(place: Place, tr: Translate) -> str:
    """Return where a finding lies, as the office sees it."""
    parts = [place.file]
    if place.sheet:
        parts.append(tr("finding.place.sheet", sheet=place.sheet))
    if place.row is not None:
        parts.append(tr("finding.place.row", row=place.row))
    if place.column and place.column != place.address:
        parts.append(tr("finding.place.column", column=place.column))
    if place.address:
        parts.append(tr("finding.place.cell", cell=place.address))
    return ", ".join(part for part in parts if part)
