"""The crawl for hidden numbers as every role: nobody is shown more than the role allows."""

from __future__ import annotations

import json
import re

import pytest

from domain.model import Audience
from domain.roles import Right, Role, may
from services.export_jobs import REPORT, ExportOrder
from services.jobs import JobState
from tests.integration.callback_calls import ORIGIN, body_of
from tests.integration.canary_crawl import SECRET, callbacks_of, readable, told
from tests.integration.test_canary import NOT_CRAWLED, addresses, crawl
from tests.staff import sign_in
from tests.town_fixture import PERIODS
from web.audience import DECLARED, Access

OWN = re.compile(r'"(/(?!intern/|assets/|bundle/|_dash)[a-z]+[^"]*)"')


class Below:
    """A browser that puts the internal prefix before every address."""

    def __init__(self, client):
        self.client = client

    def get(self, path, **more):
        return self.client.get(f"/intern{path}", **more)

    def post(self, path, **more):
        return self.client.post(f"/intern{path}", headers=ORIGIN, **more)


@pytest.fixture
def inside(canary_server):
    """Return what opens the internal pages as a role."""

    def opened(role):
        return Below(sign_in(canary_server[0], canary_server[1].staff, f"eine-{role}"))

    return opened


@pytest.fixture
def some(canary_client):
    """Return every kind of address of the town, a few of each, without those of outsiders."""
    found = [
        a for a in addresses(canary_client)
        if not a.startswith(("/embed", "/readyz")) and ("period=" not in a or PERIODS[0] in a)
    ]  # fmt: skip
    return found[::12] + [a for a in found if "/view/" in a and "/quartiere/" in a][:8]


def page_of(client, path, search=""):
    """Return the answer of the callback that lays a page out."""
    body = {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [{"id": "url", "property": "pathname", "value": path}],
        "changedPropIds": ["url.pathname"],
        "state": [{"id": "url", "property": "search", "value": search}],
    }
    return client.post("/_dash-update-component", json=body)


def test_a_role_without_the_right_is_shown_nothing(inside, hidden, some):
    carrier = inside(Role.CARRIER)
    for address in some:
        answer = carrier.get(address)
        assert answer.status_code == 403, address
        assert not told(hidden, readable(answer)), address
    assert page_of(carrier, "/intern/atlas").status_code == 403


