"""Which indicators tell the same, so that their movements are one piece of evidence and not two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from domain.change_tests import Change, Numbers

ALIKE = 0.9
"""Correlation of two indicators' changes, of either sign, from which they tell the same."""
FEWEST_AREAS = 10
"""Fewer areas tell nothing about whether two indicators move together."""
FEWEST_CELLS = 6
"""Fewer numbers may be the same by accident."""


def bundles(changes: Sequence[Change], z: Numbers) -> tuple[int, ...]:
    """Put indicators that tell the same into bundles, numbered by their first member.

    Two are in one bundle if the release puts them in one group, if their cases are the same or
    add up to the same base in every area, or if their changes correlate by at least 0.9 over at
    least ten areas. Three are if the cases of one are the sum of the other two, of the same base.
    Those of which each tells the same as another one are in its bundle too.

    Parameters
    ----------
    z
        Distances from no change, shape ``(n_indicators, n_areas)``.
    """
    found = list(range(len(changes)))
    for i, one in enumerate(changes):
        for j in range(i):
            if found[i] != found[j] and _tell_the_same(one, changes[j], z[i], z[j]):
                found = _joined(found, (i, j))
    for three in _sums(changes):
        found = _joined(found, three)
    return tuple(found)


def _joined(found: list[int], members: tuple[int, ...]) -> list[int]:
    """Return the numbers with the bundles of some indicators made one."""
    own = {found[i] for i in members}
    return [min(own) if x in own else x for x in found]


def _parts(change: Change) -> tuple[Numbers, Numbers]:
    """Return cases and bases of both periods one after the other, shape ``(2 * n_areas,)``."""
    cases, bases = zip(change.before, change.after, strict=True)
    return np.concatenate(cases), np.concatenate(bases)


def _sums(changes: Sequence[Change]) -> Iterator[tuple[int, int, int]]:
    """Yield three indicators of one base of which one counts what the other two count together."""
    parts = [_parts(c) for c in changes]
    for i, j in combinations(range(len(parts)), 2):
        (a, n), (b, m) = parts[i], parts[j]
        if not _agree(n, m):
            continue
        both = a + b
        for k, (c, base) in enumerate(parts):
            if k not in (i, j) and _agree(both, c) and _agree(n, base):
                yield i, j, k


def _agree(one: Numbers, other: Numbers) -> bool:
    """Whether two columns are the same wherever both are known, in six places or more."""
    known = ~(np.isnan(one) | np.isnan(other))
    return bool(known.sum() >= FEWEST_CELLS and (one[known] == other[known]).all())


def _tell_the_same(one: Change, other: Change, z: Numbers, w: Numbers) -> bool:
    if one.group and one.group == other.group:
        return True
    (a, n), (b, m) = _parts(one), _parts(other)
    is_rest = _agree(n, m) and _agree(a + b, n)
    return _agree(a, b) or is_rest or _correlation(z, w) >= ALIKE


def _correlation(z: Numbers, w: Numbers) -> float:
    """Return the size of the correlation; 0 over too few areas or without any difference."""
    known = ~(np.isnan(z) | np.isnan(w))
    if known.sum() < FEWEST_AREAS or not (np.ptp(z[known]) and np.ptp(w[known])):
        return 0.0
    return abs(float(np.corrcoef(z[known], w[known])[0, 1]))
