"""The map of what a release changes: every kind of change on its area, told in words as well."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from domain.difference_map import Change
from services.difference_maps import Cut
from tests.integration.test_release_difference import later_town
from tests.release_desk import DeskTown
from tests.town_fixture import QUARTERS

SVG = re.compile(r"<svg class=\"changes__map\".*?</svg>", re.DOTALL)


def orphaning(_town):
    """Return the town a year on, with a quarter that only the public release has."""
    town = later_town()
    quarters = town.areas["quartiere@2020"]
    town.areas["quartiere@2020"] = quarters[quarters["area_id"] != "11"].reset_index(drop=True)
    town = replace(town, values=town.values[town.values["area"] != "11"].reset_index(drop=True))
    return replace(town, parents=town.parents[town.parents["child"] != "11"])


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = DeskTown.at(tmp_path_factory.mktemp("changes"))
    town.waits = town.wait(orphaning)
    town.browser = town.browsers()
    return town


def changes(town, **words):
    offer = town.services.changes.offer(town.waits, Cut(level="quartiere@2020", **words))
    view = town.services.changes.compare(town.waits, offer)
    return {a.id: a.change for a in view.areas}, view


def test_every_kind_of_change_stands_on_its_area(town):
    found, _ = changes(town, indicator="kinder", period="2022")
    assert found.pop("03") is Change.REVISED
    assert found.pop("01") is Change.SLIGHTLY
    assert found.pop("11") is Change.ORPHANED
    assert set(found.values()) == {Change.UNCHANGED}
    assert changes(town, indicator="kinder", period="2021")[0]["07"] is Change.LOST
    newest, view = changes(town, indicator="kinder", period="2024")
    assert newest["05"] is Change.JUMP
    assert newest["06"] is Change.NEW
    assert len(view.areas) == len(QUARTERS)


def test_what_the_public_may_see_now_or_no_longer_is_told_of_public_cells(town):
    assert changes(town, indicator="kinderarmut", period="2023")[0]["05"] is Change.HIDDEN


def test_unknown_words_are_replaced_and_said_so(town):
    offer = town.services.changes.offer(town.waits, Cut("x", "y@z", "1700", "q"))
    assert not offer.is_as_asked
    assert offer.cut.indicator == "kinder"
    assert offer.level.kind != "city"
    assert offer.cut.period == "2024"
    assert town.services.changes.offer(town.waits, Cut()).is_as_asked


@pytest.mark.parametrize("language", ["de", "en"])
def test_map_and_table_tell_the_same(town, language):
    query = f"indicator=kinder&level=quartiere@2020&period=2022&lang={language}"
    answer = town.browser("dora").get(f"/intern/daten/ausgabe/{town.waits}/karte?{query}")
    assert answer.status_code == 200
    drawn = ET.fromstring(SVG.search(answer.text)[0])  # noqa: S314 - our own
    titles = [t.text for t in drawn.iter("title")]
    assert len(titles) == len(QUARTERS)
    rows = re.findall(r'<tr id="zeile-(\d+)"><th scope="row">([^<]*)<', answer.text)
    for number, name in rows:
        shape = drawn.find(f".//path[@id='flaeche-{number}']/title")
        assert shape.text.startswith(f"{name}: ")
    said = {"de": "um mehr als 10 % geändert", "en": "changed by more than 10 %"}[language]
    assert any(said in t and "400" in t and "241" in t for t in titles)
    stops = {a.get("href") for a in drawn.iter("a")}
    assert stops == {"#zeile-1", "#zeile-2", "#zeile-3"}


def test_institutions_are_dots_and_the_town_is_one_area(town):
    for words in ("indicator=kinder&level=stadt@2020", "indicator=kinder&period=1"):
        answer = town.browser("anna").get(f"/intern/daten/ausgabe/{town.waits}/karte?{words}")
        assert answer.status_code == 200
        assert SVG.search(answer.text)


def test_the_first_release_has_nothing_to_be_compared_with(town):
    answer = town.browser("anna").get(f"/intern/daten/ausgabe/{town.first}/karte")
    assert answer.status_code == 200
    assert "keine andere Ausgabe" in answer.text
    assert town.browser("anna").get("/intern/daten/ausgabe/x/karte").status_code == 404


def test_the_page_of_the_release_leads_to_the_map(town):
    told = town.browser("dora").get(f"/intern/daten/ausgabe/{town.waits}").text
    assert f'/intern/daten/ausgabe/{town.waits}/karte"' in told
    assert town.browser("emil").get(f"/intern/daten/ausgabe/{town.waits}/karte").status_code == 403
