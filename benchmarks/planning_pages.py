"""The pages of need and of resources on a town of 542 areas: views and whole pages, each anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from benchmarks.need import FACILITIES
from benchmarks.planning_results import Measured, measured
from benchmarks.servers import import_town
from benchmarks.town_files import LEVEL, write_town
from benchmarks.towns import YEARS, cells, numbers
from callbacks.need_page import need_content
from callbacks.resources_page import resources_content
from config import Settings
from domain.model import Audience
from services.container import Services, build_services

_SEED = 20260101
_SUPPLY = f"""[[facility_kind]]
id = "kita"
name = "Kita"
[[facility]]
kind = "kita"
source = "benchmark"
file = "kitas.csv"
format = "csv"
encoding = "utf-8"
separator = ","
crs = "EPSG:4326"
id = "id"
name = "name"
x = "x"
y = "y"
places = {{ total = "places" }}
[[indicator]]
id = "kinder"
name = "Kinder unter 6 Jahren"
short_name = "Kinder unter 6"
definition = "Kinder unter 6 Jahren."
kind = "count"
unit = "Kinder"
decimals = 0
polarity = "none"
interval = "none"
aggregation = "mean_stock"
[[table]]
file = "kinder.csv"
format = "csv"
encoding = "utf-8"
separator = ","
level = "{LEVEL}"
vintage = "2010"
[table.area]
column = "area"
by = "id"
[table.period]
column = "year"
[[table.measure]]
indicator = "kinder"
role = "value"
column = "children"
"""


def served_town(work: Path, areas: int) -> Services:
    """Import a drawn town with children and 3,000 facilities; return the services on it."""
    shapes = cells(areas)
    recipe = write_town(work / "files", shapes, numbers(shapes))
    # tables of indicators close a recipe, facilities and their children may follow
    recipe.write_text(recipe.read_text(encoding="utf-8") + _SUPPLY, encoding="utf-8")
    generator = np.random.default_rng(_SEED)
    children = pd.DataFrame({"area": shapes["area_id"], "year": YEARS[-1]})
    children["children"] = generator.integers(40, 2500, len(shapes))
    children.to_csv(work / "files" / "kinder.csv", index=False)
    homes = shapely.get_coordinates(shapes.geometry.representative_point().to_numpy())
    at = homes[generator.integers(0, len(homes), FACILITIES)]
    at = at + generator.normal(0, 0.004, at.shape)
    kitas = pd.DataFrame({"id": [f"k{n:04d}" for n in range(FACILITIES)]})
    kitas["name"] = "Kita " + kitas["id"]
    kitas["x"], kitas["y"] = at[:, 0], at[:, 1]
    kitas["places"] = generator.integers(10, 150, FACILITIES)
    kitas.to_csv(work / "files" / "kitas.csv", index=False)
    import_town(work / "data", recipe=recipe, data=work / "files")
    return build_services(Settings.from_environ({"KECK_DATA_DIR": str(work / "data")}))


def measure(services: Services, repeats: int) -> list[Measured]:
    """Time views and pages; every question differs from those before, so that none is kept."""
    asked: Iterator[int] = iter(range(1, 1_000_000))
    public = Audience.PUBLIC

    def need() -> object:
        query, _ = services.needs.query(public, f"?metres={1000 + next(asked)}")
        return services.needs.view(public, query)

    def index() -> object:
        n = next(asked)
        search = f"?base={YEARS[n % 8]}&weights=1,{1 + n % 9},{1 + n // 9 % 9}"
        query, _ = services.resources.query(public, search)
        return services.resources.index(public, query)

    def shares() -> object:
        search = f"?amount={100_000 + next(asked)}&before=formula&fall=10&rise=15"
        query, _ = services.resources.query(public, search)
        return services.resources.shares(public, query)

    def need_page() -> object:
        return need_content(services, public, f"?metres={1000 + next(asked)}")

    def resources_page() -> object:
        search = f"?amount={100_000 + next(asked)}&before=formula&fall=10&rise=15"
        return resources_content(services, public, search)

    told = (
        ("need: view after a number was typed", need),
        ("need: whole page", need_page),
        ("resources: index with other weights and base year", index),
        ("resources: shares with limits against last year", shares),
        ("resources: whole page", resources_page),
    )
    return [measured(name, run, repeats)[0] for name, run in told]
