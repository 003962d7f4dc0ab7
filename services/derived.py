"""What is worked out of the values of a release when it is made: local clusters, rank ranges.

Both take thousands of random draws for every indicator and period, too many for an answer to a
reader. Each value file gets what follows from its own values only, so that nothing of the public
one can tell of a hidden number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from data.bundle_schema import DERIVED_COLUMNS, SERIES_COLUMNS
from domain.autocorrelation import lisa
from domain.layers import FEWEST_FOR_CLUSTERS
from domain.model import SHOWN_STATES, Catalogue, Indicator, Kind, Level
from domain.neighbours import contiguity
from domain.progress import Progress
from domain.ranks import rank_intervals

Neighbours = list[list[int]]

_SHOWN = [str(s) for s in SHOWN_STATES]
_RANKED = (Kind.SHARE, Kind.RATE, Kind.COUNT)
_STEP = "import.deriving_layers"
_THREADS = 2
_NUMBERS = ("value", "numerator", "denominator")


@dataclass
class DerivedTables:
    """Works out clusters and rank ranges; what two value files have in common only once."""

    catalogue: Catalogue
    areas: Mapping[str, gpd.GeoDataFrame]
    """Areas by level@vintage in a metric system, with ``area_id``."""
    _ordered: dict[str, gpd.GeoDataFrame] = field(default_factory=dict)
    _neighbours: dict[str, Neighbours | None] = field(default_factory=dict)
    _known: dict[bytes, tuple[list[str], list[float | None]]] = field(default_factory=dict)
    _ranked: dict[bytes, tuple[list[int | None], list[int | None]]] = field(default_factory=dict)

    def derive(self, values: pd.DataFrame, progress: Progress) -> pd.DataFrame:
        """Return a row for every area, series and period of which something is known.

        Parameters
        ----------
        values
            All values of one file, with :data:`data.bundle_schema.SERIES_COLUMNS`, ``period``,
            ``area``, ``value``, ``state`` and both parts.

        Returns
        -------
        pandas.DataFrame
            The columns of the series and :data:`data.bundle_schema.DERIVED_COLUMNS`.
        """
        shown = values[values["state"].isin(_SHOWN)].reset_index(drop=True)
        groups: dict[Any, Any] = shown.groupby([*SERIES_COLUMNS, "period"], sort=True).indices
        areas = shown["area"].astype(str).to_numpy(dtype=object)
        numbers = {name: shown[name].to_numpy(dtype=float) for name in _NUMBERS}
        told = progress.counted(_STEP)
        progress.at(0.0, _STEP, done=0, of=len(groups))
        columns: dict[str, list[object]] = {
            name: [] for name in (*SERIES_COLUMNS, *DERIVED_COLUMNS)
        }

        def work_out(group: tuple[Any, Any]) -> tuple[dict[str, str], dict[str, list[object]]]:
            key, rows = group
            cells = {name: column[rows] for name, column in numbers.items()}
            named = dict(zip((*SERIES_COLUMNS, "period"), map(str, key), strict=True))
            return named, self._period(named, areas[rows], cells)

        # drawing and sorting leave the other core free to do the same
        with ThreadPoolExecutor(_THREADS) as pool:
            for done, (named, found) in enumerate(pool.map(work_out, groups.items())):
                told(done, len(groups))
                for name, value in named.items():
                    columns[name].extend([value] * len(found.get("area", ())))
                for name, part in found.items():
                    columns[name].extend(part)
        return pd.DataFrame(columns)

    def _period(
        self, series: dict[str, str], areas: np.ndarray, cells: dict[str, np.ndarray]
    ) -> dict[str, list[object]]:
        """Return the columns of one series and period; none where nothing is known."""
        indicator = self.catalogue.indicator(series["indicator"])
        level = self.catalogue.level(series["level"], series["vintage"])
        if indicator is None or level is None or level.kind == "city":
            return {}
        ids = self._ids(level)
        places = ids.get_indexer(pd.Index(areas))
        # figures of several areas together stand beside those of the areas
        is_area = places >= 0
        laid = {name: np.full(len(ids), np.nan) for name in cells}
        for name, column in cells.items():
            laid[name][places[is_area]] = column[is_area]
        words, p = self._clusters(indicator, level, laid["value"])
        low, high = self._ranks(indicator, laid)
        if not words and not low:
            return {}
        given: dict[str, Sequence[object]] = {
            "lisa": words,
            "lisa_p": p,
            "rank_low": low,
            "rank_high": high,
        }
        at = np.sort(places[is_area]).tolist()
        picked: dict[str, list[object]] = {
            name: [part[i] if part else None for i in at] for name, part in given.items()
        }
        return {
            **picked,
            "area": [str(ids[i]) for i in at],
            "lisa": [word or "" for word in picked["lisa"]],
        }

    def _ids(self, level: Level) -> pd.Index:
        ids: pd.Index = pd.Index(self._in_order(level)["area_id"].astype(str))
        return ids

    def _in_order(self, level: Level) -> gpd.GeoDataFrame:
        """Return the areas in the order of their ids, on which the random draws depend."""
        if level.key not in self._ordered:
            areas = self.areas[level.key]
            self._ordered[level.key] = areas.sort_values("area_id", kind="stable")
        return self._ordered[level.key]

    def _clusters(
        self, indicator: Indicator, level: Level, values: np.ndarray
    ) -> tuple[list[str], list[float | None]]:
        """Return word and p of every area; empty where clusters are not looked for."""
        if indicator.kind is Kind.COUNT or np.isfinite(values).sum() < FEWEST_FOR_CLUSTERS:
            return [], []
        neighbours = self._around(level)
        if neighbours is None:
            return [], []
        key = _digest(level.key, values)
        if key not in self._known:
            found = lisa(values, neighbours)
            self._known[key] = (found.get("class", []), found.get("p", []))
        return self._known[key]

    def _around(self, level: Level) -> Neighbours | None:
        """Return the neighbours of every area; None where the level has no polygons."""
        if level.key not in self._neighbours:
            shapes = self._in_order(level).geometry
            has_polygons = level.kind == "areas" and bool(shapes.notna().any())
            self._neighbours[level.key] = contiguity(shapes.to_list()) if has_polygons else None
        return self._neighbours[level.key]

    def _ranks(
        self, indicator: Indicator, numbers: dict[str, np.ndarray]
    ) -> tuple[list[int | None], list[int | None]]:
        """Return the rank range of every area; empty where values have no range of chance."""
        kind = indicator.kind
        if kind not in _RANKED or indicator.interval == "none":
            return [], []
        effect = indicator.design_effect or 1.0
        cases = numbers["value" if kind is Kind.COUNT else "numerator"] / effect
        base = np.ones_like(cases) if kind is Kind.COUNT else numbers["denominator"] / effect
        with np.errstate(invalid="ignore"):
            possible = (cases >= 0) & (base > 0) & ((cases <= base) | (kind is not Kind.SHARE))
        cases, base = np.where(possible, cases, np.nan), np.where(possible, base, np.nan)
        key = _digest(f"{kind} {indicator.polarity}", cases, base)
        if key not in self._ranked:
            found = rank_intervals(kind, cases, base, indicator.polarity)
            self._ranked[key] = (found.get("lower", []), found.get("upper", []))
        return self._ranked[key]


def _digest(text: str, *arrays: np.ndarray) -> bytes:
    made = hashlib.blake2b(text.encode("utf-8"), digest_size=16)
    for array in arrays:
        made.update(array.tobytes())
    return made.digest()
