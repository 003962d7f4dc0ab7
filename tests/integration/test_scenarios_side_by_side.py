"""Two to four scenarios beside each other, and the way from the page to a saved one."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from plotly.utils import PlotlyJSONEncoder

from callbacks.need_page import need_content
from callbacks.resources_page import resources_content
from domain.model import Audience
from i18n.formats import number
from tests.release_desk import DeskTown
from tests.staff import send

PAGE = "/intern/szenarien"
COMPARED = f"{PAGE}/vergleich"


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return DeskTown.at(tmp_path_factory.mktemp("scenarios"))


@pytest.fixture(scope="module")
def query(town):
    found, _ = town.services.resources.query(Audience.INTERNAL, "?amount=50000&gearing=0")
    assert found.level, "the small town has too few indicators for an index"
    return found


def save(town, name, search):
    service = town.services.scenarios
    return service.save(name, f"/ressourcen?{search}", actor="dora", release=town.first)


def cells(text, label):
    table = text.split(f'aria-labelledby="{label}"')[1].split("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]
    return [
        [unescape(re.sub("<[^>]+>", "", c)) for c in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in rows
    ]


def test_every_area_stands_with_its_amounts_and_the_difference_to_the_first(town, query):
    first = save(town, "Gießkanne", "amount=50000&gearing=0")
    second = save(town, "Voll", "amount=50000&gearing=100")
    dora = town.browsers()("dora")
    answer = dora.get(COMPARED, query_string={"id": [first.id, second.id]})
    assert answer.status_code == 200
    switch = unescape(re.search(r'href="([^"]*)" hreflang="en"', answer.text)[1])
    assert "Settings and result" in dora.get(COMPARED + switch).text
    facts = {row[0]: row[1:] for row in cells(answer.text, "facts")}
    assert "Kinderarmut" in facts["Kinder"][0]
    assert facts["Kinder"][0] != "Kinderarmut, 2023"
    assert facts["Gewicht des Index"] == ["0 %", "100 %"]
    assert facts["Ausgabe"] == [town.first] * 2
    views = [
        town.services.resources.shares(
            Audience.INTERNAL,
            town.services.resources.query(Audience.INTERNAL, f"?amount=50000&gearing={g}")[0],
        )
        for g in (0, 100)
    ]
    shown = {row[0]: row[1:] for row in cells(answer.text, "areas")}
    index = views[0].index
    assert set(shown) == set(index.area_names)
    for k, place in enumerate(views[0].members):
        before, after = (view.found.amounts[k] for view in views)
        told = shown[index.area_names[place]]
        assert told[0] == number(before, 2, "de")
        assert told[1].startswith(f"{number(after, 2, 'de')} (")
    for place, why in views[0].left_out.items():
        assert why
        assert not re.search(r"\d,\d\d", shown[index.area_names[place]][0])


def test_the_same_stands_in_a_file_with_numbers(town, query):
    ids = [
        save(town, "Gießkanne", "amount=50000&gearing=0").id,
        save(town, "Voll", "amount=50000&gearing=100").id,
    ]
    dora = town.browsers()("dora")
    text = dora.get(COMPARED, query_string={"id": ids}).text
    links = [unescape(x) for x in re.findall(r'href="([^"]*vergleich\.(?:csv|xlsx)[^"]*)"', text)]
    assert len(links) == 2
    answer = dora.get(next(x for x in links if ".csv" in x))
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    table = [dict(zip(rows[0], r, strict=True)) for r in rows[1 : rows.index([])]]
    amounts = [_number(r["Voll (Euro)"]) for r in table if r["Voll (Euro)"]]
    assert sum(amounts) == pytest.approx(50_000)
    differences = [_number(x) for r in table if (x := r["Voll: Unterschied zu „Gießkanne“"])]
    assert sum(differences) == pytest.approx(0, abs=0.01)
    view = town.services.resources.shares(Audience.INTERNAL, query)
    for row in table:
        is_left_out = row["Gebiet"] in {view.index.area_names[i] for i in view.left_out}
        assert bool(row["Voll: Hinweis"]) == is_left_out
        assert (row["Voll (Euro)"] == "") == is_left_out
    book = load_workbook(io.BytesIO(dora.get(next(x for x in links if "xlsx" in x)).data))
    assert book.sheetnames[0] == "Was jedes Gebiet erhält"
    assert isinstance(book.worksheets[0]["C3"].value, (int, float))


@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_file_of_too_few_or_too_many_says_what_is_needed(town, query, count):
    ids = [save(town, f"Datei {n}", "amount=1000").id for n in range(count)]
    answer = town.browsers()("dora").get(f"{COMPARED}.csv", query_string={"id": ids})
    assert answer.status_code == 400
    assert "zwei bis vier" in answer.text
    assert town.browsers()("emil").get(f"{COMPARED}.csv").status_code == 403


def _number(text):
    return float(text.replace(",", "."))


def test_other_units_are_set_beside_without_a_difference(town, query):
    ids = [
        save(town, "Geld", "amount=50000").id,
        save(town, "Stellen", "unit=half&amount=7.5").id,
    ]
    text = town.browsers()("dora").get(f"{COMPARED}?lang=en&id={ids[0]}&id={ids[1]}").text
    assert "Settings and result" in text
    assert not any("(" in row[2] for row in cells(text, "areas"))


@pytest.mark.parametrize("count", [0, 1, 5])
def test_two_to_four_are_asked_for(town, query, count):
    ids = [save(town, f"Nr. {n}", "amount=1000").id for n in range(count)]
    answer = town.browsers()("dora").get(COMPARED, query_string={"id": ids})
    assert answer.status_code == 400
    assert "zwei bis vier" in answer.text


def test_an_unknown_one_is_not_found_and_carriers_are_refused(town):
    assert town.browsers()("dora").get(f"{COMPARED}?id=a&id=b").status_code == 404
    assert town.browsers()("emil").get(f"{COMPARED}?id=a&id=b").status_code == 403


def test_a_release_that_is_gone_and_scenarios_of_two_pages_are_said(town, query):
    gone = save(town, "Alt", "amount=1000&release=1999-01-01-1")
    other = save(town, "Neu", "amount=1000")
    dora = town.browsers()("dora")
    text = dora.get(f"{COMPARED}?id={gone.id}&id={other.id}").text
    assert "Die Ausgabe 1999-01-01-1 gibt es nicht mehr" in text
    supply = tried_out(town, "Kitas", "open~03~70")
    mixed = f"?id={other.id}&id={supply.id}"
    text = dora.get(f"{COMPARED}{mixed}").text
    assert "lassen sich nicht nebeneinander stellen" in text
    assert "<table" not in text
    assert dora.get(f"{COMPARED}.csv{mixed}").status_code == 400


def tried_out(town, name, plan):
    search = "level=quartiere&kind=kita&group=total&children=kinder&target=10&part=plan"
    return town.services.scenarios.save(
        name, f"/bedarf?{search}&plan={plan}&title={name}", actor="dora", release=town.first
    )


def test_changes_to_facilities_stand_beside_each_other(town):
    one, two = tried_out(town, "Nord", "open~03~70"), tried_out(town, "Süd", "move~K1~09")
    dora = town.browsers()("dora")
    ids = {"id": [one.id, two.id]}
    text = dora.get(COMPARED, query_string=ids).text
    facts = {row[0]: row[1:] for row in cells(text, "facts")}
    assert "Neue Einrichtung in" in facts["Änderungen"][0]
    assert "verlegen" in facts["Änderungen"][1]
    assert facts["Plätze nachher"] == ["70", "50"]
    assert facts["Plätze heute"] == ["0", "0"]
    assert [row[1:] for row in cells(text, "areas") if "70 Plätze" in row[1]]
    answer = dora.get(f"{COMPARED}.csv", query_string=ids)
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    at = rows[0].index("Nord: Plätze"), rows[0].index("Süd: Plätze")
    by_area = {r[0]: [r[k] for k in at] for r in rows[1:13]}
    assert by_area["03"] == ["70", "0"]
    assert by_area["09"] == ["0", "50"]
    assert dora.get(f"{COMPARED}.xlsx", query_string=ids).status_code == 200


def kept_at(components):
    """Return the address of the link by which staff save what a page was set to."""
    told = json.dumps(components, cls=PlotlyJSONEncoder)
    found = re.findall(r'"href": "(/intern/szenarien[^"]*)"', told)
    return found[0] if found else ""


def test_staff_alone_are_offered_to_save_and_for_either_page(town):
    for content, path in ((resources_content, "/ressourcen"), (need_content, "/bedarf")):
        staff = kept_at(content(town.services, Audience.INTERNAL, ""))
        assert unquote(staff).startswith(f"/intern/szenarien?adresse={path}?")
        assert not kept_at(content(town.services, Audience.PUBLIC, ""))


def test_the_page_hands_its_choices_over_with_the_release(town, query):
    address = kept_at(
        resources_content(town.services, Audience.INTERNAL, "?amount=50000&gearing=0")
    )
    dora = town.browsers()("dora")
    text = dora.get(address).text
    typed = unescape(re.search(r'id="address"[^>]*value="([^"]*)"', text)[1])
    assert typed.startswith("/ressourcen?")
    assert f"release={query.release}" in typed
    answer = send(dora, PAGE, page=PAGE, name="Übernommen", address=typed)
    assert answer.status_code == 303
    kept = next(s for s in town.services.scenarios.all() if s.name == "Übernommen")
    assert kept.parameters["amount"] == "50000"
    assert kept.parameters["gearing"] == "0"
