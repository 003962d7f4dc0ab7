"""From an imported town to a protected, complete bundle in a staging folder.

Order: parents derived, intervals, weak values marked, public values protected, clusters and rank
ranges worked out, both value files written, and the written public file attacked. A failed attack
refuses the release.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from data.arms import write_arms
from data.bundle import NO_NOTE, BundleContent, Stamp, write_bundle
from data.importing.town import ImportedTown
from data.reader import ReleaseReader
from domain.findings import Finding, RefusedFileError, Severity
from domain.model import Audience, Text
from domain.progress import Progress, Report
from services.aggregation import with_parents
from services.derived import DerivedTables
from services.earlier_releases import Earlier
from services.protected_table import protected_tables
from services.protection import MAX_HIDDEN_SHARE, Protection, protect
from services.release_audit import attack
from services.uncertainty import with_intervals, with_weak_marked


@dataclass(frozen=True)
class Delivery:
    """What goes with the figures into the bundle: the note and the files as delivered."""

    note: Text = NO_NOTE
    originals: tuple[tuple[str, Path], ...] = ()
    max_hidden_share: float = MAX_HIDDEN_SHARE
    earlier: tuple[Path, ...] = ()
    """Folders of the releases that were public before, the newest first."""


def build_release(
    town: ImportedTown,
    staging: Path,
    stamp: Stamp,
    delivery: Delivery,
    *,
    report: Report = lambda _share, _step: None,
) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """Write the bundle of a town into ``staging``; return manifest and all findings.

    Raises
    ------
    RefusedFileError
        No value at all, or the attack on the written public file found a hidden number.
    """
    if len(town.values) == 0:
        raise RefusedFileError([*town.findings, Finding(Severity.ERROR, "release_empty")])
    progress = Progress.to(report)
    progress.at(0.0, "import.deriving", values=len(town.values))
    values = with_weak_marked(with_intervals(with_parents(town), town.catalogue), town.catalogue)
    earlier = Earlier.of_folders(delivery.earlier, town.catalogue)
    protection = protect(
        values,
        town.catalogue,
        town.parents,
        max_hidden_share=delivery.max_hidden_share,
        earlier=earlier,
        progress=progress.part(0.15, 0.5),
    )
    findings = (*town.findings, *protection.findings)
    content = _content(town, values, protection, findings, delivery)
    content = _with_derived(content, progress.part(0.5, 0.6))
    write_arms(staging, town.catalogue, town.arms)
    manifest = write_bundle(staging, content, stamp, progress=progress.part(0.6, 0.87))
    _refuse_leaks(staging, findings, earlier, progress.part(0.87, 1.0))
    progress.at(1.0, "import.handing_over")
    return manifest, findings


def _content(
    town: ImportedTown,
    values: pd.DataFrame,
    protection: Protection,
    findings: tuple[Finding, ...],
    delivery: Delivery,
) -> BundleContent:
    return BundleContent(
        catalogue=town.catalogue,
        areas=town.areas,
        parents=town.parents,
        internal_values=values,
        public_values=protection.values,
        disclosure=tuple(table.to_json() for table in protection.tables),
        facilities=town.facilities,
        offers=town.offers,
        demand_points=town.demand_points,
        conversions=town.conversions,
        streets=town.streets,
        ways=town.ways,
        findings=findings,
        note=delivery.note,
        originals=delivery.originals,
    )


def _with_derived(content: BundleContent, progress: Progress) -> BundleContent:
    """Add clusters and rank ranges to a bundle, of each file from its own values."""
    tables = DerivedTables(content.catalogue, content.areas)
    return replace(
        content,
        internal_derived=tables.derive(content.internal_values, progress.part(0.0, 0.8)),
        public_derived=tables.derive(content.public_values, progress.part(0.8, 1.0)),
    )


def _refuse_leaks(
    staging: Path, findings: tuple[Finding, ...], earlier: Earlier, progress: Progress
) -> None:
    """Attack what was written: nothing is known here but the folder and earlier releases."""
    with closing(ReleaseReader(staging, Audience.PUBLIC)) as reader:
        leaks = attack(reader, protected_tables(staging), progress, earlier=earlier)
    if leaks:
        raise RefusedFileError([*findings, *(replace(x, severity=Severity.ERROR) for x in leaks)])
