"""Signing in at a service elsewhere: the way there and back, and everything that may be forged."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from domain.roles import Role
from services.accounts import AccountRefusedError
from services.audit_log import LogQuery
from services.outside_provider import _inner
from tests.sign_in_service import BACK, BEGIN, CLIENT, come_back, led_to, signed_in


@pytest.fixture
def staff(elsewhere, changing):
    return changing[2].now


def test_one_signs_in_and_lands_where_one_wanted_to(elsewhere, service, staff):
    client, answer = signed_in(elsewhere, service, "/intern/konto")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/intern/konto")
    page = client.get("/intern/konto").text
    assert "erika" in page
    assert "Anmeldedienst" in page
    assert "kennwort" not in page.lower().split("anmeldedienst")[0]
    erika = staff.accounts.named("erika")
    assert (erika.role, erika.department) == (Role.EDITOR, "Amt für Statistik")
    assert erika.is_external
    assert erika.state == "active"
    assert staff.log.rows(LogQuery(actor="erika", action="sign_in"))[1][0].result == "done_outside"
    cookie = client.get_cookie("keck_session", path="/intern/")
    assert cookie.http_only


def test_the_second_time_it_is_the_same_account_with_the_role_of_today(elsewhere, service, staff):
    first, _ = signed_in(elsewhere, service)
    service.claims |= {"groups": ["it"], "preferred_username": "erika.neu", "department": "IT"}
    second, answer = signed_in(elsewhere, service)
    assert answer.status_code == 303
    assert [a.name for a in staff.accounts.all()] == ["chef", "erika"]
    erika = staff.accounts.named("erika")
    assert (erika.role, erika.department) == (Role.ADMIN, "IT")
    # with the role the session of before has ended
    assert first.get("/intern/konto").status_code == 401
    assert second.get("/intern/nutzer").status_code == 200


@pytest.mark.parametrize("groups", [["sport"], [], None, "statistik", [["statistik"]], 3])
def test_unknown_groups_have_no_rights(elsewhere, service, staff, groups):
    service.claims["groups"] = groups
    _, answer = signed_in(elsewhere, service)
    assert answer.status_code == 403
    assert staff.accounts.named("erika") is None
    assert "keck_session" not in answer.headers.get("Set-Cookie", "")


def test_who_has_left_the_group_is_signed_out_everywhere(elsewhere, service, staff):
    client, _ = signed_in(elsewhere, service)
    service.claims["groups"] = ["sport"]
    assert signed_in(elsewhere, service)[1].status_code == 403
    assert client.get("/intern/konto").status_code == 401


def test_a_disabled_account_does_not_come_in_again(elsewhere, service, staff):
    signed_in(elsewhere, service)
    staff.accounts.change(staff.accounts.named("erika").id, is_disabled=True, actor="chef")
    assert signed_in(elsewhere, service)[1].status_code == 403


def test_an_account_with_a_password_is_not_taken_over_by_its_name(elsewhere, service, staff):
    service.claims["preferred_username"] = "Chef"
    client, answer = signed_in(elsewhere, service)
    assert answer.status_code == 409
    assert client.get("/intern/konto").status_code == 401
    assert not staff.accounts.named("chef").is_external
    assert staff.log.rows(LogQuery(action="sign_in"))[1][0].result == "refused"


def test_a_carrier_lands_where_a_carrier_may_be(elsewhere, service):
    service.claims["groups"] = ["kita"]
    client, answer = signed_in(elsewhere, service)
    assert answer.headers["Location"] == "/intern/konto"
    assert client.get("/intern/konto").status_code == 200


def test_one_goes_on_to_the_address_as_it_was_asked_for(elsewhere, service):
    wanted = "/intern/daten/zustaendig?lang=en"
    client = elsewhere.test_client()
    back = service.signs_in(led_to(client, wanted))
    assert client.get(f"{BACK}?{urlsplit(back).query}&lang=en").headers["Location"] == wanted


def test_an_account_of_the_service_gets_no_password_here(elsewhere, service, staff):
    signed_in(elsewhere, service)
    with pytest.raises(AccountRefusedError, match="outside"):
        staff.accounts.reset(staff.accounts.named("erika").id, actor="chef")


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "x" * 43}, {"state": None}, {"state": ""}, {"code": None}, {"code": "falsch"},
        {"iss": "http://127.0.0.1:1"}, {"code": None, "error": "access_denied"},
        {"code": "x" * 5000}, {"state": "\x00"},
    ],
)  # fmt: skip
def test_an_answer_that_does_not_fit_is_refused(elsewhere, service, staff, changed):
    client, answer = signed_in(elsewhere, service, **changed)
    assert answer.status_code == 401
    assert "noch einmal von vorn" in answer.text
    assert client.get("/intern/konto").status_code == 401
    assert [a.name for a in staff.accounts.all()] == ["chef"]


def test_an_answer_counts_once(elsewhere, service):
    client = elsewhere.test_client()
    back = service.signs_in(led_to(client))
    assert come_back(client, back).status_code == 303
    client.delete_cookie("keck_session", path="/intern/")
    assert come_back(client, back).status_code == 401


def test_an_answer_counts_in_the_browser_that_began(elsewhere, service):
    """Nobody is signed in to the account of somebody else by a link."""
    back = service.signs_in(led_to(elsewhere.test_client()))
    victim = elsewhere.test_client()
    assert come_back(victim, back).status_code == 401
    led_to(victim)
    again = service.signs_in(led_to(elsewhere.test_client()))
    assert come_back(victim, again).status_code == 401


def test_an_answer_comes_within_ten_minutes(elsewhere, service, clock):
    client = elsewhere.test_client()
    back = service.signs_in(led_to(client))
    clock.on(minutes=10)
    assert come_back(client, back).status_code == 401


WRONG = {
    "wrong nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "wrong issuer": {"iss": "http://evil.example"},
    "for somebody else": {"aud": "another"},
    "for two": {"aud": [CLIENT, "another"]},
    "for two by another": {"aud": [CLIENT, "another"], "azp": "another"},
    "out of date": {"exp": 1},
    "made long ago": {"iat": 1},
    "made tomorrow": {"iat": 9e9},
    "no end": {"exp": None},
    "nobody": {"sub": None},
    "no text": {"sub": 7},
    "odd end": {"exp": "morgen"},
    "odd time": {"iat": "jetzt"},
    "not yet": {"nbf": 9e9},
    "another access token": {"at_hash": "x"},
}


@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG)
def test_claims_that_do_not_fit_sign_nobody_in(elsewhere, service, staff, claims):
    service.claims |= claims
    given = service.signed
    service.sign = lambda found: given({k: v for k, v in found.items() if v is not None})
    assert signed_in(elsewhere, service)[1].status_code == 401
    assert [a.name for a in staff.accounts.all()] == ["chef"]


@pytest.mark.parametrize("way", ["unsigned", "signed_with_public_key", "signed_by_another"])
def test_only_the_key_of_the_service_signs(elsewhere, service, staff, way):
    service.sign = getattr(service, way)
    assert signed_in(elsewhere, service)[1].status_code == 401
    service.sign = lambda claims: "no.token"
    assert signed_in(elsewhere, service)[1].status_code == 401
    assert [a.name for a in staff.accounts.all()] == ["chef"]


def test_a_new_key_of_the_service_is_fetched_once_it_is_used(
    elsewhere, service, staff, monkeypatch
):
    assert signed_in(elsewhere, service)[1].status_code == 303
    service.renew_key()
    monkeypatch.setattr("services.outside_facts._KEYS_PAUSE_SECONDS", 0.0)
    assert signed_in(elsewhere, service)[1].status_code == 303
    assert service.asked.count("/keys") == 2
    assert service.asked.count("/.well-known/openid-configuration") == 1


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil", "/intern/x"]
)
def test_one_goes_on_to_own_pages_only(elsewhere, service, wanted):
    assert signed_in(elsewhere, service, wanted)[1].headers["Location"] == "/intern/"


def test_the_form_leads_there_in_both_languages(elsewhere):
    client = elsewhere.test_client()
    assert f'href="{BEGIN}"' in client.get("/intern/anmelden").text
    english = client.get("/intern/anmelden?lang=en").text
    assert "Sign in at the service" in english


def test_a_role_that_needs_a_second_factor_has_it_at_the_service(changing, elsewhere, service):
    # on a server editors of this program get no further without one
    staff = changing[2].now
    own = staff.own
    assert not own.must_have_second_factor(Role.EDITOR)
    own._server_mode = True
    client, _ = signed_in(elsewhere, service)
    assert client.get("/intern/daten").status_code == 200


def test_without_a_service_there_is_neither_link_nor_rule(staffed_server):
    client = staffed_server.test_client()
    assert BEGIN not in client.get("/intern/anmelden").text
    assert client.get(BEGIN).status_code == 404
    assert client.get(BACK).status_code == 404


def test_a_claim_may_lie_deeper():
    claims = {"realm_access": {"roles": ["a"]}, "x": 3}
    assert _inner(claims, "realm_access.roles") == ["a"]
    assert _inner(claims, "x.y") is None
    assert _inner(claims, "") is None
