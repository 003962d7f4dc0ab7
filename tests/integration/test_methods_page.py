"""Indicators and methods: windows that can be told apart, and towns without areas."""

from __future__ import annotations

from dataclasses import replace

import pytest

import app
from services.container import build_services
from tests import town_fixture as fixture
from tests.integration.test_start_page import page


def served(town, folder):
    settings = fixture.settings_for(folder)
    fixture.publish(town, settings)
    services = build_services(settings)
    yield app.create_app(settings, services=services).test_client()
    services.releases.close()


def town_without_areas():
    """Return a town of which only the whole is known."""
    town = fixture.small_town()
    values = town.values[(town.values["area"] == "01") & (town.values["indicator"] == "kinder")]
    return replace(
        town,
        catalogue=replace(
            town.catalogue,
            levels=tuple(x for x in town.catalogue.levels if x.kind == "city"),
            indicators=tuple(i for i in town.catalogue.indicators if i.id == "kinder"),
        ),
        areas={key: frame for key, frame in town.areas.items() if key.startswith("stadt@")},
        parents=town.parents.iloc[:0],
        values=values.assign(level="stadt", area="kleinstadt"),
        facilities=town.facilities.iloc[:0],
    )


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    yield from served(fixture.small_town(), tmp_path_factory.mktemp("methods"))


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    yield from served(town_without_areas(), tmp_path_factory.mktemp("alone"))


@pytest.mark.parametrize(
    ("search", "title"),
    [
        ("", "Indikatoren & Methoden"),
        ("?part=gaps", "Datenlücken – Indikatoren & Methoden"),
        ("?part=signs&lang=en", "Signs – Indicators & methods"),
    ],
)
def test_the_window_of_a_part_is_named_after_it(client, search, title):
    assert f'"data-title": "{title}"' in page(client, "/methoden", search)


@pytest.mark.parametrize(
    ("language", "words"), [("de", "nur die Stadt als Ganzes"), ("en", "the town as a whole only")]
)
def test_gaps_of_a_town_without_areas_say_that_there_are_none(alone, language, words):
    assert words in page(alone, "/methoden", f"?part=gaps&lang={language}")


@pytest.mark.parametrize("part", ["indicators", "methods", "signs", "glossary", "downloads"])
def test_every_other_part_opens_for_a_town_without_areas(alone, part):
    assert "Indikatoren & Methoden" in page(alone, "/methoden", f"?part={part}")


def test_the_sheet_of_an_indicator_opens_for_a_town_without_areas(alone):
    assert "Was kinder sagt." in page(alone, "/methoden/kinder")
