"""A number is written alike by Python and by the scripts, however it travels."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from figures.packing import kept
from i18n.formats import number


def as_scripts_write(kept: int, power: int, decimals: int) -> Decimal:
    """Round a number that travelled as a browser does: a half away from zero."""
    value = Decimal(repr(kept / power))
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
@example(10.049539985845719, 1)
@example(-10.049539985845719, 1)
@example(19.850187265917604, 1)
@example(6.25, 1)
@example(12.3, 1)
@example(0.0, 0)
def test_what_travels_is_rounded_as_the_number_itself(value, decimals):
    power = 10 ** (decimals + 1)
    wanted = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    near_half = abs(value * power - round(value * power)) < 1e-6
    found = as_scripts_write(kept(value * power), power, decimals)
    assert found == wanted or (near_half and abs(found - wanted) <= Decimal(1).scaleb(-decimals))
    assert abs(kept(value * power) - value * power) <= 1


def test_halves_are_rounded_away_from_zero():
    assert [number(x, 1, "de") for x in (6.25, 6.35, -6.25, 2.5)] == ["6,3", "6,4", "−6,3", "2,5"]
    assert [number(x, 0, "en") for x in (0.5, 1.5, 2.5, 1234.5)] == ["1", "2", "3", "1,235"]


def test_what_rounds_to_zero_has_no_sign():
    assert [number(x, 1, "de") for x in (-0.04, -0.0, 0.04)] == ["0,0", "0,0", "0,0"]
