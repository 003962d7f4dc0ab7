"""How much a value can be trusted by its cases alone; whether it may be shown is another matter.

Source: docs/methods.md, small numbers: weak below ten cases or thirty persons, too uncertain to
be shown where the relative standard error exceeds one half.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from domain.model import Kind, State

FloatArray = npt.NDArray[np.float64]

FEW_CASES = 10
FEW_PERSONS = 30
LARGEST_ERROR = 0.5


def relative_error(
    kind: Kind, numerators: npt.ArrayLike, denominators: npt.ArrayLike
) -> FloatArray:
    """Relative standard error of shares, rates and counts.

    Parameters
    ----------
    kind
        Shares vary as a binomial, rates and counts as a Poisson count; for other kinds all is
        NaN.
    numerators, denominators
        Parts of the values, shape ``(n_areas,)``; NaN if unknown. Denominators are read for
        shares only.

    Returns
    -------
    array
        Fractions, shape ``(n_areas,)``; NaN without a case or without a base.

    Examples
    --------
    >>> relative_error(Kind.RATE, [4, 100], [900, 900]).tolist()
    [0.5, 0.1]
    """
    a = np.asarray(numerators, dtype=float)
    a = np.where(a > 0, a, np.nan)
    if kind in (Kind.RATE, Kind.COUNT):
        return np.asarray(1 / np.sqrt(a))
    if kind is not Kind.SHARE:
        return np.full(a.shape, np.nan)
    n = np.asarray(denominators, dtype=float)
    p = a / np.where(n > 0, n, np.nan)
    return np.asarray(np.sqrt(np.clip(1 - p, 0, None) / a))


def reliability(
    kind: Kind,
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    few_persons: float = FEW_PERSONS,
) -> list[State | None]:
    """Tell values that stand on few cases.

    Parameters
    ----------
    kind, numerators, denominators
        As for :func:`relative_error`.
    few_persons
        Denominators below this are few; 0 where they are no persons.

    Returns
    -------
    list
        ``ok``, ``limited``, ``unreliable``; ``nil`` without a case, ``None`` where a part is
        unknown or the kind has no cases.
    """
    a = np.asarray(numerators, dtype=float)
    n = np.asarray(denominators, dtype=float)
    errors = relative_error(kind, a, n)
    has_cases = kind in (Kind.SHARE, Kind.RATE, Kind.COUNT)
    return [
        _state(*parts, 0 if kind is Kind.COUNT else few_persons) if has_cases else None
        for parts in zip(a.tolist(), n.tolist(), errors.tolist(), strict=True)
    ]


def _state(cases: float, persons: float, error: float, few_persons: float) -> State | None:
    if math.isnan(cases) or (math.isnan(persons) and few_persons > 0):
        return None
    if cases == 0:
        return State.NIL
    if error > LARGEST_ERROR:
        return State.UNRELIABLE
    is_weak = cases < FEW_CASES or persons < few_persons
    return State.LIMITED if is_weak else State.OK
