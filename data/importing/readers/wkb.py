"""Walk through well-known binary before GEOS sees it: its counts and numbers must be true."""

from __future__ import annotations

import math
import struct
from typing import Any, Final

from data.importing.readers.limits import MAX_VERTICES

_NAMES: Final = {
    1: "Point",
    2: "LineString",
    3: "Polygon",
    4: "MultiPoint",
    5: "MultiLineString",
    6: "MultiPolygon",
    7: "GeometryCollection",
}
_PARTS: Final = {4: 1, 5: 2, 6: 3}
_COLLECTION: Final = 7
_POINT: Final = 1
_LINE: Final = 2
_POLYGON: Final = 3
_EWKB_Z: Final = 0x80000000
_EWKB_M: Final = 0x40000000
_EWKB_SRID: Final = 0x20000000


class WkbError(Exception):
    """The bytes are no geometry we read; ``code`` is the finding."""

    def __init__(self, code: str, **params: str | float) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, Any] = params


def check_wkb(data: bytes) -> bool:
    """Check one geometry and tell whether it is empty.

    Raises
    ------
    WkbError
        ``wkb_damaged`` (counts beyond the bytes, trailing bytes, unknown type),
        ``geometry_wrong_type`` or ``geometry_not_finite``.
    """
    walker = _Walker(data)
    is_empty = walker.geometry(expected=0)
    if walker.position != len(data):
        raise WkbError("wkb_damaged")
    return is_empty


class _Walker:
    """Reads one geometry; nested ones only where the outer type demands it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.position = 0

    def geometry(self, *, expected: int) -> bool:
        """Read a geometry and return whether it is empty."""
        order, kind, dimensions = self._head()
        if kind not in _NAMES or (expected and kind != expected):
            raise WkbError("wkb_damaged")
        if kind in {_LINE, 5, _COLLECTION}:
            raise WkbError("geometry_wrong_type", found=_NAMES[kind])
        if kind == _POINT:
            return self._point(order, dimensions)
        if kind == _POLYGON:
            counts = [self._points(order, dimensions) for _ in range(self._count(order, 4))]
            return sum(counts) == 0
        empties = [self.geometry(expected=_PARTS[kind]) for _ in range(self._count(order, 5))]
        return all(empties)

    def _head(self) -> tuple[str, int, int]:
        if self.position >= len(self._data) or self._data[self.position] > 1:
            raise WkbError("wkb_damaged")
        order = "<" if self._data[self.position] else ">"
        self.position += 1
        written = self._word(order)
        if written & _EWKB_SRID:
            raise WkbError("wkb_damaged")
        dimensions = 2 + bool(written & _EWKB_Z) + bool(written & _EWKB_M)
        iso, kind = divmod(written & 0x0FFFFFFF, 1000)
        if iso > 3:  # noqa: PLR2004 - 1 is Z, 2 is M, 3 is ZM
            raise WkbError("wkb_damaged")
        return order, kind, dimensions + (0, 1, 1, 2)[iso]

    def _take(self, layout: str, size: int) -> tuple[float, ...]:
        if self.position + size > len(self._data):
            raise WkbError("wkb_damaged")
        found = struct.unpack_from(layout, self._data, self.position)
        self.position += size
        return found

    def _word(self, order: str) -> int:
        return int(self._take(f"{order}L", 4)[0])

    def _count(self, order: str, least_bytes: int) -> int:
        """Return a count that the remaining bytes can hold at all."""
        count = self._word(order)
        if count * least_bytes > len(self._data) - self.position or count > MAX_VERTICES:
            raise WkbError("wkb_damaged")
        return count

    def _points(self, order: str, dimensions: int) -> int:
        count = self._count(order, 8 * dimensions)
        numbers = self._take(f"{order}{count * dimensions}d", 8 * count * dimensions)
        if not all(map(math.isfinite, numbers)):
            raise WkbError("geometry_not_finite")
        return count

    def _point(self, order: str, dimensions: int) -> bool:
        numbers = self._take(f"{order}{dimensions}d", 8 * dimensions)
        if all(map(math.isnan, numbers)):
            return True
        if not all(map(math.isfinite, numbers)):
            raise WkbError("geometry_not_finite")
        return False
