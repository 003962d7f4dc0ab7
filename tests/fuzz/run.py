"""Start the fuzzing of one reader, hear how far it came, keep what it found."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.guard import ROOT
from tests.fuzz.inputs import MAX_BYTES, SEEDS, kept, prepared

SECONDS_AN_INPUT = 10
MEGABYTES = 1024
_START_SECONDS = 120
_STATE = re.compile(r"#(\d+)\s+(\w+)\s+cov: (\d+) ft: (\d+)")
_TOLD_LINES = 60
_WORDS = Path(__file__).parent / "words.txt"


@dataclass(frozen=True)
class Outcome:
    """How a run ended: executions, coverage of the seeds and at the end, and the input kept."""

    reader: str
    executions: int
    covered_by_seeds: int
    covered: int
    features: int
    crash: Path | None
    log: str

    def told(self) -> str:
        """Return the run in a few lines."""
        line = (
            f"{self.reader}: {self.executions} executions, coverage {self.covered_by_seeds} -> "
            f"{self.covered}, {self.features} features"
        )
        return line if self.crash is None else f"{self.log}\n{line}\nkept: {self.crash}"


def fuzz(reader: str, *, seconds: int) -> Outcome:
    """Breed inputs for one reader in a process of its own.

    Raises
    ------
    RuntimeError
        The process ended without a result and without an input that broke the reader.
    """
    with tempfile.TemporaryDirectory(prefix=f"fuzz-{reader}-") as name:
        folder = Path(name)
        for inner in ("work", "corpus", "found"):
            (folder / inner).mkdir()
        for data in [*prepared(reader), *(path.read_bytes() for path in kept(reader))]:
            (folder / "corpus" / _hash(data)).write_bytes(data)
        done = subprocess.run(
            [
                *between(seconds + _START_SECONDS),
                *(sys.executable, "-m", "tests.fuzz.worker", reader, *_options(folder, seconds)),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        crash = _keep(reader, folder / "found")
    states = _STATE.findall(done.stdout)
    if crash is None and (done.returncode or not states):
        raise RuntimeError(f"{reader}: status {done.returncode}\n{done.stdout[-8000:]}")
    seeded = next((state for state in states if state[1] == "INITED"), None)
    executions, _, covered, features = states[-1] if states else ("0", "", "0", "0")
    return Outcome(
        reader,
        int(executions),
        int(seeded[2]) if seeded else 0,
        int(covered),
        int(features),
        crash,
        "\n".join(done.stdout.splitlines()[-_TOLD_LINES:]),
    )


def between(seconds: int) -> list[str]:
    """Return the command that starts the process and ends it after a time.

    Linux counts the peak of the process that starts another as that of the other one. Tests before
    may have used more memory than a reader may, so something small starts it.
    """
    return ["timeout", "--kill-after=5", str(seconds)]


def _options(folder: Path, seconds: int) -> list[str]:
    return [
        str(folder / "work"),
        f"-max_total_time={seconds}",
        f"-timeout={SECONDS_AN_INPUT}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-max_len={MAX_BYTES}",
        f"-artifact_prefix={folder / 'found'}/",
        f"-dict={_WORDS}",
        "-len_control=0",
        "-use_value_profile=1",
        "-print_final_stats=0",
        str(folder / "corpus"),
    ]


def _keep(reader: str, found: Path) -> Path | None:
    """Move what broke the reader to its seeds and return where it lies."""
    for path in sorted(found.iterdir()):
        data = path.read_bytes()
        place = SEEDS / reader / _hash(data)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        return place
    return None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:20]
