"""Who is kept out of signing in elsewhere, and who cannot be: limits, names, services that fail."""

from __future__ import annotations

import pytest

from services.audit_log import LogQuery
from services.outside_flow import BEGUN_A_MINUTE
from tests.sign_in_service import BACK, BEGIN, come_back, led_to, signed_in
from tests.staff import PASSWORD, send


@pytest.fixture
def staff(elsewhere, changing):
    return changing[2].now


@pytest.mark.parametrize("name", ["Max Müller", "STADT\\meier"])
def test_a_name_that_no_account_can_have_is_told_with_what_to_do(elsewhere, service, staff, name):
    service.claims["preferred_username"] = name
    for _ in range(6):
        _, answer = signed_in(elsewhere, service)
        assert answer.status_code == 409
    assert "preferred_username" in answer.text
    assert [a.name for a in staff.accounts.all()] == ["chef"]


@pytest.mark.parametrize("department", [None, "x" * 81, ["Jugendamt"]])
def test_who_has_left_a_department_keeps_no_rights_of_it(elsewhere, service, staff, department):
    signed_in(elsewhere, service)
    assert staff.accounts.named("erika").department == "Amt für Statistik"
    service.claims["department"] = department
    assert signed_in(elsewhere, service)[1].status_code == 303
    assert staff.accounts.named("erika").department == ""


def test_a_service_that_is_away_keeps_nobody_with_a_password_out(elsewhere, service, staff):
    service.server.shutdown()
    service.server.server_close()
    client = elsewhere.test_client()
    assert [client.get(BEGIN).status_code for _ in range(2)] == [503, 503]
    answer = send(client, "/intern/anmelden", name="chef", password=PASSWORD, code="")
    assert answer.status_code == 303


def test_five_mistakes_a_minute_and_then_a_rest(elsewhere, service, clock):
    for _ in range(5):
        assert signed_in(elsewhere, service, code="falsch")[1].status_code == 401
    client = elsewhere.test_client()
    assert client.get(BEGIN).status_code == 429
    assert client.get(BACK).status_code == 429
    # a password is another matter
    assert send(client, "/intern/anmelden", name="chef", password=PASSWORD).status_code == 303
    clock.on(minutes=1)
    assert signed_in(elsewhere, service)[1].status_code == 303


def test_pictures_of_foreign_pages_keep_nobody_out(elsewhere, service, staff):
    """They bring no cookie along, whatever address they ask for."""
    client = elsewhere.test_client()
    client.get("/intern/anmelden")
    back = service.signs_in(led_to(client))
    for _ in range(BEGUN_A_MINUTE + 1):
        elsewhere.test_client().get(BEGIN)
        assert elsewhere.test_client().get(f"{BACK}?state=x").status_code == 401
    assert elsewhere.test_client().get(BEGIN).status_code == 429
    assert come_back(elsewhere.test_client(), back).status_code == 401
    assert staff.log.rows(LogQuery(action="sign_in"))[0] == 0
    assert led_to(client)
    assert come_back(client, back).status_code == 303


def test_links_with_made_up_answers_keep_nobody_out(elsewhere, service):
    client = elsewhere.test_client()
    back = service.signs_in(led_to(client))
    for number in range(6):
        assert client.get(f"{BACK}?state={number}").status_code == 401
    assert come_back(client, back).status_code == 303


def test_beginning_has_a_limit_as_well(elsewhere, service, staff, clock):
    client = elsewhere.test_client()
    client.get("/intern/anmelden")
    statuses = [client.get(BEGIN).status_code for _ in range(BEGUN_A_MINUTE + 1)]
    assert statuses == [303] * BEGUN_A_MINUTE + [429]
    clock.on(minutes=1)
    assert client.get(BEGIN).status_code == 303


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "http://evil.example"},
        {"issuer": None},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "http://127.0.0.1:1/keys"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_description_of_another_service_is_not_believed(elsewhere, service, described):
    service.described = described
    answer = elsewhere.test_client().get(BEGIN)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "Anmeldedienst ist gerade nicht zu erreichen" in answer.text
