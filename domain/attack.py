"""What an attacker can compute from a publication: the gate every protected release must pass.

Both audits solve, for hidden cells, the smallest and largest value subject to all published
relations (Fischetti & Salazar-González 2000; docs/methods.md, attack audit): :func:`audit` for
relations of any numbers and windows, :func:`attack_table` for whole releases.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from domain.attack_parts import hidden_parts
from domain.intervals import z_value
from domain.linked_table import LinkedTable
from domain.progress import Counted, uncounted
from domain.table_tree import Bounds

Known = Mapping[str, float | Sequence[float]]

_UNBOUNDED = 3
"""Status of a linear program when nothing published limits this side."""
_TOLERANCE = 1e-6


def audit(
    equations: Sequence[Mapping[str, float]],
    known: Known,
    *,
    lower: float = 0.0,
    upper: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """Attack a publication: smallest and largest value of every cell that is not known exactly.

    Parameters
    ----------
    equations
        Published relations, each a sum of coefficients times cells that is zero.
    known
        Published numbers, or ``[low, high]`` windows of rounded ones.
    lower
        What is known of any other cell at least.
    upper
        Largest possible value of a cell, such as its published base.

    Returns
    -------
    dict
        ``feasible`` (cell → ``[low, high]``) and ``exactly_disclosed``; ``reason`` when the
        publication contradicts itself.

    Examples
    --------
    >>> audit([{"town": -1, "a": 1, "b": 1}], {"town": 5, "a": 3})["feasible"]
    {'b': [2.0, 2.0]}
    """
    program = _program(equations, known, lower, upper or {})
    feasible: dict[str, list[float]] = {}
    for position, cell in enumerate(program.cells):
        found = program.extremes(position)
        if found is None:
            return {"feasible": {}, "exactly_disclosed": [], "reason": "infeasible"}
        feasible[cell] = found
    if not program.cells and np.any(np.abs(program.sums) > _TOLERANCE):
        return {"feasible": {}, "exactly_disclosed": [], "reason": "infeasible"}
    exact = [c for c, (low, high) in feasible.items() if math.isclose(low, high, abs_tol=1e-6)]
    return {"feasible": feasible, "exactly_disclosed": exact}


@dataclass(frozen=True)
class _Program:
    """The relations with the known numbers put in: ``matrix @ unknown = sums``."""

    cells: tuple[str, ...]
    matrix: Any
    sums: Any
    bounds: tuple[tuple[float, float | None], ...]

    def extremes(self, position: int) -> list[float] | None:
        """Return smallest and largest value of one unknown, None for a contradiction."""
        from scipy.optimize import linprog

        found = []
        for sign in (1.0, -1.0):
            goal = np.zeros(len(self.cells))
            goal[position] = sign
            answer = linprog(
                goal, A_eq=self.matrix, b_eq=self.sums, bounds=self.bounds, method="highs"
            )
            if answer.status == _UNBOUNDED:
                found.append(math.inf * sign * -1)
            elif answer.status != 0:
                return None
            else:
                found.append(round(float(answer.fun) * sign, 9) + 0.0)
        return found


def _program(
    equations: Sequence[Mapping[str, float]],
    known: Known,
    lower: float,
    upper: Mapping[str, float],
) -> _Program:
    """Keep the unknown columns only, which makes each program small."""
    from scipy.sparse import coo_array

    unknown = sorted(
        {c for e in equations for c in e if c not in known or isinstance(known[c], Sequence)}
    )
    column = {c: i for i, c in enumerate(unknown)}
    sums = np.zeros(len(equations))
    entries: list[tuple[int, int, float]] = []
    for row, equation in enumerate(equations):
        for cell, factor in equation.items():
            if cell in column:
                entries.append((row, column[cell], factor))
            else:
                sums[row] -= factor * float(known[cell])  # type: ignore[arg-type]
    rows, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
    matrix = coo_array((factors, (rows, columns)), shape=(len(equations), len(unknown))).tocsr()
    bounds = tuple(_limits(known.get(c), lower, upper.get(c)) for c in unknown)
    return _Program(tuple(unknown), matrix, sums, bounds)


def _limits(
    window: float | Sequence[float] | None, lower: float, upper: float | None
) -> tuple[float, float | None]:
    if isinstance(window, Sequence):
        return float(window[0]), float(window[1])
    return lower, upper


def attack_table(  # noqa: PLR0913 - the knowledge of an attacker has that many sides
    table: LinkedTable,
    hidden: Collection[str],
    *,
    wanted: Collection[str] | None = None,
    insiders: bool = False,
    frozen: Collection[str] = (),
    until_wide: bool = False,
    report: Counted = uncounted,
) -> dict[str, Bounds]:
    """Attack a release: smallest and largest value of its hidden cells.

    Only numbers of open cells are read, apart from the ones an insider knows. Relations fall
    into connected parts, parts that form a tree need no linear program, and whole numbers are
    used where the plain program ends between them.

    Parameters
    ----------
    table
        Cells and relations; cells without a number are unknown as well.
    hidden
        Cells that are not published.
    wanted
        Cells to bound, all hidden ones by default.
    insiders
        Whether the single person behind each wanted cell of one attacks, too: he knows his
        own cell, and the narrowest bounds that any of them finds are returned (the singletons
        of tau-ARGUS; Hundepool et al. 2012).
    until_wide
        Stop where a cell is seen to be as wide as it needs, or too narrow: the bounds tell
        which, but may not be the extremes. Enough for a gate, and many times quicker.
    report
        Called often with how many cells are bounded and of how many; what it raises ends the
        work.

    Returns
    -------
    dict
        ``(smallest, largest)`` possible value of each wanted cell; NaN where the publication
        contradicts itself.

    Raises
    ------
    ValueError
        A cell is not in the table.

    Examples
    --------
    >>> table = LinkedTable(("town", "a", "b"), np.array([10.0, 2, 8]),
    ...     ({"town": -1, "a": 1, "b": 1},), np.ones(3), np.full(3, np.inf), np.full(3, 3.0))
    >>> attack_table(table, {"a", "b"})
    {'a': (1.0, 9.0), 'b': (1.0, 9.0)}
    """
    asked = table.mask(hidden if wanted is None else wanted)
    names = sorted(table.cells)
    found: dict[str, Bounds] = {}

    def tick() -> None:
        report(len(found), int(asked.sum()))

    for part in hidden_parts(table, table.mask(hidden), table.mask(frozen)):
        told = part.bounds(
            np.flatnonzero(asked[part.cells]),
            insiders=insiders,
            until_wide=until_wide,
            tick=tick,
        )
        found.update({names[part.cells[i]]: bounds for i, bounds in told.items()})
    return {cell: found[cell] for cell in sorted(found)}


def narrow_cells(
    table: LinkedTable, bounds: Mapping[str, Bounds], needed: Collection[str]
) -> list[str]:
    """Return the needed cells of which too much can be said, sorted.

    Too much is less than the protection width of the cell, or less than all it could be from
    the start where that is narrower (a base of two). A cell without bounds is too narrow.
    """
    narrow = []
    for cell in sorted(needed):
        low, high = bounds.get(cell, (math.nan, math.nan))
        need = table.needs[table.position[cell]]
        if not high - low >= need - _TOLERANCE:  # NaN is too narrow
            narrow.append(cell)
    return narrow


def rounded_share(denominator: int, share_percent: float, decimals: int) -> list[int]:
    """Return every numerator that a rounded percentage of a known base allows.

    Examples
    --------
    >>> rounded_share(87, 3.4, 1)
    [3]
    """
    half = 0.5 * 10**-decimals + 1e-9
    return [a for a in range(denominator + 1) if abs(100 * a / denominator - share_percent) <= half]


def ci_reveals_n(share: float, ci95: Sequence[float]) -> float:
    """Return the base that a Wilson interval gives away, by inverting it.

    Examples
    --------
    >>> round(ci_reveals_n(0.65, [0.552544432969, 0.736357517569]))
    100
    """
    z = z_value(0.95)
    half = (ci95[1] - ci95[0]) / 2
    # half² = z²·(p(1-p)/n + z²/4n²)/(1+z²/n)²: a quadratic in 1/n with one positive root
    a = z**4 * (0.25 - half**2)
    b = z**2 * (share * (1 - share) - 2 * half**2)
    root = (-b + math.sqrt(b * b + 4 * a * half**2)) / (2 * a)
    return 1 / root
