"""``python -m benchmarks.workshop``: rooms of 200 and 1,000 phones beside what a room has to reach.

A whole run renews its section of ``docs/benchmarks.md``. Ends with 1 where a target is missed; it
is no test, because a machine that does other work swings by more than any regression would.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import describe_load, describe_machine
from benchmarks.report import REPORT, bullets, markdown_table
from benchmarks.room.crowd import Course, Run
from benchmarks.room.results import Row, rows_of
from benchmarks.room.town import room_town
from benchmarks.sections import WORKSHOP, write_section
from benchmarks.servers import own_server

FEW = Course(200, gap_s=60.0)
SPAMMED = Course(200, abusers=20, kills=False)
MANY = Course(1_000, arrive_s=20.0)
COURSES = {
    "200 phones; a worker killed during a second vote, 60 s without network during a third": FEW,
    "200 phones, 20 of them sending ten times a second": SPAMMED,
    "1,000 phones; a worker killed during a second vote": MANY,
}
_METHOD = """
Phones and server on the same two cores. Phones ask every 1.5 s (30 % either way), fetch the screen
after each click, vote once within 5 s and send again what was not taken; 50 public readers change
the map on their own. The relay of the gap drops every connection and refuses new ones.
"""


def main(arguments: list[str] | None = None) -> int:
    """Measure all rooms, print the section, and write it unless only printing was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workshop", description=__doc__)
    parser.add_argument("--print", action="store_true", help="print only, write nothing")
    asked = parser.parse_args(arguments)
    machine = [*describe_machine(), describe_load("before")]
    with tempfile.TemporaryDirectory() as folder:
        services = room_town(Path(folder))
        found: dict[str, list[Row]] = {}
        for name, course in COURSES.items():
            with own_server(Path(folder) / "instance") as server:
                met = asyncio.run(Run(server, services, course).go())
            found[name] = rows_of(course, met)
    text = section(machine, found)
    sys.stdout.write(text)
    if not asked.print:
        write_section(REPORT, text, WORKSHOP)
    missed = [f"{name}: {r.name}" for name, rows in found.items() for r in rows if not r.is_reached]
    sys.stderr.write("".join(f"missed: {name}\n" for name in missed))
    return 1 if missed else 0


def section(machine: Sequence[str], found: dict[str, list[Row]]) -> str:
    """Return the section as Markdown."""
    tables = [
        markdown_table(
            [name, "met", "at most", "result"],
            [
                [r.name, _with_unit(r.met, r.unit), _with_unit(r.limit, r.unit), _result(r)]
                for r in rows
            ],
        )
        for name, rows in found.items()
    ]
    joined = "\n".join(tables)
    head = f"{WORKSHOP}\n\nWritten by `python -m benchmarks.workshop`.\n{_METHOD}\n"
    return f"{head}{bullets(machine)}\n{joined}"


def _with_unit(value: float, unit: str) -> str:
    digits = 0 if value >= 10 or float(value).is_integer() else 1  # noqa: PLR2004 - as read
    return f"{value:,.{digits}f} {unit}".rstrip()


def _result(row: Row) -> str:
    return "met" if row.is_reached else "**missed**"


if __name__ == "__main__":
    raise SystemExit(main())
