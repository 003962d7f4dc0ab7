"""Short links: one for each address, not too many, and the full link never depends on them."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from data.appdb import open_database
from domain.links import code_of
from services import sharing
from services.sharing import NoLink, NoShortLinkError, SharingService


class Clock:
    def __init__(self):
        self.now = dt.datetime(2026, 11, 27, tzinfo=dt.UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def links(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'app.db'}", tmp_path)
    clock = Clock()
    yield SharingService(engine, clock), clock
    engine.dispose()


def reason(service, target):
    with pytest.raises(NoShortLinkError) as caught:
        service.shorten("stadt", target)
    return caught.value.reason


def test_too_many_new_links_at_once_wait_a_minute_and_known_ones_do_not(links, monkeypatch):
    service, clock = links
    monkeypatch.setattr(sharing, "NEW_IN_A_MINUTE", 3)
    codes = [service.shorten("stadt", f"/atlas?period={n}") for n in range(3)]
    assert reason(service, "/atlas?period=9") is NoLink.BUSY
    assert service.shorten("stadt", "/atlas?period=1") == codes[1]
    clock.now += dt.timedelta(minutes=1, seconds=1)
    assert service.shorten("stadt", "/atlas?period=9")


def test_a_full_table_takes_no_new_link_and_keeps_the_old_ones(links, monkeypatch):
    service, _ = links
    code = service.shorten("stadt", "/atlas")
    monkeypatch.setattr(sharing, "MOST_LINKS", 1)
    assert reason(service, "/praesentieren") is NoLink.FULL
    assert service.target_of("stadt", code) == "/atlas"
    assert service.target_of("andere", code) is None


def test_two_addresses_with_one_code_get_two(links, monkeypatch):
    service, _ = links
    monkeypatch.setattr(sharing, "code_of", lambda _town, target, length: (
        "abcdefgh" if length == 7 else code_of("stadt", target, length)))  # fmt: skip
    first, second = service.shorten("stadt", "/atlas"), service.shorten("stadt", "/artikel")
    assert first != second
    assert service.target_of("stadt", first) == "/atlas"
    assert service.target_of("stadt", second) == "/artikel"


def test_switched_off_links_go_on_leading_and_new_ones_are_not_made(links):
    service, clock = links
    code = service.shorten("stadt", "/atlas")
    off = SharingService(service._database, clock, makes_links=False)
    assert reason(off, "/atlas") is NoLink.OFF
    assert off.target_of("stadt", code) == "/atlas"


def test_a_database_that_cannot_be_written_costs_only_the_short_link(links):
    service, _ = links
    with service._database.begin() as connection:
        connection.execute(sa.text("DROP TABLE short_links"))
    assert reason(service, "/atlas") is NoLink.FAULT
    with pytest.raises(NoShortLinkError) as caught:
        service.target_of("stadt", code_of("stadt", "/atlas", 7))
    assert caught.value.reason is NoLink.FAULT
