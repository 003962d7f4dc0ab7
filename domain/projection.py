"""How many children there will be if the present trend goes on: cohorts, no forecast.

Ratios of cohorts (Hamilton & Perry 1962; Swanson, Schlottmann & Schmidt 2010), births as the mean
of the last cohorts; docs/methods.md, outlook. An official projection goes before all of this.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

LEAST_RATIO, MOST_RATIO = 0.7, 1.4
"""A cohort ratio outside is limited and flagged."""

SMALLEST_COHORT = 10
"""No outlook is built on a smaller cohort."""

BIRTH_COHORTS = 3

Cohorts = Sequence[float | None]


def birth_cohorts(oldest_first: Sequence[float], years: int = 2) -> dict[str, Any]:
    """Return the next birth cohorts, each the rounded mean of the last three.

    A cohort that was worked out enters the mean of the one after it.

    Examples
    --------
    >>> birth_cohorts([30, 33, 36])["next"]
    [33, 34]
    """
    if len(oldest_first) < BIRTH_COHORTS:
        return {"reason": "too_few"}
    known = [float(c) for c in oldest_first]
    for _ in range(years):
        known.append(float(math.floor(sum(known[-BIRTH_COHORTS:]) / BIRTH_COHORTS + 0.5)))
    return {"next": [int(c) for c in known[len(oldest_first) :]]}


def single_year(before: Cohorts, now: Cohorts) -> dict[str, Any]:
    """Move single-year cohorts on by one year, by how they changed in the last one.

    Parameters
    ----------
    before, now
        Persons by single year of age in two years that follow each other, the same ages.

    Returns
    -------
    dict
        ``ratio`` (age a to a + 1, as used) and ``next`` (persons of every age but the first),
        shape ``(n_ages - 1,)``; None without a cohort of ten; ``limited`` and ``small`` are the
        positions of ratios that were limited or left out.
    """
    ratios, limited, small = _ratios(before, now)
    return {
        "ratio": ratios,
        "next": [_moved(r, n) for r, n in zip(ratios, now, strict=False)],
        "limited": limited,
        "small": small,
    }


def _ratios(before: Cohorts, now: Cohorts) -> tuple[list[float | None], list[int], list[int]]:
    """Return survivors of each cohort per member of it, limited; and which were or were not."""
    if len(before) != len(now):
        raise ValueError("both years need the same ages")
    ratios: list[float | None] = []
    limited: list[int] = []
    small: list[int] = []
    for position, (base, later) in enumerate(zip(before, now[1:], strict=False)):
        if base is None or later is None or base < SMALLEST_COHORT:
            small.append(position)
            ratios.append(None)
            continue
        ratio = later / base
        ratios.append(min(max(ratio, LEAST_RATIO), MOST_RATIO))
        if ratios[-1] != ratio:
            limited.append(position)
    return ratios, limited, small


def _moved(ratio: float | None, persons: float | None) -> float | None:
    return None if ratio is None or persons is None else ratio * persons


def hamilton_perry(
    before: Cohorts, now: Cohorts, women: tuple[int, int], steps: int = 1
) -> dict[str, Any]:
    """Move groups of equal width on by their cohort ratios; the youngest by the child-woman ratio.

    Parameters
    ----------
    before, now
        Persons by group, one group's width of years apart.
    women
        First and last (exclusive) group that has the children; women, or all persons of that age
        where the sexes are not told apart.
    steps
        Widths of a group to look ahead.

    Returns
    -------
    dict
        ``ccr`` (as used; None below a cohort of ten), ``cwr``, ``projections`` (one list of
        groups a step, None where nothing can be said), ``limited`` and ``small`` (positions of
        ratios); ``reason`` ``small_cohort`` where no child-woman ratio can be built.
    """
    ratios, limited, small = _ratios(before, now)
    first, last = women
    mothers = _sum(now[first:last])
    if mothers is None or mothers < SMALLEST_COHORT or now[0] is None:
        return {"reason": "small_cohort", "ccr": ratios, "limited": limited, "small": small}
    children_per_woman = now[0] / mothers
    projections: list[list[float | None]] = []
    present: list[float | None] = list(now)
    for _ in range(steps):
        older = [_moved(r, p) for r, p in zip(ratios, present, strict=False)]
        present = [_moved(children_per_woman, _sum(([None, *older])[first:last])), *older]
        projections.append(present)
    return {
        "ccr": ratios,
        "cwr": children_per_woman,
        "projections": projections,
        "limited": limited,
        "small": small,
    }


def _sum(persons: Cohorts) -> float | None:
    known = [p for p in persons if p is not None]
    return sum(known) if known and len(known) == len(persons) else None


def control_to_city(areas: Cohorts, total: float) -> dict[str, Any]:
    """Scale the outlooks of areas in proportion so that they add up to the city's.

    Returns ``areas`` and the ``factor``; None stays None; ``reason`` ``zero_mean`` where there is
    nothing to scale.

    Examples
    --------
    >>> control_to_city([10.0, 30.0], 60.0)["areas"]
    [15.0, 45.0]
    """
    whole = sum(a for a in areas if a is not None)
    if whole <= 0:
        return {"reason": "zero_mean"}
    factor = total / whole
    return {"areas": [None if a is None else a * factor for a in areas], "factor": factor}
