"""GeoJSON geometry as shapes: strict about positions and rings, flaws named by code."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

import shapely

_RING_POSITIONS: Final = 4
_PLANE: Final = 2
_SPACE: Final = 3


class FlawedGeometryError(Exception):
    """A geometry that cannot be taken over; ``code`` and ``params`` say why."""

    def __init__(self, code: str, **params: str | float) -> None:
        """Take the code of the finding and what its text names."""
        super().__init__(code)
        self.code = code
        self.params: dict[str, Any] = params


def geometry_of(written: Any) -> shapely.Geometry | None:
    """Return the shape of a geometry object; None where there is none.

    Raises
    ------
    FlawedGeometryError
        Another kind than points and areas, open rings, or positions that are none.
    """
    if written is None:
        return None
    kind = written.get("type") if isinstance(written, dict) else None
    coordinates = written.get("coordinates") if isinstance(written, dict) else None
    # a tuple, for the kind of a damaged file may be a list, which no set can look up
    if kind not in ("Point", "MultiPoint", "Polygon", "MultiPolygon"):
        raise FlawedGeometryError("geometry_wrong_type", found=str(kind)[:40])
    if not isinstance(coordinates, list):
        raise FlawedGeometryError("geojson_coordinates", value=short(coordinates))
    if not coordinates:
        return None
    if kind == "Point":
        return shapely.Point(position_of(coordinates))
    if kind == "MultiPoint":
        return shapely.MultiPoint([position_of(position) for position in coordinates])
    if kind == "Polygon":
        return _polygon(coordinates)
    return shapely.MultiPolygon([_polygon(rings) for rings in coordinates])


def _polygon(rings: Any) -> shapely.Polygon:
    shell, *holes = [_ring(ring) for ring in listed(rings)]
    return shapely.Polygon(shell, holes)


def _ring(written: Any) -> list[tuple[float, float]]:
    ring = [position_of(position) for position in listed(written)]
    if len(ring) < _RING_POSITIONS or ring[0] != ring[-1]:
        x, y = ring[0]
        raise FlawedGeometryError("geojson_ring_open", x=x, y=y)
    return ring


def listed(value: Any) -> list[Any]:
    """Return a list that holds something; anything else is a flaw."""
    if not isinstance(value, list) or not value:
        raise FlawedGeometryError("geojson_coordinates", value=short(value))
    return value


def position_of(written: Any) -> tuple[float, float]:
    """Return x and y; a height is left out, a fourth number is refused."""
    if not isinstance(written, list) or not _PLANE <= len(written) <= _SPACE:
        raise FlawedGeometryError("geojson_coordinates", value=short(written))
    if not are_numbers(written):
        raise FlawedGeometryError("geojson_coordinates", value=short(written))
    return float(written[0]), float(written[1])


def are_numbers(position: Iterable[object]) -> bool:
    """Tell whether all are finite numbers (True and False are none)."""
    return all(
        isinstance(number, (int, float)) and not isinstance(number, bool) and math.isfinite(number)
        for number in position
    )


def short(value: object) -> str:
    """Return the beginning of a value; only the first few entries of a list are looked at."""
    if isinstance(value, list):
        inner = ", ".join(
            "[…]" if isinstance(item, (list, dict)) else ascii(item)[:20] for item in value[:4]
        )
        return f"[{inner}]"
    return "{…}" if isinstance(value, dict) else ascii(value)[:40]
