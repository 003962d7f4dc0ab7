"""Every route and every callback, by every role, with parts nobody expects: no fault, no trace."""

from __future__ import annotations

import logging
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, seed, settings

import app
from domain.workshop_script import Script
from services.jobs import JobState
from tests.forged import ALLOWED, BUSY, Faults, Forger
from tests.integration.test_canary import addresses
from tests.phones import ask_everybody
from tests.release_desk import DeskTown
from tests.stages import reveal_hidden
from tests.unit.domain.test_workshop_script import SCRIPT

SECONDS = 60
ROUND = 100
"""Requests bred from one seed: small, so that a busy machine does more than one in a minute."""
STAFF = ("/intern/daten", "/intern/nutzer", "/intern/protokoll", "/intern/konto", "/intern/")


class Unchecked:
    """Checks that are ordered and never run: each would be a process of its own."""

    def __init__(self, checks):
        self._checks = checks

    def __getattr__(self, name):
        return getattr(self._checks, name)

    def start(self, release, actor):
        return None


class Unmade(Unchecked):
    """Orders of files that are taken and never made."""

    def start(self, order):
        return "0" * 32


@pytest.fixture(scope="module")
def forger(tmp_path_factory):
    town = DeskTown.at(tmp_path_factory.mktemp("forged"), two_person="off")
    town.services = replace(
        town.services,
        checks=Unchecked(town.services.checks),
        exports=Unmade(town.services.exports),
    )
    waiting = town.wait()
    town.services.jobs.move(town.services.jobs.start("kleinstadt", "import"), JobState.FAILED)
    ask_everybody(town.services)
    server = app.create_app(town.settings, services=town.services)
    server.config["REVEALED_ROOM"] = reveal_hidden(town.services)
    of_release = [f"/intern/daten/ausgabe/{r}" for r in (waiting, town.first)]
    public = [a for a in addresses(server.test_client()) if ".pdf" not in a and ".pptx" not in a]
    forger = Forger(server, town.services, [*STAFF, *of_release, *public])
    for one in (SCRIPT, Script("Leer")):
        made = town.services.workshops.kept.add(
            one, release=town.first, level="quartiere", actor="anna"
        )
        forger.known.setdefault("workshop", []).append(made.id)
    forger.known["slide"] = [slide.id for slide in SCRIPT.slides]
    return forger


@pytest.fixture
def faults():
    handler = Faults()
    logging.getLogger().addHandler(handler)
    yield handler.found
    logging.getLogger().removeHandler(handler)


def forge(forger, faults, number, count):
    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        derandomize=False,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(wanted=forger.requests())
    def sent(wanted):
        faults.clear()
        answer = forger.send(wanted)
        is_allowed = answer.status_code in ALLOWED or 300 <= answer.status_code < 400
        is_busy = answer.status_code == BUSY and "Retry-After" in answer.headers
        assert is_allowed or is_busy, (answer.status_code, wanted, faults[-1:])
        assert b"Traceback (most recent" not in answer.get_data(), wanted
        assert faults == [], wanted
        answer.close()

    sent()


def test_no_forged_request_makes_the_server_stumble(forger, faults):
    forge(forger, faults, 1, 250)


@pytest.mark.long
def test_no_forged_request_makes_the_server_stumble_for_a_minute(forger, faults):
    end, number = time.monotonic() + SECONDS, 1
    while time.monotonic() < end:
        number += 1
        forge(forger, faults, number, ROUND)
    assert number > 3
