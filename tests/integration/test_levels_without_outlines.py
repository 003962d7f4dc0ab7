"""A town with figures but without a map, from its table to API, page and export."""

import csv
import io
import json

import pytest

import app
from callbacks.atlas_page import atlas_page
from domain.model import Audience
from services.container import build_services
from services.importing import ImportOrder, ImportService
from tests.small_delivery import write_delivery
from tests.town_fixture import settings_for
from tests.unlocated_delivery import (
    DRAWN_HEAD,
    DRAWN_TABLES,
    IDS,
    LINES,
    LISTED_HEAD,
    LISTED_TABLES,
)

COUNTS = [110 * n for n in range(1, 13)]
VALUES = "/api/v1/values?indicator=kinder&level=viertel&period=2021"


def served(tmp_path_factory, head, tables):
    folder = tmp_path_factory.mktemp("delivery")
    recipe = write_delivery(folder, LINES, head=head, table=tables)
    settings = settings_for(tmp_path_factory.mktemp("instance"))
    services = build_services(settings)
    order = ImportOrder(recipe, folder, publish=True)
    release = ImportService(settings, services).run(order).release_id
    return release, services, app.create_app(settings, services=services).test_client()


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """Neither level of the town has outlines."""
    return served(tmp_path_factory, LISTED_HEAD, LISTED_TABLES)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """The quarters have outlines, the level beside them has none."""
    return served(tmp_path_factory, DRAWN_HEAD, DRAWN_TABLES)


def test_levels_say_that_they_have_no_outlines(bare):
    levels = {x["id"]: x for x in bare[2].get("/api/v1/levels").json["levels"]}
    assert {k: (x["outlines"], x["areas"]) for k, x in levels.items()} == {
        "stadt": (None, 1), "viertel": (None, 12),
    }  # fmt: skip


def test_areas_are_features_without_geometry_and_a_note(bare):
    answer = bare[2].get("/api/v1/areas?level=viertel&lang=en").json
    assert [f["id"] for f in answer["features"]] == list(IDS)
    assert [f["geometry"] for f in answer["features"]] == [None] * 12
    assert "no outlines of the level “Viertel”" in answer["note"]
    table = bare[2].get("/api/v1/areas.csv?level=viertel").data.decode("utf-8-sig")
    assert "keine Umrisse" in table


def test_a_level_with_outlines_has_no_note(mixed):
    levels = {x["id"]: x["outlines"] for x in mixed[2].get("/api/v1/levels").json["levels"]}
    assert levels["listen"] is None
    assert mixed[2].get(levels["viertel"]).json["type"] == "FeatureCollection"
    answer = mixed[2].get("/api/v1/areas?level=viertel").json
    assert answer["note"] is None
    assert answer["features"][0]["geometry"]["type"] == "Polygon"


def test_outlines_that_do_not_exist_are_not_found_with_a_message(bare):
    answer = bare[2].get(f"/geo/kleinstadt/{bare[0]}/viertel@1.0123456789ab.json")
    assert answer.status_code == 404
    assert answer.json["error"]["code"] == "unknown_geometry"
    assert "Umrisse" in answer.json["error"]["message_de"]


def test_values_and_the_sum_of_the_town_are_there(bare):
    numbers = [v["value"] for v in bare[2].get(VALUES).json["values"]]
    assert numbers == COUNTS
    town = bare[2].get(VALUES.replace("viertel", "stadt")).json["values"]
    assert town[0]["value"] == sum(numbers)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_export_says_that_there_is_no_map(bare, suffix):
    release, _, client = bare
    answer = client.get(
        f"/export/kleinstadt/{release}/atlas.{suffix}?indicator=kinder&level=viertel&period=2021"
    )
    assert answer.status_code == 200
    if suffix == "csv":
        lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
        notes = [line[1] for line in lines[lines.index([]) :] if len(line) > 1]
        assert any(note.startswith("Für die Ebene „Viertel“ liegen keine") for note in notes)


def test_the_export_of_a_level_with_outlines_says_nothing(mixed):
    release, _, client = mixed
    answer = client.get(
        f"/export/kleinstadt/{release}/atlas.csv?indicator=kinder&level=viertel&period=2021"
    )
    assert "keine Umrisse" not in answer.data.decode("utf-8-sig")


def content_of(services, level):
    raw = {"indicator": "kinder", "level": level, "period": "2021", "second": "anteil"}
    selection, hints = services.monitoring.selection(Audience.PUBLIC, raw)
    assert (selection.level, hints) == (level, ())
    return services.monitoring.atlas_content(Audience.PUBLIC, selection)


def test_what_the_page_shows_has_no_frame_but_everything_else(bare):
    content = content_of(bare[1], "viertel")
    assert content.frame is None
    assert content.drawn_levels == ()
    assert content.view.by_period["2021"].values == tuple(COUNTS)
    assert content.second is not None
    assert content.associations["2021"].fit is not None


def test_levels_with_a_map_are_named_where_there_is_one(mixed):
    content = content_of(mixed[1], "listen")
    assert content.frame is None
    assert [level.id for level in content.drawn_levels] == ["viertel"]
    drawn = content_of(mixed[1], "viertel")
    assert drawn.frame is not None
    assert drawn.drawn_levels == ()


@pytest.mark.parametrize(
    ("language", "words"), [("de", "Keine Karte: Von der Ebene"), ("en", "No map: the outlines")]
)
def test_the_page_carries_the_message_in_both_languages(bare, language, words):
    page = atlas_page(bare[1], Audience.PUBLIC, f"?level=viertel&lang={language}")
    payload = json.loads(page.view)
    assert (page.has_map, page.figures["map"].data) == (False, ())
    assert payload["no_map"][0].startswith(words)
    assert json.loads(page.outlines)["points"] == []


def test_the_page_of_a_level_with_outlines_has_its_map(mixed):
    page = atlas_page(mixed[1], Audience.PUBLIC, "?level=viertel")
    assert (page.has_map, json.loads(page.view)["no_map"]) == (True, [])
    assert len(json.loads(page.outlines)["points"]) == 3
    unlocated = atlas_page(mixed[1], Audience.PUBLIC, "?level=listen")
    assert "Viertel" in json.loads(unlocated.view)["no_map"][1]
