from __future__ import annotations

import csv
import datetime as dt
import io
import itertools

import openpyxl
import pytest

import app
from domain.model import SHOWN_STATES, State
from domain.roles import Role
from services.container import build_services
from tests.town_fixture import (
    CHILDREN,
    CLOCK,
    POOR,
    QUARTERS,
    publish,
    publish_small_town,
    small_town,
)
from web.api_models import (
    AreasAnswer,
    CatalogueAnswer,
    ErrorAnswer,
    LevelsAnswer,
    ValuesAnswer,
)

VALUES = "/api/v1/values?indicator=kinderarmut&period=2023&level=quartiere"


def test_values_list_every_area_in_the_agreed_form(client):
    body = client.get(VALUES).json
    assert set(body) == {
        *("release", "indicator", "category", "level", "vintage", "period", "period_details"),
        *("ranked", "values", "groups"),
    }
    assert (body["period_details"]["id"], body["period_details"]["kind"]) == (
        body["period"],
        "year",
    )
    assert body["groups"] == []
    assert [v["area_id"] for v in body["values"]] == list(QUARTERS)
    assert all(
        set(v)
        == {
            "area_id",
            "category",
            "value",
            "state",
            "flags",
            "numerator",
            "denominator",
            "lower",
            "upper",
            "rank_low",
            "rank_high",
            "trend",
        }
        for v in body["values"]
    )


def test_a_shown_value_is_the_delivered_one(client):
    by_area = {v["area_id"]: v for v in client.get(VALUES).json["values"]}
    third = by_area["03"]
    children = CHILDREN[2] + 2
    assert third["state"] == "ok"
    assert third["value"] == pytest.approx(100 * POOR[2] / children)
    assert (third["numerator"], third["denominator"]) == (POOR[2], children)
    assert third["lower"] < third["value"] < third["upper"]


def test_a_suppressed_cell_has_no_number(client):
    cells = [v for v in client.get(VALUES).json["values"] if v["state"] == "suppressed"]
    assert "02" in {v["area_id"] for v in cells}
    for cell in cells:
        told = ("value", "numerator", "denominator", "lower", "upper", "rank_low", "rank_high")
        assert {cell[k] for k in (*told, "trend")} == {None}


def test_a_missing_area_is_not_collected_and_not_zero(client):
    body = client.get("/api/v1/values?indicator=miete&period=2023&level=quartiere").json
    by_area = {v["area_id"]: v for v in body["values"]}
    assert by_area["01"]["value"] == 9.5
    assert by_area["02"]["state"] == "not_collected"
    assert by_area["02"]["value"] is None


def test_only_states_that_show_a_number_carry_one(client):
    for indicator in ("kinder", "kinderarmut", "geheim", "amtlich", "miete"):
        address = f"/api/v1/values?indicator={indicator}&period=2022&level=quartiere"
        for value in client.get(address).json["values"]:
            if State(value["state"]) not in SHOWN_STATES:
                assert value["value"] is None


def test_the_catalogue_names_levels_and_periods_of_each_indicator(client):
    body = client.get("/api/v1/catalogue").json
    found = {i["id"]: i for t in body["themes"] for i in t["indicators"]}
    assert found["kinderarmut"]["unit"] == "%"
    assert found["kinderarmut"]["polarity"] == "high_burden"
    assert found["kinderarmut"]["periods"] == ["2021", "2022", "2023"]
    assert "quartiere" in found["kinderarmut"]["levels"]


def test_names_come_in_the_wanted_language(client):
    german = client.get("/api/v1/catalogue").json["themes"][0]["name"]
    english = client.get("/api/v1/catalogue?lang=en").json["themes"][0]["name"]
    assert (german, english) == ("Soziale Lage", "Social situation")


def test_areas_are_geojson_with_names(client):
    answer = client.get("/api/v1/areas?level=bezirke")
    assert answer.mimetype == "application/geo+json"
    assert [f["id"] for f in answer.json["features"]] == ["A", "B", "C", "D"]
    assert answer.json["features"][0]["properties"]["name"] == "Gebiet A"


def test_outer_rings_run_counter_clockwise(client):
    feature = client.get("/api/v1/areas?level=bezirke").json["features"][0]
    pairs = itertools.pairwise(feature["geometry"]["coordinates"][0])
    assert sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairs) < 0


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("", 400, "missing_parameter"),
        ("?indicator=kinder&period=2023", 400, "missing_parameter"),
        ("?indicator=kinder&period=2023&level=quartiere&categroy=x", 400, "unknown_parameter"),
        ("?indicator=a&indicator=b&period=2023&level=quartiere", 400, "doubled_parameter"),
        ("?indicator=kinder&period=2023&level=quartiere&lang=fr", 400, "unknown_language"),
        ("?indicator=%27%20OR%201=1--&period=2023&level=quartiere", 404, "unknown_indicator"),
        ("?indicator=kinder&period=2023&level=%27;DROP", 404, "unknown_level"),
        ("?indicator=kinder&period=1900&level=quartiere", 404, "no_values"),
        ("?indicator=kinder&period=2023&level=quartiere&category=x", 404, "unknown_category"),
        ("?indicator=kinder&period=2023&level=quartiere&vintage=1", 404, "unknown_vintage"),
        ("?indicator=kinder&period=2023&level=quartiere&release=zzz", 404, "unknown_release"),
        (
            "?indicator=kinder&period=2023&level=quartiere&release=2020-01-01-1",
            404,
            "unknown_release",
        ),
        (f"?indicator={'x' * 900}&period=2023&level=quartiere", 400, "long_parameter"),
        ("?indicator=%00&period=2023&level=quartiere", 404, "unknown_indicator"),
    ],
)
def test_a_wrong_question_gets_a_reason_in_both_languages(client, query, status, code):
    answer = client.get(f"/api/v1/values{query}")
    assert answer.status_code == status
    error = ErrorAnswer.model_validate(answer.json).error
    assert error.code == code
    assert error.message_de != error.message_en


