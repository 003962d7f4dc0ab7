"""Periods of several kinds and provisional values, from a table of an office to every answer."""

import csv
import io
import json
import sqlite3

import pytest

import app
from data.bundle import VALUE_FILES
from data.reader import ReleaseReader
from domain.model import Audience
from services.container import build_services
from services.importing import ImportOrder, ImportService
from tests.small_delivery import HEAD, TABLE, write_delivery
from tests.town_fixture import settings_for

PERIODS = {
    "2019–2021": "2019-2021",
    "Schuljahr 2021/2022": "2021/22",
    "1. Hj. 2022": "2022-H1",
    "2. Hj. 2022": "2022-H2",
    "2023 (vorläufig)": "2023",
}
LINES = [
    "id;jahr;kinder",
    *(f"{area};{text};{50 + n}" for text in PERIODS for n, area in enumerate(("01", "02", "03"))),
]
IN_TIME = ["2019-2021", "2021/22", "2022-H1", "2022-H2", "2023"]
OPEN = HEAD.replace("[indicator_defaults]", '[indicator_defaults]\ndisclosure = "none"').replace(
    'id = "kinder"\n', 'id = "kinder"\ntime_reference = "school_year"\n', 1
)
VALUES = "/api/v1/values?indicator=kinder&level=viertel&period="


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("delivery")
    recipe = write_delivery(folder, LINES, head=OPEN, table=TABLE)
    found = settings_for(tmp_path_factory.mktemp("instance"))
    services = build_services(found)
    ImportService(found, services).run(ImportOrder(recipe, folder, publish=True))
    return found


@pytest.fixture(scope="module")
def client(settings):
    return app.create_app(settings).test_client()


@pytest.fixture(scope="module")
def folder(settings):
    return next((settings.data_dir / "releases").rglob(VALUE_FILES[Audience.PUBLIC])).parent


def indicator_of(client, language):
    themes = client.get(f"/api/v1/catalogue?lang={language}").json["themes"]
    return next(i for theme in themes for i in theme["indicators"] if i["id"] == "kinder")


def test_the_release_says_what_each_period_spans(folder):
    reader = ReleaseReader(folder, Audience.PUBLIC)
    rows = {row["period"]: row for row in reader.periods().to_dict("records")}
    reader.close()
    spans = {p: (r["kind"], r["first_day"], r["last_day"]) for p, r in rows.items()}
    assert spans == {
        "2019-2021": ("pooled", "2019-01-01", "2021-12-31"),
        "2021/22": ("school_year", "2021-08-01", "2022-07-31"),
        "2022-H1": ("half_year", "2022-01-01", "2022-06-30"),
        "2022-H2": ("half_year", "2022-07-01", "2022-12-31"),
        "2023": ("year", "2023-01-01", "2023-12-31"),
    }
    assert rows["2022-H1"]["label_de"] == "1. Halbjahr 2022"


def test_a_release_from_before_the_table_of_periods_says_the_same(folder, tmp_path):
    old = tmp_path / VALUE_FILES[Audience.PUBLIC]
    old.write_bytes((folder / old.name).read_bytes())
    with sqlite3.connect(old) as connection:
        connection.execute("DROP TABLE period")
    connection.close()
    now, before = (ReleaseReader(f, Audience.PUBLIC) for f in (folder, tmp_path))
    assert before.periods().equals(now.periods())
    now.close()
    before.close()


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("de", ["2019–2021", "2021/22", "1. Halbjahr 2022", "2. Halbjahr 2022", "2023"]),
        ("en", ["2019–2021", "2021/22", "H1 2022", "H2 2022", "2023"]),
    ],
)
def test_the_catalogue_lists_periods_in_time_with_their_labels(client, language, labels):
    found = indicator_of(client, language)
    assert found["periods"] == IN_TIME
    assert [p["id"] for p in found["period_details"]] == IN_TIME
    assert [p["label"] for p in found["period_details"]] == labels
    assert all(offer["periods"] == IN_TIME for offer in found["offered"])


def test_the_api_flags_provisional_values_of_areas_and_town(client):
    answer = client.get(f"{VALUES}2023").json
    assert {v["flags"] for v in answer["values"]} == {"p"}
    assert answer["period_details"]["last_day"] == "2023-12-31"
    town = client.get("/api/v1/values?indicator=kinder&level=stadt&period=2023").json["values"]
    assert [(v["value"], v["flags"]) for v in town] == [(153.0, "p")]
    assert {v["flags"] for v in client.get(f"{VALUES}2021/22").json["values"]} == {""}


def test_the_api_table_explains_the_flags_it_has(client):
    url = "/api/v1/values.csv?indicator=kinder&level=viertel&lang=de&period="
    text = client.get(f"{url}2023").get_data(as_text=True)
    assert "p: vorläufiger Wert" in text
    assert "vorläufig" not in client.get(f"{url}2022-H1").get_data(as_text=True)


def test_the_export_writes_labels_and_the_remark_for_areas_and_town(client):
    release = client.get("/api/v1/levels").json["release"]
    answer = client.get(
        f"/export/kleinstadt/{release}/atlas.csv?indicator=kinder&level=viertel"
        "&period=2022-H1&scope=all_periods&lang=de"
    )
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    period, remark = (lines[0].index(name) for name in ("Zeitraum", "Hinweise"))
    found = [(line[period], line[remark]) for line in lines[1 : lines.index([])]]
    labels = ["2019–2021", "2021/22", "1. Halbjahr 2022", "2. Halbjahr 2022", "2023"]
    remarks = ["", "", "", "", "vorläufiger Wert"]
    assert found == [pair for pair in zip(labels, remarks, strict=True) for _ in range(4)]
    notes = [line[1] for line in lines if line[:1] == ["Zeitraum"]]
    assert any("2019–2021" in note and "2023" in note for note in notes)


def test_the_view_keeps_periods_in_time_and_their_flags(client):
    release = client.get("/api/v1/levels").json["release"]
    view = json.loads(client.get(f"/view/kleinstadt/{release}/viertel@1/kinder.json").data)
    assert view["periods"] == IN_TIME
    assert view["by_period"]["2023"]["flags"] == ["p", "p", "p"]
    assert view["by_period"]["2023"]["city"]["flags"] == "p"
