"""Findings as JSON: between the import child and its parent, in job rows and on ``--json``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from domain.findings import Finding, Place, Severity


def findings_to_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as plain JSON types."""
    return [asdict(finding) for finding in findings]


def findings_from_json(raw: Iterable[dict[str, Any]]) -> tuple[Finding, ...]:
    """Read findings written by :func:`findings_to_json`."""
    return tuple(
        Finding(Severity(f["severity"]), f["code"], Place(**f["place"]), dict(f["params"]))
        for f in raw
    )
