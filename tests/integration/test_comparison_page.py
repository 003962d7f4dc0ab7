"""The page of a comparison opens whatever its address says, and tells what the API tells."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from openpyxl import load_workbook

from i18n.formats import number
from layouts.ids import Comparison
from tests.integration.callback_calls import body_of, post
from tests.integration.test_atlas_callbacks import _callbacks, component, ids_in

PLAIN = "level=quartiere&areas=01,02,03&indicators=kinderarmut,kinder,miete"


def laid_out(client, server, search=f"?{PLAIN}"):
    callbacks = _callbacks(client, server)
    output = next(k for k in callbacks if k.startswith("page.children"))
    values = {"url.pathname": "/vergleich", "url.search": search}
    answer = post(client, body_of(output, callbacks[output], values))
    assert answer.status_code == 200
    return answer.json["response"]["page"]["children"]


def call(client, server, output_part, values):
    callbacks = _callbacks(client, server)
    output = next(k for k in callbacks if output_part in k)
    return post(client, body_of(output, callbacks[output], values))


def selectors(client, server):
    """Return the callback that writes the address: its output, and what it declared."""
    return next(
        (output, callback)
        for output, callback in _callbacks(client, server).items()
        if output.startswith("url.search@")
        and any(x["id"] == "comparison-level" for x in callback["inputs"])
    )


def words_in(tree):
    if isinstance(tree, str):
        return [tree]
    if isinstance(tree, dict):
        return words_in(tree.get("props", {}).get("children"))
    return [w for part in tree or () for w in words_in(part)] if isinstance(tree, list) else []


def rows_of(tree):
    """Return the cells of the heat table as texts, by the name of the indicator."""
    body = component(tree, Comparison.TABLE)["children"][1]["props"]["children"]
    found = {}
    for row in body:
        head, *cells = row["props"]["children"]
        found[words_in(head)[0]] = [" ".join(words_in(c)) for c in cells]
    return found


def test_each_declared_id_is_laid_out_exactly_once(client, town_server):
    found = ids_in(laid_out(client, town_server))
    for declared in Comparison:
        assert found.count(declared.value) == 1, declared


@pytest.mark.parametrize(
    "search",
    [
        "", "?areas=01", "?areas=zzz,yyy", "?level=mond&areas=01,02", "?areas=A,01",
        "?areas=" + ",".join(f"{n:02d}" for n in range(1, 13)), "?areas=%ff%00", "?" + "a" * 9000,
        "?level=kitas&areas=K1,K2", "?release=1999-01-01-1&areas=01,02", "?areas=01&areas=02",
        "?period=1900&areas=01,02", "?sort=-miete&areas=01,02&level=quartiere", "?lang=en",
    ],
)  # fmt: skip
def test_the_page_opens_whatever_the_address_says(client, town_server, search):
    tree = laid_out(client, town_server, search)
    assert component(tree, Comparison.BODY) is not None
    assert component(tree, Comparison.LEVEL) is not None
    answer = call(client, town_server, "comparison-body.children",
                  {"url.pathname": "/vergleich", "url.search": search})  # fmt: skip
    assert answer.status_code == 200


def test_without_areas_there_is_a_list_to_choose_from(client, town_server):
    text = " ".join(words_in(laid_out(client, town_server, "?level=quartiere")))
    assert "Gebiete vergleichen" in text
    assert "Gebiet 07" in text


def test_one_area_and_nine_areas_leave_a_hint(client, town_server):
    assert "zweites Gebiet" in " ".join(words_in(laid_out(client, town_server, "?areas=01")))
    many = "?level=quartiere&areas=" + ",".join(f"{n:02d}" for n in range(1, 10))
    assert "höchstens 8 Gebiete" in " ".join(words_in(laid_out(client, town_server, many)))


def test_values_of_the_table_are_those_of_the_api(client, town_server):
    shown = rows_of(laid_out(client, town_server))["Kinderarmut"]
    answer = client.get("/api/v1/values?indicator=kinderarmut&period=2023&level=quartiere").json
    told = {v["area_id"]: v for v in answer["values"]}
    for text, area in zip(shown[1:], ("01", "02", "03"), strict=True):
        value = told[area]["value"]
        if value is None:
            assert not any(c.isdigit() for c in text)
            assert "geheim gehalten" in text
        else:
            assert number(value, 1, "de") in text


def test_a_suppressed_cell_has_no_number_anywhere_on_the_page(client, town_server):
    tree = laid_out(client, town_server, f"?{PLAIN}&interval=on")
    assert "geheim gehalten" in rows_of(tree)["Kinderarmut"][2]
    course = component(tree, "comparison-course-kinderarmut")["figure"]["data"]
    hidden = next(line for line in course if line["name"] == "Gebiet 02")
    assert [y for y in hidden["y"] if y is not None] == []


def test_sorting_moves_the_columns_and_keeps_the_colours(client, town_server):
    tree = laid_out(client, town_server, f"?{PLAIN}&sort=-name")
    head = component(tree, Comparison.TABLE)["children"][0]["props"]["children"]["props"]
    areas = [c["props"] for c in head["children"][2:]]
    assert [" ".join(words_in(a["children"])) for a in areas] == [
        "Gebiet 03", "Gebiet 02", "Gebiet 01",
    ]  # fmt: skip
    assert ["slot-3" in a["className"] for a in areas] == [True, False, False]
    assert areas[0]["aria-sort"] == "descending"


def test_the_address_decides_the_language(client, town_server):
    text = json.dumps(laid_out(client, town_server, f"?{PLAIN}&lang=en"), ensure_ascii=False)
    assert "Chosen areas" in text
    assert "Gewählte" not in text


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("period", "2021", "period=2021"),
        ("compare", "parent", "compare=parent"),
        ("interval", "on", "interval=on"),
        ("theme", "bevoelkerung", "theme=bevoelkerung"),
        ("indicators", ["miete", "kinder"], "indicators=miete,kinder"),
        ("level", "bezirke", "level=bezirke"),
    ],
)
def test_a_selector_writes_the_address(client, town_server, name, value, expected):
    values = {"url.search": f"?{PLAIN}", **_values(), f"comparison-{name}.value": value}
    body = body_of(*selectors(client, town_server), values)
    changed = "apply.n_clicks" if name == "indicators" else f"{name}.value"
    body["changedPropIds"] = [f"comparison-{changed}"]
    answer = post(client, body)
    assert answer.status_code == 200, answer.text
    assert expected in next(iter(answer.json["response"].values()))["search"]


def _values():
    return {
        "comparison-level.value": "quartiere", "comparison-theme.value": "own",
        "comparison-indicators.value": ["kinderarmut", "kinder", "miete"],
        "comparison-period.value": "newest", "comparison-compare.value": "city",
        "comparison-interval.value": "off",
    }  # fmt: skip


@pytest.mark.parametrize("value", [None, 3, [], "mond", ["x"] * 90])
def test_a_selector_that_says_nothing_new_changes_nothing_or_falls_back(client, town_server, value):
    values = {"url.search": f"?{PLAIN}", **_values(), "comparison-level.value": value}
    answer = post(client, body_of(*selectors(client, town_server), values))
    assert answer.status_code in {200, 204}


def test_the_search_offers_areas_that_are_not_chosen_yet(client, town_server):
    answer = call(client, town_server, "comparison-found.children",
                  {"url.search": f"?{PLAIN}", "comparison-find.value": "gebit 0"})  # fmt: skip
    text = json.dumps(answer.json, ensure_ascii=False)
    assert "Gebiet 04" in text
    assert "areas=01,02,03,04" in text
    assert '"Gebiet 01"' not in text
    nothing = call(client, town_server, "comparison-found.children",
                   {"url.search": f"?{PLAIN}", "comparison-find.value": "zzzzzz"})  # fmt: skip
    assert "Kein Gebiet" in json.dumps(nothing.json, ensure_ascii=False)


def address(client, suffix, query=PLAIN):
    release = client.get("/api/v1/catalogue").json["release"]
    return f"/export/kleinstadt/{release}/vergleich.{suffix}?{query}"


def read_csv(client, query=PLAIN):
    answer = client.get(address(client, "csv", query))
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))


def test_the_file_holds_every_cell_of_the_page_with_states_as_words(client, town_server):
    lines = read_csv(client)
    head = lines[0]
    body = [dict(zip(head, line, strict=False)) for line in lines[1 : lines.index([])]]
    assert len(body) == 3 * 4
    hidden = next(r for r in body if r["Indikator"] == "Kinderarmut" and r["Kennung"] == "02")
    assert (hidden["Wert"], hidden["Fälle"], hidden["Wertstatus"]) == ("", "", "geheim gehalten")
    places = ("kleinstadt", "01", "02", "03")
    shown = next(r for r in body if r["Indikator"] == "Kinderarmut" and r["Wert"])
    cell = rows_of(laid_out(client, town_server))["Kinderarmut"][places.index(shown["Kennung"])]
    assert number(float(shown["Wert"].replace(",", ".")), 1, "de") in cell
    notes = " ".join(" ".join(x) for x in lines[lines.index([]) :])
    for told in (
        "Amt für Statistik",
        "CC0 1.0",
        "31. Januar 2024",
        "geheim gehalten",
        "vergleich?",
    ):
        assert told in notes


def test_the_workbook_opens_and_holds_the_courses_on_demand(client):
    answer = client.get(address(client, "xlsx", PLAIN + "&scope=all_periods"))
    book = load_workbook(io.BytesIO(answer.get_data()))
    sheet = book["Daten"]
    # three years of the town and three areas for two indicators, and for the index where it is
    assert sheet.max_row > 1 + 3 * 4 * 2
    assert not [c for row in sheet for c in row if c.data_type == "f"]


def test_a_file_says_what_was_replaced(client):
    lines = read_csv(client, "level=quartiere&areas=01,zzz&indicators=kinderarmut&scope=x")
    text = " ".join(" ".join(line) for line in lines)
    assert "zzz" in text
    assert "zweites Gebiet" in text


@pytest.mark.parametrize(
    ("query", "status"), [("", 400), ("areas=zzz", 400), ("areas=01,02&level=quartiere", 200)]
)
def test_a_file_without_areas_is_refused_in_words(client, query, status):
    answer = client.get(address(client, "csv", query))
    assert answer.status_code == status
    if status == 400:
        assert "mindestens ein bekanntes Gebiet" in answer.get_data(as_text=True)


def test_another_town_or_release_is_not_found(client):
    release = client.get("/api/v1/catalogue").json["release"]
    for place in (f"anderswo/{release}", "kleinstadt/1999-01-01-1"):
        assert client.get(f"/export/{place}/vergleich.csv?{PLAIN}").status_code == 404


def test_links_name_the_release_only_where_the_address_does(client, town_server):
    release = client.get("/api/v1/catalogue").json["release"]

    def naming(search):
        text = json.dumps(laid_out(client, town_server, search))
        found = re.findall(r'"(/(?:vergleich|atlas|profil)[?/][^"]*)"', text)
        return len(found), sum(f"release={release}" in address for address in found)

    n, named = naming(f"?{PLAIN}")
    assert n > 8
    assert named == 0
    n, named = naming(f"?{PLAIN}&release={release}")
    assert named == n
    assert f"release={release}" in " ".join(" ".join(x) for x in read_csv(client))


def test_every_area_leads_to_its_profile_and_every_indicator_to_the_atlas(client, town_server):
    text = json.dumps(laid_out(client, town_server))
    assert "/profil/quartiere/01" in text
    assert "/atlas?indicator=kinderarmut&period=2023&level=quartiere&areas=01,02,03" in text
