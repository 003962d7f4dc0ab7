"""Where an area lies and what lies in it: outlines for a small map, facilities, other areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.reader import ReleaseReader
from domain.model import Audience, Catalogue, FacilityKind, Level
from domain.profile import (
    AreaRef,
    FacilityRef,
    Position,
    Ring,
)
from services.releases import ReleaseService

_MOST_NEIGHBOURS = 160
"""More areas than these are not told apart on a small map."""
_GRAIN = 500
"""Outlines keep what is larger than this part of the town's width."""
_DECIMALS = 5


@dataclass(frozen=True)
class LevelPlaces:
    """What all profiles of a level share of space.

    ``facilities`` is area id → the facilities inside, by kind and name.
    """

    outline: tuple[Ring, ...]
    neighbours: tuple[Ring, ...]
    tolerance: float
    facilities: Mapping[str, tuple[FacilityRef, ...]]


def build_places(
    releases: ReleaseService, audience: Audience, release: str, level: Level
) -> LevelPlaces:
    """Draw the outline of the town once, and find which facilities lie in which area."""
    reader = releases.reader(release, audience)
    areas = releases.level_frame(audience, release, level.id, level.vintage)
    drawn = _coarsest(reader, level)
    frame = reader.facilities().reset_index(drop=True)
    if drawn is None:
        return LevelPlaces((), (), 0.0, {})
    shapes = releases.level_frame(audience, release, drawn.id, drawn.vintage).geometry
    west, _, east, _ = (float(x) for x in shapes.total_bounds)
    tolerance = (east - west) / _GRAIN
    town = shapely.union_all(shapes.simplify(tolerance / 2).buffer(0).to_numpy())
    is_few = level.kind == "areas" and len(areas) <= _MOST_NEIGHBOURS
    near = areas.geometry.to_numpy() if is_few else shapes.to_numpy()
    return LevelPlaces(
        outline=rings(town, tolerance),
        neighbours=tuple(r for shape in near for r in rings(shape, tolerance)),
        tolerance=tolerance,
        facilities={}
        if level.kind == "institutions"
        else _by_area(reader.catalogue(), frame, facilities_of(areas, frame)),
    )


def _coarsest(reader: ReleaseReader, level: Level) -> Level | None:
    """Return the level whose outlines are the town: the town itself, else the coarsest one."""
    levels = [x for x in reader.catalogue().levels if x.kind != "institutions"]
    drawn = sorted((x for x in levels if reader.has_outlines(x)), key=lambda x: x.order)
    same = [x for x in drawn if x.vintage == level.vintage]
    return next(iter((*same, *drawn)), None)


def rings(shape: shapely.Geometry | None, tolerance: float) -> tuple[Ring, ...]:
    """Return the outer lines of a shape, simplified; islands too small to be seen are left out."""
    if shape is None or shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
        return ()
    parts = shapely.get_parts(shape.simplify(tolerance))
    large = [p for p in parts if p.area >= tolerance**2] or list(parts[:1])
    return tuple(
        tuple((round(x, _DECIMALS), round(y, _DECIMALS)) for x, y in part.exterior.coords)
        for part in large
        if not part.is_empty
    )


def facilities_of(areas: gpd.GeoDataFrame, frame: pd.DataFrame) -> dict[str, list[int]]:
    """Return area id → positions of the facilities (columns ``x`` and ``y``, degrees) in it."""
    located = np.flatnonzero(frame["x"].notna() & frame["y"].notna())
    shapes = areas.geometry.to_numpy()
    if not len(located) or pd.isna(shapes).all():
        return {}
    points = shapely.points(
        frame["x"].to_numpy(dtype=float)[located], frame["y"].to_numpy(dtype=float)[located]
    )
    inside, point = shapely.STRtree(points).query(shapes, predicate="intersects")
    found: dict[str, list[int]] = {}
    for area, facility in zip(inside.tolist(), point.tolist(), strict=True):
        found.setdefault(str(areas.index[area]), []).append(int(located[facility]))
    return found


def position_of(
    places: LevelPlaces, area: AreaRef, shape: shapely.Geometry | None
) -> Position | None:
    """Return where an area lies, None where the release does not know it."""
    if shape is None or shape.is_empty or not places.outline:
        return None
    if area.level.kind == "institutions":
        point = shape.representative_point()
        return Position(places.outline, places.neighbours, (), (point.x, point.y))
    # a small area must not lose its form
    fine = min(places.tolerance, (shape.bounds[2] - shape.bounds[0]) / 40)
    return Position(places.outline, places.neighbours, rings(shape, fine))


def _by_area(
    catalogue: Catalogue, frame: pd.DataFrame, inside: Mapping[str, Sequence[int]]
) -> dict[str, tuple[FacilityRef, ...]]:
    """Return the facilities of every area, read once for all profiles of a level."""
    kinds = {k.id: (i, k) for i, k in enumerate(catalogue.facility_kinds)}
    refs: dict[int, tuple[int, FacilityRef]] = {}
    located = sorted({at for positions in inside.values() for at in positions})
    for at, row in zip(located, frame.iloc[located].to_dict("records"), strict=True):
        if str(row["kind"]) in kinds:
            order, kind = kinds[str(row["kind"])]
            refs[at] = (order, _facility(kind, row))
    return {
        area: tuple(
            ref
            for _, ref in sorted(
                (refs[at] for at in positions if at in refs), key=lambda x: (x[0], x[1].name)
            )
        )
        for area, positions in inside.items()
    }


def _facility(kind: FacilityKind, row: Mapping[Any, Any]) -> FacilityRef:
    return FacilityRef(
        kind=kind,
        name=_text(row["name"]),
        operator=_text(row["operator"]),
        address=_text(row["address"]),
        places=_count(row["places_total"]),
        longitude=round(float(row["x"]), _DECIMALS),
        latitude=round(float(row["y"]), _DECIMALS),
    )


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)  # noqa: PLR0124 - NaN


def _count(value: object) -> int | None:
    return None if value is None or value != value else int(float(str(value)))  # noqa: PLR0124
