"""Reads one value file of one release: public or internal, never both."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from data.arms import FOLDER as ARMS
from data.arms import arms_path
from data.bundle import CATALOGUE, MANIFEST, VALUE_FILES
from data.bundle_schema import (
    AVAILABILITY_COLUMNS,
    DERIVED_COLUMNS,
    PERIOD_COLUMNS,
    READABLE_VERSIONS,
    VALUE_COLUMNS,
    DamagedBundleError,
)
from data.geometry import DEGREES, GeometryFile, geometry_file
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
from domain.model import TOTAL, Audience, Catalogue, Level

_TEXT = {"period", "area", "state", "flags"}
_PARENTS = ("hierarchy", "child", "parent_level", "parent_vintage", "parent")


class ReleaseReader:
    """Answers from exactly one of the two value files, opened read-only and immutable.

    Safe to share between threads; answers are new frames the caller may keep.
    """

    def __init__(self, folder: Path, audience: Audience) -> None:
        path = folder / VALUE_FILES[audience]
        if not path.is_file():
            raise DamagedBundleError(str(path.name))
        self._folder = folder
        self.audience = audience
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        try:
            meta = dict(self._rows("SELECT key, value FROM meta"))
        except sqlite3.DatabaseError as error:
            self.close()
            raise DamagedBundleError(path.name) from error
        self.schema_version = int(meta["schema_version"])
        if self.schema_version not in READABLE_VERSIONS:
            self.close()
            raise DamagedBundleError(f"{path.name}: schema {self.schema_version}")
        self.release_id: str = meta["release"]
        self._catalogue = CATALOGUE.validate_json(meta["catalogue"])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def catalogue(self) -> Catalogue:
        """Return what the release offers this audience."""
        return self._catalogue

    def availability(self) -> pd.DataFrame:
        """Return one row for each indicator, category, level@vintage and period."""
        return self._frame("availability", AVAILABILITY_COLUMNS)

    def periods(self) -> pd.DataFrame:
        """Return kind, days and labels of each period of each indicator.

        Columns are those of :data:`data.bundle_schema.PERIOD_COLUMNS`.
        """
        if self._has("period"):
            return self._frame("period", PERIOD_COLUMNS)
        return periods_frame(self._catalogue, self.availability())

    def areas(self, level: str, vintage: str) -> gpd.GeoDataFrame:
        """Return the areas indexed by ``area_id`` with ``name`` and ``geometry`` (degrees).

        The order is that of the features in the outline file; a level without one has areas
        without geometry. An unknown level is empty.
        """
        rows = self._rows(
            "SELECT area, name, geometry FROM area WHERE level = ? AND vintage = ? "
            "ORDER BY position",
            (level, vintage),
        )
        ids, names, shapes = zip(*rows, strict=True) if rows else ((), (), ())
        return gpd.GeoDataFrame(
            {"name": list(names)},
            geometry=gpd.GeoSeries(shapely.from_wkb(list(shapes)), index=list(ids), crs=DEGREES),
            index=pd.Index(list(ids), name="area_id", dtype="str"),
            crs=DEGREES,
        )

    def area_ids(self, level: str, vintage: str) -> tuple[str, ...]:
        """Return the area ids of a level@vintage in the order of :meth:`areas`."""
        rows = self._rows(
            "SELECT area FROM area WHERE level = ? AND vintage = ? ORDER BY position",
            (level, vintage),
        )
        return tuple(row[0] for row in rows)

    def values(
        self, indicator: str, level: str, vintage: str, category: str = TOTAL
    ) -> pd.DataFrame:
        """Return all periods of one indicator on one level@vintage.

        Columns are those of :data:`data.bundle_schema.VALUE_COLUMNS`: ``period``, ``area``,
        ``value`` (display unit), ``state``, ``flags``, parts, and both intervals; numbers are
        NaN where there is none.
        """
        columns = ", ".join(f"o.{name}" for name in VALUE_COLUMNS)
        rows = self._rows(
            f"SELECT {columns} FROM series s JOIN observation o USING (series) "  # noqa: S608
            "WHERE s.indicator = ? AND s.level = ? AND s.vintage = ? AND s.category = ? "
            "ORDER BY o.period, o.area",
            (indicator, level, vintage, category),
        )
        frame = pd.DataFrame(rows, columns=list(VALUE_COLUMNS))
        return frame.astype({c: "str" if c in _TEXT else "float64" for c in VALUE_COLUMNS})

    def values_of_areas(
        self,
        level: str,
        vintage: str,
        areas: Sequence[str],
        *,
        category: str = TOTAL,
        indicators: Sequence[str] = (),
    ) -> list[dict[str, Any]]:
        """Return the rows of a few areas of a level@vintage: all periods, all or some indicators.

        A row holds ``indicator`` and :data:`data.bundle_schema.VALUE_COLUMNS`, None where there
        is no number. Found by key, area by area: the size of the level does not matter.
        """
        columns = ", ".join(f"o.{name}" for name in VALUE_COLUMNS)
        statement = (
            f"SELECT s.indicator, {columns} FROM availability a "  # noqa: S608
            "CROSS JOIN series s ON s.indicator = a.indicator AND s.level = a.level "
            "AND s.vintage = a.vintage AND s.category = a.category "
            "CROSS JOIN observation o ON o.series = s.series AND o.period = a.period "
            "AND o.area = ? WHERE a.level = ? AND a.vintage = ? AND a.category = ?"
        )
        if indicators:
            statement += f" AND a.indicator IN ({', '.join('?' * len(indicators))})"
        names = ("indicator", *VALUE_COLUMNS)
        return [
            dict(zip(names, row, strict=True))
            for area in areas
            for row in self._rows(statement, (area, level, vintage, category, *indicators))
        ]

    def values_of_period(
        self, indicator: str, level: str, vintage: str, period: str, category: str = TOTAL
    ) -> list[dict[str, Any]]:
        """Return the rows of one period of one indicator, None where there is no number.

        A row holds :data:`data.bundle_schema.VALUE_COLUMNS`; without a frame it is read in a
        fifth of the time, which counts where all indicators of a level are read.
        """
        columns = ", ".join(f"o.{name}" for name in VALUE_COLUMNS)
        rows = self._rows(
            f"SELECT {columns} FROM series s JOIN observation o USING (series) "  # noqa: S608
            "WHERE s.indicator = ? AND s.level = ? AND s.vintage = ? AND s.category = ? "
            "AND o.period = ? ORDER BY o.area",
            (indicator, level, vintage, category, period),
        )
        return [dict(zip(VALUE_COLUMNS, row, strict=True)) for row in rows]

    def derived(
        self, indicator: str, level: str, vintage: str, category: str = TOTAL
    ) -> pd.DataFrame | None:
        """Return what was worked out of the values of a series when the release was made.

        Columns are those of :data:`data.bundle_schema.DERIVED_COLUMNS`; None where the release
        was made before there was such a table.
        """
        if not self._has("derived"):
            return None
        columns = ", ".join(f"d.{name}" for name in DERIVED_COLUMNS)
        rows = self._rows(
            f"SELECT {columns} FROM series s JOIN derived d USING (series) "  # noqa: S608
            "WHERE s.indicator = ? AND s.level = ? AND s.vintage = ? AND s.category = ? "
            "ORDER BY d.period, d.area",
            (indicator, level, vintage, category),
        )
        return pd.DataFrame(rows, columns=list(DERIVED_COLUMNS))

    def parents(self, level: str, vintage: str) -> pd.DataFrame:
        """Return ``hierarchy, child, parent_level, parent_vintage, parent`` of a child level."""
        rows = self._rows(
            f"SELECT {', '.join(_PARENTS)} FROM parent "  # noqa: S608
            "WHERE child_level = ? AND child_vintage = ? ORDER BY rowid",
            (level, vintage),
        )
        return pd.DataFrame(rows, columns=list(_PARENTS)).astype("str")

    def all_parents(self) -> pd.DataFrame:
        """Return the parents of all areas, hierarchies in the order of the delivery."""
        return self._frame("parent", PARENT_COLUMNS)

    def facilities(self, kind: str | None = None) -> pd.DataFrame:
        """Return facilities, of one kind or all; coordinates in degrees."""
        frame = self._frame("facility", FACILITY_COLUMNS)
        return frame if kind is None else frame[frame["kind"] == kind].reset_index(drop=True)

    def offers(self) -> pd.DataFrame:
        """Return the offers of facilities; the public file has no counts of children."""
        return self._frame("offer", OFFER_COLUMNS)

    def demand_points(self) -> pd.DataFrame:
        """Return weighted points where children live; always empty in the public file."""
        return self._frame("demand_point", DEMAND_COLUMNS)

    def ways(self) -> pd.DataFrame:
        """Return metres to facilities; those from where children live are internal only."""
        return self._frame("way", WAY_COLUMNS) if self._has("way") else no_ways()

    def streets(self) -> pd.DataFrame:
        """Return which street lies in which area; empty where the town has no list of streets."""
        return self._frame("street", STREET_COLUMNS) if self._has("street") else no_streets()

    def conversions(self) -> pd.DataFrame:
        """Return how old areas pass into new ones."""
        return self._frame("conversion", CONVERSION_COLUMNS)

    def geometry_file(self, level: str, vintage: str) -> GeometryFile:
        """Return name and paths of the outline file of a level@vintage.

        Raises
        ------
        KeyError
            The release has no such level, or no outlines of it.
        """
        rows = self._rows(
            "SELECT name FROM geometry_file WHERE level = ? AND vintage = ?", (level, vintage)
        )
        if not rows:
            raise KeyError(f"{level}@{vintage}")
        return geometry_file(self._folder / "geometry", rows[0][0])

    def has_outlines(self, level: Level) -> bool:
        """Whether the release knows where the areas of a level lie."""
        statement = "SELECT 1 FROM geometry_file WHERE level = ? AND vintage = ?"
        return bool(self._rows(statement, (level.id, level.vintage)))

    def geometry_named(self, name: str) -> GeometryFile | None:
        """Return an outline file by its hashed name, None when the release has none such."""
        found = self._rows("SELECT name FROM geometry_file WHERE name = ?", (name,))
        return geometry_file(self._folder / "geometry", found[0][0]) if found else None

    def arms(self) -> Path | None:
        """Return the picture of the arms, None when the town has none."""
        return arms_path(self._folder, self._catalogue)

    def manifest(self) -> dict[str, Any]:
        """Return the manifest; the public one does not speak of internal files."""
        found: dict[str, Any] = json.loads((self._folder / MANIFEST).read_text("utf-8"))
        if self.audience is Audience.PUBLIC:
            found["files"] = {
                name: entry
                for name, entry in found["files"].items()
                if name == VALUE_FILES[Audience.PUBLIC]
                or name.startswith(("geometry/", f"{ARMS}/"))
            }
            found["counts"].pop("internal_values", None)
            found.pop("disclosure", None)
        return found

    def _has(self, table: str) -> bool:
        """Whether the file has a table: releases of earlier programs lack some."""
        statement = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        return bool(self._rows(statement, (table,)))

    def _frame(self, table: str, columns: tuple[str, ...]) -> pd.DataFrame:
        rows = self._rows(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608
        return pd.DataFrame(rows, columns=list(columns))

    def _rows(self, statement: str, arguments: tuple[str, ...] = ()) -> list[Any]:
        with self._lock:
            return self._connection.execute(statement, arguments).fetchall()