def test_an_unknown_interface_answers_in_json(client):
    assert client.get("/api/v2/values").json["error"]["code"] == "unknown_address"


@pytest.fixture
def client_after_removal(tmp_path):
    settings = publish_small_town(tmp_path)
    later = CLOCK + dt.timedelta(days=1)
    current = publish(small_town(), settings, clock=later, job="second")
    services = build_services(settings)
    services.store.prune(1)
    assert not services.releases.holds("2026-11-24-1")
    return app.create_app(settings, services=services).test_client(), current


def test_a_removed_release_leads_to_the_current_one(client_after_removal):
    client, current = client_after_removal
    for address in (
        "/view/kleinstadt/2026-11-24-1/quartiere/kinder.json",
        "/geo/kleinstadt/2026-11-24-1/x.json",
        f"{VALUES}&release=2026-11-24-1",
    ):
        answer = client.get(address)
        assert answer.status_code == 410
        assert answer.json["error"]["link"] == f"/atlas?release={current}"


def test_an_unchanged_answer_is_not_sent_again(client):
    first = client.get(VALUES)
    second = client.get(VALUES, headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 304
    assert second.data == b""


def test_an_answer_that_names_its_release_may_be_kept_for_ever(client):
    release = client.get(VALUES).json["release"]
    assert "immutable" in client.get(f"{VALUES}&release={release}").headers["Cache-Control"]
    assert "immutable" not in client.get(VALUES).headers["Cache-Control"]


def test_large_answers_travel_compressed(client):
    answer = client.get(VALUES, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_csv_is_what_german_excel_reads(client):
    answer = client.get(VALUES.replace("values?", "values.csv?"))
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    head, body = rows[0], rows[1 : rows.index([])]
    assert [r[0] for r in body] == list(QUARTERS)
    value = dict(zip(head, body[2], strict=True))["value"]
    assert float(value.replace(",", ".")) == pytest.approx(100 * POOR[2] / (CHILDREN[2] + 2))
    assert "," in value
    notes = {r[0]: r[1] for r in rows[rows.index([]) + 1 :]}
    assert "Amt für Statistik" in notes["Quelle"]
    assert notes["Lizenz"] == "CC0 1.0"


def test_a_workbook_holds_numbers_as_numbers_and_says_where_they_are_from(client):
    answer = client.get(VALUES.replace("values?", "values.xlsx?"))
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    data, notes = book.worksheets
    rows = list(data.iter_rows(values_only=True))
    assert [r[0] for r in rows[1:]] == list(QUARTERS)
    assert isinstance(rows[3][3], float)
    assert rows[2][3] is None
    labels = {r[0] for r in notes.iter_rows(values_only=True)}
    assert {"Titel", "Quelle", "Stand der Quelle", "Lizenz", "Wertstatus"} <= labels


@pytest.mark.parametrize("name", ["catalogue", "levels", "areas"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_every_list_comes_as_a_table_too(client, name, suffix):
    query = "?level=quartiere" if name == "areas" else ""
    answer = client.get(f"/api/v1/{name}.{suffix}{query}")
    assert answer.status_code == 200
    assert len(answer.data) > 100


def test_the_description_and_the_routes_agree(client, town_server):
    described = client.get("/api/v1/openapi.json").json
    assert described["openapi"].startswith("3.1")
    mounted = {
        r.rule.replace(".<any(csv, xlsx):suffix>", suffix)
        for r in town_server.url_map.iter_rules()
        for suffix in (".csv", ".xlsx")
        if r.rule.startswith("/api/v1/")
    }
    assert set(described["paths"]) == mounted


def test_the_description_and_the_answers_agree(client):
    for address, model in (
        ("/api/v1/catalogue", CatalogueAnswer),
        ("/api/v1/levels", LevelsAnswer),
        ("/api/v1/areas?level=quartiere", AreasAnswer),
        ("/api/v1/areas?level=kitas", AreasAnswer),
        (VALUES, ValuesAnswer),
    ):
        model.model_validate(client.get(address).json)
        name = address.split("?")[0]
        operation = client.get("/api/v1/openapi.json").json["paths"][name]["get"]
        content = operation["responses"]["200"]["content"]
        mimetype = client.get(address).mimetype
        assert content[mimetype]["schema"]["$ref"].endswith(f"/{model.__name__}")


def test_the_description_says_whose_figures_it_speaks_of(client, as_role):
    outside = client.get("/api/v1/openapi.json").json
    inside = as_role(Role.PLANNER).get("/intern/api/v1/openapi.json").json
    assert "Public figures only" in outside["info"]["description"]
    assert "Public" not in inside["info"]["description"]
    assert "Internal figures" in inside["info"]["description"]
    assert [outside["servers"], inside["servers"]] == [[{"url": "/"}], [{"url": "/intern"}]]
    answers = inside["paths"]["/api/v1/values"]["get"]["responses"]
    assert {"401", "403"} <= set(answers)
    assert "401" not in outside["paths"]["/api/v1/values"]["get"]["responses"]


def test_every_reference_of_the_description_resolves(client):
    described = client.get("/api/v1/openapi.json")
    names = set(described.json["components"]["schemas"])
    text = described.get_data(as_text=True)
    for part in text.split('"$ref": "#/components/schemas/')[1:]:
        assert part.split('"')[0] in names
