"""A service to sign in at that hangs or is away: asked once, and nobody else waits for it."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest

from services import outside_facts
from services.outside_facts import ProviderAwayError, ProviderFacts

ISSUER = "https://anmelden.stadt.example"
SAID = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/auth",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}


class Service:
    """Counts how often it is asked; answers, or is away."""

    def __init__(self):
        self.asked = 0
        self.is_away = False
        self.seconds = 1000.0

    def fetched(self, _address):
        self.asked += 1
        if self.is_away:
            raise ProviderAwayError("ReadTimeout")
        return SAID


@pytest.fixture
def service(monkeypatch):
    found = Service()
    monkeypatch.setattr(outside_facts, "_fetched", found.fetched)
    monkeypatch.setattr(outside_facts, "time", SimpleNamespace(monotonic=lambda: found.seconds))
    return found


def test_a_service_that_was_away_is_asked_again_after_half_a_minute(service):
    facts = ProviderFacts(ISSUER)
    service.is_away = True
    for _ in range(5):
        with pytest.raises(ProviderAwayError, match="ReadTimeout"):
            facts.addresses()
    assert service.asked == 1
    service.is_away = False
    service.seconds += 29
    with pytest.raises(ProviderAwayError):
        facts.addresses()
    service.seconds += 1
    assert facts.addresses()["token_endpoint"] == f"{ISSUER}/token"
    assert service.asked == 2


def test_a_token_that_did_not_come_counts_as_well(service):
    facts = ProviderFacts(ISSUER)
    facts.addresses()
    with pytest.raises(ProviderAwayError), facts.asking():
        raise ProviderAwayError("ConnectTimeout")
    with pytest.raises(ProviderAwayError, match="ConnectTimeout"):
        facts.addresses()
    service.seconds += 30
    with facts.asking():
        assert facts.addresses()
    assert service.asked == 1


def test_while_one_thread_waits_the_others_are_told_at_once(service, monkeypatch):
    monkeypatch.setattr(outside_facts, "_PATIENCE_SECONDS", 0.0)
    facts, is_asked, goes_on = ProviderFacts(ISSUER), threading.Event(), threading.Event()

    def hanging(_address):
        is_asked.set()
        goes_on.wait(30)
        return SAID

    monkeypatch.setattr(outside_facts, "_fetched", hanging)
    waiting = threading.Thread(target=facts.addresses)
    waiting.start()
    try:
        assert is_asked.wait(30)
        for _ in range(2):
            with pytest.raises(ProviderAwayError, match="another thread"):
                facts.addresses()
    finally:
        goes_on.set()
        waiting.join()
    # the answer came after all
    assert facts.addresses()["jwks_uri"] == f"{ISSUER}/keys"
