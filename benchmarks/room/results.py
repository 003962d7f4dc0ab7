"""What a run met, beside the table a room has to reach."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.room.crowd import CALM, KILLED, Course, Met
from benchmarks.room.log import ABUSE, p95
from benchmarks.room.wire import PATIENCE_S

FEW = 200
_PEAK = 3.0


@dataclass(frozen=True)
class Row:
    """One target: what, how it is written, what was met and at most what is wanted."""

    name: str
    unit: str
    met: float
    limit: float

    @property
    def is_reached(self) -> bool:
        """Whether the target holds."""
        return self.met <= self.limit


@dataclass(frozen=True)
class Limits:
    """Targets of one size of room: milliseconds, a share of all cores, MiB."""

    poll_ms: float
    seen_ms: float
    vote_ms: float
    reader_ms: float
    cpu: float
    memory_mb: float
    failed_share: float


OF_FEW = Limits(50, 2_000, 100, 300, 0.25, 600, 0.0)
OF_MANY = Limits(300, 3_000, 500, 800, 0.80, 900, 0.001)
"""For 200 and for 1,000 people (two cores, all on one host)."""


def rows_of(course: Course, met: Met) -> list[Row]:
    """Return every target with what the run met."""
    limits = OF_FEW if course.phones <= FEW else OF_MANY
    log = met.log
    seen = [seconds for waits in log.seen.values() for seconds in waits]
    questions = sum(n for (kind, _), n in log.statuses.items() if kind != ABUSE)
    votes = log.votes.get(CALM, [])
    rows = [
        Row("question what is new, p95", "ms", p95(met.steady_polls), limits.poll_ms),
        Row("click of the presenter seen by 95 %", "ms", p95(seen), limits.seen_ms),
        Row("vote taken, p95", "ms", p95(votes), limits.vote_ms),
        Row("lost votes", "", len(met.missing), 0),
        Row("memory of all processes", "MiB", met.memory_mb, limits.memory_mb),
        Row(
            "failed answers", "%", 100 * log.failures() / max(questions, 1),
            100 * limits.failed_share,
        ),
    ]  # fmt: skip
    if course.readers:
        rows.append(Row("public map changed, p95", "ms", p95(met.calm_readers), limits.reader_ms))
    if not course.abusers:
        # what is sent without end costs something too; the others must not notice
        rows.append(Row("processor, share of all cores", "%", 100 * met.cpu, 100 * limits.cpu))
    if course.kills:
        killed = log.votes.get(KILLED, [])
        name = "vote taken while a worker is killed, p95"
        rows.append(Row(name, "ms", p95(killed), 1000 * PATIENCE_S))
    if course.gap_s:
        ratio = met.peak / max(met.normal, 1)
        rows.append(Row("answers a second after the gap, times normal", "", ratio, _PEAK))
    return rows
