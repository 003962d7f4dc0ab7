"""Times switches of indicator and year in Chromium, of the product and of its rivals.

The clock starts with the new value of a selector and stops two animation frames after the last
repaint; with nothing to do this shows the floor that stands in the report.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from benchmarks.browser import FLAGS, Tool, Visit
from benchmarks.pointer import measure_hover, measure_play, measure_zoom
from benchmarks.results import (
    BOKEH,
    FIRST_READER,
    NAIVE,
    NAIVE_GEO,
    PRODUCT,
    Findings,
    Load,
    Switch,
    times,
)
from benchmarks.servers import Server, bokeh_server, gunicorn_server, naive_server
from benchmarks.towns import INDICATORS, YEARS

__all__ = [
    "BENCH_SELECTORS", "FLAGS", "KECK_SELECTORS", "keck_tool", "measure_load", "measure_product",
    "measure_rivals",
]  # fmt: skip

_FIRST_ASKED = 3
_LARGEST = 6
_LARGEST_NAIVE = 2000
_QUERY = f"/atlas?indicator=ind01&period={YEARS[0]}&second=ind00"
KECK_SELECTORS = ("atlas-indicator", "atlas-period")
BENCH_SELECTORS = ("bench-indicator", "bench-year")


def keck_tool(name: str = PRODUCT, path: str = _QUERY) -> Tool:
    """Return how the Atlas page of the product is opened and turned."""
    return Tool(name, "keck", path, *KECK_SELECTORS, viewport=(1440, 900))


def measure_rivals(
    browser: Browser, folder: Path, size: int, *, repeats: int, findings: Findings
) -> None:
    """Measure the naive design with both maps and Bokeh server; a failure becomes a note.

    In towns of thousands of areas Bokeh alone is measured: a switch of the naive design then
    takes ten seconds and more.
    """
    every: list[tuple[Tool, Callable[[], AbstractContextManager[Server]]]] = [
        (Tool(NAIVE, "plotly", "/", *BENCH_SELECTORS), lambda: naive_server(folder, kind="tiles")),
        (
            Tool(NAIVE_GEO, "plotly", "/", *BENCH_SELECTORS),
            lambda: naive_server(folder, kind="geo"),
        ),
        (Tool(BOKEH, "bokeh", "", 0, 1), lambda: bokeh_server(folder)),
    ]
    for tool, start in every if size <= _LARGEST_NAIVE else every[-1:]:
        try:
            with start() as server:
                visit = Visit(browser, tool, size)
                findings.loads.append(measure_load(visit, server, size))
                _measure_both(visit, server, size, repeats=repeats, findings=findings)
                if tool.kind == "bokeh":
                    measure_zoom(visit, size, findings)
                visit.close()
        except (RuntimeError, PlaywrightError) as failed:
            findings.notes.append(f"{tool.name} at {size} areas was not measured: {failed}")


def measure_product(
    browser: Browser,
    data_dir: Path,
    size: int,
    *,
    repeats: int,
    parts: Collection[str],
    findings: Findings,
) -> None:
    """Measure the first reader after a release, who waits for views to be built, and the next."""
    with gunicorn_server(data_dir, workers=1) as server:
        if "switches" in parts:
            first = Visit(browser, keck_tool(FIRST_READER), size)
            findings.loads.append(measure_load(first, server, size))
            findings.switches.append(_series(first, server, size, "indicator", repeats))
            first.close()
        visit = Visit(browser, keck_tool(), size)
        measure_load(visit, server, size)
        floor = [visit.page.evaluate("() => bench.floor()") for _ in range(9)]
        findings.floors_ms.append(times(floor).median)
        if "switches" in parts:
            _measure_both(visit, server, size, repeats=repeats, findings=findings)
            measure_zoom(visit, size, findings)
        if "hover" in parts:
            measure_hover(visit, size, findings)
        if "play" in parts:
            measure_play(visit, size, findings)
        visit.close()


def measure_load(visit: Visit, server: Server, size: int) -> Load:
    """Open the page and wait until all is painted; bytes count from an empty cache."""
    visit.open(server.address)
    map_kb = visit.until_map()
    parts = sorted(visit.parts, reverse=True)[:_LARGEST]
    ends = visit.loaded()
    needs = visit.needs()
    return Load(
        size,
        visit.tool.name,
        map_ms=min(ends[name] for name in needs),
        map_kb=map_kb,
        whole_ms=max(ends[name] for name in needs),
        whole_kb=visit.kilobytes,
        parts=tuple(parts),
    )


def _measure_both(
    visit: Visit, server: Server, size: int, *, repeats: int, findings: Findings
) -> None:
    for what in ("indicator", "year"):
        findings.switches.append(_series(visit, server, size, what, repeats))
    if visit.faults:
        name = visit.tool.name
        findings.notes.append(f"{name} at {size} areas: script errors {visit.faults[:2]}")


def _series(visit: Visit, server: Server, size: int, what: str, repeats: int) -> Switch:
    offered = INDICATORS if what == "indicator" else YEARS
    # the one before the first is a warm-up that nobody counts
    start = _FIRST_ASKED if what == "indicator" else 1
    if what == "indicator":
        visit.choose(what, offered[start - 1])
    kilobytes, requests, cpu = visit.kilobytes, visit.requests, server.cpu_s()
    measured = [visit.choose(what, value) for value in offered[start : start + repeats]]
    names = visit.needs()
    whole = settled = None
    if visit.tool.kind == "keck":
        last = "all" if "all" in names else "dom"
        whole = times(run[last] for run in measured)
        settled = times(run["dom"] for run in measured)
        names = ["three"] if "three" in names else ["painted"]
    return Switch(
        size,
        visit.tool.name,
        what,
        three=times(max(run[name] for name in names) for run in measured),
        whole=whole,
        settled=settled,
        kilobytes=(visit.kilobytes - kilobytes) / len(measured),
        requests=(visit.requests - requests) / len(measured),
        cpu_ms=1000 * (server.cpu_s() - cpu) / len(measured),
    )
