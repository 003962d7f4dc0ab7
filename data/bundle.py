"""Writes an immutable release bundle into a staging folder.

A bundle is a folder: ``public.sqlite``, ``internal.sqlite``, ``geometry/``, ``arms/``,
``originals/``, ``findings.json`` and ``manifest.json`` with the SHA-256 of every other file.
The same content and stamp give the same bytes. Suppression has happened before: this module
only stores.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from pydantic import TypeAdapter

from data.bundle_catalogue import offered
from data.bundle_derived import insert_derived
from data.bundle_files import checksums, copy_originals, write_json
from data.bundle_schema import (
    AVAILABILITY_COLUMNS,
    PERIOD_COLUMNS,
    SCHEMA_VERSION,
    SERIES_COLUMNS,
    VALUE_COLUMNS,
    create,
    finish,
    insert,
    insert_frame,
    plain_rows,
)
from data.durable import sync_tree
from data.geometry import GeometryFile, for_drawing, has_outlines, tolerances, write_outlines
from data.importing.town import (
    CONVERSION_COLUMNS,
    DEMAND_COLUMNS,
    FACILITY_COLUMNS,
    OFFER_COLUMNS,
    PARENT_COLUMNS,
    STREET_COLUMNS,
    WAY_COLUMNS,
    no_streets,
    no_ways,
)
from data.periods import periods_frame
from domain.findings import Finding
from domain.model import SHOWN_STATES, TOTAL, Audience, Catalogue, State, Text
from domain.progress import Progress, counting, silent

CATALOGUE = TypeAdapter(Catalogue)
MANIFEST = "manifest.json"
VALUE_FILES = {Audience.PUBLIC: "public.sqlite", Audience.INTERNAL: "internal.sqlite"}
NO_NOTE = Text("")


@dataclass(frozen=True)
class Stamp:
    """Who a bundle is: town, release id, point in time (with zone)."""

    town: str
    release: str
    created: dt.datetime


@dataclass(frozen=True)
class BundleContent:
    """Everything a bundle holds, protected already.

    ``public_values`` and ``internal_values`` have the columns indicator, category, level,
    vintage and those of :data:`data.bundle_schema.VALUE_COLUMNS`; what is derived of them has
    the same four and those of :data:`data.bundle_schema.DERIVED_COLUMNS`.
    """

    catalogue: Catalogue
    areas: dict[str, gpd.GeoDataFrame]
    parents: pd.DataFrame
    internal_values: pd.DataFrame
    public_values: pd.DataFrame
    facilities: pd.DataFrame
    offers: pd.DataFrame
    demand_points: pd.DataFrame
    conversions: pd.DataFrame
    internal_derived: pd.DataFrame = field(default_factory=pd.DataFrame)
    public_derived: pd.DataFrame = field(default_factory=pd.DataFrame)
    findings: tuple[Finding, ...] = ()
    disclosure: tuple[dict[str, Any], ...] = ()
    """Linked tables that had to be protected, for whoever attacks the release later."""
    streets: pd.DataFrame = field(default_factory=no_streets)
    ways: pd.DataFrame = field(default_factory=no_ways)
    note: Text = NO_NOTE
    originals: tuple[tuple[str, Path], ...] = ()


def write_bundle(
    staging: Path,
    content: BundleContent,
    stamp: Stamp,
    *,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Write all files of a bundle, sync them to disk and return the manifest.

    Raises
    ------
    DamagedBundleError
        A value file failed its integrity check.
    OSError
        The disk is full or not writable; the staging folder is then swept.
    """
    told = progress or silent()
    staging.mkdir(parents=True, exist_ok=True)
    drawn, files = _write_geometry(staging, content, told.part(0.0, 0.5))
    for step, audience in enumerate(Audience):
        part = told.part(0.5 + 0.2 * step, 0.7 + 0.2 * step)
        _write_values(_ValueFile(staging, stamp, audience, part), content, drawn, files)
    copy_originals(staging / "originals", content.originals)
    write_json(staging / "findings.json", [asdict(f) for f in content.findings])
    manifest = _manifest(staging, content, stamp)
    write_json(staging / MANIFEST, manifest)
    told.at(0.95, "import.syncing", files=len(manifest["files"]))
    sync_tree(staging)
    return manifest


def _write_geometry(
    staging: Path, content: BundleContent, progress: Progress
) -> tuple[dict[str, gpd.GeoDataFrame], dict[str, GeometryFile]]:
    folder = staging / "geometry"
    folder.mkdir(exist_ok=True)
    drawn: dict[str, gpd.GeoDataFrame] = {}
    files: dict[str, GeometryFile] = {}
    for number, key in enumerate(sorted(content.areas)):
        progress.at(
            number / len(content.areas),
            "import.simplifying",
            done=number + 1,
            of=len(content.areas),
            areas=len(content.areas[key]),
        )
        drawn[key] = for_drawing(content.areas[key])
        if has_outlines(drawn[key]):
            files[key] = write_outlines(drawn[key], folder, key=key)
    return drawn, files


@dataclass(frozen=True)
class _ValueFile:
    """One of the two value files: where it is written, whose it is, who hears of it."""

    staging: Path
    stamp: Stamp
    audience: Audience
    progress: Progress


