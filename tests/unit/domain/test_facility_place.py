"""Coordinates as people copy them."""

from __future__ import annotations

import pytest

from domain.facility_fields import FacilityFieldError
from domain.facility_place import point_of


@pytest.mark.parametrize(
    "typed",
    ["54.79, 9.43", "54.79,9.43", " 54.79  9.43 ", "54,79; 9,43", "54,79 9,43", "54,79, 9,43"],
)
def test_latitude_and_longitude_are_read_in_every_common_spelling(typed):
    assert point_of(typed) == (9.43, 54.79)


def test_whole_degrees_and_the_southern_half_are_points():
    assert point_of("-33; 151") == (151.0, -33.0)


@pytest.mark.parametrize(
    "typed",
    ["", "54.79", "54.79, 9.43, 3", "Am See 1", "91, 9", "54, 181", "54,79,9,43", "5²; 9",
     "nan nan", "1e3 9", "9" * 40 + " 9", "54.79, 9." + "4" * 5000],
)  # fmt: skip
def test_what_is_no_point_is_told(typed):
    with pytest.raises(FacilityFieldError) as wrong:
        point_of(typed)
    assert wrong.value.key == "facility.problem.point"
