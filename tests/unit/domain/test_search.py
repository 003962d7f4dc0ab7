"""Names are found as people type them; what is spelt as asked comes first."""

from __future__ import annotations

import pytest

from domain.search import Entry, SearchIndex, marks
from domain.spelling import beginning_distance, query_words, spellings
from domain.streets import HouseNumbers

ENTRIES = (
    Entry("Nordstadt", ("31",)),
    Entry("Nord", weight=0.05),
    Entry("Lindenhof-Nord"),
    Entry("Großenhagen"),
    Entry("Kinderarmut", ("Soziale Lage",), ("Haushalte mit Grundsicherung",)),
    Entry("Grünallee", is_street=True),
    Entry("Berliner Straße", is_street=True, numbers=HouseNumbers(1, 39)),
    Entry("Berliner Straße", is_street=True, numbers=HouseNumbers(41, 79, "odd")),
    Entry("St. Jürgen"),
)


@pytest.fixture(scope="module")
def index():
    return SearchIndex(ENTRIES)


def names(index, query):
    _, hits = index.search(query, 20)
    return [ENTRIES[hit.position].name for hit in hits]


def test_the_whole_name_comes_before_its_beginning_and_that_before_a_part(index):
    assert names(index, "nord") == ["Nord", "Nordstadt", "Lindenhof-Nord"]


@pytest.mark.parametrize("query", ["Grün", "gruen", "grun", "GRÜNALLEE", "grün allee"])
def test_umlauts_may_be_written_out_or_left_off(index, query):
    assert names(index, query)[0] == "Grünallee"


@pytest.mark.parametrize("query", ["Nordstatd", "Nrodstadt", "Nordsttadt", "Nordstat"])
def test_slips_are_forgiven_where_nothing_is_spelt_so(index, query):
    assert "Nordstadt" in names(index, query)


def test_a_right_name_is_never_hidden_among_similar_ones(index):
    assert names(index, "Großenhagen") == ["Großenhagen"]
    assert names(index, "qqqqqq") == []


def test_other_names_and_descriptions_are_found_behind_names(index):
    assert names(index, "31") == ["Nordstadt"]
    assert names(index, "grundsicherung") == ["Kinderarmut"]
    assert names(index, "soziale armut") == ["Kinderarmut"]


@pytest.mark.parametrize(
    ("query", "place"), [("Berliner Str. 12", 6), ("berliner straße 41a", 7), ("berlinr str 39", 6)]
)
def test_a_house_number_chooses_the_part_of_a_street(index, query, place):
    _, hits = index.search(query, 20)
    assert [hit.position for hit in hits] == [place]


def test_a_number_no_house_has_leaves_the_street_itself(index):
    assert names(index, "Berliner Straße 500") == ["Berliner Straße"] * 2
    assert names(index, "Berliner Straße 42") == ["Berliner Straße"] * 2


def test_sankt_is_found_by_its_short_name_and_the_other_way_round(index):
    assert names(index, "sankt jürgen") == ["St. Jürgen"]
    assert spellings("Sankt") == ("sankt", "st")


def test_marks_lie_on_the_letters_of_the_name_as_it_is_written(index):
    assert marks("Großenhagen", query_words("grossenh")) == ((0, 7),)
    assert marks("Grünallee", query_words("gruen")) == ((0, 4),)
    assert marks("Nordstadt", query_words("nordstatd")) == ((0, 9),)
    assert marks("Nordstadt", query_words("xyz")) == ()


def test_how_many_there_are_is_told_beside_the_best(index):
    total, hits = index.search("n", 1)
    assert (total, len(hits)) == (3, 1)


@pytest.mark.parametrize("query", ["", "   ", "…", "/", "\x00"])
def test_nothing_asked_finds_nothing(index, query):
    assert index.search(query, 5) == (0, [])


@pytest.mark.parametrize("number", ["²", "①", "9" * 5000, "1²"])
def test_signs_that_only_look_like_house_numbers_are_words_like_others(number):
    street = SearchIndex((Entry("Hafenstraße", is_street=True),))
    assert street.search("Hafenstr 12", 5)[0] == 1
    assert street.search(f"Hafenstr {number}", 5) == (0, [])


def test_an_index_of_nothing_answers():
    assert SearchIndex(()).search("nord", 5) == (0, [])


def test_swapped_letters_are_one_slip():
    assert beginning_distance("nrod", "nordstadt", 1) == (1, 4)
    assert beginning_distance("nxyd", "nordstadt", 1) is None
