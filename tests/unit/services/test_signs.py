from dataclasses import replace

import numpy as np
import pytest

from domain.intervals import wilson_interval
from domain.model import Kind, SeriesBreak, State, Text
from domain.view import CityValue
from services.signs import Comparison, chance_of, row_before, words_of
from services.trend_words import town_trend, trend_words
from tests.unit.figures.sample import INDICATOR

SHARE = replace(INDICATOR, multiplier=100.0)
YEARS = ("2020", "2021", "2022", "2023", "2024")
NONE = CityValue(None, State.NOT_COLLECTED)


def row(numerators, denominators, *, effect=1.0):
    a, n = (np.array(x, dtype=float) for x in (numerators, denominators))
    limits = {}
    for lower, upper, level in (("lower", "upper", 0.95), ("lower998", "upper998", 0.998)):
        low, high = wilson_interval(a / effect, n / effect, confidence=level)
        limits |= {lower: 100 * low, upper: 100 * high}
    return {"value": 100 * a / n, "numerator": a, "denominator": n, **limits}


def against(n_areas, value, *, compare="city", town=NONE, before=None):
    return Comparison(compare, np.full(n_areas, value, dtype=float), town, before)


def test_a_tendency_holds_at_95_and_a_clear_difference_at_998_percent_too():
    areas = row([300, 230, 202], [1000, 1000, 1000])
    words, clear = words_of(SHARE, areas, against(3, 20.0))
    assert words == ("worse", "worse", "similar")
    assert clear == (True, False, False)


def test_a_large_area_is_compared_with_the_rest_at_both_levels():
    areas = row([410, 430], [2000, 2000])
    town = CityValue(19.0, State.OK, numerator=760.0, denominator=4000.0)
    words, clear = words_of(SHARE, areas, against(2, 19.0, town=town))
    assert words == ("worse", "worse")
    assert clear == (False, True)


def test_a_change_is_tested_at_both_levels_and_the_first_period_is_not():
    areas = row([300, 240], [1000, 1000])
    before = row([200, 200], [1000, 1000])
    words, clear = words_of(SHARE, areas, against(2, 0, compare="previous", before=before))
    assert words == ("worse", "worse")
    assert clear == (True, False)
    assert words_of(SHARE, areas, against(2, np.nan, compare="previous"))[0] == (
        "not_compared",
        "not_compared",
    )


@pytest.mark.parametrize(
    ("compare", "effect", "expected"),
    [
        ("city", 1.0, ("worse", "better")),
        ("city", 4.0, ("similar", "similar")),
        ("previous", 1.0, ("worse", "similar")),
        ("previous", 4.0, ("similar", "similar")),
    ],
)
def test_a_sample_is_compared_at_its_effective_size(compare, effect, expected):
    sample = replace(SHARE, nature="sample", design_effect=effect)
    areas = row([100, 60], [400, 380], effect=effect)
    town = CityValue(20.0, State.OK, numerator=400.0, denominator=2000.0)
    before = row([70, 60], [400, 380], effect=effect) if compare == "previous" else None
    benchmark = against(2, 20.0, compare=compare, town=town, before=before)
    assert words_of(sample, areas, benchmark)[0] == expected


def test_a_sample_too_small_at_its_effective_size_is_not_compared():
    sample = replace(SHARE, nature="sample", design_effect=4.0)
    town = CityValue(20.0, State.OK, numerator=400.0, denominator=2000.0)
    areas = row([90, 36], [100, 120], effect=4.0)
    assert words_of(sample, areas, against(2, 20.0, town=town))[0] == ("not_compared", "similar")


def test_counts_are_not_compared():
    counts = replace(SHARE, kind=Kind.COUNT)
    assert words_of(counts, row([30], [100]), against(1, 5.0)) == (("not_compared",), (False,))


def test_a_period_without_any_value_says_nothing_of_chance():
    nobody = {k: np.array([np.nan]) for k in row([1], [2])}
    assert chance_of(SHARE, nobody, against(1, 20.0), (("not_compared",), (False,))) == ()


def series(values, half=1.0):
    table = np.array(values, dtype=float)
    return {"value": table, "lower": table - half, "upper": table + half}


def flags(n_periods, n_areas, **marked):
    table = np.full((n_periods, n_areas), "", dtype=object)
    for place, text in marked.items():
        table[tuple(int(x) for x in place[1:].split("_"))] = text
    return table


def before(periods, *, breaks=(), **marked):
    """Return what the last of two periods with two areas each is compared with."""
    return row_before(
        replace(SHARE, series_breaks=tuple(breaks)),
        periods,
        1,
        numbers={"value": np.array([[10.0, 20.0], [80.0, 80.0]])},
        flags=flags(2, 2, **marked),
    )


