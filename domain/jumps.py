"""Changes between two periods that look like a slip of the keyboard rather than like life.

A value that is ten times the last one may be true; it is asked about before it is published. What
counts is how far an area leaves what all areas did together, and whether chance reaches so far.
Method: docs/methods.md, checks before a release.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

FEWEST_AREAS = 5
"""Fewer areas tell nothing about what is usual."""
FACTOR = 1.5
"""Changes by less than this beyond the common change are never suspicious."""
FACTOR_OF_FEW = 2.0
"""The same where too few areas tell what is usual."""
USUAL_SPREADS = 5.0
STANDARD_ERRORS = 4.0
_LEAST_SPREAD = 0.05
_SHARE_OF_RANGE = 0.25
_MAD_TO_SD = 1.4826


@dataclass(frozen=True)
class Counted:
    """Cases and bases behind the values of both periods, shape ``(n_areas,)`` each.

    The base of a plain count is 1. NaN where a number is missing.
    """

    cases_before: Numbers
    cases_after: Numbers
    bases_before: Numbers
    bases_after: Numbers


@dataclass(frozen=True)
class Jumps:
    """Which areas jumped, shape ``(n_areas,)``, and the factor by which all of them did.

    ``common`` is 1.0 where the areas together did nothing suspicious.
    """

    areas: npt.NDArray[np.bool_]
    common: float


def suspicious_jumps(before: Numbers, after: Numbers, counted: Counted | None = None) -> Jumps:
    """Return what is suspicious between two periods of one series.

    Parameters
    ----------
    before, after
        Values of both periods in any unit, shape ``(n_areas,)``, NaN where there is none.
    counted
        Cases and bases, where the values have them; without them chance is not considered.

    Returns
    -------
    Jumps
        An area is suspicious if its change leaves the median change of all areas by more than
        factor 1.5, by more than five robust standard deviations of the changes (fewer than five
        areas: by more than factor 2) and, of counts, by more than four standard errors. Values at
        or below zero without counts are compared by difference instead, against a quarter of the
        range of the areas.

    Examples
    --------
    >>> before = np.array([100.0, 80.0, 90.0, 110.0, 95.0, 70.0])
    >>> after = np.array([104.0, 82.0, 9.1, 113.0, 99.0, 71.0])
    >>> suspicious_jumps(before, after).areas.tolist()
    [False, False, True, False, False, False]
    """
    if counted is None and bool(np.nanmin([*before, *after, np.inf]) <= 0):
        return _by_difference(before, after)
    changes = _log_changes(before, after, counted)
    known = changes[~np.isnan(changes)]
    is_enough = len(known) >= FEWEST_AREAS
    common = float(np.median(known)) if is_enough else 0.0
    off = np.abs(changes - common)
    if is_enough:
        spread = max(_MAD_TO_SD * float(np.median(np.abs(known - common))), _LEAST_SPREAD)
        far = (off > math.log(FACTOR)) & (off > USUAL_SPREADS * spread)
    else:
        far = off > math.log(FACTOR_OF_FEW)
    if counted is not None:
        far &= _beyond_chance(counted, common)
    shifted = abs(common) > math.log(FACTOR) and _is_shift(counted)
    return Jumps(far, math.exp(common) if shifted else 1.0)


def _log_changes(before: Numbers, after: Numbers, counted: Counted | None) -> Numbers:
    """Return the logarithm of each change; half a case is added, so that none is infinite."""
    with np.errstate(invalid="ignore", divide="ignore"):
        if counted is None:
            changes = np.log(after / before)
        else:
            changes = np.log(
                (counted.cases_after + 0.5)
                / counted.bases_after
                / ((counted.cases_before + 0.5) / counted.bases_before)
            )
    return np.where(np.isfinite(changes), changes, np.nan)


def _beyond_chance(counted: Counted, common: float) -> npt.NDArray[np.bool_]:
    """Mark areas whose cases leave the expected ones by more than chance explains."""
    with np.errstate(invalid="ignore", divide="ignore"):
        exposure = counted.bases_after / counted.bases_before
        expected = (counted.cases_before + 0.5) * exposure * math.exp(common)
        variance = expected + expected**2 / (counted.cases_before + 0.5)
        off = np.abs(counted.cases_after + 0.5 - expected)
        return np.asarray(off > STANDARD_ERRORS * np.sqrt(variance))


def _is_shift(counted: Counted | None) -> bool:
    """Whether all areas together changed by more than chance explains."""
    if counted is None:
        return True
    together = np.vstack(
        [counted.cases_before, counted.cases_after, counted.bases_before, counted.bases_after]
    )
    known = ~np.isnan(together).any(axis=0)
    cases_before, cases_after, bases_before, bases_after = together[:, known].sum(axis=1)
    sums = (cases_before, cases_after, bases_before, bases_after)
    whole = Counted(*(np.array([x]) for x in sums))
    return bool(_beyond_chance(whole, 0.0)[0])


def _by_difference(before: Numbers, after: Numbers) -> Jumps:
    """Compare values that may be negative: an index has no factor."""
    changes = after - before
    known = changes[~np.isnan(changes)]
    if len(known) < FEWEST_AREAS:
        return Jumps(np.zeros(len(changes), dtype=bool), 1.0)
    spread = float(np.nanmax(before) - np.nanmin(before))
    off = np.abs(changes - np.median(known))
    usual = _MAD_TO_SD * float(np.median(off[~np.isnan(off)]))
    limit = max(USUAL_SPREADS * usual, _SHARE_OF_RANGE * spread)
    return Jumps(np.asarray(off > limit), 1.0)
