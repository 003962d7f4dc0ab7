"""An id that two boundary vintages share: a file of the one is never handed out for the other."""

import json

import pytest
from shapely.geometry import box, mapping

import app
from services.container import build_services
from services.importing import ImportOrder, ImportService
from tests.integration.callback_calls import body_of, post
from tests.integration.canary_crawl import callbacks_of
from tests.integration.test_recut_served import HEAD_OF_TWO, OLD
from tests.small_delivery import TABLE, write_delivery
from tests.town_fixture import settings_for

NEW = "id;jahr;kinder\n01;2021;21\n02;2021;41\n03;2021;51\n"
TABLES = TABLE + TABLE.replace("werte.csv", "neu.csv").replace('vintage = "1"', 'vintage = "2"')


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("delivery")
    recipe = write_delivery(folder, OLD, head=HEAD_OF_TWO, table=TABLES)
    (folder / "neu.csv").write_text(NEW, encoding="utf-8")
    features = [
        {
            "type": "Feature",
            "properties": {"key": f"0{n}"},
            "geometry": mapping(box(9.4 + 0.01 * n, 54.7, 9.41 + 0.01 * n, 54.71)),
        }
        for n in (1, 2, 3)
    ]
    layer = {"type": "FeatureCollection", "features": features}
    (folder / "neu.geojson").write_text(json.dumps(layer), encoding="utf-8")
    settings = settings_for(tmp_path_factory.mktemp("instance"))
    services = build_services(settings)
    ImportService(settings, services).run(ImportOrder(recipe, folder, publish=True))
    return app.create_app(settings, services=services).test_client()


@pytest.mark.parametrize("file", ["profil.csv?", "bericht.xlsx?page=profil&"])
def test_each_vintage_has_a_file_of_its_own(client, file):
    release = client.get("/api/v1/catalogue").json["release"]
    town = client.get("/api/v1/catalogue").json["town"]["id"]
    place = f"/export/{town}/{release}/{file}area=01&level=viertel"
    old = client.get(f"{place}@1")
    new = client.get(place)
    assert (old.status_code, new.status_code) == (200, 200)
    assert old.data != new.data
    assert client.get(f"{place}@1").data == old.data


def test_the_links_of_a_profile_keep_its_boundaries(client):
    client.get("/_dash-dependencies")
    callback = callbacks_of(client.application)["page.children"]

    def page(path):
        values = {"url.pathname": path, "url.search": ""}
        return post(client, body_of("page.children", callback, values)).get_data(as_text=True)

    old, new = page("/profil/viertel@1/01"), page("/profil/viertel/01")
    for way in ("profil.csv?", "bericht.pdf?page=profil&"):
        assert f"{way}level=viertel@1&area=01" in old
        assert f"{way}level=viertel&area=01" in new
    assert "/profil/viertel@1/01?length=easy" in old.replace("\\u002f", "/")
    assert "viertel@" not in new