def test_the_preceding_period_is_compared_with_only_where_nothing_parts_them():
    law = SeriesBreak("2022", "law", Text("Gesetz geändert"))
    judged = replace(law, comparable=True)
    assert before(("2021", "2022"))["value"].tolist() == [10.0, 20.0]
    assert before(("2021", "2022"), breaks=[judged])["value"].tolist() == [10.0, 20.0]
    assert before(("2021", "2022"), breaks=[law]) is None
    assert before(("2021", "2022"), breaks=[replace(law, period="2021-07")]) is None
    assert before(("2022", "2023"), breaks=[law])["value"].tolist() == [10.0, 20.0]
    assert before(("2019-2021", "2020-2022")) is None
    assert row_before(SHARE, ("2021",), 0, numbers={}, flags=flags(1, 2)) is None


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ({"p1_0": "r break"}, [np.nan, 20.0]),
        ({"p0_0": "break"}, [10.0, 20.0]),
        ({"p0_0": "boundary"}, [np.nan, 20.0]),
        ({"p1_1": "boundary"}, [10.0, np.nan]),
    ],
)
def test_an_area_with_a_break_of_its_own_is_not_compared_with_before(marked, expected):
    found = before(("2021", "2022"), **marked)["value"]
    np.testing.assert_array_equal(found, expected)


def test_five_rising_years_are_a_trend_and_a_hidden_one_ends_it():
    rising = [10.0, 14.0, 18.0, 22.0, 26.0]
    numbers = series(np.column_stack([rising, [10, 10, 11, 10, 10], rising]))
    numbers["value"][2, 2] = np.nan
    words, reason = trend_words(SHARE, YEARS, 4, numbers=numbers, flags=flags(5, 3))
    assert words == ("worse", "none", "not_determinable")
    assert reason == ""


@pytest.mark.parametrize(
    ("marked", "word"),
    [
        ({"a2_0": "break"}, "not_determinable"),
        ({"a0_0": "break"}, "worse"),
        ({"a0_0": "boundary"}, "not_determinable"),
        ({"a4_0": "p"}, "worse"),
        ({"a4_0": "p break"}, "not_determinable"),
    ],
)
def test_a_break_of_one_area_ends_its_trend_only(marked, word):
    numbers = series(np.column_stack([[10.0, 14.0, 18.0, 22.0, 26.0]] * 2))
    words, _ = trend_words(SHARE, YEARS, 4, numbers=numbers, flags=flags(5, 2, **marked))
    assert words == (word, "worse")


def test_where_no_area_has_five_values_the_reason_is_told():
    numbers = series(np.full((5, 2), np.nan))
    assert trend_words(SHARE, YEARS, 4, numbers=numbers, flags=flags(5, 2)) == ((), "no_values")
    assert trend_words(SHARE, YEARS, 3, numbers=numbers, flags=flags(5, 2)) == ((), "short")


def test_the_trend_of_the_town_needs_its_five_intervals():
    def town(value, **more):
        return CityValue(value, State.OK, lower=value - 1, upper=value + 1, **more)

    city = {y: town(10.0 + 4 * k) for k, y in enumerate(YEARS)}
    assert town_trend(SHARE, YEARS, 4, city) == "worse"
    assert town_trend(SHARE, YEARS, 3, city) == ""
    assert town_trend(SHARE, YEARS, 4, {**city, "2021": NONE}) == "not_determinable"
    assert town_trend(SHARE, YEARS, 4, {y: city[y] for y in YEARS[1:]}) == "not_determinable"


@pytest.mark.parametrize(
    ("year", "flag", "word"),
    [
        ("2023", "break", "not_determinable"),
        ("2020", "break", "worse"),
        ("2020", "p r", "worse"),
        ("2020", "boundary", "not_determinable"),
    ],
)
def test_a_break_in_the_first_of_five_years_parts_neither_areas_nor_the_town(year, flag, word):
    at = YEARS.index(year)
    values = [10.0 + 4 * k for k in range(len(YEARS))]
    marks = [flag if k == at else "" for k in range(len(YEARS))]
    city = {
        y: CityValue(v, State.OK, lower=v - 1, upper=v + 1, flags=m)
        for y, v, m in zip(YEARS, values, marks, strict=True)
    }
    assert town_trend(SHARE, YEARS, 4, city) == word
    numbers = series([[v, w] for v, w in zip(values, values, strict=True)])
    words, _ = trend_words(
        SHARE, YEARS, 4, numbers=numbers, flags=flags(5, 2, **{f"p{at}_0": flag})
    )
    assert words == (word, "worse")
