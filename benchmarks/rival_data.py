"""What every rival holds in memory: the geometry and one long frame, read once a process.

The folder is named by the environment variable ``BENCH_FOLDER``.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.town_files import GEOMETRY, values_file
from benchmarks.towns import INDICATORS

TOP = 100
BOX = (640, 480)


@dataclass(frozen=True)
class RivalData:
    """Geometry, values in the form a careful first version would give them, and the choices."""

    geometry: dict[str, Any]
    values: pd.DataFrame
    indicators: tuple[str, ...]
    years: tuple[str, ...]

    def rows(self, indicator: str, year: str) -> pd.DataFrame:
        """Return one row an area, in the order of the geometry."""
        values = self.values
        return values[(values["indicator"] == indicator) & (values["year"] == year)]


@cache
def rival_data() -> RivalData:
    """Read the files of the town once."""
    folder = Path(os.environ["BENCH_FOLDER"])
    geometry = json.loads((folder / GEOMETRY).read_text(encoding="utf-8"))
    texts = ["area", "indicator", "year"]
    values = pd.concat(
        pd.read_csv(folder / values_file(k), dtype={"area": str, "year": str}).assign(indicator=k)
        for k in INDICATORS
    )
    values[texts] = values[texts].astype("category")
    names = {f["id"]: f["properties"]["name"] for f in geometry["features"]}
    values["name"] = values["area"].cat.rename_categories(names)
    indicators = tuple(values["indicator"].cat.categories)
    # the cross of the scatter is the first indicator, for every tool
    first = values[values["indicator"] == indicators[0]]["value"].to_numpy()
    values["second"] = list(first) * len(indicators)
    values = values[[*texts, "name", "value", "second"]]
    return RivalData(geometry, values, indicators, tuple(values["year"].cat.categories))
