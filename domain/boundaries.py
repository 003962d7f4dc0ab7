"""Counts of old areas in new boundaries: conversion tables, chains, weights from the map.

Numerators and denominators are converted separately and never a share; weights of an old area
sum to 1, so totals are kept; a merge of whole areas is exact, a part of an area is an estimate and
says so (docs/methods.md, boundary vintages). A hidden or missing count gives none: the difference
of what is shown before and after would tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.model import Kind

NOWHERE = ""
"""Stands for an area that is not known: what goes into an area from there has no count."""

WEIGHT_TOLERANCE = 1e-9
"""Weights of an old area sum to 1 within it, and totals are kept within it of themselves."""

SLIVER_OF_OLD, SLIVER_OF_NEW = 0.005, 0.05
"""A strip below both shares of the areas it lies in is a difference of drawing."""

SAME_AREA = 0.98
"""Two areas are the same if each covers this share of the other."""

FloatArray = npt.NDArray[np.float64]
Parts = Mapping[str, float | None]


@dataclass(frozen=True)
class Share:
    """The part ``weight`` (0 to 1) of an old area that lies in a new one.

    ``measured`` is one taken from the map: it says where the surface lies, not where people live.
    """

    old: str
    new: str
    weight: float
    measured: bool = False

    @property
    def is_estimate(self) -> bool:
        """Whether a count that goes this way is an estimate."""
        return self.measured or self.weight < 1 - WEIGHT_TOLERANCE


@dataclass(frozen=True)
class TableFault:
    """A conversion table that cannot be used: ``weight_sum`` with the sum, or ``missing_old``."""

    reason: str
    old: str
    total: float | None = None


def faults(table: Iterable[Share], old_areas: Iterable[str] = ()) -> list[TableFault]:
    """Return what is wrong with a table: weights that do not sum to 1, areas it leaves out.

    Parameters
    ----------
    old_areas
        Areas that must occur, such as all of a level.
    """
    totals = _totals(table)
    found = [
        TableFault("weight_sum", old, total)
        for old, total in totals.items()
        if abs(total - 1) > WEIGHT_TOLERANCE
    ]
    return found + [TableFault("missing_old", a) for a in old_areas if a not in totals]


def _totals(table: Iterable[Share]) -> dict[str, float]:
    totals: dict[str, float] = {}
    for share in (x for x in table if x.old != NOWHERE):
        totals[share.old] = totals.get(share.old, 0.0) + share.weight
    return totals


def convert(old: Mapping[str, Parts], table: Sequence[Share]) -> dict[str, dict[str, Any]]:
    """Convert counts into new boundaries.

    Parameters
    ----------
    old
        Area → counts by name, such as ``num`` and ``den``; None is hidden or missing.
    table
        Weights of every old area, checked by :func:`faults`.

    Returns
    -------
    dict
        New area → the same counts (None where one that goes into it is None) and ``estimated``:
        whether a part of an area goes into it, or one measured on the map.

    Examples
    --------
    >>> convert({"a": {"num": 4}, "b": {"num": 5}}, [Share("a", "c", 1), Share("b", "c", 1)])
    {'c': {'num': 9.0, 'estimated': False}}
    """
    names = list(dict.fromkeys(name for parts in old.values() for name in parts))
    into: dict[str, list[Share]] = {}
    for share in table:
        if share.weight > 0:
            into.setdefault(share.new, []).append(share)
    return {
        new: {
            **{name: _sum(shares, old, name) for name in names},
            "estimated": any(share.is_estimate for share in shares),
        }
        for new, shares in into.items()
    }


def _sum(shares: Sequence[Share], old: Mapping[str, Parts], name: str) -> float | None:
    total = 0.0
    for share in shares:
        count = old.get(share.old, {}).get(name)
        if count is None:
            return None
        total += share.weight * count
    return total


def may_convert(kind: Kind, shares: Iterable[Share]) -> bool:
    """Return whether figures of a kind may go these ways into one area.

    Counts may go any way. Shares and rates need weights of people, since cases and persons are
    not spread like the surface. A ratio, whose cases are not among its persons, may only be
    summed over whole areas. Means, medians and indices have no parts to convert.
    """
    ways = list(shares)
    if kind in {Kind.SHARE, Kind.RATE}:
        return not any(way.measured for way in ways)
    if kind is Kind.RATIO:
        return not any(way.is_estimate for way in ways)
    return kind is Kind.COUNT


def chain(first: Iterable[Share], second: Iterable[Share]) -> list[Share]:
    """Combine two tables that follow each other into one from the oldest to the newest areas."""
    later: dict[str, list[Share]] = {}
    onward: list[Share] = []
    for share in second:
        (onward if share.old == NOWHERE else later.setdefault(share.old, [])).append(share)
    ways: dict[tuple[str, str], Share] = {(s.old, s.new): s for s in onward}
    for share in first:
        for step in later.get(share.new, []):
            key = (share.old, step.new)
            known = ways.get(key, Share(*key, 0.0))
            weight = known.weight + share.weight * step.weight
            ways[key] = Share(*key, weight, known.measured or share.measured or step.measured)
    return list(ways.values())


def backwards(table: Iterable[Share]) -> list[Share]:
    """Return the way from new areas back into old ones, where new ones lie wholly in one.

    An old area shares a new one with others: what of it belongs where, the table does not say,
    so the old one gets a part from :data:`NOWHERE`.
    """
    origins: dict[str, list[Share]] = {}
    for share in table:
        if share.weight > 0:
            origins.setdefault(share.new, []).append(share)
    ways: dict[tuple[str, str], Share] = {}
    for new, shares in origins.items():
        for share in shares:
            if share.old != NOWHERE:
                start = new if len(shares) == 1 else NOWHERE
                ways[start, share.old] = Share(start, share.old, 1.0, share.measured)
    return list(ways.values())


def area_weights(sources: Sequence[Any], targets: Sequence[Any]) -> FloatArray:
    """Return the part of each source that lies in each target, shape ``(n_sources, n_targets)``.

    Parameters
    ----------
    sources, targets
        Shapes of the old and the new areas (shapely) in one plane.

    Notes
    -----
    Parts are those of what lies in any target, so that rows sum to 1 although outlines of two
    vintages do not meet to the metre; a source that lies in none has a row of 0.
    """
    return split(overlaps(sources, targets))


def overlaps(sources: Sequence[Any], targets: Sequence[Any]) -> FloatArray:
    """Return the surface each source has in common with each target, as :func:`area_weights`."""
    import shapely

    areas = np.zeros((len(sources), len(targets)))
    pairs = shapely.STRtree(list(targets)).query(list(sources), predicate="intersects")
    for i, j in pairs.T.tolist():
        areas[i, j] = shapely.intersection(sources[i], targets[j]).area
    return areas


def without_slivers(areas: FloatArray, old_sizes: FloatArray, new_sizes: FloatArray) -> FloatArray:
    """Leave out strips that only tell that two maps were drawn by different hands.

    Parameters
    ----------
    areas
        Result of :func:`overlaps`.
    old_sizes, new_sizes
        Surface of the areas, shape ``(n_sources,)`` and ``(n_targets,)``.
    """
    of_old, of_new = areas / old_sizes[:, None], areas / new_sizes[None, :]
    return np.where((of_old >= SLIVER_OF_OLD) | (of_new >= SLIVER_OF_NEW), areas, 0.0)


def split(amounts: npt.ArrayLike) -> FloatArray:
    """Scale each row to a sum of 1; a row without any amount stays 0."""
    table = np.asarray(amounts, dtype=float)
    sums = table.sum(axis=1, keepdims=True)
    parts: FloatArray = np.divide(table, sums, out=np.zeros_like(table), where=sums > 0)
    return parts


def interpolate(counts: Sequence[float], weights: FloatArray) -> list[float]:
    """Share counts of the sources out over the targets, shape ``(n_targets,)``; totals are kept."""
    shared: list[float] = (np.asarray(counts, dtype=float) @ weights).tolist()
    return shared


def dasymetric(overlap_population: npt.ArrayLike, overlap_area: npt.ArrayLike) -> FloatArray:
    """Return weights by who lives in each overlap; by area where nobody lives in any.

    Parameters
    ----------
    overlap_population, overlap_area
        Persons and square metres of what source and target share, shape
        ``(n_sources, n_targets)``.
    """
    persons = np.asarray(overlap_population, dtype=float)
    inhabited = persons.sum(axis=1, keepdims=True) > 0
    return split(np.where(inhabited, persons, np.asarray(overlap_area, dtype=float)))