@pytest.mark.parametrize("role", [Role.PLANNER, Role.EDITOR, Role.ADMIN])
def test_staff_see_hidden_numbers_in_every_kind_of_answer(inside, hidden, role):
    client = inside(role)
    assert may(role, Right.SEE_INTERNAL)
    release = client.get("/api/v1/catalogue").json["release"]
    place = f"kleinstadt/{release}"
    query = f"indicator=geheim&level=quartiere&period={PERIODS[0]}"
    for address in (
        f"/api/v1/values?{query}",
        f"/api/v1/values.csv?{query}",
        f"/view/{place}/quartiere/geheim.json",
        f"/export/{place}/atlas.csv?{query}",
        f"/export/{place}/atlas.xlsx?{query}",
        f"/export/{place}/vergleich.csv?level=quartiere&areas=01,02&indicators={SECRET[0]}",
        f"/export/{place}/ressourcen.csv?level=quartiere&indicators=kinderarmut,gymnasium,geheim",
        f"/export/{place}/profil.csv?level=quartiere&area=02",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert told(hidden, readable(answer)), address
        assert answer.headers["Cache-Control"] == "private, no-store", address


def test_what_staff_may_not_do_stays_closed_to_planner_and_editor(inside):
    for role in (Role.PLANNER, Role.EDITOR):
        for path in ("/nutzer", "/protokoll", "/protokoll.xlsx"):
            assert inside(role).get(path).status_code == 403, (role, path)


def test_what_planners_warm_up_is_not_served_to_the_public(inside, canary_client, hidden, some):
    cold = {a: canary_client.get(a) for a in some}
    planner = inside(Role.PLANNER)
    warmed = [planner.get(address).status_code for address in some]
    assert warmed.count(200) > 40
    assert crawl(canary_client, hidden, some) > 40
    compared = {"application/json", "application/geo+json", "text/csv"}
    same = [
        a for a, answer in cold.items()
        if answer.mimetype in compared and answer.status_code == 200
    ]  # fmt: skip
    assert len(same) > 30
    for address in same:
        assert canary_client.get(address).data == cold[address].data, address


def test_every_internal_rule_that_hands_out_data_is_crawled(canary_server, inside, some):
    adapter = canary_server[0].url_map.bind("localhost")
    every = addresses(canary_server[0].test_client())
    crawled = {
        adapter.match(f"/intern{a.partition('?')[0]}", method="GET", return_rule=True)[0].rule
        for a in every if not a.startswith(("/readyz", "/embed"))
    }  # fmt: skip
    internal = {r for r, access in DECLARED.items() if access is Access.INTERNAL}
    posts = {"/intern/_dash-update-component"}
    assert internal - {f"/intern{r}" for r in NOT_CRAWLED} - crawled - posts == set()


@pytest.mark.parametrize("path", ["/", "/atlas", "/vergleich", "/profil/quartiere/02", "/methoden",
                                  "/praesentieren", "/bericht", "/artikel", "/ressourcen",
                                  "/bedarf", "/fruehwarnung"])  # fmt: skip
def test_internal_pages_lead_to_internal_pages_and_files(inside, path):
    answer = page_of(inside(Role.PLANNER), f"/intern{path}")
    assert answer.status_code == 200
    text = json.dumps(answer.json, ensure_ascii=False).replace('\\"', '"')
    assert '"/intern/' in text
    leads = {a for a in OWN.findall(text) if a.split("/")[1].split("?")[0] in PUBLIC_PARTS}
    assert leads == set(), path
    assert "eine-planner · Planung" in text


PUBLIC_PARTS = {
    r.split("/")[1] for r in DECLARED
    if DECLARED[r] is Access.PUBLIC and not r.startswith(("/<", "/_", "/bundle", "/assets", "/s/"))
} - {"", "embed"}  # fmt: skip


def test_public_pages_lead_to_no_internal_number(canary_client):
    for path in ("/", "/atlas", "/vergleich", "/profil/quartiere/02", "/methoden"):
        body = json.dumps(page_of_public(canary_client, path))
        assert set(re.findall(r"/intern[\w/?=&-]*", body)) == {"/intern/anmelden"}, path


def page_of_public(client, path):
    server = client.application
    client.get("/_dash-dependencies")
    callback = callbacks_of(server)["page.children"]
    body = body_of("page.children", callback, {"url.pathname": path, "url.search": ""})
    answer = client.post("/_dash-update-component", json=body, headers=ORIGIN)
    assert answer.status_code == 200
    return answer.json


def test_an_internal_view_is_handed_on_as_an_internal_link_without_a_code(inside):
    body = {
        "output": "share-body.children",
        "outputs": {"id": "share-body", "property": "children"},
        "inputs": [{"id": "share-wanted", "property": "data", "value": {
            "href": "http://localhost/intern/atlas?indicator=geheim", "title": "Geheim"}}],
        "changedPropIds": ["share-wanted.data"],
        "state": [],
    }  # fmt: skip
    text = json.dumps(
        inside(Role.PLANNER).post("/_dash-update-component", json=body).json, ensure_ascii=False
    )
    assert "http://localhost/intern/atlas?indicator=geheim" in text
    assert "Für interne Ansichten gibt es keinen Kurzlink" in text
    assert "/s/" not in text
    assert "iframe" not in text
    assert "/intern/export/kleinstadt/" in text


def test_a_file_that_was_ordered_inside_is_handed_out_inside_alone(
    canary_server, canary_client, inside
):
    services = canary_server[1]
    release = services.monitoring.current()
    for audience, own, other in (
        (Audience.INTERNAL, inside(Role.PLANNER), canary_client),
        (Audience.PUBLIC, canary_client, inside(Role.PLANNER)),
    ):
        order = ExportOrder(REPORT, "kleinstadt", release, "de", "", "pdf", "x",
                            audience=str(audience))  # fmt: skip
        job = finished(services, order)
        path = f"/export/kleinstadt/{release}/auftrag/{job}.pdf"
        assert own.get(path, buffered=True).status_code == 200
        assert other.get(path, buffered=True).status_code == 404


def finished(services, order):
    """Return the number of an order whose file is ready."""
    services.exports._spawn, kept = (lambda _job: None), services.exports._spawn
    try:
        job = services.exports.start(order)
    finally:
        services.exports._spawn = kept
    services.exports.result(job, order).write_bytes(b"%PDF-")
    services.jobs.move(job, JobState.READY, message="export.ready")
    return job


def test_paper_and_tables_of_staff_say_that_they_are_internal(inside):
    client = inside(Role.PLANNER)
    release = client.get("/api/v1/catalogue").json["release"]
    query = f"indicator=kinderarmut&level=quartiere&period={PERIODS[0]}"
    for kind, word in (("atlas.csv", "Nicht zur Weitergabe"), ("bericht.pdf", "Intern, nicht")):
        answer = client.get(f"/export/kleinstadt/{release}/{kind}?{query}")
        assert word in readable(answer), kind
        assert "http://localhost/intern/atlas" in readable(answer).replace("\n", ""), kind