def _write_values(
    file: _ValueFile,
    content: BundleContent,
    drawn: dict[str, gpd.GeoDataFrame],
    files: dict[str, GeometryFile],
) -> None:
    stamp, audience = file.stamp, file.audience
    path = file.staging / VALUE_FILES[audience]
    public = audience is Audience.PUBLIC
    values = content.public_values if public else content.internal_values
    catalogue = offered(content.catalogue, values) if public else content.catalogue
    connection = create(path)
    meta = {
        "schema_version": str(SCHEMA_VERSION),
        "town": stamp.town,
        "release": stamp.release,
        "audience": str(audience),
        "created": stamp.created.isoformat(),
        "note": content.note.de,
        "catalogue": CATALOGUE.dump_json(catalogue).decode("utf-8"),
    }
    insert(connection, "meta", ("key", "value"), sorted(meta.items()))
    _insert_values(connection, values, file)
    insert_derived(connection, content.public_derived if public else content.internal_derived)
    insert_frame(connection, "period", PERIOD_COLUMNS, periods_frame(catalogue, values))
    _insert_areas(connection, drawn, files)
    insert_frame(connection, "parent", PARENT_COLUMNS, content.parents)
    insert_frame(connection, "facility", FACILITY_COLUMNS, content.facilities)
    insert_frame(connection, "conversion", CONVERSION_COLUMNS, content.conversions)
    insert_frame(connection, "street", STREET_COLUMNS, content.streets)
    # where single children live is nobody's business outside
    ways = content.ways[content.ways["level"] != ""] if public else content.ways
    insert_frame(connection, "way", WAY_COLUMNS, ways)
    offers = content.offers
    if public and not offers.empty:
        # Children taken in or waiting are counts of persons nobody has protected yet.
        offers = offers.assign(taken=None, waiting=None)
    insert_frame(connection, "offer", OFFER_COLUMNS, offers)
    if not public:
        insert_frame(connection, "demand_point", DEMAND_COLUMNS, content.demand_points)
    finish(connection, path)


def _insert_values(connection: Any, values: pd.DataFrame, file: _ValueFile) -> None:
    stamp, step = file.stamp, f"import.writing_{file.audience}"
    file.progress.at(0.0, step, done=0, of=len(values))
    series_keys = list(SERIES_COLUMNS)
    ordered = values.sort_values([*series_keys, "period", "area"], kind="stable")
    numbers = ordered.groupby(series_keys, sort=True).ngroup() + 1
    heads = ordered.loc[:, series_keys].assign(series=numbers).drop_duplicates()
    insert(
        connection,
        "series",
        ("series", "town", "release", *SERIES_COLUMNS),
        (
            (int(number), stamp.town, stamp.release, *key)
            for *key, number in heads.itertuples(index=False, name=None)
        ),
    )
    rows = ordered.loc[:, list(VALUE_COLUMNS)]
    rows.insert(0, "series", numbers)
    told = counting(plain_rows(rows), len(rows), file.progress.counted(step))
    insert(connection, "observation", ("series", *VALUE_COLUMNS), told)
    insert_frame(connection, "availability", AVAILABILITY_COLUMNS, availability(ordered))


def availability(values: pd.DataFrame) -> pd.DataFrame:
    """Count shown, suppressed and all cells by indicator, category, level and period."""
    keys = ["indicator", "category", "level", "vintage", "period"]
    marked = values.loc[:, keys].assign(
        n_ok=values["state"].isin([str(s) for s in SHOWN_STATES]).astype(int),
        n_suppressed=(values["state"] == State.SUPPRESSED).astype(int),
        n_total=1,
    )
    return marked.groupby(keys, sort=True, as_index=False).sum()


def _insert_areas(
    connection: Any, drawn: dict[str, gpd.GeoDataFrame], files: dict[str, GeometryFile]
) -> None:
    for key, frame in sorted(drawn.items()):
        level, vintage = key.rsplit("@", 1)
        shapes = shapely.to_wkb(frame.geometry.to_numpy(), byte_order=1)
        rows = zip(frame["area_id"], frame["name"], shapes, strict=True)
        insert(
            connection,
            "area",
            ("level", "vintage", "position", "area", "name", "geometry"),
            ((level, vintage, i, *row) for i, row in enumerate(rows)),
        )
        insert(
            connection,
            "geometry_file",
            ("level", "vintage", "name"),
            [(level, vintage, files[key].name)] if key in files else [],
        )


def _manifest(staging: Path, content: BundleContent, stamp: Stamp) -> dict[str, Any]:
    groups: dict[str, list[str]] = {}
    for indicator in content.catalogue.indicators:
        if indicator.group:
            groups.setdefault(indicator.group, []).append(indicator.id)
    totals = content.public_values["category"] == TOTAL
    return {
        "schema_version": SCHEMA_VERSION,
        "town": asdict(content.catalogue.town),
        "release": stamp.release,
        "created": stamp.created.isoformat(),
        "note": content.note.de,
        "note_en": content.note.en,
        "recipe": next(
            (f"originals/{name}" for name, _ in content.originals if name.endswith(".toml")), ""
        ),
        "groups": groups,
        "disclosure": list(content.disclosure),
        "outlines": tolerances(content.areas),
        "counts": {
            "indicators": len(content.catalogue.indicators),
            "levels": len(content.catalogue.levels),
            "internal_values": len(content.internal_values),
            "public_values": len(content.public_values),
            "public_totals": int(totals.sum()),
            "facilities": len(content.facilities),
        },
        "files": checksums(staging, but=MANIFEST),
    }
