"""The page of need and supply: places against children, hidden areas, lists and files."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from domain.model import Audience
from domain.need_query import NeedQuery
from figures.need_both import keys_of
from layouts.ids import Need
from layouts.need_options import chosen_key
from tests.integration.callback_calls import body_of, post
from tests.integration.test_atlas_callbacks import _callbacks, ids_in
from tests.integration.test_comparison_page import words_in
from tests.integration.test_resources_page import table_of

PLAIN = "level=quartiere&kind=kita&group=total&children=kinder"


def laid_out(client, server, search=f"?{PLAIN}"):
    callbacks = _callbacks(client, server)
    output = next(k for k in callbacks if "need-body" in k)
    values = {"url.pathname": "/bedarf", "url.search": search}
    answer = post(client, body_of(output, callbacks[output], values))
    assert answer.status_code == 200
    return answer.json["response"][Need.BODY]["children"]


def test_places_stand_against_children_and_the_target_decides(client, town_server, town_services):
    tree = laid_out(client, town_server, f"?{PLAIN}&target=10")
    rows = {r[0]: r for r in table_of(tree, "gemessen an 10 je 100")["rows"]}
    view = town_services.needs.view(
        *_asked(town_services, f"{PLAIN}&target=10"),
    )
    assert len(rows) == len(view.areas) == 12
    for area in view.areas:
        assert area.children is not None
        assert area.coverage == 100 * area.places / area.children
        assert area.gap == area.places - 0.1 * area.children
    assert "Näherung" in " ".join(words_in(tree))
    assert Need.GAPS in ids_in(tree)


def _asked(services, search):
    query, hints = services.needs.query(Audience.PUBLIC, search)
    assert hints == ()
    return Audience.PUBLIC, query


def test_hidden_numbers_of_children_take_no_part(client, town_server, town_services):
    search = PLAIN.replace("children=kinder", "children=amtlich")
    audience, query = _asked(town_services, search)
    view = town_services.needs.view(audience, query)
    hidden = [a for a in view.areas if a.children is None]
    assert hidden
    assert all(a.coverage is None and a.gap is None and not a.kind for a in hidden)
    said = json.dumps(laid_out(client, town_server, f"?{search}"), ensure_ascii=False)
    assert "außen vor: Zahl der Kinder" in said


def test_strange_addresses_open_with_a_hint(client, town_server):
    tree = laid_out(client, town_server, "?kind=mondbasis&metres=5&target=nan&children=x")
    words = " ".join(words_in(tree))
    assert "Die Angabe „mondbasis“ passt hier nicht" in words


def test_the_table_as_a_file_has_a_row_for_every_area(client, town_services):
    release = town_services.monitoring.current()
    answer = client.get(f"/export/kleinstadt/{release}/bedarf.csv?{PLAIN}")
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Schlüssel", "Gebiet", "Kinder"]
    assert [r[0] for r in rows[1:13]] == [f"{n:02d}" for n in range(1, 13)]
    assert client.get(f"/export/kleinstadt/{release}/bedarf.xlsx?{PLAIN}").status_code == 200


def test_changes_stand_in_the_address_and_show_before_and_after(client, town_server, town_services):
    plan = "move~K1~09;resize~K2~80;close~K2;open~03~70;homes~05~100~0.5"
    search = f"{PLAIN}&target=10&part=plan&title=Umbau&plan={plan}"
    query, _ = town_services.needs.query(Audience.PUBLIC, search)
    # a facility that is closed is not enlarged
    assert query.plan == plan.replace("resize~K2~80;", "")
    view = town_services.needs.view(Audience.PUBLIC, query)
    before = {a.id: a for a in view.areas}
    after = {a.id: a for a in view.after}
    assert after["09"].places == before["09"].places + 50
    assert after["03"].places == before["03"].places + 70
    assert after["05"].children == before["05"].children + 50
    assert after["05"].gap == after["05"].places - 0.1 * after["05"].children
    untouched = set(before) - {"09", "03", "05"}
    assert all(before[x].places == after[x].places for x in untouched)
    words = " ".join(words_in(laid_out(client, town_server, f"?{search}")))
    assert "Umbau: Es fehlen" in words
    assert "Kita K2 schließen (bisher 50 Plätze)" in words
    assert "100 Wohnungen × 0,50 = 50 Kinder" in words


def test_places_in_reach_of_all_are_shared_and_none_is_lost(town_services):
    search = f"{PLAIN}&metres=20000&part=plan&plan=move~K1~09;move~K2~01;resize~K2~80;open~03~70"
    view = town_services.needs.view(*_asked(town_services, search))
    assert sum(a.places for a in view.after) == 50 + 80 + 70
    told = [a for a in view.after if a.children is not None and a.reach is not None]
    assert abs(sum(a.reach * a.children / 100 for a in told) - 200) < 1e-6


def test_changes_of_another_town_are_left_out_with_a_hint(client, town_server):
    tree = laid_out(client, town_server, f"?{PLAIN}&part=plan&plan=close~X9;open~03~70;boom")
    words = " ".join(words_in(tree))
    assert "Die Änderung „close~X9“ passt nicht" in words
    assert "Die Änderung „boom“ passt nicht" in words
    assert "Neue Einrichtung in" in words


def test_a_form_notes_a_change_down_and_says_what_is_missing(client, town_server):
    callbacks = _callbacks(client, town_server)
    output = next(k for k in callbacks if "need-plan-said" in k)
    values = {
        "url.search": f"?{PLAIN}&part=plan",
        "need-plan-open.n_clicks": 1,
        "need-plan-opened-in.value": "03",
        "need-plan-opened-places.value": 70,
    }
    pressed = {"changedPropIds": ["need-plan-open.n_clicks"]}
    answer = post(client, body_of(output, callbacks[output], values) | pressed)
    assert "plan=open~03~70" in answer.json["response"]["url"]["search"]
    values["need-plan-opened-places.value"] = None
    answer = post(client, body_of(output, callbacks[output], values) | pressed)
    assert "unvollständig" in answer.json["response"]["need-plan-said"]["children"]
    assert "url" not in answer.json["response"]


def test_hidden_children_stay_hidden_whatever_is_tried_out(client, town_server, town_services):
    plan = "homes~02~100~1;open~02~40"
    search = f"{PLAIN.replace('children=kinder', 'children=amtlich')}&part=plan&plan={plan}"
    view = town_services.needs.view(*_asked(town_services, search))
    hidden = [n for n, a in enumerate(view.areas) if a.children is None]
    assert hidden
    assert all(view.after[n].children is None and view.after[n].gap is None for n in hidden)


def test_need_and_supply_stand_on_one_map_and_hidden_areas_have_no_class(
    client, town_server, town_services
):
    places = ";".join(f"open~{n:02d}~{10 * n}" for n in range(1, 13))
    audience, query = _asked(town_services, f"{PLAIN}&burden=kinderarmut&plan={places}")
    found, burden = (
        town_services.needs.view(audience, query),
        town_services.needs.burden(audience, query),
    )
    keys = keys_of(replace(found, areas=found.after), burden)
    assert [key == "" for key in keys] == [value is None for value in burden.values]
    assert "" in keys
    assert len(set(keys)) > 3
    tree = laid_out(client, town_server, f"?{PLAIN}&burden=kinderarmut")
    assert "sidemap-both" in ids_in(tree)


def test_without_single_ages_and_offers_the_page_says_what_is_missing(client, town_server):
    words = " ".join(words_in(laid_out(client, town_server, f"?{PLAIN}&part=outlook")))
    assert "fehlen Kinder nach Einzelalter" in words
    assert "Melderegister" in words
    words = " ".join(words_in(laid_out(client, town_server, f"?{PLAIN}&part=offers")))
    assert "keine Angebote" in words


def test_every_part_is_a_file(client, town_services):
    place = f"/export/kleinstadt/{town_services.monitoring.current()}"
    plan = f"{PLAIN}&target=10&part=plan&plan=open~03~70"
    answer = client.get(f"{place}/bedarf.csv?{plan}")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    at = rows[0].index("Plätze nachher")
    assert [int(r[at]) - int(r[5]) for r in rows[1:13]] == [0, 0, 70] + [0] * 9
    assert client.get(f"{place}/bedarf.xlsx?{PLAIN}&part=outlook").status_code == 200
    refused = client.get(f"{place}/bedarf.csv?{PLAIN}&part=offers")
    assert refused.status_code == 400
    assert "keine Angebote" in refused.text
    for part in ("places", "plan", "outlook", "offers"):
        answer = client.get(
            f"{place}/bericht.pdf?page=bedarf&{plan}&part={part}".replace("part=plan&", "", 1)
        )
        assert answer.status_code == 200, part
        assert answer.data.startswith(b"%PDF")


def test_a_change_in_an_area_of_other_boundaries_is_left_out_with_a_hint(
    client, town_server, town_services, monkeypatch
):
    service = town_services.needs
    offered = service.choices(Audience.PUBLIC, town_services.releases.current())
    older = replace(
        offered.choices, areas={**offered.choices.areas, "quartiere": frozenset({"03", "alt-7"})}
    )
    monkeypatch.setattr(service, "choices", lambda *_: replace(offered, choices=older))
    search = f"{PLAIN}&part=plan&plan=open~alt-7~40;move~K1~03;homes~alt-7~9~1"
    query, hints = service.query(Audience.PUBLIC, search)
    assert query.plan == "move~K1~03"
    assert [told["wanted"] for _, told in hints] == ["open~alt-7~40", "homes~alt-7~9~1"]
    assert len(service.view(Audience.PUBLIC, query).after) == 12
    words = " ".join(words_in(laid_out(client, town_server, f"?{search}")))
    assert "„open~alt-7~40“ passt nicht zu dieser Ausgabe" in words


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("metres", 1, {}),
        ("metres", 15, {}),
        ("metres", 1500, {"metres": "1500"}),
        ("metres", 1000.0, {}),
        ("metres", None, {}),
        ("target", 900, {}),
        ("target", 60, {"target": "60"}),
        ("target", None, {"target": ""}),
        ("target", 45, {}),
        ("target", [60], {}),
    ],
)
def test_a_number_is_taken_over_when_it_is_one(name, value, told):
    query = NeedQuery("quartiere", target=45.0)
    assert chosen_key(name, value, query) == told
