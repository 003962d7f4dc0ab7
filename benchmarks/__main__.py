"""``python -m benchmarks``: the product beside named rivals, in one run on one machine.

A whole run writes ``docs/benchmarks.md``; a part of it is printed, because ratios of different
runs must not stand in one table.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Collection
from pathlib import Path

from benchmarks.browser import chromium
from benchmarks.load import measure_crowd, measure_throughput
from benchmarks.machine import describe_load, describe_machine
from benchmarks.report import REPORT, report_text
from benchmarks.results import NAIVE, PRODUCT, Findings
from benchmarks.sections import with_sections_of
from benchmarks.servers import ROOT, gunicorn_server, import_town, naive_server
from benchmarks.start import measure_first_loads, measure_imports, measure_memory, measure_warm
from benchmarks.switches import measure_product, measure_rivals
from benchmarks.town_files import write_town
from benchmarks.towns import cells, numbers, vertices

PARTS = ("switches", "hover", "play", "server", "start", "memory")
SIZES = (86, 542, 10_997)
_SERVER_SIZE = 542
_LARGE = 2000
_REAL_TOWNS = {"berlin": "Berlin", "germany-gemeinden": "the Gemeinden"}
_STARTED = time.monotonic()


def main(arguments: list[str] | None = None) -> int:
    """Measure what was asked for; write or print the report."""
    asked = parse(arguments)
    findings = Findings(machine=[*describe_machine(), describe_load("before")])
    with tempfile.TemporaryDirectory() as folder:
        for size in asked.sizes:
            _measure_size(Path(folder) / str(size), size, asked, findings)
        if "start" in asked.only:
            _say("start")
            measure_imports(findings)
        if "memory" in asked.only:
            for town, name in _REAL_TOWNS.items():
                _measure_town(Path(folder) / town, town, name, findings)
    findings.machine.append(describe_load("after"))
    text = with_sections_of(report_text(findings), REPORT.read_text(encoding="utf-8"))
    if asked.report is not None:
        asked.report.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line; without ``--only`` everything is measured and written down."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only", type=_parts, default=PARTS, help="parts, by commas: " + ", ".join(PARTS)
    )
    parser.add_argument(
        "--sizes", type=_sizes, default=SIZES, help="areas of the towns, as 86,542 or 10997"
    )
    parser.add_argument("--repeats", type=int, default=5, choices=range(1, 10))
    parser.add_argument("--report", type=Path, help="file to write; a part is only printed else")
    asked = parser.parse_args(arguments)
    if asked.report is None and set(asked.only) == set(PARTS):
        asked.report = REPORT
    return asked


def _parts(text: str) -> tuple[str, ...]:
    found = tuple(text.split(","))
    if not set(found) <= set(PARTS):
        raise argparse.ArgumentTypeError(f"not one of {', '.join(PARTS)}")
    return found


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _measure_size(work: Path, size: int, asked: argparse.Namespace, findings: Findings) -> None:
    _say(f"town of {size} areas")
    areas = cells(size)
    recipe = write_town(work / "files", areas, numbers(areas))
    findings.machine.append(f"{size} areas have {vertices(areas):,} vertices")
    seconds = import_town(work / "data", recipe=recipe, data=work / "files")
    findings.machine.append(f"import of {size} areas × 15 years × 12 indicators: {seconds:.0f} s")
    _measure_pages(work, size, asked, findings)
    if "server" in asked.only:
        _say("  server")
        measure_warm(work / "data", size, findings)
        if size == _loaded_size(asked.sizes):
            _measure_server(work, size, findings)
    if "memory" in asked.only and (size == _loaded_size(asked.sizes) or size > _LARGE):
        measure_memory(work / "data", f"{size:,} areas", findings)


def _measure_pages(work: Path, size: int, asked: argparse.Namespace, findings: Findings) -> None:
    parts = set(asked.only)
    if not parts & {"switches", "hover", "play", "start"}:
        return
    with chromium() as browser:
        if "switches" in parts:
            _say("  rivals")
            measure_rivals(browser, work / "files", size, repeats=asked.repeats, findings=findings)
        if parts & {"switches", "hover", "play"}:
            _say("  product")
            measure_product(
                browser,
                work / "data",
                size,
                repeats=asked.repeats,
                parts=parts,
                findings=findings,
            )
        if "start" in parts:
            _say("  first visit")
            measure_first_loads(browser, work / "data", size, findings)


def _loaded_size(sizes: Collection[int]) -> int:
    """Return the size under load: the one of the targets, or the largest below thousands."""
    usual = [size for size in sizes if size <= _LARGE]
    return _SERVER_SIZE if _SERVER_SIZE in usual else max(usual, default=0)


def _measure_server(work: Path, size: int, findings: Findings) -> None:
    with gunicorn_server(work / "data", workers=2) as server:
        measure_throughput(server, PRODUCT, size, findings, seconds=6, warm=True)
        measure_crowd(server, PRODUCT, size, findings)
    with naive_server(work / "files", kind="tiles", workers=2) as server:
        measure_throughput(server, NAIVE, size, findings, seconds=20, warm=False)


def _measure_town(data_dir: Path, folder: str, name: str, findings: Findings) -> None:
    """Serve a real town, where its files are here, and look at the memory of a worker."""
    recipe = ROOT / "examples" / folder / "town.toml"
    towns = os.environ.get("KECK_TOWNS_DIR")
    if not towns or not recipe.is_file() or not (Path(towns) / folder).is_dir():
        findings.notes.append(f"memory of {name} was not measured: recipe or files are not here")
        return
    _say(f"memory of {name}")
    try:
        import_town(data_dir, recipe=recipe, data=Path(towns) / folder)
    except RuntimeError as failed:
        findings.notes.append(f"memory of {name} was not measured: {failed}")
        return
    measure_memory(data_dir, name, findings)


def _say(step: str) -> None:
    sys.stderr.write(f"{time.monotonic() - _STARTED:4.0f} s  {step}\n")


if __name__ == "__main__":
    raise SystemExit(main())
