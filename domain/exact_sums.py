"""Which counts are, cell by cell, the sum of others: splits by sex or age that nobody declared.

An attacker who sees that two columns always add up to a third will reckon with it, so disclosure
control must know it as well (docs/methods.md, disclosure).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

MOST_PARTS = 26
"""With more parts only neighbours in their order are tried: sets grow as powers of two."""
_PRIME = (1 << 61) - 1
_SEED = 6364136223846793005
_UNIT = 1000
"""Counts are compared to a thousandth."""
_MOST_SETS = 64


def exact_sums(target: FloatArray, parts: Mapping[str, FloatArray]) -> list[tuple[str, ...]]:
    """Return sets of at least two parts that add up to the target in every cell.

    Parameters
    ----------
    target
        Counts, shape ``(n_cells,)``, none missing.
    parts
        Counts of each part in its order, same shape. Parts that are zero everywhere are left
        out, because they could stand in every set.

    Returns
    -------
    list of tuple of str
        Only sets that say something new, short ones first: what follows from others by adding
        and subtracting is not repeated.

    Examples
    --------
    >>> sexes = {"w": np.array([4.0, 1.0]), "m": np.array([6.0, 2.0])}
    >>> exact_sums(np.array([10.0, 3.0]), sexes)
    [('w', 'm')]
    """
    told = {name: column for name, column in parts.items() if np.any(column != 0)}
    if len(told) < 2 or not np.any(target != 0):  # noqa: PLR2004 - a sum has two parts
        return []
    names = list(told)
    keys = [_key(told[name]) for name in names]
    wanted = _key(target)
    found = (
        _any_sets(keys, wanted) if len(names) <= MOST_PARTS else _neighbouring_sets(keys, wanted)
    )
    # keys may coincide by chance, numbers may not
    sure = [
        chosen
        for chosen in found
        if len(chosen) > 1
        and np.allclose(sum(told[names[i]] for i in chosen), target, rtol=0, atol=0.5 / _UNIT)
    ]
    sure.sort(key=lambda chosen: (len(chosen), chosen))
    return [tuple(names[i] for i in chosen) for chosen in _independent(sure, len(names))]


def _key(column: FloatArray) -> int:
    """Return one number of a column, so that keys of sums are sums of keys."""
    factor, key = 1, 0
    for number in np.round(column * _UNIT).astype(np.int64).tolist():
        factor = factor * _SEED % _PRIME
        key = (key + factor * number) % _PRIME
    return key


def _any_sets(keys: Sequence[int], wanted: int) -> list[tuple[int, ...]]:
    """Meet in the middle: sums of one half that complete those of the other."""
    half = len(keys) // 2
    left: dict[int, list[tuple[int, ...]]] = {}
    for chosen in _subsets(range(half)):
        left.setdefault(sum(keys[i] for i in chosen) % _PRIME, []).append(chosen)
    found: list[tuple[int, ...]] = []
    for chosen in _subsets(range(half, len(keys))):
        rest = (wanted - sum(keys[i] for i in chosen)) % _PRIME
        found += [first + chosen for first in left.get(rest, ())]
        if len(found) > _MOST_SETS:
            break
    return found


def _subsets(places: range) -> Iterator[tuple[int, ...]]:
    for size in range(len(places) + 1):
        yield from combinations(places, size)


def _neighbouring_sets(keys: Sequence[int], wanted: int) -> list[tuple[int, ...]]:
    """Return runs of neighbours, such as single years of age in their order."""
    sums = [0]
    for key in keys:
        sums.append((sums[-1] + key) % _PRIME)
    ends = {total: place for place, total in enumerate(sums)}
    found = []
    for begin, total in enumerate(sums):
        end = ends.get((total + wanted) % _PRIME, -1)
        if end > begin:
            found.append(tuple(range(begin, end)))
    return found


def _independent(found: list[tuple[int, ...]], width: int) -> list[tuple[int, ...]]:
    kept: list[tuple[int, ...]] = []
    rows = np.zeros((0, width + 1))
    for chosen in found:
        row = np.zeros((1, width + 1))
        row[0, [*chosen, width]] = 1.0
        grown = np.vstack([rows, row])
        if np.linalg.matrix_rank(grown) == len(grown):
            rows = grown
            kept.append(chosen)
    return kept
