"""What a carrier may say of an offer, and which offer of a delivery a change speaks of.

Offers have no ids: one is known by facility, name, target group and period, and where a list
names it more than once, by which of them it is.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from domain.facility_fields import (
    FacilityFieldError,
    Fields,
    count_typed,
    shown_value,
    text_typed,
)
from domain.periods import period_of

NAMED = ("offer", "target_group", "period")
COUNTS = ("places", "taken", "waiting")
FIELDS = (*NAMED, "hours", *COUNTS)
"""Columns of an offer that can be changed; the facility it belongs to cannot."""
FACILITY, KNOWN_AS, WAS, WITHDRAWN = "facility", "known_as", "was", "withdrawn"
"""Beside the fields of a change: facility, its names, earlier identity of the offer, its end."""

Identity = tuple[str, str, str, int]
"""Name, target group, period, and the how manieth of that kind in the facility, from 0."""


def shown(row: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of an offer as a form shows them; unknown numbers are empty."""
    return {name: shown_value(row.get(name)) for name in FIELDS}


def read(typed: Mapping[str, str], now: Mapping[str, Any]) -> Fields:
    """Return the fields of a form.

    Parameters
    ----------
    typed
        Text by name of the field; missing ones count as empty.
    now
        The offer as it is, empty for a new one: a period may stay as the town writes it.

    Raises
    ------
    FacilityFieldError
        The name is empty, a text is too long or not printable, the period is none, or a number
        is none or too large.

    Examples
    --------
    >>> read({"offer": "Hort", "period": "2026", "taken": "0"}, {})["taken"]
    0.0
    """
    fields: Fields = {n: text_typed(n, typed.get(n, "")) for n in (*NAMED, "hours")}
    if not fields["offer"]:
        raise FacilityFieldError("offer.problem.name")
    period = fields["period"]
    if period not in {"", shown_value(now.get("period"))} and period_of(period) is None:
        raise FacilityFieldError("offer.problem.period")
    return fields | {name: count_typed(name, typed.get(name, "")) for name in COUNTS}


def changes(row: Mapping[str, Any], fields: Fields) -> Fields:
    """Return the fields that differ from what an offer is."""
    before = shown(row)
    return {name: value for name, value in fields.items() if shown_value(value) != before[name]}


def identities(rows: Sequence[Mapping[str, Any]]) -> list[Identity]:
    """Return what each offer of one facility is known by, in the order of the rows.

    Examples
    --------
    >>> identities([{"offer": "Hort"}, {"offer": "Hort"}])
    [('Hort', '', '', 0), ('Hort', '', '', 1)]
    """
    met: Counter[tuple[str, str, str]] = Counter()
    found: list[Identity] = []
    for row in rows:
        name, group, period = (shown_value(row.get(column)) for column in NAMED)
        found.append((name, group, period, met[name, group, period]))
        met[name, group, period] += 1
    return found


def key_of(facility: str, identity: Identity) -> str:
    """Return the key of an offer that the town delivers: sixteen letters and digits."""
    text = "\x1f".join([facility, *map(str, identity)])
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def assigned(edited: Mapping[str, Fields], known: Sequence[Identity]) -> dict[str, int]:
    """Return which offer of a facility each change speaks of; those that fit none are not in it.

    Next year's list may name an offer as before or as the change does. Changes of delivered
    offers choose first: an offer that a carrier added takes none of theirs.

    Examples
    --------
    >>> known = [("Hort", "", "2025", 0), ("Hort", "", "2026", 0)]
    >>> assigned({"a": {"was": ["Hort", "", "2025", 0], "offer": "Hort am See"}}, known)
    {'a': 0}
    """
    return _chosen(edited, known, is_laid_over=False)


def assigned_in_release(edited: Mapping[str, Fields], known: Sequence[Identity]) -> dict[str, int]:
    """Return the same for the offers of a release, over which changes may be laid already.

    A release may be older than a change or younger. Of both readings that one holds which finds
    more of the changes: a renamed offer must not take the row of another that was added under its
    earlier name.

    Examples
    --------
    >>> changed = {"a": {"was": ["Hort", "", "", 0], "offer": "Krippe"}}
    >>> changed["c"] = {"was": None, "offer": "Hort", "target_group": "", "period": ""}
    >>> assigned_in_release(changed, [("Krippe", "", "", 0), ("Hort", "", "", 0)])
    {'a': 0, 'c': 1}
    >>> assigned_in_release(changed, [("Hort", "", "", 0)])
    {'a': 0}
    """
    before = _chosen(edited, known, is_laid_over=False)
    after = _chosen(edited, known, is_laid_over=True)
    return after if len(after) > len(before) else before


def _chosen(
    edited: Mapping[str, Fields], known: Sequence[Identity], *, is_laid_over: bool
) -> dict[str, int]:
    found: dict[str, int] = {}
    for key in sorted(edited, key=lambda one: (edited[one][WAS] is None, one)):
        free = [at for at in range(len(known)) if at not in found.values()]
        change = edited[key]
        was, wanted = change[WAS], _wanted(change)
        exact = [at for at in free if was is not None and list(known[at]) == list(was)]
        alike = [at for at in free if known[at][:3] == wanted]
        fitting = [*alike, *exact] if is_laid_over else [*exact, *alike]
        if fitting:
            found[key] = fitting[0]
    return found


def _wanted(change: Fields) -> tuple[str, ...]:
    was = change[WAS] or ("", "", "")
    return tuple(str(change.get(name, was[at])) for at, name in enumerate(NAMED))
