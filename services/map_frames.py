"""Where the areas of a level lie on the map, at which address, and which levels have a map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.model import Audience, Level
from domain.view import MapFrame
from services.releases import ReleaseService

LARGE_BYTES = 2_000_000
"""Outlines of this size are worth asking for while the page itself still loads."""


def build_map_frame(
    releases: ReleaseService, audience: Audience, release: str, level: Level
) -> MapFrame | None:
    """Return where the areas of a level lie; institutions get the areas behind them.

    None where nothing can be drawn: the level has no outlines, or nothing lies behind its points.
    """
    drawn = outline_level(releases, audience, release, level)
    if drawn is None:
        return None
    frame = releases.level_frame(audience, release, level.id, level.vintage)
    outline = releases.level_frame(audience, release, drawn.id, drawn.vintage)
    points = frame.geometry.representative_point()
    west, south, east, north = (float(x) for x in outline.total_bounds)
    pad_x, pad_y = 0.02 * (east - west), 0.02 * (north - south)
    return MapFrame(
        geometry_url=_address(releases, audience, release, drawn)[0],
        outline_ids=tuple(str(a) for a in outline.index),
        longitudes=tuple(float(x) for x in points.x),
        latitudes=tuple(float(y) for y in points.y),
        bounds=(west - pad_x, south - pad_y, east + pad_x, north + pad_y),
        tolerance_m=_tolerance(releases.reader(release, audience).manifest(), drawn),
    )


def large_outlines(
    releases: ReleaseService, audience: Audience, release: str, level: Level
) -> str | None:
    """Return the address of the outlines of a level where they are large, without reading them."""
    drawn = outline_level(releases, audience, release, level)
    if drawn is None:
        return None
    address, size = _address(releases, audience, release, drawn)
    return address if size >= LARGE_BYTES else None


def drawn_levels(
    releases: ReleaseService, audience: Audience, release: str, levels: tuple[Level, ...]
) -> tuple[Level, ...]:
    """Return those of some levels that have a map, the finest last."""
    drawn = (x for x in levels if outline_level(releases, audience, release, x) is not None)
    return tuple(sorted(drawn, key=lambda x: x.order))


def _address(
    releases: ReleaseService, audience: Audience, release: str, level: Level
) -> tuple[str, int]:
    """Return the address of an outline file and its size in bytes."""
    reader = releases.reader(release, audience)
    file = reader.geometry_file(level.id, level.vintage)
    town = reader.catalogue().town.id
    return f"/geo/{town}/{release}/{file.name}", file.path.stat().st_size


def _tolerance(manifest: Mapping[str, Any], level: Level) -> float | None:
    """Return how far outlines are simplified; releases of earlier versions do not say it."""
    told: float | None = manifest.get("outlines", {}).get(level.key, {}).get("tolerance_m")
    return told


def outline_level(
    releases: ReleaseService, audience: Audience, release: str, level: Level
) -> Level | None:
    """Return the level whose outlines are drawn: behind institutions the middle of the areas."""
    reader = releases.reader(release, audience)
    if not reader.has_outlines(level):
        return None
    if level.kind != "institutions":
        return level
    areas = sorted(
        (x for x in reader.catalogue().levels if x.kind == "areas" and reader.has_outlines(x)),
        key=lambda x: x.order,
    )
    same = [x for x in areas if x.vintage == level.vintage] or areas
    return same[min(1, len(same) - 1)] if same else None
