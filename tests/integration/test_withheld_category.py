"""A split that is withheld on one level: page, file and view answer, and say so."""

from dataclasses import replace

import pytest

import app
from callbacks.atlas_page import view_text
from domain.model import Audience, Text
from services.container import build_services
from tests import town_fixture as fixture
from tests.unit.services.test_linked_protection import town_of

GIRLS = [2, 1, 2, 1, 2, 1, 2, 1, 2, 5, 6, 7]
BOYS = [40 + i for i in range(12)]


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    town = town_of(
        ("arm", "total", "2021", [g + b for g, b in zip(GIRLS, BOYS, strict=True)]),
        ("arm", "w", "2021", GIRLS),
        ("arm", "m", "2021", BOYS),
    )
    named = tuple(
        replace(i, categories=(("w", Text("weiblich")), ("m", Text("männlich"))))
        for i in town.catalogue.indicators
    )
    town = replace(town, catalogue=replace(town.catalogue, indicators=named))
    settings = fixture.settings_for(tmp_path_factory.mktemp("verschwiegen") / "instance")
    fixture.publish(town, settings)
    return settings, build_services(settings)


@pytest.mark.parametrize("compare", ["city", "previous"])
def test_the_page_shows_the_whole_and_says_so(services, compare):
    monitoring = services[1].monitoring
    held = monitoring.offer(Audience.PUBLIC, monitoring.current()).categories_at
    assert held[("arm", "quartiere")] == {"2021": ("total",)}
    raw = {"indicator": "arm", "level": "quartiere", "category": "w", "compare": compare}
    selection, hints = monitoring.selection(Audience.PUBLIC, raw)
    assert selection.category == "total"
    assert [key for key, _ in hints] == ["hint.category_level"]
    assert '"2021"' in view_text(services[1], Audience.PUBLIC, selection)[0]
    raw = {"indicator": "arm", "level": "bezirke", "category": "w"}
    assert monitoring.selection(Audience.PUBLIC, raw)[0].category == "w"


def test_the_file_and_the_view_are_answered(services):
    settings, built = services
    client = app.create_app(settings, services=built).test_client()
    release = built.monitoring.current()
    query = "indicator=arm&category=w&lang=de&level=quartiere&scope=all_periods"
    file = client.get(f"/export/kleinstadt/{release}/atlas.csv?{query}")
    assert file.status_code == 200
    assert "keine Werte, die gezeigt werden dürfen" in file.get_data(as_text=True)
    view = client.get(f"/view/kleinstadt/{release}/quartiere@2020/arm.json?category=w")
    assert view.status_code == 200
    assert view.json["by_period"] == {}
