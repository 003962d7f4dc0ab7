"""The database goes away, hangs or is read-only: pages go on, writes say when to come back."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app import create_app
from domain.workshop_script import Script, Slide, Words, option_words
from services.container import build_services
from tests import town_fixture as fixture
from tests.postgres import fresh_database, needs_postgres
from tests.relaying import relayed
from tests.staff import PASSWORD

pytestmark = needs_postgres
OWN = {"Origin": "http://localhost"}
SLIDES = (
    Slide("poll", "poll", "single", Words("Ja?"), options=option_words(("Ja", "Nein"))),
    Slide("text", "text", title=Words("Danke")),
)


class Town:
    """A served town whose database lies behind a relay."""

    def __init__(self, folder, address, line):
        near = replace(fixture.settings_for(folder / "instance"), database_url=address)
        fixture.publish(fixture.small_town(), near)
        url = sa.make_url(address).set(port=line.port).render_as_string(hide_password=False)
        settings = replace(near, database_url=url)
        self.line = line
        self.services = build_services(settings)
        self.client = create_app(settings, services=self.services).test_client()
        workshops = self.services.workshops.kept
        release = self.services.monitoring.current()
        self.room = workshops.add(
            Script("Abend", SLIDES), release=release, level="quartiere", actor="anna"
        )
        workshops.move(self.room.id, "laptop", "start")

    def reads(self):
        release = self.services.monitoring.current()
        paths = (
            "/atlas", "/healthz", f"/live/{self.room.code}/state",
            f"/view/kleinstadt/{release}/quartiere/kinderarmut.json",
            "/api/v1/values?indicator=kinderarmut&period=2023&level=quartiere",
        )  # fmt: skip
        return {path: self.client.get(path).status_code for path in paths}

    def vote(self, key="k1"):
        form = {"slide": "poll", "key": key, "option": "1"}
        path = f"/w/{self.room.code}/antwort"
        return self.client.post(path, data=form, headers={**OWN, "Accept": "application/json"})

    def sign_in(self):
        page = self.client.get("/intern/anmelden").get_data(as_text=True)
        token = page.partition('name="form_token" value="')[2].partition('"')[0]
        form = {"form_token": token, "name": "anna", "password": PASSWORD}
        return self.client.post("/intern/anmelden", data=form, headers=OWN)


@pytest.fixture
def town(tmp_path):
    with fresh_database() as address, relayed(sa.make_url(address).port) as line:
        made = Town(tmp_path, address, line)
        yield made
        line.mend()
        made.services.leases._database.dispose()


def all_good(town):
    return set(town.reads().values()) == {200}


def test_pages_and_rooms_go_on_while_the_database_is_away_and_writes_come_back(town):
    assert all_good(town)
    assert town.vote().status_code == 200
    town.line.cut()
    assert all_good(town)
    ready = town.client.get("/readyz")
    assert (ready.status_code, ready.json["degraded"]) == (200, ["database"])
    refused = town.vote("k2")
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert town.sign_in().status_code == 503
    town.line.mend()
    assert town.vote("k2").status_code == 200
    assert all_good(town)


def test_a_slow_database_is_waited_for(town):
    town.line.slow(0.03)
    assert town.vote().status_code == 200
    assert all_good(town)


def test_a_database_that_takes_no_writes_refuses_votes_in_words(town):
    name = sa.make_url(str(town.services.leases._database.url)).database
    run_apart(town, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    assert all_good(town)
    refused = town.vote()
    assert refused.status_code == 503
    assert "message" in refused.json
    run_apart(
        town,
        "SET default_transaction_read_only = off",
        f"ALTER DATABASE {name} RESET default_transaction_read_only",
    )
    assert town.vote().status_code == 200


def run_apart(town, *statements):
    """Run statements on a connection of their own, and let the town begin new ones."""
    engine = sa.create_engine(town.services.leases._database.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
    town.services.leases._database.dispose()
