"""``python -m benchmarks.planning``: what need and resources cost on the server, beside rivals.

A whole run renews its section of ``docs/benchmarks.md``. Ends with 1 where a target is missed; it
is no test, because a machine that does other work swings by more than any regression would.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import allocation, need, planning_pages
from benchmarks.machine import describe_load, describe_machine
from benchmarks.planning_results import Measured
from benchmarks.report import REPORT, bullets, markdown_table
from benchmarks.sections import PLANNING, write_section

TARGET_MS = 300.0
_ONE_DIGIT = 10
_METHOD = """
Computed inside one process, without browser. Rivals must find the same numbers, or the run ends.
*Product* is the ratio of the product's time to the rival's. Every question of the product differs
from the one before, so that nothing is answered from a cache; what a release keeps (outlines,
borders, an index whose choices stay) is warm.
"""


def main(arguments: list[str] | None = None) -> int:
    """Measure everything, print the section, and write it unless only printing was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning", description=__doc__)
    parser.add_argument("--repeats", type=int, default=7, choices=range(2, 30))
    parser.add_argument("--print", action="store_true", help="print only, write nothing")
    asked = parser.parse_args(arguments)
    machine = [*describe_machine(), describe_load("before")]
    beside = {
        f"Reach: {homes:,} points × {need.FACILITIES:,} facilities": need.measure(
            need.places(homes), asked.repeats
        )
        for homes in (need.AREAS, need.HOMES)
    }
    name = f"Shares: {allocation.DRAWS:,} drawn weightings × {allocation.AREAS} areas"
    beside[name] = allocation.measure(allocation.sharing(), asked.repeats)
    with tempfile.TemporaryDirectory() as folder:
        services = planning_pages.served_town(Path(folder), need.AREAS)
        pages = planning_pages.measure(services, asked.repeats)
    text = section(machine, beside, pages)
    sys.stdout.write(text)
    if not asked.print:
        write_section(REPORT, text, PLANNING)
    missed = [row.name for row in pages if row.ms.median > TARGET_MS]
    sys.stderr.write("".join(f"missed: {name}\n" for name in missed))
    return 1 if missed else 0


def section(
    machine: Sequence[str], beside: dict[str, list[Measured]], pages: Sequence[Measured]
) -> str:
    """Return the section as Markdown; the first row of each group is the product's."""
    head = ["computation", "who", "ms", "product"]
    rivals = [
        [what, row.name, _ms(row), "–" if row is rows[0] else _ratio(rows[0], row)]
        for what, rows in beside.items()
        for row in rows
    ]
    own = [[row.name, _ms(row), _result(row)] for row in pages]
    title = f"542 areas, {need.FACILITIES:,} facilities"
    return (
        f"{PLANNING}\n\nWritten by `python -m benchmarks.planning`.\n{_METHOD}\n"
        f"{bullets(machine)}\n"
        f"{markdown_table(head, rivals)}\n"
        f"{markdown_table([title, 'ms', f'target: at most {TARGET_MS:.0f} ms'], own)}"
    )


def _ms(row: Measured) -> str:
    middle, low, high = (_number(x) for x in (row.ms.median, row.ms.low, row.ms.high))
    return middle if row.ms.low == row.ms.high else f"{middle} ({low}–{high})"


def _number(value: float) -> str:
    return f"{value:,.1f}" if value < _ONE_DIGIT else f"{value:,.0f}"


def _ratio(own: Measured, rival: Measured) -> str:
    return f"{own.ms.median / rival.ms.median:.2g} ×"


def _result(row: Measured) -> str:
    return "met" if row.ms.median <= TARGET_MS else "**missed**"


if __name__ == "__main__":
    raise SystemExit(main())
