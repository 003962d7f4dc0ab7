"""The rival of statistics offices: pytauargus, on tables small enough for its optimal search.

It is run in a process and a folder of its own, because its engine writes files where it stands
and ends the process where it fails. Its frequency rule with a margin of 100 % asks that a hidden
1 may be 0 to 2 and a hidden 2 may be 0 to 4; extra cells need nothing. The product is measured
under that requirement as well, so that the same is compared.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.disclosure_tables import TOWN, TableBuilder, Tree, Trial, counts
from domain.linked_table import LinkedTable

LARGEST = 200
_ROOT = Path(__file__).resolve().parents[1]
_TOTAL = "T"
_SECONDS = 120


@dataclass(frozen=True)
class SmallTable:
    """A table of one district with the people behind it, one row each."""

    trial: Trial
    people: list[dict[str, str]]
    hierarchy: str


def small_tables(areas: Tree, *, many: int = 3) -> Iterator[SmallTable]:
    """Yield tables of the first districts: categories as far as cells allow."""
    for number, district in enumerate(areas.children[TOWN][:many]):
        below = {p: g for p, g in areas.children.items() if p.startswith(district)}
        lowest = tuple(a for a in areas.lowest if a.startswith(district))
        part = Tree({TOWN: below.pop(district), **below}, lowest, is_real=areas.is_real)
        size = len(part.children) + len(lowest)
        means = (6.0, 12.0, 25.0, 9.0)[: LARGEST // size - 1]
        yield _small_table(part, f"district {district}", means, seed=50 + 10 * number)


def _small_table(part: Tree, name: str, means: tuple[float, ...], seed: int) -> SmallTable:
    builder, people = TableBuilder(part), []
    parts = [f"c{i}" for i in range(len(means))]
    for i, mean in enumerate(means):
        drawn = counts(part, [parts[i]], mean, seed + i)[parts[i]]
        builder.add(parts[i], drawn)
        for area, number in zip(part.lowest, drawn, strict=True):
            people += [{"area": area, "category": parts[i]}] * int(number)
    builder.total("all", parts)
    trial = Trial(
        f"{name}, {len(means)} categories", builder.table(3), builder.small(3), frozenset(), None
    )
    return SmallTable(trial, people, "\n".join(_lines(part, TOWN, 0)) + "\n")


def _lines(part: Tree, parent: str, depth: int) -> Iterator[str]:
    for child in part.children[parent]:
        yield "@" * depth + child
        if child in part.children:
            yield from _lines(part, child, depth + 1)


def as_tau_asks(trial: Trial) -> tuple[LinkedTable, frozenset[str]]:
    """Return the table under the requirement of the rival, and its zeros, which stay open."""
    table = trial.table
    is_unsafe = np.array([c in trial.unsafe for c in table.cells])
    widths = np.where(is_unsafe, 2 * table.values, 0.0)
    zeros = frozenset(c for c, v in zip(table.cells, table.values, strict=True) if v == 0)
    return replace(table, lower=np.zeros(len(widths)), widths=widths), zeros


def tau_hidden(small: SmallTable) -> frozenset[str]:
    """Return what pytauargus hides.

    Raises
    ------
    RuntimeError
        It is not installed, failed or took too long.
    """
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "areas.hrc").write_text(small.hierarchy, encoding="utf-8")
        (Path(folder) / "people.json").write_text(json.dumps(small.people), encoding="utf-8")
        try:
            ended = subprocess.run(
                [sys.executable, "-m", "benchmarks.rival_tau"],
                cwd=folder,
                env={"PYTHONPATH": str(_ROOT), "PATH": "/usr/bin:/bin"},
                capture_output=True,
                text=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as slow:
            raise RuntimeError(f"no answer within {_SECONDS} s") from slow
        answer = Path(folder) / "hidden.json"
        if not answer.is_file():
            raise RuntimeError((ended.stderr.strip().splitlines() or ["no answer"])[-1])
        return frozenset(json.loads(answer.read_text(encoding="utf-8")))


def _run_here() -> None:
    """Protect the people of this folder and write which cells are hidden."""
    from pytauargus import protect

    people = json.loads(Path("people.json").read_text(encoding="utf-8"))
    found = protect(
        [{**person, "one": 1.0} for person in people],
        ["area", "category"],
        response="one",
        safety_rules="FREQ(3,100)",
        suppress="OPT(1)",
        hrc={"area": str(Path("areas.hrc").resolve())},
        totcode=_TOTAL,
        workdir=".",
    )
    hidden = [
        f"{'all' if row['category'] in {_TOTAL, ''} else row['category']}|"
        f"{TOWN if row['area'] in {_TOTAL, ''} else row['area']}"
        for row in found.tables[0].rows
        if row["status"] in {"U", "M"}
    ]
    Path("hidden.json").write_text(json.dumps(hidden), encoding="utf-8")


if __name__ == "__main__":
    _run_here()
