"""Lists of streets for the search: rows without a place, numbers that are none, points far off."""

from __future__ import annotations

from tests.badfiles.case import REFUSED, TAKEN, WARNED, Case, written

BY_AREA = {"street": "strasse", "numbers": "nr", "level": "viertel", "area": "viertel"}
BY_POINT = {"street": "strasse", "x": "x", "y": "y", "crs": "EPSG:4326"}
_HEAD = "strasse;nr;viertel"
_POINTS = "strasse;x;y"


def _streets(name: str, outcome: str, found: tuple[str, int | None, str], *lines: str) -> Case:
    code, row, column = found
    spec = BY_POINT if lines[0] == _POINTS else BY_AREA
    data = "\n".join((*lines, "")).encode()
    return Case(name, written(data), outcome, code, row, column, spec=spec)


NOTHING = ("", None, "")
BLANK = ("gazetteer_blank", 3, "strasse")
NUMBERS = ("gazetteer_numbers", 3, "nr")
UNKNOWN = ("gazetteer_area_unknown", 3, "viertel")
MISSING = ("column_missing", None, "strasse")

CASES = [
    _streets("gz_ok", TAKEN, NOTHING, _HEAD, "Allee;;01", "Weg;1-49;01", "Weg;2-20 gerade;02"),
    _streets("gz_blank", REFUSED, BLANK, _HEAD, "Allee;;01", ";1-9;01"),
    _streets("gz_numbers", REFUSED, NUMBERS, _HEAD, "Allee;;01", "Weg;neun;01"),
    _streets("gz_backwards", REFUSED, NUMBERS, _HEAD, "Allee;;01", "Weg;9-1;01"),
    _streets("gz_area", REFUSED, UNKNOWN, _HEAD, "Allee;;01", "Weg;;99"),
    _streets("gz_no_area", REFUSED, UNKNOWN, _HEAD, "Allee;;01", "Weg;;"),
    _streets("gz_column", REFUSED, MISSING, "name;nr;viertel", "Weg;;01"),
    _streets("gz_points", TAKEN, NOTHING, _POINTS, "Nah;9.402;54.702"),
    _streets(
        "gz_outside", WARNED, ("gazetteer_outside", 3, ""), _POINTS, "Nah;9.402;54.702",
        "Fern;13.4;52.5",
    ),
]  # fmt: skip
