"""The application database on a real PostgreSQL: two hosts, one truth."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace

import pytest
import sqlalchemy as sa

from data.accounts import writing
from data.appdb import open_database, program_version, schema_version
from data.audit import AuditEntry, broken_rows, write_audit
from domain.model import Audience
from domain.workshop_script import Script, Slide, Words, option_words
from services.container import build_services
from services.workshop_rooms import Sent, participant_of
from services.workshops import LedByAnotherError
from tests import town_fixture as fixture
from tests.postgres import fresh_database, needs_postgres

pytestmark = needs_postgres
PHONES = 24
SLIDES = (
    Slide("poll", "poll", "single", Words("Ja?"), options=option_words(("Ja", "Nein"))),
    Slide("pins", "pins", title=Words("Was fehlt?"), options=option_words(("Spielplatz",))),
)


@pytest.fixture
def address():
    with fresh_database() as url:
        yield url


@pytest.fixture
def hosts(address, tmp_path):
    """Two hosts with one database, the release of which both hold a copy."""
    settings = replace(fixture.settings_for(tmp_path / "instance"), database_url=address)
    fixture.publish(fixture.small_town(), settings)
    both = build_services(settings), build_services(settings)
    yield both
    for services in both:
        services.leases._database.dispose()


def at_once(*deeds):
    """Run all deeds at the same moment and raise what any of them raised."""
    begin, faults = threading.Barrier(len(deeds)), []

    def run(deed):
        begin.wait()
        try:
            deed()
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_an_empty_database_gets_the_schema_once_however_many_start(address, tmp_path):
    opened = []
    faults = at_once(*[lambda: opened.append(open_database(address, tmp_path))] * 4)
    assert faults == []
    assert {schema_version(engine) for engine in opened} == {program_version()}
    for engine in opened:
        engine.dispose()


def test_a_release_is_served_and_withheld_figures_stay_withheld(hosts):
    for services in hosts:
        release = services.monitoring.current()
        assert release is not None
        assert services.monitoring.catalogue(Audience.PUBLIC, release).town.id == "kleinstadt"


def test_the_chain_of_the_log_holds_when_many_write(address, tmp_path):
    engine = open_database(address, tmp_path)
    now = dt.datetime(2026, 11, 28, tzinfo=dt.UTC)

    def write(name):
        with writing(engine) as connection:
            write_audit(connection, "t", AuditEntry(name, "publish", "1", "done"), now)

    assert at_once(*[lambda n=n: write(f"person {n}") for n in range(12)]) == []
    with engine.connect() as connection:
        assert broken_rows(connection, "t") == []
    engine.dispose()


def test_votes_of_phones_on_two_hosts_count_once_each(hosts):
    one, two = (services.workshops for services in hosts)
    release = hosts[0].monitoring.current()
    made = one.kept.add(Script("Abend", SLIDES), release=release, level="quartiere", actor="anna")
    one.kept.move(made.id, "laptop", "start")

    def vote(n):
        rooms = (one, two)[n % 2].rooms
        who = rooms.join(made.code, f"phone {n}")
        rooms.answer(made.code, Sent(who, "poll", "k1", {"option": n % 2}))
        # sent again after a gap, by way of the other host
        (two, one)[n % 2].rooms.answer(made.code, Sent(who, "poll", "k1", {"option": n % 2}))

    assert at_once(*[lambda n=n: vote(n) for n in range(PHONES)]) == []
    for host in (one, two):
        room = host.kept.get(made.id)
        assert host.rooms.results(room, SLIDES[0]).counts == (PHONES // 2, PHONES // 2)
        assert host.live.look(made.code, now=True).joined == PHONES


def test_a_move_on_one_host_is_seen_on_the_other_and_there_is_one_presenter(hosts):
    one, two = (services.workshops for services in hosts)
    release = hosts[0].monitoring.current()
    made = one.kept.add(Script("Abend", SLIDES), release=release, level="quartiere", actor="anna")
    before = two.live.look(made.code).token
    one.kept.move(made.id, "laptop", "start")
    one.kept.move(made.id, "laptop", "next")
    assert two.live.look(made.code, now=True).token != before
    with pytest.raises(LedByAnotherError):
        two.kept.lead(made.id, "tablet")
    two.kept.lead(made.id, "tablet", by_force=True)
    with pytest.raises(LedByAnotherError):
        one.kept.move(made.id, "laptop", "back")


def test_pins_keep_their_words_and_their_votes(hosts):
    one, two = (services.workshops for services in hosts)
    release = hosts[0].monitoring.current()
    made = one.kept.add(Script("Abend", SLIDES), release=release, level="quartiere", actor="anna")
    one.kept.move(made.id, "laptop", "start")
    one.kept.move(made.id, "laptop", "next")
    who = one.rooms.join(made.code, "eins")
    area = next(iter(one.views.names(made, SLIDES[1])))
    words = {"area": area, "text": "Größe 😀 <b>ein</b> Platz", "category": 0}
    one.rooms.answer(made.code, Sent(who, "pins", "k1", words))
    two.rooms.answer(made.code, Sent(who, "pins", "k1", words))
    (pin,) = two.rooms.pins(made)
    assert pin.answer.text == "Größe 😀 <b>ein</b> Platz"
    assert at_once(*[lambda: one.rooms.agree(made.code, who, pin.id)] * 2) == []
    assert [p.upvotes for p in two.rooms.pins(made)] == [1]


def test_what_a_phone_said_is_its_own(hosts):
    one = hosts[0].workshops
    release = hosts[0].monitoring.current()
    made = one.kept.add(Script("Abend", SLIDES), release=release, level="quartiere", actor="anna")
    one.kept.move(made.id, "laptop", "start")
    who = one.rooms.join(made.code, "eins")
    assert who == participant_of("eins", made)
    one.rooms.answer(made.code, Sent(who, "poll", "k1", {"option": 1}))
    assert one.rooms.own(made, "poll", who).chosen == (1,)
    assert one.rooms.own(made, "poll", "somebody else") is None


def test_a_statement_that_hangs_is_ended(address, tmp_path):
    engine = open_database(address, tmp_path)
    with pytest.raises(sa.exc.OperationalError), engine.connect() as connection:
        connection.exec_driver_sql("SELECT pg_sleep(60)")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar_one() == 1
    engine.dispose()
