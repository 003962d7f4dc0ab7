"""The page of need and supply: places against children, hidden areas, lists and files."""

from __future__ import annotations

import csv
import io
import json

from domain.model import Audience
from layouts.ids import Need
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
