"""The areas of a level drawn anew: which stayed, moved, came, went, and what each old one became.

Areas are the same by their key, not by their name. A strip along a border is a difference of
drawing (:data:`domain.boundaries.SAME_AREA`); what is larger moved the border.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from domain.boundaries import SAME_AREA, dasymetric, overlaps, split, without_slivers

Shapes = npt.NDArray[Any]
FloatArray = npt.NDArray[np.float64]

ORPHAN_SHARE = 0.05
"""A part that lies apart from the rest of its area and has less of it is asked about."""
INSIDE_SHARE = 0.5
"""An area with less of its surface within the old outline lies outside the town as it was."""


class Fate(StrEnum):
    """What became of an area, what must be looked at first comes first."""

    VANISHED = "vanished"
    NEW = "new"
    MOVED = "moved"
    RENAMED = "renamed"
    SAME = "same"


@dataclass(frozen=True)
class Outlines:
    """Areas of a level in one plane of metres.

    ``shapes`` are valid (multi)polygons, shape ``(n,)``, None where an area has no outline.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    shapes: Shapes

    def drawn(self) -> Outlines:
        """Return the areas that have an outline."""
        kept = [at for at, shape in enumerate(self.shapes) if shape is not None]
        ids, names = (tuple(words[at] for at in kept) for words in (self.ids, self.names))
        return Outlines(ids, names, self.shapes[kept])

    @property
    def places(self) -> dict[str, int]:
        """Position of each area."""
        return {area: at for at, area in enumerate(self.ids)}


@dataclass(frozen=True)
class Redrawn:
    """One area before and after; sizes in square metres, None where it is not.

    ``common_pct`` is the share of the larger of both outlines that lies in both.
    """

    id: str
    fate: Fate
    old_name: str
    new_name: str
    old_m2: float | None
    new_m2: float | None
    common_pct: float


@dataclass(frozen=True)
class Orphan:
    """A small part of an area that lies apart from it, or an area outside the old outline.

    ``area`` is its position; ``share_pct`` the part of the area.
    """

    area: int
    shape: shapely.Geometry
    share_pct: float
    is_outside: bool = False


def redrawn(old: Outlines, new: Outlines) -> tuple[Redrawn, ...]:
    """Compare the areas of two outlines, in the order of the old ones, new areas at the end."""
    here, there = old.places, new.places
    ids = [*old.ids, *(area for area in new.ids if area not in here)]
    return tuple(_redrawn(area, old, here.get(area), new, there.get(area)) for area in ids)


def _redrawn(
    area: str, old: Outlines, before: int | None, new: Outlines, after: int | None
) -> Redrawn:
    old_name = "" if before is None else old.names[before]
    new_name = "" if after is None else new.names[after]
    first = None if before is None else old.shapes[before]
    second = None if after is None else new.shapes[after]
    sizes = _size(first), _size(second)
    if before is None or after is None:
        fate = Fate.NEW if before is None else Fate.VANISHED
        return Redrawn(area, fate, old_name, new_name, *sizes, 0.0)
    fate = Fate.RENAMED if old_name != new_name else Fate.SAME
    if first is None or second is None:
        return Redrawn(area, fate, old_name, new_name, *sizes, 100.0)
    common = float(shapely.intersection(first, second).area)
    share = common / max(first.area, second.area, 1e-9)
    fate = Fate.MOVED if share < SAME_AREA else fate
    return Redrawn(area, fate, old_name, new_name, *sizes, 100 * share)


def _size(shape: shapely.Geometry | None) -> float | None:
    return None if shape is None else float(shape.area)


def orphans(new: Shapes, old: Shapes) -> list[Orphan]:
    """Return parts that lie apart from their area, and areas outside the old outline.

    Parameters
    ----------
    new, old
        Areas of the new and of the old outline, shape ``(n,)`` and ``(m,)``; without old ones
        nothing lies outside.
    """
    found = []
    outline = shapely.union_all(old) if len(old) else None
    for position, shape in enumerate(new):
        size = float(shape.area)
        parts = shapely.get_parts(shape)
        found += [
            Orphan(position, part, 100 * float(part.area) / size)
            for part in parts
            if len(parts) > 1 and part.area < ORPHAN_SHARE * size
        ]
        if outline is None or not size:
            continue
        inside = float(shapely.intersection(shape, outline).area) / size
        if inside < INSIDE_SHARE:
            found.append(Orphan(position, shape, 100 * (1 - inside), is_outside=True))
    return found


def surface_weights(old: Outlines, new: Outlines) -> FloatArray:
    """Return the part of each old area that lies in each new one, by surface, ``(n, m)``.

    Strips below the limits of :mod:`domain.boundaries` count for nothing; an old area that lies
    in no new one has a row of 0.
    """
    return split(_shared(old, new))


def people_weights(
    old: Outlines, new: Outlines, points: FloatArray, people: FloatArray
) -> FloatArray:
    """Return the same by where people live; by surface where nobody lives in an old area.

    Parameters
    ----------
    points
        Places in the plane of the areas, shape ``(k, 2)``.
    people
        How many live there, shape ``(k,)``.
    """
    places = shapely.points(points)
    counts = np.zeros((len(old.ids), len(new.ids)))
    first, second = _places_in(old.shapes, places), _places_in(new.shapes, places)
    known = (first >= 0) & (second >= 0)
    np.add.at(counts, (first[known], second[known]), people[known])
    return dasymetric(counts, _shared(old, new))


def _shared(old: Outlines, new: Outlines) -> FloatArray:
    common = overlaps(list(old.shapes), list(new.shapes))
    return without_slivers(common, shapely.area(old.shapes), shapely.area(new.shapes))


def _places_in(shapes: Shapes, places: Shapes) -> npt.NDArray[np.int64]:
    """Return the position of the area each place lies in, −1 where it lies in none."""
    found = np.full(len(places), -1, dtype=np.int64)
    at, area = shapely.STRtree(shapes).query(places, predicate="intersects")
    found[at[::-1]] = area[::-1]  # a place on a border belongs to the first of its areas
    return found


def written_weights(
    old: Sequence[str], new: Sequence[str], weights: FloatArray
) -> list[tuple[str, str, float]]:
    """Return rows of a table, six decimals, the rounding put on the largest part of each area.

    Examples
    --------
    >>> written_weights(["a"], ["x", "y"], np.array([[2 / 3, 1 / 3]]))
    [('a', 'x', 0.666667), ('a', 'y', 0.333333)]
    """
    rows = []
    for start, parts in zip(old, np.round(weights, 6), strict=True):
        ends = np.flatnonzero(parts > 0)
        if not len(ends):
            continue
        parts[np.argmax(parts)] += 1.0 - parts.sum()
        rows += [(start, new[at], round(float(parts[at]), 6)) for at in ends.tolist()]
    return rows
