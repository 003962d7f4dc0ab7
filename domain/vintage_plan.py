"""What somebody plans for the boundaries of a level: other outlines, or a new vintage."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from domain.periods import PeriodKind, in_time, period_of

_VINTAGE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,19}")


@dataclass(frozen=True)
class VintagePlan:
    """Vintage to be made of ``vintage`` and the periods for which both hold; empty: open.

    ``target`` is ``vintage`` itself where only outlines are replaced.
    """

    vintage: str
    target: str
    valid_from: str = ""
    valid_to: str = ""


def plan_vintage(
    vintage: str, typed: str, valid_from: str, valid_to: str, taken: Collection[str]
) -> tuple[VintagePlan | None, str]:
    """Return the plan, or None and what is wrong: ``name``, ``taken``, ``period``, ``order``.

    Parameters
    ----------
    typed
        The name of the new vintage; empty to replace the outlines of the old one.
    valid_from, valid_to
        First period of the new vintage and last one of the old; where left out and the name is
        a year, that year and the one before.
    taken
        Vintages the level has.

    Examples
    --------
    >>> plan_vintage("2021", "2026", "", "", ["2021"])[0]
    VintagePlan(vintage='2021', target='2026', valid_from='2026', valid_to='2025')
    >>> plan_vintage("2021", "2021", "", "", ["2021"])
    (None, 'taken')
    """
    name = typed.strip()
    if not name:
        return VintagePlan(vintage, vintage), ""
    if not _VINTAGE.fullmatch(name):
        return None, "name"
    if name in taken:
        return None, "taken"
    first = valid_from.strip() or (name if period_of(name) else "")
    last = valid_to.strip() or _year_before(first)
    if any(word and period_of(word) is None for word in (first, last)):
        return None, "period"
    if first and last and in_time(last) >= in_time(first):
        return None, "order"
    return VintagePlan(vintage, name, first, last), ""


def _year_before(period: str) -> str:
    found = period_of(period)
    return f"{found.year - 1:04}" if found and found.kind is PeriodKind.YEAR else ""
