import pytest

from domain.palettes import bivariate, palette

NINE = [str(i) for i in range(9)]


@pytest.mark.parametrize("name", ["YlGnBu", "Blues", "PuBu", "PuOr", "BrBG", "RdBu"])
@pytest.mark.parametrize("k", range(1, 8))
def test_every_scheme_has_as_many_colours_as_classes(name, k):
    colours = palette(name, k)
    assert len(set(colours)) == k
    assert all(len(c) == 7 and int(c[1:], 16) >= 0 for c in colours)


@pytest.mark.parametrize("name", ["YlGnBu", "Blues", "PuBu"])
@pytest.mark.parametrize("k", range(3, 8))
def test_sequential_schemes_darken_with_the_class(name, k):
    light = [luminance(c) for c in palette(name, k)]
    assert light == sorted(light, reverse=True)


def luminance(colour):
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_traffic_lights_are_not_offered():
    with pytest.raises(ValueError, match="no palette"):
        palette("RdYlGn")


def test_the_first_indicator_runs_fastest_in_a_square_of_nine():
    assert bivariate(2, 0, NINE) == "2"
    assert bivariate(0, 2, NINE) == "6"
    assert bivariate(None, 2, NINE) is None
