"""Where the areas of a level lie on the map, and at which address their outlines are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.model import Audience, Catalogue, Level
from domain.view import MapFrame
from services.releases import ReleaseService

LARGE_BYTES = 2_000_000
"""Outlines of this size are worth asking for while the page itself still loads."""


def build_map_frame(
    releases: ReleaseService, audience: Audience, release: str, level: Level
) -> MapFrame:
    """Return where the areas of a level lie; institutions get the areas behind them."""
    drawn = _drawn(releases, audience, release, level)
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
    drawn = _drawn(releases, audience, release, level)
    address, size = _address(releases, audience, release, drawn)
    return address if size >= LARGE_BYTES else None


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


def _drawn(releases: ReleaseService, audience: Audience, release: str, level: Level) -> Level:
    """Return the level whose outlines are drawn."""
    if level.kind != "institutions":
        return level
    return _backdrop(releases.reader(release, audience).catalogue(), level)


def _backdrop(catalogue: Catalogue, level: Level) -> Level:
    """Return the areas drawn behind institutions: the middle of the areas levels."""
    areas = sorted((x for x in catalogue.levels if x.kind == "areas"), key=lambda x: x.order)
    same = [x for x in areas if x.vintage == level.vintage] or areas
    return same[min(1, len(same) - 1)]
