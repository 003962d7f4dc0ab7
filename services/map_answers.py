"""What looking into a map or a table told, read again: rows, errors, how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.findings import Severity
from services.findings_json import findings_from_json
from services.jobs import JobState

Told = Mapping[str, Any]
Rows = Sequence[tuple[str, str, float]]
"""Old area, new area, weight."""

_HEAD = "alt;neu;anteil"


def rows_of(raw: Sequence[Sequence[Any]]) -> Rows:
    """Return the rows of a conversion table."""
    return [(str(old), str(new), float(weight)) for old, new, weight in raw]


def written_table(rows: Rows) -> str:
    r"""Return a conversion table as the file in which it is edited.

    Examples
    --------
    >>> written_table([("1", "2", 1.0), ("3", "2", 0.25)])
    'alt;neu;anteil\n1;2;1\n3;2;0.250000\n'
    """
    lines = (
        f"{old};{new};{weight:g}" if weight in {0, 1} else f"{old};{new};{weight:.6f}"
        for old, new, weight in rows
    )
    return "\n".join((_HEAD, *lines)) + "\n"


def has_error(told: Told) -> bool:
    """Whether anything forbids going on."""
    return any(f.severity is Severity.ERROR for f in findings_from_json(told.get("findings", ())))


def is_bad_table(told: Told) -> bool:
    """Whether a table names unknown areas, or weights of an old area do not sum to 1."""
    codes = {f.code for f in findings_from_json(told.get("findings", ()))}
    return not told.get("rows") or has_error(told) or "conversion_sum" in codes


def end_of(told: Told) -> JobState:
    """Return the state of the work that told this."""
    if told.get("end") == "cancelled":
        return JobState.CANCELLED
    return JobState.REJECTED if has_error(told) else JobState.READY
