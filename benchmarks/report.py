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
        f"- **{town}**: indicator {rival.indicator_ms / own.indicator_ms:.1f} ×, "
        f"year {rival.year_ms / own.year_ms:.1f} × faster than the naive design, "
        f"{rival.indicator_kb / max(own.indicator_kb, 0.1):.0f} × fewer bytes\n"
        for (town, tool), rival in by_key.items()
        if tool == "naive Dash"
        for own in [by_key[(town, "KECK-Atlas")]]
    ]
    body = "".join([*lines, "\n", *ratios])
    path.write_text(body + "\n" + LOSSES, encoding="utf-8")


LOSSES = """What is not measured here yet: Bokeh server as a rival, 10,997 areas, throughput, first
load. The product draws four charts and a table where the rival draws three charts; the
comparison is made with the whole page, which is to the disadvantage of the product.
"""
