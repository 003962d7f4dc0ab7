"""Writes the table of the benchmark as ratios against the rival of the same run."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.switches import Result

HEAD = """# Benchmarks

Written by `make bench`; method in [benchmarks/README.md](../benchmarks/README.md). One machine,
one run, medians of five switches; {cores} shared cores, so single figures swing by some 15 %.
Only ratios inside one run are claims.

| town | tool | indicator (ms) | year (ms) | kB an indicator switch | requests a year switch |
|---|---|---|---|---|---|
"""


def write_report(path: Path, results: list[Result]) -> None:
    """Write the report; the rival and the product of one town stand under each other."""
    lines = [HEAD.format(cores=os.cpu_count())]
    lines += [
        f"| {r.town} | {r.tool} | {r.indicator_ms:.0f} | {r.year_ms:.0f} "
        f"| {r.indicator_kb:.1f} | {r.year_requests:.1f} |\n"
        for r in results
    ]
    by_key = {(r.town, r.tool): r for r in results}
    ratios = [
        f"- **{town}**: an indicator takes {own.indicator_ms / rival.indicator_ms:.2f} × "
        f"and a year "
        f"{own.year_ms / rival.year_ms:.2f} × the time of the naive "
        f"design, "
        f"{own.indicator_kb / rival.indicator_kb:.2f} × its bytes\n"
        for (town, tool), rival in by_key.items()
        if tool == "naive Dash"
        for own in [by_key[(town, "KECK-Atlas")]]
    ]
    body = "".join([*lines, "\n", *ratios])
    path.write_text(body + "\n" + LOSSES, encoding="utf-8")


LOSSES = """**Losses.** On this machine, without a network in between, the page is slower than the
naive design to its very last repaint. It draws four charts, a table and all texts where the
rival draws three charts; the map itself takes 3 ms, the ranking about 40, and the table is the
last to come. The first view of an indicator is built for all years at once and kept; the rival
holds everything in memory. A year switch asks nothing of the server, which the naive design
always does. Not measured here yet: a second visit to an indicator, a slow link, Bokeh server as
a rival, 10,997 areas, throughput, first load.
"""
