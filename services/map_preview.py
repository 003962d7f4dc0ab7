"""What a new layer would change, as plain values: pictures, faults, fates of areas, weights."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from data.importing.coverage_check import Measured, measured_faults
from data.importing.metric import GEOGRAPHIC
from data.importing.problem_maps import MAX_MARKS, rings_of, thinned
from domain.coverage import FaultKind, TooManyOverlapsError
from domain.redrawn_areas import (
    Fate,
    FloatArray,
    Outlines,
    orphans,
    people_weights,
    redrawn,
    surface_weights,
    written_weights,
)

Told = dict[str, Any]

AREAS = frozenset({"Polygon", "MultiPolygon"})
NAMED = 5000
"""So many changed areas are told one by one."""


def faults(areas: gpd.GeoDataFrame) -> Told:
    """Return overlaps, gaps and holes of areas in the system of their file, the largest first.

    Small overlaps and gaps are of the kind ``sliver``, holes in one area ``enclave``.
    """
    try:
        found = measured_faults(areas)
    except TooManyOverlapsError:
        return {"marks": [], "rest": 0}
    ordered = sorted(found, key=lambda one: (not one.is_large, -one.square_metres))
    marks = [
        _mark(
            _kind(one),
            one.shape, one.areas, one.square_metres, one.share_pct,
        )
        for one in ordered[:MAX_MARKS]
    ]  # fmt: skip
    return {"marks": marks, "rest": max(len(ordered) - MAX_MARKS, 0)}


def pictures(old: Outlines, fresh: Outlines) -> Told:
    """Return both outlines, what became of every area, and what lies apart."""
    found = redrawn(old, fresh)
    old = old.drawn()
    thin_old = thinned(old.shapes) if len(old.ids) else old.shapes
    thin_new = thinned(fresh.shapes)
    here, there = old.places, fresh.places
    changed = [one for one in found if one.fate is not Fate.SAME]
    apart = [
        _mark(
            "outside" if one.is_outside else "orphan",
            one.shape,
            (_label(fresh, one.area),),
            float(one.shape.area),
            one.share_pct,
        )
        for one in orphans(fresh.shapes, old.shapes)[:MAX_MARKS]
    ]
    return {
        "old": rings_of(thin_old),
        "new": rings_of(thin_new),
        "old_ids": list(old.ids),
        "ids": list(fresh.ids),
        "fates": {str(f): sum(one.fate is f for one in found) for f in Fate},
        "changes": [
            {
                **asdict(one),
                "rings": rings_of(
                    thin_new[[there[one.id]]]
                    if one.id in there
                    else thin_old[[at for at in (here.get(one.id),) if at is not None]]
                ),
            }
            for one in changed[:NAMED]
        ],
        "more": max(len(changed) - NAMED, 0),
        "apart": apart,
    }


def weights(old: Outlines, fresh: Outlines, points: pd.DataFrame, metric: CRS) -> Told:
    """Return rows by surface and, where it is known where children live, by children.

    Parameters
    ----------
    points
        ``x`` and ``y`` in degrees and ``weights`` as JSON, one row each place.
    metric
        The system of the outlines.
    """
    old = old.drawn()
    if not old.ids:
        return {}
    told = {"area": _rows(old, fresh, surface_weights(old, fresh))}
    if len(points):
        places = gpd.points_from_xy(points["x"], points["y"], crs=GEOGRAPHIC).to_crs(metric)
        people = np.array([sum(json.loads(w).values()) for w in points["weights"]], dtype=float)
        xy = np.column_stack([places.x, places.y])
        told["population"] = _rows(old, fresh, people_weights(old, fresh, xy, people))
    return told


def _kind(fault: Measured) -> str:
    if fault.is_large:
        return str(fault.kind)
    return "enclave" if fault.kind is FaultKind.HOLE else "sliver"


def outlines_of(frame: gpd.GeoDataFrame) -> Outlines:
    """Return the areas of a level in a plane of metres."""
    shapes = np.asarray(frame.geometry.array, dtype=object)
    return Outlines(
        tuple(str(a) for a in frame["area_id"]), tuple(str(n) for n in frame["name"]), shapes
    )


def _rows(old: Outlines, new: Outlines, weights: FloatArray) -> list[tuple[str, str, float]]:
    return written_weights(old.ids, new.ids, weights)


def _label(outlines: Outlines, at: int) -> str:
    return f"{outlines.ids[at]} {outlines.names[at]}".strip()


def _mark(
    kind: str, shape: shapely.Geometry, areas: Sequence[str], size: float, share: float
) -> Told:
    point = shape.representative_point()
    return {
        "kind": str(kind),
        "areas": list(areas),
        "square_metres": round(size, 1),
        "share_pct": share,
        "rings": rings_of(np.array([shape], dtype=object)),
        "at": (round(point.x, 1), round(point.y, 1)),
    }
