"""A laptop that opens its network for a workshop: phones see what is public, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

import app
from app import create_app, invitation
from i18n import translator
from tests import town_fixture as fixture

PHONE = {
    "environ_overrides": {"REMOTE_ADDR": "192.168.1.77"},
    "base_url": "http://192.168.1.5:8050",
}


@pytest.fixture
def settings(tmp_path):
    made = replace(fixture.settings_for(tmp_path / "instance"), workshop="on")
    fixture.publish(fixture.small_town(), made)
    return made


def test_phones_read_public_pages_and_find_no_internal_one(settings):
    client = create_app(settings).test_client()
    assert client.get("/atlas", **PHONE).status_code == 200
    for path in ("/intern/", "/intern/werkstatt", "/intern/daten", "/intern/anmelden"):
        assert client.get(path, **PHONE).status_code == 404, path
    assert client.get("/intern/anmelden", base_url="http://127.0.0.1:8050").status_code == 200


def test_a_phone_that_claims_to_be_the_laptop_finds_no_internal_page(settings):
    client = create_app(settings).test_client()
    claimed = {**PHONE, "base_url": "http://127.0.0.1:8050"}
    headers = {"X-Forwarded-For": "127.0.0.1"}
    assert client.get("/intern/", headers=headers, **claimed).status_code == 404


def test_the_invitation_names_every_network_and_draws_a_code(settings, monkeypatch):
    monkeypatch.setattr(app, "own_addresses", lambda: ("192.168.1.5", "10.42.0.1"))
    lines = invitation(settings).splitlines()
    assert f"http://192.168.1.5:{settings.port}/w" in lines[0]
    assert f"http://10.42.0.1:{settings.port}/w" in lines[1]
    assert len(lines) > 12


def test_without_a_network_the_invitation_says_what_to_do(settings, monkeypatch):
    monkeypatch.setattr(app, "own_addresses", tuple)
    assert invitation(settings) == translator("de")("app.workshop_no_network")
