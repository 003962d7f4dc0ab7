"""Names of offices against names of maps: what is the same, what is told, what is never guessed."""

import random
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importing.keys import AreaKeys
from data.importing.likeness import Likeness
from data.importing.names import name_parts, normal_name

TOWN = {
    "01": "Flensburg",
    "02": "Cottbus - Chóśebuz",
    "03": "Südtondern (Sydtønder)",
    "04": "Moorburg",
    "05": "Altenwerder",
    "06": "Rude/Südstadt",
    "07": "Mitte",
    "08": "Neuhof / Nord",
    "09": "Neuhof / Süd",
}
KEYS = AreaKeys(TOWN)
PLACES = ["Altstadt", "Neustadt", "Rude", "Südstadt", "St. Jürgen", "Moorburg", "Nord", "Bautzen"]
JOINS = ["", "/", " - ", " und ", " (", "-", " 1)", "*", ", Stadt"]
written_names = st.builds(
    lambda a, join, b: f"{a}{join}{b}{')' if '(' in join else ''}",
    st.sampled_from(PLACES), st.sampled_from(JOINS), st.sampled_from(["", *PLACES]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Höhe", unicodedata.normalize("NFD", "Höhe")),
        ("Straße am Weg", "STRASSE AM WEG"),
        ("Bahnhofstr.", "Bahnhofstraße"),
        ("Bahnhofstr.-Nord", "Bahnhofstraße Nord"),
        ("Alt–Saarbrücken", "Alt-Saarbrücken"),
        ("Alt‑Saarbrücken", "Alt_Saarbruecken"),
        ("O’Brien", "O'Brien"),
        ("Sankt Lorenz", "St.Lorenz"),
        ("Neustadt a.d. Donau", "Neustadt an der Donau"),
        ("Neustadt a. d. Donau", "Neustadt an der Donau"),
        ("Chóśebuz", "Chosebuz"),
        ("Łódź", "Lodz"),
        ("Jena\u00a0Ost", "Jena Ost"),
        ("Alt\u00adstadt", "Altstadt"),
    ],
)
def test_spellings_of_one_name_have_one_form(one, other):
    assert normal_name(one) == normal_name(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Höhe", "Hohe"), ("Nordstadt", "Nord"), ("Altstadt 1", "Altstadt")]
)
def test_different_names_stay_different(one, other):
    assert normal_name(one) != normal_name(other)


@pytest.mark.parametrize(
    ("written", "area"),
    [
        ("Flensborg/Flensburg", "01"),
        ("Flensborg – Flensburg", "01"),
        ("Cottbus", "02"),
        ("Chosebuz", "02"),
        ("Chóśebuz/Cottbus", "02"),
        ("Sydtønder", "03"),
        ("Südtondern", "03"),
        ("Sydtønder (Südtondern)", "03"),
        ("Rude", "06"),
    ],
)
def test_a_part_of_a_bilingual_name_is_taken_and_told(written, area):
    match = KEYS.find(written, by="name")
    assert (match.area, match.taken_as, match.problem) == (area, TOWN[area], "")


@pytest.mark.parametrize(
    "written",
    [
        "Flensburg (Stadtteil 01)",
        "Flensburg (ohne Rude)",
        "Flensburg 1)",
        "Flensburg*",
        "Flensburg¹",
        "Flensburg, Stadt",
        "Flensborg",
    ],
)
def test_an_annotated_name_is_suggested_and_not_taken(written):
    match = KEYS.find(written, by="name")
    assert (match.area, match.problem) == ("", "unknown")
    assert match.suggestions[0].area == "01"
    assert match.suggestions[0].score >= 0.85


@pytest.mark.parametrize(
    "written", ["Moorburg und Altenwerder", "Moorburg/Altenwerder", "Altenwerder, Moorburg"]
)
def test_several_areas_in_one_name_are_named_and_not_taken(written):
    match = KEYS.find(written, by="name")
    assert (match.area, match.problem) == ("", "joined")
    assert [s.area for s in match.suggestions] == ["04", "05"]


def test_a_part_that_two_areas_have_is_never_guessed():
    match = KEYS.find("Neuhof", by="name")
    assert (match.area, match.problem) == ("", "ambiguous")
    assert [s.area for s in match.suggestions] == ["08", "09"]
    assert KEYS.find("Nord", by="name").area == ""


def test_areas_of_one_name_are_told_apart_by_their_parents():
    keys = AreaKeys({"1": "Neudorf", "2": "Neudorf"}, parents={"1": "West", "2": "Ost"})
    match = keys.find("neudorf", by="name")
    assert [s.shown for s in match.suggestions] == ["1 Neudorf (West)", "2 Neudorf (Ost)"]


def test_a_name_in_a_column_of_keys_is_suggested():
    match = KEYS.find("Moorburg", by="id")
    assert (match.area, match.suggestions[0].area) == ("", "04")


@given(st.text(max_size=30))
def test_the_normal_form_is_its_own_normal_form(name):
    assert normal_name(normal_name(name)) == normal_name(name)


@given(st.lists(written_names, min_size=1, max_size=8, unique=True), written_names)
def test_a_text_names_one_area_for_all_orders_of_the_map_or_none(names, written):
    areas = {str(i): name for i, name in enumerate(names)}
    first = AreaKeys(areas).find(written, by="name")
    other = AreaKeys(dict(reversed(areas.items()))).find(written, by="name")
    assert first.area == other.area
    assert bool(first.area) != bool(first.problem)


@given(st.lists(written_names, min_size=1, max_size=8, unique=True), written_names)
def test_a_name_that_several_areas_carry_never_returns_an_area(names, written):
    areas = {str(i): name for i, name in enumerate(names)}
    carriers = [a for a, name in areas.items() if normal_name(name) == normal_name(written)]
    match = AreaKeys(areas).find(written, by="name")
    if len(carriers) > 1:
        assert (match.area, match.problem) == ("", "ambiguous")
    if len(carriers) == 1:
        assert (match.area, match.taken_as) == (carriers[0], "")
    if not carriers and match.area:
        assert match.taken_as == areas[match.area]
        ours = {normal_name(written), *name_parts(written)}
        assert ours & {normal_name(match.taken_as), *name_parts(match.taken_as)}


def test_an_unknown_name_among_ten_thousand_is_compared_with_few_of_them(monkeypatch):
    dice = random.Random(4)
    syllables = ["ober", "unter", "neu", "alt", "wald", "bach", "dorf", "hausen", "stein", "furt"]
    names = {f"{i:05}": "".join(dice.choices(syllables, k=4)) + f" {i % 97}" for i in range(10_997)}
    keys = AreaKeys(names)
    unknown = [f"{name[:3]}x{name[4:]}" for name in list(names.values())[:500]]
    compared = Counter()
    score = Likeness._score

    def counted(self, matcher, text, known):
        compared[text] += 1
        return score(self, matcher, text, known)

    monkeypatch.setattr(Likeness, "_score", counted)
    found = [keys.find(name, by="name") for name in unknown]
    assert sum(bool(match.suggestions) for match in found) == 500
    assert len(compared) >= 490
    assert max(compared.values()) <= 32
