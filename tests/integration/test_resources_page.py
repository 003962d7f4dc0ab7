"""The page of resources: opens whatever its address says, hides what is hidden, gives files."""

from __future__ import annotations

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from layouts.ids import Resources
from tests.integration.callback_calls import body_of, post
from tests.integration.test_atlas_callbacks import _callbacks, component, ids_in
from tests.integration.test_comparison_page import words_in
from tests.town_fixture import CANARY

PLAIN = "level=quartiere&indicators=kinderarmut,gymnasium,geheim"
FILE = "/export/kleinstadt/{}/ressourcen.{}?" + PLAIN


def call(client, server, part, values):
    callbacks = _callbacks(client, server)
    output = next(k for k in callbacks if part in k)
    return post(client, body_of(output, callbacks[output], values))


def laid_out(client, server, search=f"?{PLAIN}"):
    values = {"url.pathname": "/ressourcen", "url.search": search}
    answer = call(client, server, "resources-body", values)
    assert answer.status_code == 200
    return answer.json["response"][Resources.BODY]["children"]


def table_of(tree, caption_part):
    """Return the rows of the first table whose caption holds a text."""
    found: list[dict] = []

    def walk(part):
        if isinstance(part, dict):
            told = part.get("props", {}).get("data-table")
            if told:
                found.append(json.loads(told))
            walk(part.get("props", {}).get("children"))
        elif isinstance(part, list):
            for one in part:
                walk(one)

    walk(tree)
    return next(t for t in found if caption_part in t["caption"])


def test_the_page_finds_classes_and_shares_every_cent(client, town_server):
    tree = laid_out(client, town_server, f"?{PLAIN}&amount=1000")
    words = " ".join(words_in(tree))
    assert "1.000,00 Euro verteilt" in words
    rows = table_of(tree, "verteilt")["rows"]
    paid = [r[3] for r in rows if r[3] != "–"]
    assert sum(float(x.replace(".", "").replace(",", ".")) for x in paid) == pytest.approx(1000)
    assert len(rows) == 12


def test_hidden_areas_take_no_part_and_say_so(client, town_server):
    tree = laid_out(client, town_server)
    by_name = {r[0]: r for r in table_of(tree, "Klasse")["rows"]}
    hidden = by_name["Gebiet 02"]
    assert hidden[1:] == ["–", "40,2", "–", "–", "Werte geheim gehalten", "–", "–", "–", "–"]
    assert "aus einem Teil der Werte" in by_name["Gebiet 01"][4]
    said = json.dumps(tree, ensure_ascii=False)
    assert "1 Gebiet bleibt außen vor, weil zu viele Werte geheim gehalten sind." in said
    assert f"{CANARY}" not in said


def test_limits_that_cannot_be_met_are_explained_without_charts(client, town_server):
    tree = laid_out(client, town_server, f"?{PLAIN}&amount=1000&floor=900")
    words = " ".join(words_in(tree))
    assert "So lässt sich nicht verteilen: Das Mindeste je Kind braucht" in words
    assert Resources.CURVE not in ids_in(tree)
    assert Resources.PARTS in ids_in(tree)


def test_strange_addresses_open_with_a_hint(client, town_server):
    tree = laid_out(client, town_server, "?indicators=gibt-es-nicht&amount=viel&weights=a")
    words = " ".join(words_in(tree))
    assert "gibt-es-nicht" in words
    assert "Die Angabe „viel“ passt hier nicht" in words


def test_a_slider_and_a_list_write_the_address(client, town_server):
    callbacks = _callbacks(client, town_server)
    output, callback = next(
        (k, c)
        for k, c in callbacks.items()
        if k.startswith("url.search@") and any(x["id"] == Resources.UNIT for x in c["inputs"])
    )
    tree = laid_out(client, town_server)
    values = {
        f"{i}.value": component(tree, i).get("value")
        for i in Resources
        if i in ids_in(tree) and "value" in component(tree, i)
    }
    base = {**values, "url.search": f"?{PLAIN}", "resources-apply.n_clicks": None}

    def after(field, value):
        body = body_of(output, callback, {**base, f"{field}.value": value})
        changed = {"changedPropIds": [f"{field}.value"], "parsedChangedPropsIds": [field]}
        body = {**body, **changed}
        return post(client, body).json["response"]["url"]["search"]

    assert after(Resources.WEIGHT_2, 5) == f"?{PLAIN}&weights=1,5,1"
    assert after(Resources.UNIT, "half") == f"?{PLAIN}&unit=half&amount=10"
    assert after(Resources.GEARING, 0) == f"?{PLAIN}&gearing=0"


def test_the_table_as_a_file_holds_numbers_and_reasons(client, town_services):
    answer = client.get(FILE.format(town_services.monitoring.current(), "csv"))
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:2] == ["Schlüssel", "Gebiet"]
    by_id = {r[0]: dict(zip(rows[0], r, strict=True)) for r in rows[1:13]}
    assert by_id["02"]["Index"] == ""
    assert by_id["02"]["Hinweis"] == "Werte geheim gehalten"
    amounts = [r["Zuteilung"] for r in by_id.values() if r["Zuteilung"]]
    assert sum(float(a.replace(",", ".")) for a in amounts) == pytest.approx(100_000)


def test_the_workbook_holds_formulas_and_what_they_give(client, town_services):
    answer = client.get(FILE.format(town_services.monitoring.current(), "xlsx"))
    assert answer.status_code == 200
    formulas = load_workbook(io.BytesIO(answer.data))["Verteilung"]
    values = load_workbook(io.BytesIO(answer.data), data_only=True)["Verteilung"]
    assert formulas["J14"].value.startswith("=IF(")
    last = next(r for r in range(14, 60) if values.cell(r, 1).value == "Summe")
    assert values.cell(last, 10).value == pytest.approx(100_000)
    assert "Gebiet 02" not in [values.cell(r, 1).value for r in range(14, last)]
