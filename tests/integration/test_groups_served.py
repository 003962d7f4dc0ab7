"""A figure of several areas together, from the table of an office to API, view and export."""

import csv
import io
import json

import pytest

import app
from services.container import build_services
from services.importing import ImportOrder, ImportService
from tests.small_delivery import TABLE, write_delivery
from tests.town_fixture import settings_for

GROUP = """
[[group]]
level = "viertel"
vintage = "1"
written = "Altstadt und Westliche Höhe"
name = { de = "Altstadt und Höhe", en = "Old town and hill" }
areas = ["01", "02"]
"""
BY_NAME = TABLE.replace('column = "id"', 'column = "id"\nby = "name"')
LINES = [
    "id;jahr;kinder",
    "Altstadt;2020;10",
    "Westliche Höhe;2020;20",
    "St. Jürgen;2020;30",
    "Altstadt und Westliche Höhe;2021;33",
    "St. Jürgen;2021;40",
]
VALUES = "/api/v1/values?indicator=kinder&level=viertel&period="


@pytest.fixture(scope="module")
def release_and_client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("delivery")
    recipe = write_delivery(folder, LINES, table=GROUP + BY_NAME)
    settings = settings_for(tmp_path_factory.mktemp("instance"))
    services = build_services(settings)
    order = ImportOrder(recipe, folder, publish=True)
    release = ImportService(settings, services).run(order).release_id
    return release, app.create_app(settings, services=services).test_client()


@pytest.fixture
def client(release_and_client):
    return release_and_client[1]


def test_the_api_gives_the_group_beside_the_areas(client):
    answer = client.get(f"{VALUES}2021&lang=en").json
    assert [(v["area_id"], v["value"], v["state"]) for v in answer["values"]] == [
        ("01", None, "not_collected"),
        ("02", None, "not_collected"),
        ("03", 40.0, "ok"),
    ]
    (group,) = answer["groups"]
    assert (group["area_id"], group["value"], group["area_ids"]) == ("01-02", 33.0, ["01", "02"])
    assert group["name"] == "Old town and hill"
    assert client.get(f"{VALUES}2020").json["groups"] == []


def test_areas_and_groups_of_the_api_add_up_to_the_town(client):
    answer = client.get(f"{VALUES}2021").json
    town = client.get("/api/v1/values?indicator=kinder&level=stadt&period=2021").json
    numbers = [v["value"] for v in (*answer["values"], *answer["groups"]) if v["value"] is not None]
    assert sum(numbers) == town["values"][0]["value"] == 73


def test_levels_name_their_groups_and_areas_hold_none(client):
    levels = {x["id"]: x for x in client.get("/api/v1/levels").json["levels"]}
    assert levels["viertel"]["groups"] == [
        {"id": "01-02", "name": "Altstadt und Höhe", "area_ids": ["01", "02"]}
    ]
    assert levels["viertel"]["areas"] == 3
    features = client.get("/api/v1/areas?level=viertel").json["features"]
    assert [f["id"] for f in features] == ["01", "02", "03"]


def test_the_table_of_the_api_has_a_row_and_a_note_of_the_group(client):
    text = client.get(f"{VALUES.replace('values', 'values.csv')}2021").data.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [line[:4] for line in lines[1:5]][-1] == [
        "01-02", "Altstadt und Höhe (gemeinsam)", "total", "33",
    ]  # fmt: skip
    assert "gilt für diese Gebiete gemeinsam" in text


@pytest.mark.parametrize("scope", ["period", "all_periods"])
def test_the_export_has_the_group_once_before_the_town(release_and_client, scope):
    release, client = release_and_client
    answer = client.get(
        f"/export/kleinstadt/{release}/atlas.csv?indicator=kinder&level=viertel&period=2021"
        f"&scope={scope}"
    )
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    end = lines.index([])
    column = lines[0].index("Kennung")
    ids = [line[column] for line in lines[1:end]]
    assert ids[-3:][1:] == ["01-02", "kleinstadt"]
    assert ids.count("01-02") == 1
    notes = [text for _, text in (line[:2] for line in lines[end + 1 :])]
    assert any("Altstadt, Westliche Höhe" in note for note in notes)


def test_the_view_holds_the_group_of_its_period(release_and_client):
    release, client = release_and_client
    view = client.get(f"/view/kleinstadt/{release}/viertel@1/kinder.json")
    periods = json.loads(view.data)["by_period"]
    (group,) = periods["2021"]["groups"]
    assert (group["id"], group["areas"], group["value"]) == ("01-02", ["01", "02"], 33.0)
    assert periods["2021"]["values"] == [None, None, 40.0]
    assert periods["2020"]["groups"] == []
