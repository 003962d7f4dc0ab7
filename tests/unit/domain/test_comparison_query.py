"""Whatever an address of a comparison says, a valid query comes out, and hints on what went."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import comparison_query
from domain.comparison_query import (
    ComparisonChoices,
    parse_comparison,
    serialise_comparison,
    sort_word,
    sorted_by,
    validate_comparison,
    with_area,
    without_area,
)
from domain.selection import Choices
from domain.side_by_side import MOST_AREAS, MOST_INDICATORS, ComparisonQuery

NINE = tuple("abcdefghi")
CHOICES = Choices(
    indicators=("armut", "kita", "nur-bezirk", *(f"x{n}" for n in range(25))),
    periods={
        "armut": {"teile": ("2021", "2022", "2023"), "bezirke": ("2023",)},
        "kita": {"teile": ("2020", "2022")},
        "nur-bezirk": {"bezirke": ("2023",)},
        **{f"x{n}": {"teile": ("2023",)} for n in range(25)},
    },
    areas={"bezirke": frozenset({"1", "2"}), "teile": frozenset(NINE)},
    level_order=("bezirke", "teile"),
    default="armut",
)
OFFERED = ComparisonChoices(
    CHOICES,
    {"lage": ("armut", "nur-bezirk"), "bildung": ("kita",), "viel": CHOICES.indicators[3:]},
)


def read(text):
    return validate_comparison(parse_comparison(text), OFFERED)


def keys(hints):
    return [key for key, _ in hints]


def test_an_empty_address_opens_the_theme_of_the_first_burden_without_areas():
    query, hints = read("")
    assert query == ComparisonQuery("teile", theme="lage", indicators=("armut",))
    assert hints == ()


def test_the_level_follows_from_the_areas_where_none_is_named():
    assert read("areas=1,2")[0].level == "bezirke"
    assert read("areas=a,b")[0].level == "teile"


def test_an_own_list_takes_the_place_of_the_theme_and_keeps_its_order():
    query, _ = read("level=teile&indicators=kita,armut&theme=lage")
    assert (query.theme, query.indicators) == ("", ("kita", "armut"))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("areas=a", "hint.side_one_area"),
        ("areas=" + ",".join(NINE), "hint.side_many_areas"),
        ("level=teile&areas=1,a,b", "hint.side_other_level"),
        ("areas=a,b,zzz&level=teile", "hint.areas"),
        ("level=mond", "hint.side_level"),
        ("theme=mond", "hint.side_theme"),
        ("level=teile&indicators=nur-bezirk", "hint.side_not_here"),
        ("indicators=mond", "hint.side_indicators"),
        ("period=1999", "hint.side_period"),
        ("compare=mond", "hint.side_compare"),
        ("sort=mond", "hint.side_sort"),
        ("interval=vielleicht", "hint.side_interval"),
        ("lang=fr", "hint.lang"),
        ("theme=viel&level=teile", "hint.side_long_theme"),
        ("indicators=" + ",".join(CHOICES.indicators[3:]), "hint.side_many_indicators"),
        ("level=a&level=b", "hint.unreadable"),
        ("areas=" + "a" * 7000, "hint.unreadable"),
    ],
)
def test_what_cannot_be_shown_leaves_a_hint_and_a_valid_query(text, hint):
    query, hints = read(text)
    assert hint in keys(hints)
    assert query.level in CHOICES.level_order
    assert len(query.areas) <= MOST_AREAS
    assert 0 < len(query.indicators) <= MOST_INDICATORS


def test_doubled_areas_count_once_in_the_order_of_their_first_mention():
    assert read("level=teile&areas=c,a,c,b")[0].areas == ("c", "a", "b")


@given(
    st.permutations(NINE).map(lambda x: x[:4]),
    st.sampled_from(["", "name", "-name", "armut", "-armut"]),
    st.sampled_from(["", "2021", "2023"]),
    st.booleans(),
)
def test_a_query_survives_its_own_address(areas, sort, period, intervals):
    query = ComparisonQuery(
        "teile", tuple(areas), "lage", ("armut",), period, sort=sort, intervals=intervals
    )
    assert read(serialise_comparison(query)) == (query, ())


@given(st.text(max_size=200))
def test_no_text_is_refused(text):
    query, _ = read(text)
    assert query.level


def test_keys_of_further_sections_stay_as_they_are_and_may_be_repeated(monkeypatch):
    monkeypatch.setattr(comparison_query, "SECTION_KEYS", ("group",))
    query, hints = read("level=teile&group=Mitte:a,b&group=Rand:c&foreign=1")
    assert query.sections == (("group", "Mitte:a,b"), ("group", "Rand:c"))
    assert hints == ()
    assert read(serialise_comparison(query))[0] == query


def test_sorting_steps_through_both_directions_and_back():
    query = ComparisonQuery("teile", indicators=("armut",))
    words = []
    for _ in range(3):
        query = sorted_by(query, "armut")
        words.append(sort_word(query, "armut"))
    assert words == ["descending", "ascending", "none"]
    assert sort_word(sorted_by(query, "name"), "name") == "ascending"


def test_an_area_is_added_once_and_never_a_ninth():
    query = ComparisonQuery("teile", ("a",))
    assert with_area(query, "a") is query
    assert with_area(query, "b").areas == ("a", "b")
    full = ComparisonQuery("teile", NINE[:8])
    assert with_area(full, "i") is full
    assert without_area(full, "c").areas == tuple("abdefgh")
