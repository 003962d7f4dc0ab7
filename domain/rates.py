"""Values and their states: reading symbols, pooling parts, adding what may not be complete."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from domain.intervals import poisson_rate, wilson
from domain.model import Indicator, Kind, State

_DIN = {
    "–": State.NIL,
    "-": State.NIL,
    "0": State.BELOW_UNIT,
    ".": State.SUPPRESSED,
    "•": State.SUPPRESSED,
    "·": State.SUPPRESSED,
    "…": State.PENDING,
    "...": State.PENDING,
    "/": State.UNRELIABLE,
    "x": State.NOT_APPLICABLE,
    "X": State.NOT_APPLICABLE,
    "": State.NOT_COLLECTED,
}
_LOWER_SAXONY = {
    "0": State.NIL,
    "k": State.BELOW_UNIT,
    "t": State.PENDING,
    "u": State.UNRELIABLE,
    "g": State.SUPPRESSED,
    "x": State.NOT_APPLICABLE,
    "": State.NOT_COLLECTED,
}
_ZURICH = {
    "–": State.NIL,
    "-": State.NIL,
    **dict.fromkeys(("0", "0.0", "0,0"), State.BELOW_UNIT),
    **dict.fromkeys(("…", "...", ""), State.NOT_COLLECTED),
    **dict.fromkeys(("( )", "()"), State.SUPPRESSED),
}
DIALECTS: Mapping[str, Mapping[str, State]] = {
    "plain": {"": State.NOT_COLLECTED},
    "din55301": _DIN,
    "lsn": _LOWER_SAXONY,
    "zuerich": _ZURICH,
}
"""How offices write what is not a number; a file must declare one of them or its own."""

_BRACKETS = re.compile(r"\(\s*(.+?)\s*\)")
_MARKED = re.compile(r"(.*\d)\s*([prs])", re.IGNORECASE)
_NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?")

_FLAG_WORDS = {"p": "provisional", "r": "revised", "s": "estimated"}
_SEVERITY = (State.SUPPRESSED, State.UNRELIABLE)
_POOLED = (Kind.SHARE, Kind.RATE, Kind.RATIO, Kind.MEAN)
_INCOMPLETE = frozenset({State.PENDING, State.NOT_COLLECTED, State.BELOW_UNIT})


class UnknownSymbolError(ValueError):
    """A cell that is neither a number nor a symbol of the declared dialect."""


def parse_cell(cell: str, symbols: Mapping[str, State]) -> tuple[State, float | None, str | None]:
    """Read one cell whose decimal sign is a point.

    Returns
    -------
    state, value, flag
        The value is 0 for ``nil``, ``None`` where there is no number; the flag is ``p``
        (provisional), ``r`` (revised) or ``s`` (estimated).

    Raises
    ------
    UnknownSymbolError
        Neither a number nor a declared symbol; nothing is guessed.
    """
    text = cell.strip()
    if text in symbols:
        state = symbols[text]
        return state, 0.0 if state is State.NIL else None, None
    bracketed = _BRACKETS.fullmatch(text)
    if bracketed and _NUMBER.fullmatch(bracketed.group(1)):
        return State.LIMITED, _as_number(bracketed.group(1)), None
    flag = None
    marked = _MARKED.fullmatch(text)
    if marked:
        text, flag = marked.group(1), marked.group(2).lower()
    if not _NUMBER.fullmatch(text):
        raise UnknownSymbolError(cell)
    return State.OK, _as_number(text), flag


def _as_number(text: str) -> float:
    return float(text.replace("−", "-"))


def parse_symbol(cells: Iterable[str], dialect: str) -> dict[str, list[Any]]:
    """Read cells of a built-in dialect (docs/methods.md, states).

    Raises
    ------
    UnknownSymbolError
        A cell is neither a number nor a symbol of the dialect.
    KeyError
        The dialect is not one of :data:`DIALECTS`.
    """
    parsed = [parse_cell(cell, DIALECTS[dialect]) for cell in cells]
    return {
        "state": [state.value for state, _, _ in parsed],
        "value": [value for _, value, _ in parsed],
        "flag": [_FLAG_WORDS.get(flag or "") for _, _, flag in parsed],
    }


def combine(
    states: Sequence[State], values: Sequence[float | None], parent: float | None = None
) -> tuple[State, float | None]:
    """Add the children of one node.

    A hidden, unreliable or missing child gives no sum unless the source publishes the parent.

    Returns
    -------
    state, value
        ``suppressed`` before ``unreliable`` before ``not_collected`` (incomplete); ``limited``
        is kept; ``not_applicable`` children are ignored.
    """
    if parent is not None:
        return State.OK, parent
    missing = next((s for s in _SEVERITY if s in states), None)
    if missing is None and _INCOMPLETE & set(states):
        missing = State.NOT_COLLECTED
    if missing is not None:
        return missing, None
    counted = [(s, v) for s, v in zip(states, values, strict=True) if s is not State.NOT_APPLICABLE]
    if not counted:
        return State.NOT_APPLICABLE, None
    total = float(sum(v or 0.0 for _, v in counted))
    kinds = {s for s, _ in counted}
    if State.LIMITED in kinds:
        return State.LIMITED, total
    return (State.NIL if kinds == {State.NIL} else State.OK), total


def adds_up(indicator: Indicator) -> bool:
    """Return whether values of areas can be put together: counts, and what has its parts."""
    if indicator.kind is Kind.COUNT:
        return indicator.aggregation in ("sum", "mean_stock")
    return indicator.kind in _POOLED and indicator.aggregation == "sum_parts"


def pool_share(
    numerators: Sequence[float | None],
    denominators: Sequence[float | None],
    multiplier: float = 1.0,
) -> dict[str, Any]:
    """Pool shares of disjoint parts: sum of cases over sum of persons, with Wilson interval.

    Returns a ``reason`` instead where a part is not known (``part_hidden``) or nobody is counted
    (``den_zero``).
    """
    summed = _pooled(numerators, denominators)
    return wilson(*summed, multiplier) if isinstance(summed, tuple) else {"reason": summed}


def pool_rate(
    numerators: Sequence[float | None],
    denominators: Sequence[float | None],
    multiplier: float = 1.0,
) -> dict[str, Any]:
    """Pool rates of disjoint parts: sum of events over sum of person-time; reasons as above."""
    summed = _pooled(numerators, denominators)
    return poisson_rate(*summed, multiplier) if isinstance(summed, tuple) else {"reason": summed}


def _pooled(
    numerators: Sequence[float | None], denominators: Sequence[float | None]
) -> tuple[float, float] | str:
    parts = [*numerators, *denominators]
    known = [p for p in parts if p is not None and not math.isnan(p)]
    if len(known) != len(parts):
        return "part_hidden"
    base = sum(known[len(numerators) :])
    return (sum(known[: len(numerators)]), base) if base else "den_zero"
