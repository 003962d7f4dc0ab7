"""Where the areas of a level lie on the map, and which levels have a map at all."""

from __future__ import annotations

from domain.model import Audience, Level
from domain.view import MapFrame
from services.releases import ReleaseService


def map_frame(
    releases: ReleaseService, audience: Audience, release: str, level: Level
) -> MapFrame | None:
    """Return where the areas of a level lie; institutions get the areas behind them.

    None where nothing can be drawn: the level has no outlines, or nothing lies behind its points.
    """
    reader = releases.reader(release, audience)
    drawn = _backdrop(releases, audience, release, level)
    if drawn is None or not reader.has_outlines(level):
        return None
    frame = releases.level_frame(audience, release, level.id, level.vintage)
    outline = releases.level_frame(audience, release, drawn.id, drawn.vintage)
    points = frame.geometry.representative_point()
    west, south, east, north = (float(x) for x in outline.total_bounds)
    pad_x, pad_y = 0.02 * (east - west), 0.02 * (north - south)
    name = reader.geometry_file(drawn.id, drawn.vintage).name
    return MapFrame(
        geometry_url=f"/geo/{reader.catalogue().town.id}/{release}/{name}",
        outline_ids=tuple(str(a) for a in outline.index),
        longitudes=tuple(float(x) for x in points.x),
        latitudes=tuple(float(y) for y in points.y),
        bounds=(west - pad_x, south - pad_y, east + pad_x, north + pad_y),
    )


def drawn_levels(
    releases: ReleaseService, audience: Audience, release: str, levels: tuple[Level, ...]
) -> tuple[Level, ...]:
    """Return those of some levels that have a map, the finest last."""
    drawn = (x for x in levels if map_frame(releases, audience, release, x) is not None)
    return tuple(sorted(drawn, key=lambda x: x.order))


def _backdrop(
    releases: ReleaseService, audience: Audience, release: str, level: Level
) -> Level | None:
    """Return the level whose outlines are drawn: behind institutions the middle of the areas."""
    if level.kind != "institutions":
        return level
    reader = releases.reader(release, audience)
    areas = sorted(
        (x for x in reader.catalogue().levels if x.kind == "areas" and reader.has_outlines(x)),
        key=lambda x: x.order,
    )
    same = [x for x in areas if x.vintage == level.vintage] or areas
    return same[min(1, len(same) - 1)] if same else None
