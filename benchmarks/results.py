"""What was measured, as plain records, and the statistics that make a figure of repeats."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

PRODUCT = "KECK-Atlas"
FIRST_READER = "KECK-Atlas, view not built yet"
NAIVE = "naive Dash"
NAIVE_GEO = "naive Dash, SVG map"
BOKEH = "Bokeh server"


@dataclass(frozen=True)
class Times:
    """Median, lowest and highest of repeated measurements."""

    median: float
    low: float
    high: float


def times(measured: Iterable[float]) -> Times:
    """Summarise repeats.

    Raises
    ------
    ValueError
        Nothing was measured.
    """
    found = list(measured)
    if not found:
        raise ValueError("nothing was measured")
    return Times(statistics.median(found), min(found), max(found))


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value that ``share`` of ordered measurements do not exceed.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 0.5)
    2.0
    >>> percentile([1.0, 2.0, 3.0, 4.0], 0.99)
    4.0
    """
    position = -(-len(ordered) * share // 1)
    return ordered[max(0, int(position) - 1)]


@dataclass(frozen=True)
class Switch:
    """A switch of indicator or year of one tool in a town of one size."""

    size: int
    tool: str
    what: str
    three: Times
    whole: Times | None
    kilobytes: float
    requests: float
    cpu_ms: float
    settled: Times | None = None


@dataclass(frozen=True)
class Load:
    """A first visit with an empty cache: until the first painted map, and until all is painted."""

    size: int
    tool: str
    map_ms: float
    map_kb: float
    whole_ms: float
    whole_kb: float
    parts: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class Hover:
    """The pointer on an area: milliseconds to the mark, and until it is on screen."""

    size: int
    marked: Times
    shown: Times


@dataclass(frozen=True)
class Zoom:
    """A step of the wheel over the map: until it is first on screen, and until nothing follows."""

    size: int
    tool: str
    first: Times
    settled: Times


@dataclass(frozen=True)
class Play:
    """All periods of a loaded view, as fast as they paint."""

    size: int
    frames: int
    ms: float
    requests: int

    @property
    def per_second(self) -> float:
        """Frames a second."""
        return 1000 * self.frames / self.ms


@dataclass(frozen=True)
class Warm:
    """The one Python callback on views that are built, inside the process."""

    size: int
    cpu_ms: float
    wall_ms: float
    kilobytes: float


@dataclass(frozen=True)
class Throughput:
    """Closed loop against two workers: answers a second."""

    size: int
    tool: str
    per_second: float
    cpu_ms: float
    kilobytes: float
    refused: int


@dataclass(frozen=True)
class Crowd:
    """Open loop: many readers with pauses of random length."""

    size: int
    tool: str
    users: int
    done: int
    failed: int
    p50_ms: float
    p95_ms: float
    p99_ms: float


@dataclass(frozen=True)
class Start:
    """A fresh interpreter that imports the application: on the clock, and on the processor."""

    wall_ms: float
    cpu_ms: float


@dataclass(frozen=True)
class Memory:
    """Resident memory of one worker after it served views once, of all that there are."""

    town: str
    served: int
    views: int
    mb: float


@dataclass
class Findings:
    """Everything one run found; a part that did not run leaves its list empty."""

    switches: list[Switch] = field(default_factory=list)
    loads: list[Load] = field(default_factory=list)
    hovers: list[Hover] = field(default_factory=list)
    zooms: list[Zoom] = field(default_factory=list)
    plays: list[Play] = field(default_factory=list)
    warm: list[Warm] = field(default_factory=list)
    throughputs: list[Throughput] = field(default_factory=list)
    crowds: list[Crowd] = field(default_factory=list)
    memories: list[Memory] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)
    floors_ms: list[float] = field(default_factory=list)
    machine: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def switch(self, size: int, tool: str, what: str) -> Switch | None:
        """Return one measured switch, or None."""
        found = (s for s in self.switches if (s.size, s.tool, s.what) == (size, tool, what))
        return next(found, None)

    @property
    def sizes(self) -> list[int]:
        """Sizes of the towns in which switches were measured."""
        return sorted({s.size for s in self.switches})
