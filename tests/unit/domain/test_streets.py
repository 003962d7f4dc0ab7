"""House numbers are read strictly and told in one spelling."""

from __future__ import annotations

import pytest

from domain.streets import HouseNumbers, read_house_numbers


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("7", "7"), ("7 a", "7"), ("1-49", "1-49"), ("1 – 49", "1-49"), ("1 bis 49", "1-49"),
        ("2-20 gerade", "2-20 even"), ("1-19 ungerade", "1-19 odd"), ("2-20 g", "2-20 even"),
        ("1–19, odd", "1-19 odd"), ("2-20 even", "2-20 even"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_offices_write_them(written, told):
    found = read_house_numbers(written)
    assert str(found) == told
    assert read_house_numbers(str(found)) == found


@pytest.mark.parametrize("written", ["", "alle", "20-2", "1-", "-4", "1;3", "123456", "1-5-9"])
def test_anything_else_is_no_house_number(written):
    assert read_house_numbers(written) is None


def test_a_side_holds_every_other_house():
    even = HouseNumbers(2, 20, "even")
    assert [n for n in range(1, 23) if even.holds(n)] == list(range(2, 21, 2))
    assert HouseNumbers(3, 5).holds(4)
    assert not HouseNumbers(3, 5).holds(6)
