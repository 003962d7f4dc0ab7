"""``python -m benchmarks.disclosure``: trial of disclosure control by counts that bite.

Each kind of table is protected, attacked and compared with plain greedy suppression, with the
figures of docs/methods.md and, where tables are small, with pytauargus. The section of
``docs/benchmarks.md`` is written anew by a whole run. Ends with 1 where something was missed:
a cell too narrow, more extra cells than a rival, ten minutes, or nothing hidden at all.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from benchmarks.disclosure_report import section
from benchmarks.disclosure_results import SmallResult, TrialResult, failures
from benchmarks.disclosure_tables import Trial, berlin_tree, trials
from benchmarks.machine import describe_load
from benchmarks.report import REPORT
from benchmarks.rival_greedy import greedy
from benchmarks.rival_tau import SmallTable, as_tau_asks, small_tables, tau_hidden
from benchmarks.sections import DISCLOSURE, write_section
from domain.attack import attack_table, narrow_cells
from domain.linked_table import LinkedTable
from domain.progress import Counted
from domain.suppression import protect_table

_LARGE = 10_000
_SHOWN_EVERY = 2.0


def main(arguments: list[str] | None = None) -> int:
    """Run the trial; print its section and write it where the run was whole."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.disclosure", description=__doc__)
    parser.add_argument("--only", type=int, nargs="*", help="kinds by number, from 0")
    parser.add_argument("--without-rivals", action="store_true", help="neither greedy nor tau")
    asked = parser.parse_args(arguments)
    areas = berlin_tree()
    machine = [
        f"tree: {'of Berlin' if areas.is_real else 'drawn'}, {len(areas.lowest)} areas",
        describe_load("before"),
    ]
    built = [b for i, b in enumerate(trials(areas)) if asked.only is None or i in asked.only]
    try:
        found = [measure(build(), with_rivals=not asked.without_rivals) for build in built]
        small = [] if asked.without_rivals else list(measure_small(small_tables(areas)))
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped; nothing was written\n")
        return 130
    text = section(machine, found, small)
    sys.stdout.write(text)
    if asked.only is None and not asked.without_rivals:
        write_section(REPORT, text, DISCLOSURE)
    missed = failures(found, small)
    sys.stderr.write("".join(f"missed: {line}\n" for line in missed))
    return 1 if missed else 0


def measure(trial: Trial, *, with_rivals: bool) -> TrialResult:
    """Protect a table and attack what is left, then let the greedy rival do it."""
    table = trial.table
    begin = time.monotonic()
    found = protect_table(
        table, trial.unsafe, frozen=trial.frozen, report=_teller(f"{trial.name}: protecting")
    )
    protected = time.monotonic()
    bounds = attack_table(table, found.hidden, insiders=True, frozen=trial.frozen, until_wide=True)
    attacked = time.monotonic()
    told = attack_table(table, trial.unsafe, frozen=trial.frozen, until_wide=True)
    widths = [high - low for low, high in bounds.values()]
    result = TrialResult(
        name=trial.name,
        cells=len(table.cells),
        unsafe=len(trial.unsafe),
        unprotected=len(narrow_cells(table, told, trial.unsafe)),
        extra=len(found.extra),
        narrow=len(narrow_cells(table, bounds, found.hidden)),
        narrowest=min(widths, default=float("nan")),
        needed=float(table.widths.max()),
        limit=trial.never_more,
        programs=found.programs,
        seconds=protected - begin,
        attack_seconds=attacked - protected,
    )
    return _beside_rivals(trial, result) if with_rivals else result


def _beside_rivals(trial: Trial, result: TrialResult) -> TrialResult:
    """Add what the greedy rival hides, and the product where no insider is feared."""
    is_large = result.cells > _LARGE
    plain = (
        None
        if is_large
        else protect_table(trial.table, trial.unsafe, frozen=trial.frozen, insiders=False)
    )
    _say(f"{trial.name}: greedy")
    enough = 2.0 * result.extra if is_large else float("inf")
    hidden, is_done = greedy(trial.table, trial.unsafe, trial.frozen, enough=enough)
    return replace(
        result,
        without_insiders=None if plain is None else len(plain.extra),
        greedy=len(hidden - trial.unsafe),
        is_greedy_done=is_done,
    )


def measure_small(tables: Iterable[SmallTable]) -> Iterator[SmallResult]:
    """Compare with pytauargus, under its own requirement and under that of the product."""
    for small in tables:
        trial = small.trial
        _say(f"{trial.name}: pytauargus")
        theirs, zeros = as_tau_asks(trial)
        try:
            tau: frozenset[str] | str = tau_hidden(small)
        except RuntimeError as failed:
            tau = str(failed)
        same = protect_table(theirs, trial.unsafe, frozen=zeros, insiders=False)
        own = protect_table(trial.table, trial.unsafe)
        yield SmallResult(
            name=trial.name,
            cells=len(trial.table.cells),
            unsafe=len(trial.unsafe),
            extra_same=len(same.extra),
            narrow_same=_narrow(theirs, same.hidden, trial.unsafe, insiders=False),
            extra=len(own.extra),
            narrow=_narrow(trial.table, own.hidden, own.hidden, insiders=True),
            tau=tau if isinstance(tau, str) else len(tau - trial.unsafe),
            tau_narrow=0 if isinstance(tau, str) else _narrow(trial.table, tau, tau, insiders=True),
        )


def _narrow(
    table: LinkedTable, hidden: Collection[str], needed: Collection[str], *, insiders: bool
) -> int:
    return len(narrow_cells(table, attack_table(table, hidden, insiders=insiders), needed))


def _teller(what: str) -> Counted:
    """Tell now and then how far it is; Ctrl-C is the cancel button here."""
    told = [time.monotonic()]

    def tell(done: int, of: int) -> None:
        if time.monotonic() - told[0] >= _SHOWN_EVERY:
            told[0] = time.monotonic()
            _say(f"{what} {done}/{of}")

    return tell


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    raise SystemExit(main())
