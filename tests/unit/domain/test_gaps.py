"""What is there and what is not, told apart."""

from __future__ import annotations

import pytest

from domain.gaps import Gap, Why, cell_of, fullest_level, missing_in, why_missing
from domain.model import Level, Text
from domain.page_query import read_page_query


@pytest.mark.parametrize(
    ("shown", "hidden", "rows", "gap"),
    [
        (12, 0, 12, Gap.ALL), (9, 3, 12, Gap.PART), (9, 0, 9, Gap.PART),
        (0, 12, 12, Gap.HIDDEN), (0, 0, 12, Gap.EMPTY), (0, 0, 0, Gap.NONE),
    ],
)  # fmt: skip
def test_a_period_is_told_by_how_many_areas_have_a_number(shown, hidden, rows, gap):
    assert cell_of(shown, hidden, rows, 12).gap is gap


def test_a_kind_of_period_the_indicator_does_not_use_is_no_gap():
    assert missing_in("2019-2021", ["2019"]).gap is Gap.OTHER
    assert missing_in("2020", ["2019"]).gap is Gap.NONE
    assert missing_in("2020", []).gap is Gap.NONE


@pytest.mark.parametrize(
    ("order", "others", "of_city", "same", "why"),
    [
        (20, (), True, False, Why.CITY_ONLY),
        (20, (), False, False, Why.NOWHERE),
        (20, (10,), True, True, Why.COARSER),
        (20, (10, 30), True, True, Why.FINER),
        (20, (30,), True, False, Why.ELSEWHERE),
    ],
)
def test_a_level_without_figures_has_a_reason(order, others, of_city, same, why):
    assert why_missing(order, others, is_of_city=of_city, is_same_kind=same) is why


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("?q=armut&part=gaps", {"q": "armut", "part": "gaps"}),
        ("?q=a&q=b&part=gaps", {"part": "gaps"}),
        ("?q=" + "a" * 121, {}),
        ("?q=" + "a" * 3000, {}),
        ("?q=a%00b", {}),
        ("?fremd=1&q=%20%20", {}),
        ("?" + "&".join(f"k{n}=1" for n in range(50)), {}),
    ],
)
def test_only_known_words_of_an_address_count(text, found):
    assert read_page_query(text, ("q", "part")) == found


def test_gaps_are_shown_first_where_most_figures_are():
    levels = tuple(Level(name, "2021", Text(name)) for name in ("land", "kreis", "ort"))
    periods = {"a": {"kreis": ("2022",)}, "b": {"kreis": ("2022",), "land": ("2022",)}}
    assert fullest_level(levels, periods) == "kreis"
    assert fullest_level(levels, {}) == "land"
