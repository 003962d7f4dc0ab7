"""Reading one release for one audience: it opens one of the two value files, never both."""

from __future__ import annotations

import json
import sqlite3
import threading
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from data.bundle import connect_read_only
from data.catalogue import catalogue_from_json
from data.geometry import DEGREES, GeometryFile, find_geometry
from data.manifest import read_manifest
from domain.model import TOTAL, Audience, Catalogue, State

_VALUE_SQL = """
SELECT area, period, value, state, flags, numerator, denominator, lower, upper, lower998, upper998
FROM value WHERE indicator = ? AND level = ? AND vintage = ? AND category = ?
ORDER BY period, area
"""
_AVAILABILITY_SQL = """
SELECT indicator, category, level, vintage, period,
       SUM(value IS NOT NULL) AS n_ok, SUM(state = ?) AS n_suppressed, COUNT(*) AS n_total
FROM value GROUP BY indicator, category, level, vintage, period
"""


class ReleaseReader:
    """One release as one audience may see it."""

    def __init__(self, folder: Path, audience: Audience) -> None:
        self.release_id = folder.name
        self.audience = audience
        self._folder = folder
        self._connection: sqlite3.Connection = connect_read_only(
            folder / f"{audience.value}.sqlite"
        )
        # one connection serves the threads of a worker; SQLite cursors are not thread-safe
        self._lock = threading.Lock()
        self._catalogue: Catalogue | None = None
        self._availability: pd.DataFrame | None = None

    def _frame(self, sql: str, params: tuple[str, ...] = ()) -> pd.DataFrame:
        with self._lock:
            cursor = self._connection.execute(sql, params)
            columns = [c[0] for c in cursor.description]
            rows = cursor.fetchall()
        return pd.DataFrame.from_records(rows, columns=columns)

    def catalogue(self) -> Catalogue:
        """Return towns, themes, indicators and levels, without any value."""
        if self._catalogue is None:
            text = self._frame("SELECT value FROM meta WHERE key = 'catalogue'")["value"].iloc[0]
            self._catalogue = catalogue_from_json(json.loads(text))
        return self._catalogue

    def availability(self) -> pd.DataFrame:
        """Return one row an indicator, category, level, vintage and period, with counts."""
        if self._availability is None:
            self._availability = self._frame(_AVAILABILITY_SQL, (State.SUPPRESSED.value,))
        return self._availability

    def areas(self, level: str, vintage: str) -> gpd.GeoDataFrame:
        """Return the areas of a level in the order of its geometry file, in degrees."""
        rows = self._frame(
            "SELECT area, name, shape FROM area WHERE level = ? AND vintage = ? ORDER BY position",
            (level, vintage),
        )
        return gpd.GeoDataFrame(
            {"name": rows["name"].to_numpy()},
            geometry=shapely.from_wkb(rows["shape"].to_numpy()),
            index=pd.Index(rows["area"].to_numpy(), name="area_id"),
            crs=DEGREES,
        )

    def area_ids(self, level: str, vintage: str) -> tuple[str, ...]:
        """Return the area ids of a level in the order of its geometry file."""
        rows = self._frame(
            "SELECT area FROM area WHERE level = ? AND vintage = ? ORDER BY position",
            (level, vintage),
        )
        return tuple(rows["area"])

    def values(
        self, indicator: str, level: str, vintage: str, category: str = TOTAL
    ) -> pd.DataFrame:
        """Return all periods of one indicator; numbers are NaN where nothing may be shown."""
        frame = self._frame(_VALUE_SQL, (indicator, level, vintage, category))
        numbers = ["value", "numerator", "denominator", "lower", "upper", "lower998", "upper998"]
        return frame.astype(dict.fromkeys(numbers, "float64"))

    def parents(self, level: str, vintage: str) -> pd.DataFrame:
        """Return the parents of the areas of a level in every hierarchy."""
        return self._frame(
            "SELECT * FROM area_parent WHERE child_level = ? AND child_vintage = ?",
            (level, vintage),
        )

    def facilities(self, kind: str | None = None) -> pd.DataFrame:
        """Return the facilities of the town, all kinds or one."""
        if kind is None:
            return self._frame("SELECT * FROM facility")
        return self._frame("SELECT * FROM facility WHERE kind = ?", (kind,))

    def geometry_file(self, level: str, vintage: str) -> GeometryFile:
        """Return the stored geometry file; ``KeyError`` when the release has none."""
        return find_geometry(self._folder / "geometry", f"{level}@{vintage}")

    def geometry_path(self, name: str) -> Path | None:
        """Return the path of a geometry file by its hashed name, or None."""
        known = {p.name for p in (self._folder / "geometry").glob("*.json")}
        return self._folder / "geometry" / name if name in known else None

    def manifest(self) -> dict[str, Any]:
        """Return the manifest of the release."""
        return read_manifest(self._folder)

    def close(self) -> None:
        """Close the value file."""
        self._connection.close()
