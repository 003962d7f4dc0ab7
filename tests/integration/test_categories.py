"""A split indicator from the rows of a file to the answer of the API, category by category."""

import pytest

import app
from data.bundle import VALUE_FILES
from data.reader import ReleaseReader
from domain.model import TOTAL, Audience
from tests.small_delivery import HEAD, TABLE, import_delivery
from tests.town_fixture import publish, settings_for

SPLIT = (
    HEAD.replace(
        'name = "weiblich"',
        'name = "weiblich"\n[[indicator.category]]\nid = "m"\nname = "männlich"',
    ).replace("[indicator_defaults]", '[indicator_defaults]\ndisclosure = "imported_protected"')
    + 'numerator_from = ["kinder"]\ndenominator_from = ["kinder:total"]\n'
    '[[indicator.category]]\nid = "w"\nname = "weiblich"\n'
    '[[indicator.category]]\nid = "m"\nname = "männlich"\n'
)
BY_SEX = TABLE.replace(
    "[table.period]",
    '[table.category]\ncolumn = "wer"\nmap = { "alle" = "total", "f" = "w" }\n[table.period]',
)
LINES = [
    "id;jahr;wer;kinder",
    *(f"{area};2021;{who};{n}" for area, whole, girls in (("01", 50, 20), ("02", 80, 60))
      for who, n in (("alle", whole), ("f", girls), ("m", whole - girls))),
    "03;2021;alle;40",
    "03;2021;f;10",
]  # fmt: skip


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("geteilt")
    found = settings_for(folder / "instance")
    publish(import_delivery(folder, LINES, table=BY_SEX, head=SPLIT), found)
    return found


@pytest.fixture(scope="module")
def client(settings):
    return app.create_app(settings).test_client()


@pytest.fixture(scope="module")
def reader(settings):
    release = next(p for p in (settings.data_dir / "releases").rglob(VALUE_FILES[Audience.PUBLIC]))
    found = ReleaseReader(release.parent, Audience.PUBLIC)
    yield found
    found.close()


def values(client, indicator, category):
    query = f"indicator={indicator}&period=2021&level=viertel&category={category}"
    answer = client.get(f"/api/v1/values?{query}")
    assert answer.status_code == 200, answer.text
    assert {v["category"] for v in answer.json["values"]} == {category}
    return {v["area_id"]: v for v in answer.json["values"]}


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        (TOTAL, {"01": 50.0, "02": 80.0, "03": 40.0}),
        ("w", {"01": 20.0, "02": 60.0, "03": 10.0}),
        ("m", {"01": 30.0, "02": 20.0}),
    ],
)
def test_each_category_has_its_own_values(client, reader, category, expected):
    stored = reader.values("kinder", "viertel", "1", category)
    assert dict(zip(stored["area"], stored["value"], strict=True)) == expected
    served = values(client, "kinder", category)
    assert {a: v["value"] for a, v in served.items() if v["value"] is not None} == expected
    missing = set(served) - set(expected)
    assert {served[a]["state"] for a in missing} <= {"not_collected"}


def test_a_share_of_the_whole_is_computed_for_each_category_and_not_for_the_whole(client):
    girls = values(client, "anteil", "w")["02"]
    assert (girls["value"], girls["numerator"], girls["denominator"]) == (75.0, 60.0, 80.0)
    answer = client.get("/api/v1/values?indicator=anteil&period=2021&level=viertel")
    assert answer.status_code == 404
    error = answer.json["error"]
    assert error["code"] == "no_total"
    assert "w, m" in error["message_de"]
    assert "w, m" in error["message_en"]


def test_a_period_of_no_category_is_still_said_to_have_no_values(client):
    answer = client.get("/api/v1/values?indicator=anteil&period=1999&level=viertel")
    assert answer.json["error"]["code"] == "no_values"


def test_the_catalogue_says_which_categories_exist_where(client, reader):
    table = reader.availability()
    rows = table[(table["indicator"] == "anteil") & (table["level"] == "viertel")]
    assert set(rows["category"]) == {"w", "m"}
    themes = client.get("/api/v1/catalogue").json["themes"]
    offered = {i["id"]: i["offered"] for theme in themes for i in theme["indicators"]}
    held = {(o["level"], o["category"]) for o in offered["kinder"]}
    assert {("viertel", c) for c in (TOTAL, "w", "m")} <= held
    assert {o["category"] for o in offered["anteil"]} == {"w", "m"}


def test_the_city_pools_a_category_only_where_all_areas_have_it(reader):
    assert reader.values("kinder", "stadt", "1", "w")["value"].tolist() == [90.0]
    boys = reader.values("kinder", "stadt", "1", "m")
    assert boys["state"].tolist() == ["not_collected"]
