"""``python -m benchmarks``: a switch of indicator and year beside the naive design.

Writes ``docs/benchmarks.md``. Flensburg is measured when ``KECK_TOWNS_DIR`` names the real towns.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.report import write_report
from benchmarks.servers import naive_server, product_server
from benchmarks.switches import Result, measure
from benchmarks.towns import cells, numbers, write_recipe, write_rival_files

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Measure all towns and write the report."""
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for n in (86, 542):
            results += _synthetic(work / str(n), n)
        with product_server(work / "demo", recipe=None, data=None) as address:
            results.append(measure(address, "Musterstadt", "KECK-Atlas", product=True))
        towns = os.environ.get("KECK_TOWNS_DIR")
        if towns:
            recipe = ROOT / "examples" / "flensburg" / "town.toml"
            data = Path(towns) / "flensburg"
            with product_server(work / "flensburg", recipe=recipe, data=data) as address:
                results.append(measure(address, "Flensburg", "KECK-Atlas", product=True))
    write_report(ROOT / "docs" / "benchmarks.md", results)
    for result in results:
        sys.stdout.write(f"{result}\n")
    return 0


def _synthetic(work: Path, n: int) -> list[Result]:
    areas, values = cells(n), numbers(n)
    write_rival_files(work / "rival", areas, values)
    recipe = write_recipe(work / "files", areas, values)
    name = f"{n} areas"
    with naive_server(work / "rival") as address:
        rival = measure(address, name, "naive Dash", product=False)
    with product_server(work / "data", recipe=recipe, data=work / "files") as address:
        return [rival, measure(address, name, "KECK-Atlas", product=True)]


if __name__ == "__main__":
    raise SystemExit(main())
