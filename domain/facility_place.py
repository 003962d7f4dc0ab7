"""Where a new facility lies: two numbers as maps hand them out, read without a map."""

from __future__ import annotations

import re

from domain.facility_fields import FacilityFieldError

_NUMBER = r"(-?\d{1,3}(?:%s\d{1,15})?)"
_FORMS = (
    re.compile(rf"{_NUMBER % '[.]'}\s*[,;\s]\s*{_NUMBER % '[.]'}", re.ASCII),
    re.compile(rf"{_NUMBER % ','}\s*(?:;|,\s|\s)\s*{_NUMBER % ','}", re.ASCII),
)
_NORTH, _EAST = 90.0, 180.0


def point_of(typed: str) -> tuple[float, float]:
    """Return longitude and latitude in degrees of a point written as latitude, longitude.

    Raises
    ------
    FacilityFieldError
        There are not two numbers, or they are no degrees.

    Examples
    --------
    >>> point_of("54.79, 9.43"), point_of("54,79; 9,43")
    ((9.43, 54.79), (9.43, 54.79))
    """
    text = typed.strip()
    found = next((m for form in _FORMS if (m := form.fullmatch(text))), None)
    if found is None:
        raise FacilityFieldError("facility.problem.point")
    north, east = (float(number.replace(",", ".")) for number in found.groups())
    if abs(north) > _NORTH or abs(east) > _EAST:
        raise FacilityFieldError("facility.problem.point")
    return east, north
