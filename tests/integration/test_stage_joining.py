"""Under which address phones join: the one they can reach, whatever the laptop calls itself."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app import create_app
from domain.workshop_script import Script
from services.container import build_services
from tests import town_fixture as fixture
from web.rooms import stage_join

TYPED = re.compile(r'class="stage__address">([^<]+)<')


@pytest.fixture
def page_of(tmp_path, monkeypatch):
    """Return what opens a stage on a server with the given settings, in two networks."""
    settings = fixture.settings_for(tmp_path / "instance")
    fixture.publish(fixture.small_town(), settings)
    services = build_services(settings)
    release = services.monitoring.current()
    made = services.workshops.kept.add(
        Script("Abend"), release=release, level="quartiere", actor="a"
    )
    monkeypatch.setattr(stage_join, "own_addresses", lambda: ("192.168.1.5", "10.42.0.1"))

    def page(base_url, **changed):
        server = create_app(replace(settings, **changed))
        return server.test_client().get(f"/werkstatt/{made.id}", base_url=base_url).text

    return page


def test_a_laptop_that_answers_itself_alone_says_how_to_change_that(page_of):
    text = page_of("http://127.0.0.1:8050")
    assert "Telefone erreichen diesen Rechner nicht" in text
    assert "make workshop" in text
    assert TYPED.findall(text) == []


def test_a_laptop_in_two_networks_offers_both(page_of):
    text = page_of("http://127.0.0.1:8050", workshop="on")
    assert TYPED.findall(text) == ["192.168.1.5:8050/w", "10.42.0.1:8050/w"]
    assert text.count("<svg") == 2
    assert re.search(r"QR-Code, der zu http://192\.168\.1\.5:8050/w/[A-Z2-9]{8} führt", text)
    assert len(re.findall(r'name="way"', text)) == 2


def test_a_laptop_in_no_network_says_so(page_of, monkeypatch):
    monkeypatch.setattr(stage_join, "own_addresses", tuple)
    assert "WLAN" in page_of("http://127.0.0.1:8050", workshop="on")


def test_a_stage_opened_by_the_name_of_a_server_hands_on_that_name(page_of):
    named = {"host": "0.0.0.0", "allowed_hosts": ("werkstatt.musterstadt.de",)}  # noqa: S104
    text = page_of("https://werkstatt.musterstadt.de", **named)
    assert TYPED.findall(text) == ["werkstatt.musterstadt.de/w"]
    assert "https://werkstatt.musterstadt.de/w/" in text
    assert TYPED.findall(page_of("http://192.168.7.7:8050", workshop="on")) == [
        "192.168.7.7:8050/w"
    ]
