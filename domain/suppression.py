"""What else must be hidden in a linked table, so that no hidden cell can be derived.

The linear programming heuristic of Kelly, Golden & Assad (1992) and Robertson as docs/methods.md
describes it: for one cell after the other, the cheapest change of the numbers that nobody could
notice is looked for, and every cell it moves is hidden; the change itself is the proof. Cells
that turn out not to be needed are opened again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.linked_table import LinkedTable
from domain.progress import Counted, uncounted
from domain.suppression_flows import Flows


@dataclass(frozen=True)
class Suppression:
    """What is hidden in the end.

    Attributes
    ----------
    hidden
        All cells that are not published: unsafe, given, never shown and extra ones.
    extra
        Cells hidden only to protect others.
    infeasible
        Hidden cells that need protection and could not get it, sorted.
    programs
        Number of linear programs that were solved.
    """

    hidden: frozenset[str]
    extra: frozenset[str]
    infeasible: tuple[str, ...]
    programs: int


def protect_table(  # noqa: PLR0913 - the knowledge of an attacker has that many sides
    table: LinkedTable,
    unsafe: Collection[str],
    *,
    frozen: Collection[str] = (),
    given: Collection[str] = (),
    never_shown: Collection[str] = (),
    insiders: bool = True,
    report: Counted = uncounted,
) -> Suppression:
    """Hide more cells until every hidden one keeps its width, also before a single person.

    Parameters
    ----------
    table
        Cells, true numbers and published relations.
    unsafe
        Cells the primary rules hide.
    frozen
        Cells that must stay open, such as the published total of the town or cells that an
        earlier release shows.
    given
        Cells that are hidden already, by the source or by an earlier release.
    never_shown
        Cells nobody publishes: hidden for free, and protected only where they are unsafe.
    insiders
        Whether cells must stay safe before the single person behind a hidden one, too.
    report
        Called with how many cells are done and of how many; what it raises ends the work.

    Returns
    -------
    Suppression
        Deterministic: ties are broken by value, then by name.

    Raises
    ------
    ValueError
        A cell is not in the table, is to be both hidden and open, has a number that a hidden
        cell cannot have, or the numbers contradict the relations.

    Examples
    --------
    >>> ones = np.ones(5)
    >>> table = LinkedTable(("town", "n", "s", "e", "w"), np.array([60.0, 20, 2, 18, 20]),
    ...     ({"town": -1, "n": 1, "s": 1, "e": 1, "w": 1},), ones, ones * np.inf, 3 * ones)
    >>> sorted(protect_table(table, ["s"], frozen=["town"]).extra)
    ['e']
    """
    primary, kept = table.mask(unsafe), table.mask(frozen)
    ours, free = table.mask(given), table.mask(never_shown)
    if np.any((primary | ours | free) & kept):
        raise ValueError("a cell cannot be both hidden and open")
    if table.broken():
        raise ValueError(f"the numbers contradict relations {table.broken()[:3]}")
    flows = Flows(table, primary | ours | free, kept, exempt=free & ~primary, insiders=insiders)
    start = flows.hidden.copy()
    given_up = set(np.flatnonzero(flows.contradicted & (primary | ours)).tolist())
    _hide(flows, given_up, report)
    _reopen(flows, start, given_up, report)
    names = np.array(sorted(table.cells), dtype=object)
    hidden = frozenset(names[flows.hidden])
    extra = frozenset(names[flows.hidden & ~start])
    return Suppression(hidden, extra, tuple(sorted(names[sorted(given_up)])), flows.programs)


def _hide(flows: Flows, given_up: set[int], report: Counted) -> None:
    """Protect cells, the largest first, until all are safe; note those that cannot be."""
    while True:
        # cells hidden on the way need protection themselves, so one round may not be enough
        left = [c for c in flows.needed() if c not in given_up and flows.unproven(c)]
        if not left:
            return
        for done, cell in enumerate(left):
            report(done, 2 * len(left))  # opening again is the other half
            if not flows.protect(cell):
                given_up.add(cell)


def _reopen(
    flows: Flows, start: npt.NDArray[np.bool_], given_up: set[int], report: Counted
) -> None:
    """Open what is not needed, largest first."""
    extra = [int(c) for c in np.flatnonzero(flows.hidden & ~start)]
    for done, cell in enumerate(sorted(extra, key=flows.largest_first)):
        report(len(extra) + done, 2 * len(extra))
        flows.reopen(cell, given_up)
