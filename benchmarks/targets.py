"""The targets of the product, as ratios of one run wherever a rival has one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.results import BOKEH, FIRST_READER, NAIVE, PRODUCT, Findings, times

FRAME_MS = 1000 / 60
_SIZES = (86, 542, 10_997)
_MEMORY_MIB = dict.fromkeys((f"{_SIZES[-1]:,} areas", "the Gemeinden"), 500 * 1e6 / 2**20)
_USUAL_MEMORY_MIB = 250
_OF_NAIVE = {542: 1 / 11}
_OF_BOKEH = {86: 1.2, 542: 0.9, 10_997: 1 / 3}


@dataclass(frozen=True)
class Target:
    """One target: at most or at least ``limit``; ``measured`` is None when nobody measured it."""

    name: str
    limit: float
    unit: str
    measured: float | None
    at_least: bool = False

    @property
    def is_met(self) -> bool | None:
        """Whether the figure keeps the limit."""
        if self.measured is None:
            return None
        kept = self.measured >= self.limit if self.at_least else self.measured <= self.limit
        return bool(kept)


def targets(findings: Findings) -> list[Target]:
    """Compare everything that was measured with its target."""
    return [
        *_switches(findings),
        *_page(findings),
        *_pointer(findings),
        *_server(findings),
        *_start(findings),
    ]


def ratio(
    findings: Findings, size: int, rival: str, what: str, *, of: str = "median"
) -> float | None:
    """Return the time of the product's three charts as a share of a rival's three charts."""
    own, other = findings.switch(size, PRODUCT, what), findings.switch(size, rival, what)
    if own is None or other is None:
        return None
    return float(getattr(own.three, of) / getattr(other.three, of))


def _switches(findings: Findings) -> Iterator[Target]:
    for size, limit in _OF_NAIVE.items():
        found = ratio(findings, size, NAIVE, "indicator")
        yield Target(f"indicator, {size:,} areas, of naive Dash", limit, "×", found)
    for size, limit in _OF_BOKEH.items():
        found = ratio(findings, size, BOKEH, "indicator")
        yield Target(f"indicator, {size:,} areas, of Bokeh server", limit, "×", found)
    for size in _SIZES:
        found = ratio(findings, size, BOKEH, "year")
        yield Target(f"year, {size:,} areas, of Bokeh server", 1, "×", found)


def _page(findings: Findings) -> Iterator[Target]:
    for size in _SIZES:
        for what in ("indicator", "year"):
            own = findings.switch(size, PRODUCT, what)
            share = own.whole.median / own.three.median if own and own.whole else None
            yield Target(
                f"whole page, {what}, {size:,} areas, of its three charts", 1.5, "×", share
            )
    asked = [s.requests for s in findings.switches if (s.tool, s.what) == (PRODUCT, "year")]
    yield Target("requests of a year switch", 0, "", max(asked, default=None))


def _pointer(findings: Findings) -> Iterator[Target]:
    marks = [hover.marked.median for hover in findings.hovers]
    yield Target("hover: mark set within one frame", FRAME_MS, "ms", max(marks, default=None))
    drawn = {(zoom.size, zoom.tool): zoom.first.median for zoom in findings.zooms}
    for size in _SIZES:
        own, other = drawn.get((size, PRODUCT)), drawn.get((size, BOKEH))
        share = own / other if own and other else None
        yield Target(f"step of the wheel, {size:,} areas, of Bokeh server", 1, "×", share)
    asked = [play.requests for play in findings.plays]
    yield Target("requests of playing all years", 0, "", max(asked, default=None))


def _server(findings: Findings) -> Iterator[Target]:
    warm = [found.cpu_ms for found in findings.warm if found.size <= _SIZES[1]]
    yield Target("server, warm switch, processor", 5, "ms", max(warm, default=None))
    by_tool = {found.tool: found.per_second for found in findings.throughputs}
    gain = None
    if by_tool.get(NAIVE) and PRODUCT in by_tool:
        gain = by_tool[PRODUCT] / by_tool[NAIVE]
    yield Target("throughput, of naive Dash", 300, "×", gain, at_least=True)


def _start(findings: Findings) -> Iterator[Target]:
    large = _SIZES[-1]
    for name, of_size in (("", lambda n: n < large), (f", {large:,} areas", lambda n: n == large)):
        sizes = [x.map_kb for x in findings.loads if x.tool == PRODUCT and of_size(x.size)]
        yield Target(f"first painted map{name}", 1000, "kB", max(sizes, default=None))
    cold = [x.map_ms for x in findings.loads if (x.tool, x.size) == (FIRST_READER, large)]
    yield Target(
        f"first map of a fresh server, {large:,} areas", 5000, "ms", max(cold, default=None)
    )
    walls = [start.wall_ms for start in findings.starts]
    found = times(walls).median if walls else None
    yield Target("import of the application", 2000, "ms", found)
    for memory in findings.memories:
        limit = _MEMORY_MIB.get(memory.town, _USUAL_MEMORY_MIB)
        yield Target(f"memory of a worker, {memory.town}", limit, "MiB", memory.mb)
