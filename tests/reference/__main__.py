"""``python -m tests.reference FILE…``: pass or fail per id, totals last."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.reference.runner import run


def main(paths: list[str]) -> int:
    """Print one line a vector and the totals; 1 on any failure or unbound method."""
    totals: Counter[str] = Counter()
    for path in paths:
        for outcome in run(Path(path)):
            totals[outcome.state] += 1
            line = f"{outcome.state:8} {outcome.topic}/{outcome.method} {outcome.id}"
            sys.stdout.write(f"{line} {outcome.detail[:200]}".rstrip() + "\n")
    names = ("passed", "failed", "unbound")
    sys.stdout.write(", ".join(f"{totals[n]} {n}" for n in names) + "\n")
    return 0 if totals["passed"] and not totals["failed"] and not totals["unbound"] else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
