"""Writes what one run found: targets first, then tables, then method and losses by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.results import BOKEH, NAIVE, NAIVE_GEO, PRODUCT, Findings, Switch, Times, times
from benchmarks.targets import Target, ratio, targets

METHOD = Path(__file__).parent / "method.md"
REPORT = Path(__file__).parents[1] / "docs" / "benchmarks.md"
_ONE_DIGIT = 10
_RESULT = {True: "met", False: "**missed**", None: "not measured"}
_HEAD = """# Benchmarks

Written by `make bench`. Everything below comes from one run on one machine; single figures swing,
so only the ratios are claims. Milliseconds are medians, lowest to highest in brackets. Method and
losses stand at the end.

"""


def report_text(findings: Findings) -> str:
    """Return the whole report as Markdown; a part that did not run leaves no table."""
    parts = [
        _HEAD + bullets(findings.machine),
        _targets(targets(findings)),
        *(_switches(findings, size) for size in findings.sizes),
        _pointer(findings),
        _server(findings),
        _start(findings),
        _notes(findings.notes),
        METHOD.read_text(encoding="utf-8"),
    ]
    return "\n".join(part for part in parts if part)


def _targets(found: Sequence[Target]) -> str:
    rows = [
        [
            target.name,
            f"{'≥' if target.at_least else '≤'} {_number(target.limit)} {target.unit}".strip(),
            "–" if target.measured is None else f"{_number(target.measured)} {target.unit}".strip(),
            _RESULT[target.is_met],
        ]
        for target in found
    ]
    kept = [target.is_met for target in found]
    counted = (
        f"{kept.count(True)} met, {kept.count(False)} missed, {kept.count(None)} not measured."
    )
    head = ["target", "limit", "measured", "result"]
    return f"## Targets\n\n{counted}\n\n{markdown_table(head, rows)}"


def _switches(findings: Findings, size: int) -> str:
    found = [s for s in findings.switches if s.size == size]
    head = [
        "tool",
        "switch",
        "three charts (ms)",
        "whole page (ms)",
        "last change (ms)",
        "kB",
        "requests",
        "server CPU (ms)",
    ]
    rows = [_switch_row(switch) for switch in found]
    ratios = [
        f"{what}: the product takes {_number(share)} × the time of {rival}; by the quickest of "
        f"the repeats, which other work disturbs least, {_number(quickest)} ×"
        for rival in (NAIVE, NAIVE_GEO, BOKEH)
        for what in ("indicator", "year")
        if (share := ratio(findings, size, rival, what)) is not None
        and (quickest := ratio(findings, size, rival, what, of="low")) is not None
    ]
    return f"## Switches, {size:,} areas\n\n{markdown_table(head, rows)}\n{bullets(ratios)}"


def _switch_row(switch: Switch) -> list[str]:
    return [
        switch.tool,
        switch.what,
        _times(switch.three),
        _times(switch.whole),
        _times(switch.settled),
        _number(switch.kilobytes),
        _number(switch.requests),
        _number(switch.cpu_ms),
    ]


def _pointer(findings: Findings) -> str:
    lines = [
        f"{hover.size:,} areas: the pointer marks an area after {_times(hover.marked)} ms; "
        f"it is on screen, two frames later, after {_times(hover.shown)} ms"
        for hover in findings.hovers
    ]
    lines += [
        f"{zoom.size:,} areas: a step of the wheel over the map of {zoom.tool} is on screen after "
        f"{_times(zoom.first)} ms, and at rest after {_times(zoom.settled)} ms"
        for zoom in findings.zooms
    ]
    lines += [
        f"{play.size:,} areas: {play.frames} years play at {play.per_second:.0f} frames a second "
        f"with {play.requests} requests"
        for play in findings.plays
    ]
    if findings.floors_ms:
        lines.append(
            f"floor of the method, with nothing to do: {_times(times(findings.floors_ms))} ms"
        )
    return f"## Pointer and play\n\n{bullets(lines)}" if lines else ""


def _server(findings: Findings) -> str:
    lines = [
        f"{warm.size:,} areas, warm, inside the process: {_number(warm.cpu_ms)} ms of processor, "
        f"{_number(warm.wall_ms)} ms by the clock, an answer of {_number(warm.kilobytes)} kB"
        for warm in findings.warm
    ]
    rows = [
        [
            found.tool,
            f"{found.size:,}",
            _number(found.per_second),
            _number(found.cpu_ms),
            _number(found.kilobytes),
            str(found.refused),
        ]
        for found in findings.throughputs
    ]
    head = ["tool", "areas", "answers a second", "CPU (ms)", "kB", "refused"]
    lines += [
        f"{crowd.users} readers with pauses of 5 s on average, {crowd.tool}, {crowd.size:,} areas: "
        f"{crowd.done} answers, {crowd.failed} failures; half within {_number(crowd.p50_ms)} ms, "
        f"95 % within {_number(crowd.p95_ms)} ms, 99 % within {_number(crowd.p99_ms)} ms"
        for crowd in findings.crowds
    ]
    if not lines and not rows:
        return ""
    table = f"{markdown_table(head, rows)}\n" if rows else ""
    return f"## Server, two workers\n\n{table}{bullets(lines)}"


def _start(findings: Findings) -> str:
    rows = [
        [f"{load.size:,}", load.tool, *map(_number, (load.map_ms, load.map_kb)),
         *map(_number, (load.whole_ms, load.whole_kb))]
        for load in findings.loads
    ]  # fmt: skip
    head = ["areas", "tool", "map (ms)", "kB until then", "all painted (ms)", "kB until then"]
    lines = [
        f"one worker holds {memory.mb:.0f} MiB after serving {memory.served} of {memory.views} "
        f"views of {memory.town} once"
        for memory in findings.memories
    ]
    lines += [
        f"largest parts of {load.tool}'s first map at {load.size:,} areas: "
        + ", ".join(f"{name} {_number(kilobytes)} kB" for kilobytes, name in load.parts)
        for load in findings.loads
        if load.parts and load.tool == PRODUCT
    ]
    if findings.starts:
        wall = times(start.wall_ms for start in findings.starts)
        cpu = times(start.cpu_ms for start in findings.starts)
        lines.append(
            f"a fresh interpreter imports the application in {_times(wall)} ms "
            f"({_number(cpu.median)} ms of processor)"
        )
    if not rows and not lines:
        return ""
    table = f"{markdown_table(head, rows)}\n" if rows else ""
    return f"## Start, first visit, memory\n\n{table}{bullets(lines)}"


def _notes(notes: Sequence[str]) -> str:
    return f"## Not measured in this run\n\n{bullets(notes)}" if notes else ""


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def bullets(lines: Iterable[str]) -> str:
    """Return a list in Markdown, each entry on one line."""
    return "".join(f"- {' '.join(line.split())}\n" for line in lines)


def _times(found: Times | None) -> str:
    if found is None:
        return "–"
    return f"{_number(found.median)} ({_number(found.low)}–{_number(found.high)})"


def _number(value: float) -> str:
    """Return three telling digits, or all of a large number.

    >>> _number(0.0909), _number(1.2), _number(84.66), _number(6350.7), _number(0)
    ('0.091', '1.2', '85', '6,351', '0')
    """
    if value == 0:
        return "0"
    if abs(value) < 1:
        return f"{value:.3f}".rstrip("0").rstrip(".")
    if abs(value) < _ONE_DIGIT:
        return f"{value:.1f}".removesuffix(".0")
    return f"{value:,.0f}"
